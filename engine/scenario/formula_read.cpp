// YAML to Formula.
#include <algorithm>

#include "engine/core/suggest.h"
#include "engine/scenario/formula.h"
#include "engine/scenario/value.h"
#include "engine/scenario/verbs.h"

namespace oddroad::scenario {

namespace {

using Kind = Formula::Kind;

struct QuantityName {
  std::string_view name;
  bool of_two = false;    // actor -> actor
  bool is_event = false;  // true or false by itself
  core::Dimension dimension;
};
constexpr QuantityName kQuantities[] = {
    {"speed", false, false, core::kSpeed},
    {"crossed", false, true, {}},
    {"stopped", false, true, {}},
    {"gap", true, false, core::kLength},
    {"distance", true, false, core::kLength},
    {"lateral", true, false, core::kLength},
    {"headway", true, false, core::kTime},
    {"ttc", true, false, core::kTime},
    {"path_ttc", true, false, core::kTime},
    {"rel_speed", true, false, core::kSpeed},
    {"hit", true, true, {}},
    {"passed", true, true, {}},
};
constexpr std::string_view kPlannedQuantities[] = {"min_ttc", "visible", "dropped"};
constexpr std::string_view kComparisons[] = {"<=", ">=", "==", "!=", "<", ">"};

bool is_comparison(const Token& token) {
  return token.kind == Token::Kind::kOperator &&
         std::find(std::begin(kComparisons), std::end(kComparisons), token.text) !=
             std::end(kComparisons);
}

// Does the parenthesis that opens here hold a condition, not arithmetic?
bool opens_formula(const TokenStream& tokens) {
  int depth = 0;
  for (std::size_t i = 0; tokens.peek(i).kind != Token::Kind::kEnd; ++i) {
    const Token& token = tokens.peek(i);
    if (token.text == "(") ++depth;
    if (token.text == ")" && --depth == 0) return false;
    const bool logic = token.kind == Token::Kind::kWord &&
                       (token.text == "and" || token.text == "or" || token.text == "not" ||
                        token.text == "after" || token.text == "becomes");
    const bool event = token.kind == Token::Kind::kOperator && token.text == "->";
    if (logic || event || is_comparison(token)) return true;
  }
  return false;
}

bool has_edge(const Formula& formula) {
  return formula.kind == Kind::kBecomes ||
         std::any_of(formula.terms.begin(), formula.terms.end(), has_edge);
}

// "child.walk.2", "parked.1.walk": who, the verb, and which of them.
struct EntryName {
  explicit EntryName(const std::string& text) {
    const auto is_number = [](const std::string& part) {
      return !part.empty() && part.size() < 5 &&
             part.find_first_not_of("0123456789") == std::string::npos;
    };
    std::size_t end = text.size();
    std::size_t dot = text.rfind('.');
    if (dot != std::string::npos && is_number(text.substr(dot + 1))) {
      number = std::stoi(text.substr(dot + 1));
      end = dot;
      dot = dot == 0 ? std::string::npos : text.rfind('.', dot - 1);
    }
    if (dot == std::string::npos) return;
    actor = text.substr(0, dot);
    verb = text.substr(dot + 1, end - dot - 1);
  }
  std::string actor, verb;  // empty: the text names no entry
  int number = 1;
};

// One side of a comparison.
struct Side {
  bool is_relation = false;
  Expression expression;
  std::string a, b;
  const QuantityName* quantity = nullptr;  // null: time
  core::SourceLocation where;
};

class FormulaParser {
 public:
  FormulaParser(const std::vector<Token>& tokens, bool on_motion, Names& names)
      : tokens_(tokens), on_motion_(on_motion), names_(names) {}

  std::optional<Formula> run() {
    auto formula = parse_or();
    if (formula && !tokens_.at_end()) return error("expected the end, " + tokens_.found());
    return formula;
  }

 private:
  std::nullopt_t error(std::string message, std::string hint = {}) {
    names_.diagnostics.error(tokens_.peek().where, std::move(message), std::move(hint));
    return std::nullopt;
  }

