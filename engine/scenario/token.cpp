#include "engine/scenario/token.h"

#include <algorithm>
#include <cmath>

#include "engine/core/decimals.h"

namespace oddroad::scenario {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

constexpr std::string_view kKeywords[] = {"and", "or", "not", "for"};
constexpr std::string_view kOperators[] = {"->", "..", "<=", ">=", "==", "!=", "<",
                                           ">",  "+",  "-",  "*",  "/",  "(",  ")"};

// What people write for operators that exist.
struct Sign {
  std::string_view written;
  std::string_view hint;
};
constexpr Sign kSigns[] = {
    {"&&", "write 'and'"},
    {"||", "write 'or'"},
    {"&", "write 'and'"},
    {"|", "write 'or'"},
    {"!", "write 'not'"},
    {"=", "compare with ==, <= or >="},
    {"\xE2\x89\xA4", "write '<='"},                          // less than or equal
    {"\xE2\x89\xA5", "write '>='"},                          // greater than or equal
    {"\xE2\x89\xA0", "write '!='"},                          // not equal
    {"\xE2\x86\x92", "write '->'"},                          // arrow
    {"\xC3\x97", "write '*'"},                               // multiplication
    {"\xC2\xB7", "write '*'"},                               // dot in the middle
    {"\xC3\xB7", "write '/'"},                               // division
    {"\xE2\x88\x92", "write '-'"},                           // minus
    {"\xE2\x80\x93", "a range is written '20 .. 50 km/h'"},  // dash
    {"\xE2\x80\xA6", "a range is written '20 .. 50 km/h'"},  // three dots in one
};

class Lexer {
 public:
  Lexer(std::string_view text, const core::SourceLocation& where) : text_(text), where_(where) {}

  core::Result<std::vector<Token>> run() {
    while (true) {
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
      if (at_ == text_.size()) break;
      const auto read = read_token();
      if (!read) return forward_error(read);
    }
    if (!open_.empty()) return unbalanced(open_.back());
    add(Token::Kind::kEnd, "", at_);
    return std::move(tokens_);
  }

 private:
  core::Result<void> read_token() {
    const char c = text_[at_];
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
    if (is_digit(c) || (c == '.' && is_digit(next))) return read_number();
    if (starts_word(c)) {
      const std::size_t begin = at_;
      add(Token::Kind::kWord, take_word(), begin);
      return {};
    }
    if (c == '$' && starts_word(next)) {
      const std::size_t begin = at_++;
      add(Token::Kind::kParameter, take_name(), begin);
      return {};
    }
    if (c == '$' && next == '(') {
      ++at_;
      return read_token();
    }
    return read_operator();
  }

  core::Result<void> read_number() {
    const std::size_t begin = at_;
    double value = 0;
    if (!core::scan_number(text_, at_, value)) return core::fail_at(place(begin), "bad number");
    if (!std::isfinite(value)) return core::fail_at(place(begin), "the number is too large");
    std::size_t unit_at = at_;
    while (unit_at < text_.size() && text_[unit_at] == ' ') ++unit_at;
    const std::size_t length = core::scan_unit_name(text_, unit_at);
    const std::string_view name = text_.substr(unit_at, length);
    const bool keyword =
        std::find(std::begin(kKeywords), std::end(kKeywords), name) != std::end(kKeywords);
    Token token{Token::Kind::kNumber,
                std::string(text_.substr(begin, at_ - begin)),
                {value, core::kNumber},
                place(begin)};
    if (length > 0 && !(keyword && unit_at > at_)) {
      // Parsed once more for its messages: missing space, unknown unit.
      const auto quantity =
          core::parse_quantity(text_.substr(begin, unit_at + length - begin), place(begin));
      if (!quantity) return forward_error(quantity);
      token.number = *quantity;
      at_ = unit_at + length;
    }
    tokens_.push_back(std::move(token));
    return {};
  }

  core::Result<void> read_operator() {
    for (const std::string_view symbol : kOperators) {
      if (text_.substr(at_, symbol.size()) != symbol) continue;
      if (symbol == "(") open_.push_back(at_);
      if (symbol == ")") {
        if (open_.empty()) return unbalanced(at_);
        open_.pop_back();
      }
      add(Token::Kind::kOperator, std::string(symbol), at_);
      at_ += symbol.size();
      return {};
    }
    return core::fail_at(place(at_), "unexpected '" + found_here() + "'", hint_here());
  }

  // The whole sign, which may have several bytes or be written twice.
  [[nodiscard]] std::string found_here() const {
    for (const Sign& sign : kSigns) {
      if (text_.substr(at_, sign.written.size()) == sign.written) return std::string(sign.written);
    }
    std::size_t end = at_ + 1;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0) == 0x80) ++end;
    return std::string(text_.substr(at_, end - at_));
  }

  [[nodiscard]] std::string hint_here() const {
    for (const Sign& sign : kSigns) {
      if (text_.substr(at_, sign.written.size()) == sign.written) return std::string(sign.hint);
    }
    if (text_[at_] == '.' && !tokens_.empty() && tokens_.back().kind == Token::Kind::kParameter) {
      std::size_t end = at_ + 1;
      while (end < text_.size() && (starts_word(text_[end]) || is_digit(text_[end]))) ++end;
      const std::string part(text_.substr(at_ + 1, end - at_ - 1));
      const bool section = tokens_.back().text == "params" || tokens_.back().text == "param";
      return "a parameter is written '$" + (section ? part : tokens_.back().text) + "'";
    }
    if (text_[at_] != ',') return "";
    const std::string decimals = core::meant_decimals(text_);
    return decimals.empty() ? "expressions have no commas" : decimals;
  }

  [[nodiscard]] tl::unexpected<core::Diagnostics> unbalanced(std::size_t at) const {
    return core::fail_at(place(at), "unbalanced parenthesis",
                         "a comma inside {..} or [..] ends the value: quote it");
  }

  std::string take_name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (starts_word(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  // A name and the dotted parts behind it; ".." is an operator.
  std::string take_word() {
    std::string word = take_name();
    while (at_ + 1 < text_.size() && text_[at_] == '.' &&
           (starts_word(text_[at_ + 1]) || is_digit(text_[at_ + 1]))) {
      ++at_;
      word += "." + take_name();
    }
    return word;
  }

  [[nodiscard]] core::SourceLocation place(std::size_t at) const { return core::moved(where_, at); }
  void add(Token::Kind kind, std::string text, std::size_t at) {
    tokens_.push_back({kind, std::move(text), {}, place(at)});
  }

  std::string_view text_;
  core::SourceLocation where_;
  std::size_t at_ = 0;
  std::vector<std::size_t> open_;
  std::vector<Token> tokens_;
};

}  // namespace

core::Result<std::vector<Token>> tokenize(std::string_view text,
                                          const core::SourceLocation& where) {
  return Lexer(text, where).run();
}

const Token& TokenStream::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& TokenStream::take() {
  const Token& token = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool TokenStream::next_is(std::string_view text) const {
  const Token& token = peek();
  return (token.kind == Token::Kind::kOperator || token.kind == Token::Kind::kWord) &&
         token.text == text;
}

bool TokenStream::accept(std::string_view text) {
  if (!next_is(text)) return false;
  take();
  return true;
}

std::string TokenStream::found() const {
  const Token& token = peek();
  if (token.kind == Token::Kind::kEnd) return "the text ends";
  const std::string sign = token.kind == Token::Kind::kParameter ? "$" : "";
  return "found '" + sign + token.text + "'";
}

}  // namespace oddroad::scenario