  template <typename Parse>
  std::optional<Formula> parse_chain(std::string_view word, Kind kind, Parse parse) {
    std::optional<Formula> first = parse();
    if (!first || !tokens_.next_is(word)) return first;
    Formula chain;
    chain.kind = kind;
    chain.where = first->where;
    chain.terms.push_back(std::move(*first));
    while (tokens_.accept(word)) {
      std::optional<Formula> next = parse();
      if (!next) return std::nullopt;
      chain.terms.push_back(std::move(*next));
    }
    return chain;
  }

  std::optional<Formula> parse_or() {
    return parse_chain("or", Kind::kOr, [this] {
      return parse_and();
    });
  }
  std::optional<Formula> parse_and() {
    return parse_chain("and", Kind::kAnd, [this] {
      return parse_term();
    });
  }

  std::optional<Formula> parse_term() {
    const core::SourceLocation where = tokens_.peek().where;
    if (++depth_ > 100) return error("nested too deeply");
    std::optional<Formula> out;
    if (tokens_.accept("not")) {
      std::optional<Formula> inner = parse_term();
      if (!inner) return std::nullopt;
      out = Formula{};
      out->kind = Kind::kNot;
      out->where = where;
      out->terms.push_back(std::move(*inner));
      if (has_edge(*out)) return no_moment(where, "not");
    } else if (tokens_.next_is("becomes") && tokens_.peek(1).text != "->") {
      tokens_.take();
      out = parse_edge(where);
    } else if (tokens_.next_is("(") && opens_formula(tokens_)) {
      tokens_.take();
      out = parse_or();
      if (out && !tokens_.accept(")")) return error("expected ')', " + tokens_.found());
    } else {
      out = parse_comparison();
    }
    --depth_;
    return out;
  }

  // What is true at one step only cannot be turned round: all other steps would do.
  std::nullopt_t no_moment(const core::SourceLocation& where, const std::string& word) {
    names_.diagnostics.error(where, "'" + word + "' needs what lasts, and 'becomes' is a moment");
    return std::nullopt;
  }

  static Formula edge_of(Formula inner, const core::SourceLocation& where) {
    Formula out;
    out.kind = Kind::kBecomes;
    out.where = where;
    // How long it has held counts from the change.
    out.held_for = std::move(inner.held_for);
    inner.held_for.reset();
    out.terms.push_back(std::move(inner));
    return out;
  }

  // Behind a "becomes" that stands first.
  std::optional<Formula> parse_edge(const core::SourceLocation& where) {
    if (!on_motion_) return needs_motion("becomes", where);
    if (is_comparison(tokens_.peek())) {
      return error("expected a condition, " + tokens_.found(), "write 'ego.speed becomes > 5 m/s'");
    }
    std::optional<Formula> inner = parse_term();
    if (!inner) return std::nullopt;
    if (has_edge(*inner)) return no_moment(where, "becomes");
    Formula out = edge_of(std::move(*inner), where);
    return out.held_for ? std::move(out) : parse_duration(std::move(out));
  }

  std::nullopt_t needs_motion(const std::string& word, const core::SourceLocation& where) {
    names_.diagnostics.error(where, "'" + word + "' needs a condition on motion");
    return std::nullopt;
  }

  std::optional<Formula> parse_comparison() {
    Formula out;
    out.where = tokens_.peek().where;
    if (tokens_.next_is("after") && tokens_.peek(1).text != "->") return parse_after();
    const std::optional<Side> left = parse_side();
    if (!left) return std::nullopt;
    if (left->quantity != nullptr && left->quantity->is_event) {
      out.kind = Kind::kEvent;
      set_relation(out, *left);
      if (tokens_.next_is("becomes")) {
        return error("'" + out.quantity + "' is true or false: it is not compared",
                     "write 'becomes " + out.a + (out.b.empty() ? "" : "->" + out.b) + "." +
                         out.quantity + "'");
      }
      return parse_duration(std::move(out));
    }
    const bool edge = tokens_.next_is("becomes");
    if (edge && !on_motion_) return needs_motion("becomes", tokens_.peek().where);
    if (edge) tokens_.take();
    if (!is_comparison(tokens_.peek())) {
      const bool moment = on_motion_ && !left->is_relation &&
                          check_type(left->expression, names_) == ValueType{false, core::kTime};
      return error("expected a comparison like '> 3 m', " + tokens_.found(),
                   moment ? "a moment is written 'time > 20 s'" : "");
    }
    out.op = tokens_.take().text;
    const std::optional<Side> right = parse_side();
    if (!right || !finish_comparison(out, *left, *right)) return std::nullopt;
    if (!edge) return parse_duration(std::move(out));
    const core::SourceLocation where = out.where;
    return parse_duration(edge_of(std::move(out), where));
  }

  std::optional<Formula> parse_after() {
    if (!on_motion_) return needs_motion("after", tokens_.peek().where);
    tokens_.take();
    Formula out;
    out.kind = Kind::kAfter;
    out.where = tokens_.peek().where;
    const EntryName named(tokens_.peek().kind == Token::Kind::kWord ? tokens_.peek().text : "");
    if (named.actor.empty()) {
      return error("expected an entry of somebody's 'do' like 'after child.run', " +
                   tokens_.found());
    }
    tokens_.take();
    if (!names_.check_actor(named.actor, out.where)) return std::nullopt;
    const core::SourceLocation at = core::moved(out.where, named.actor.size() + 1);
    const auto entry = names_.find_entry(named.actor, named.verb, named.number, at);
    if (!entry) return std::nullopt;
    out.a = named.actor;
    out.quantity =
        named.verb + (named.number > 1 ? "." + std::to_string(named.number) : std::string());
    out.entry = *entry;
    return parse_duration(std::move(out));
  }

  std::optional<Formula> parse_duration(Formula out) {
    if (!tokens_.next_is("for")) return out;
    if (!on_motion_) return needs_motion("for", tokens_.peek().where);
    tokens_.take();
    const core::SourceLocation where = tokens_.peek().where;
    auto duration = parse_expression(tokens_);
    if (!duration) {
      names_.diagnostics.append(duration.error());
      return std::nullopt;
    }
    if (!expect(*duration, core::kTime, where)) return std::nullopt;
    out.held_for = std::move(*duration);
    return out;
  }

  bool expect(const Expression& expression, core::Dimension dimension,
              const core::SourceLocation& where) {
    const auto type = check_type(expression, names_);
    if (!type) return false;
    if (*type == ValueType{false, dimension}) return true;
    names_.diagnostics.error(
        where, "expected " + core::describe(dimension) + ", found " + describe(*type));
    return false;
  }

  static void set_relation(Formula& out, const Side& side) {
    out.a = side.a;
    out.b = side.b;
    out.quantity = side.quantity != nullptr ? std::string(side.quantity->name) : "time";
  }

  bool finish_comparison(Formula& out, const Side& left, const Side& right) {
    if (left.is_relation && right.is_relation) {
      names_.diagnostics.error(right.where, "comparing two moving quantities is not supported yet");
      return false;
    }
    if (left.is_relation || right.is_relation) {
      const Side& relation = left.is_relation ? left : right;
      const Side& value = left.is_relation ? right : left;
      if (relation.quantity != nullptr && relation.quantity->is_event) {
        names_.diagnostics.error(relation.where, "'" + std::string(relation.quantity->name) +
                                                     "' is true or false: it is not compared");
        return false;
      }
      out.kind = Kind::kRelation;
      set_relation(out, relation);
      if (!left.is_relation) mirror(out.op);
      if (out.op == "!=") {
        names_.diagnostics.error(out.where, "'!=' on a moving quantity is always true");
        return false;
      }
      out.right = value.expression;
      return expect(value.expression,
                    relation.quantity != nullptr ? relation.quantity->dimension : core::kTime,
                    value.where);
    }
    return finish_bound(out, left, right);
  }

  bool finish_bound(Formula& out, const Side& left, const Side& right) {
    if (on_motion_) {
      names_.diagnostics.error(out.where,
                               "expected a condition on motion like 'time > 2 s' or "
                               "'ego->child.ttc < 1 s'");
      return false;
    }
    out.kind = Kind::kCompare;
    out.left = left.expression;
    out.right = right.expression;
    const auto left_type = check_type(out.left, names_);
    const auto right_type = check_type(out.right, names_);
    if (!left_type || !right_type) return false;
    if (!(*left_type == *right_type)) {
      names_.diagnostics.error(
          right.where, "cannot compare " + describe(*left_type) + " with " + describe(*right_type));
      return false;
    }
    if (left_type->is_word && out.op != "==" && out.op != "!=") {
      names_.diagnostics.error(out.where, "words compare with == and != only");
      return false;
    }
    if (out.op != "==" && out.op != "!=") return true;
    return can_equal(out.left, out.right) && can_equal(out.right, out.left);
  }

  // A parameter with a list of options is one of them. What is fixed may be another thing in a
  // scenario that is `like` this one.
  bool can_equal(const Expression& parameter, const Expression& literal) {
    if (parameter.kind != Expression::Kind::kParameter ||
        literal.kind != Expression::Kind::kLiteral) {
      return true;
    }
    const auto value = names_.values.find(parameter.name);
    if (value == names_.values.end() || value->second->kind == Value::Kind::kFixed) return true;
    std::vector<std::string> known;
    for (const Distribution::Option& option : listed_options(*value->second)) {
      if (option.value == literal.literal) return true;
      known.push_back(to_string(option.value));
    }
    if (known.empty() && value->second->kind != Value::Kind::kDrawn) return true;
    if (known.empty()) {
      names_.diagnostics.error(literal.where, "'$" + parameter.name + "' comes from a range",
                               "it is never exactly that: compare with < and >");
      return false;
    }
    const bool word = literal.literal.type.is_word;
    const std::string near = word ? core::did_you_mean(literal.literal.word, known) : "";
    names_.diagnostics.error(
        literal.where, "'$" + parameter.name + "' is never '" + to_string(literal.literal) + "'",
        near.empty() ? "there are " + listed(known) : near);
    return false;
  }

  static std::string listed(const std::vector<std::string>& words) {
    constexpr std::size_t kMostListed = 12;
    std::string out;
    for (std::size_t k = 0; k < std::min(words.size(), kMostListed); ++k) {
      out += (k == 0 ? "" : ", ") + words[k];
    }
    return out + (words.size() > kMostListed ? ", ..." : "");
  }

  static void mirror(std::string& op) {
    if (op[0] == '<') {
      op[0] = '>';
    } else if (op[0] == '>') {
      op[0] = '<';
    }
  }

  std::optional<Side> parse_side() {
    Side side;
    side.where = tokens_.peek().where;
    const Token& first = tokens_.peek();
    const bool is_word = first.kind == Token::Kind::kWord;
    const bool of_two = is_word && tokens_.peek(1).text == "->";
    if (is_word && (of_two || on_motion_)) return parse_relation(of_two);
    auto expression = parse_expression(tokens_);
    if (!expression) {
      names_.diagnostics.append(expression.error());
      return std::nullopt;
    }
    side.expression = std::move(*expression);
    return side;
  }

  std::optional<Side> parse_relation(bool of_two) {
    Side side;
    side.is_relation = true;
    side.where = tokens_.peek().where;
    if (!on_motion_) return error("conditions on motion are not supported in 'require' yet");
    const Token& first = tokens_.take();
    if (first.text == "time" && !of_two) return side;
    const Token* dotted = &first;
    if (of_two) {
      side.a = first.text;
      tokens_.take();
      dotted = &tokens_.peek();
      if (dotted->kind != Token::Kind::kWord) {
        return error("expected an actor and a quantity, " + tokens_.found());
      }
      tokens_.take();
    }
    return finish_relation(std::move(side), first, *dotted, of_two);
  }

  std::optional<Side> finish_relation(Side side, const Token& first, const Token& dotted,
                                      bool of_two) {
    const std::size_t dot = dotted.text.rfind('.');
    if (dot == std::string::npos) {
      names_.diagnostics.error(dotted.where,
                               "expected 'actor.quantity', found '" + dotted.text + "'",
                               dotted.text == "t" ? "did you mean 'time'?" : "");
      return std::nullopt;
    }
    (of_two ? side.b : side.a) = dotted.text.substr(0, dot);
    bool fine = names_.check_actor(side.a, first.where);
    if (of_two) fine = names_.check_actor(side.b, dotted.where) && fine;
    if (!fine && side.a.find('.') != std::string::npos) return std::nullopt;  // 'a.b.hit'
    side.quantity =
        find_quantity(dotted.text.substr(dot + 1), of_two, core::moved(dotted.where, dot + 1));
    if (!fine || side.quantity == nullptr) return std::nullopt;
    return side;
  }

  const QuantityName* find_quantity(const std::string& name, bool of_two,
                                    const core::SourceLocation& where) {
    std::vector<std::string> known;
    for (const QuantityName& quantity : kQuantities) {
      if (quantity.name == name && quantity.of_two == of_two) return &quantity;
      if (quantity.name == name) {
        names_.diagnostics.error(where, "'" + name + "' is a quantity of " +
                                            (quantity.of_two ? "two actors: 'a->b." + name + "'"
                                                             : "one actor: 'a." + name + "'"));
        return nullptr;
      }
      known.emplace_back(quantity.name);
    }
    if (std::find(std::begin(kPlannedQuantities), std::end(kPlannedQuantities), name) !=
        std::end(kPlannedQuantities)) {
      names_.diagnostics.error(where, "'" + name + "' is not supported yet in conditions");
      return nullptr;
    }
    const bool verb = find_verb(name) != nullptr;
    names_.diagnostics.error(where, "unknown quantity '" + name + "'",
                             verb ? "that it has started is written 'after child." + name + "'"
                                  : core::did_you_mean(name, known));
    return nullptr;
  }

  TokenStream tokens_;
  bool on_motion_;
  Names& names_;
  int depth_ = 0;
};

std::optional<Formula> read_text(const core::YamlNode& node, bool on_motion, Names& names) {
  if (!node.is_scalar()) {
    names.diagnostics.error(node.location(), "expected a condition, found " + node.describe());
    return std::nullopt;
  }
  const auto tokens = tokenize(node.text(), node.text_location());
  if (!tokens) {
    names.diagnostics.append(tokens.error());
    return std::nullopt;
  }
  return FormulaParser(*tokens, on_motion, names).run();
}

std::optional<Formula> read_list(const core::YamlNode& node, Kind kind, Names& names) {
  Formula out;
  out.kind = kind;
  out.where = node.location();
  if (!node.is_sequence() || node.items().empty()) {
    names.diagnostics.error(node.location(), "expected a list of conditions, found " +
                                                 (node.is_sequence() ? "none" : node.describe()));
    return std::nullopt;
  }
  bool fine = true;
  for (const core::YamlNode& item : node.items()) {
    std::optional<Formula> term = read_condition(item, names);
    fine = fine && term.has_value();
    if (term) out.terms.push_back(std::move(*term));
  }
  if (!fine) return std::nullopt;
  return out;
}

}  // namespace

std::optional<Formula> read_bound(const core::YamlNode& node, Names& names) {
  return read_text(node, false, names);
}

std::optional<Formula> read_equation(const core::YamlEntry& entry, Names& names) {
  if (!entry.value.is_scalar()) {
    names.diagnostics.error(entry.value.location(),
                            entry.key + ": expected one value, found " + entry.value.describe());
    return std::nullopt;
  }
  const auto value = tokenize(entry.value.text(), entry.value.text_location());
  if (!value) {
    names.diagnostics.append(value.error());
    return std::nullopt;
  }
  std::vector<Token> tokens = {{Token::Kind::kParameter, entry.key, {}, entry.where},
                               {Token::Kind::kOperator, "==", {}, entry.where}};
  tokens.insert(tokens.end(), value->begin(), value->end());
  return FormulaParser(tokens, false, names).run();
}

std::optional<Formula> read_condition(const core::YamlNode& node, Names& names) {
  if (node.is_sequence()) return read_list(node, Kind::kOr, names);
  if (!node.is_map()) return read_text(node, true, names);
  if (node.entries().size() == 1) {
    const core::YamlEntry& entry = node.entries().front();
    if (entry.key == "any") return read_list(entry.value, Kind::kOr, names);
    if (entry.key == "all") return read_list(entry.value, Kind::kAnd, names);
  }
  names.diagnostics.error(node.location(), "expected {any: [...]} or {all: [...]}");
  return std::nullopt;
}

}  // namespace oddroad::scenario
