// {given: $weather, cases: {dry: 20 .. 50 km/h, wet: 30 km/h}, else: 40 km/h}
#include <algorithm>
#include <cmath>

#include "engine/core/map_reader.h"
#include "engine/scenario/distribution_read.h"
#include "engine/scenario/value.h"

namespace oddroad::scenario {

namespace {

class GivenReader {
 public:
  GivenReader(const core::YamlNode& node, std::string path, Names& names)
      : node_(node), path_(std::move(path)), names_(names) {}

  std::optional<Value> run() {
    const std::size_t before = names_.diagnostics.items().size();
    core::MapReader reader(node_, "given", names_.diagnostics);
    read_parameter(reader);
    const core::YamlNode* cases = reader.required("cases");
    if (cases != nullptr && cases->entries().empty()) {
      names_.diagnostics.error(
          cases->location(),
          "expected a map of cases, found " + (cases->is_map() ? "none" : cases->describe()));
    } else if (cases != nullptr) {
      for (const core::YamlEntry& entry : cases->entries()) read_case(entry);
    }
    if (const core::YamlNode* otherwise = reader.optional("else")) {
      table_.otherwise = read_value(*otherwise, path_, names_);
      if (table_.otherwise) keep_type(*table_.otherwise);
    }
    reader.finish();
    if (!by_ || names_.diagnostics.items().size() > before) return std::nullopt;
    if (!table_.otherwise && !check_complete()) return std::nullopt;
    Value value;
    value.kind = Value::Kind::kGiven;
    value.type = *type_;
    value.given = std::make_shared<const GivenTable>(std::move(table_));
    return value;
  }

 private:
  void read_parameter(core::MapReader& reader) {
    const core::YamlNode* given = reader.required("given");
    if (given == nullptr) return;
    const std::string& text = given->text();
    if (text.size() < 2 || text[0] != '$') {
      names_.diagnostics.error(given->location(),
                               "expected a parameter like '$weather', found " + given->describe());
      return;
    }
    table_.parameter = text.substr(1);
    by_ = names_.parameter_type(table_.parameter, core::moved(given->text_location(), 1));
  }

  void read_case(const core::YamlEntry& entry) {
    GivenTable::Case one;
    std::optional<ValueType> type;
    if (entry.key.find("..") != std::string::npos) {
      const auto range = core::parse_range(entry.key, entry.where);
      if (!range) return names_.diagnostics.append(range.error());
      one.is_range = true;
      one.lower = range->lower;
      one.upper = range->upper;
      type = {false, range->dimension};
    } else {
      const auto literal = read_literal(entry.key, entry.where);
      if (!literal) return names_.diagnostics.append(literal.error());
      one.is = *literal;
      type = literal->type;
    }
    if (by_ && !(*type == *by_)) {
      names_.diagnostics.error(entry.where, "'$" + table_.parameter + "' is " + describe(*by_) +
                                                ", this case is " + describe(*type));
    }
    const auto value = read_value(entry.value, path_, names_);
    if (!value) return;
    keep_type(*value);
    one.value = *value;
    table_.cases.push_back(std::move(one));
  }

  void keep_type(const Value& value) {
    if (!type_) type_ = value.type;
    if (*type_ == value.type) return;
    names_.diagnostics.error(
        value.where, "cases must be alike: " + describe(*type_) + " and " + describe(value.type));
  }

  // Is there a case for all that the parameter can come to?
  bool check_complete() {
    const auto found = names_.values.find(table_.parameter);
    const std::vector<Distribution::Option> options = listed_options(*found->second);
    std::string missing;
    for (const Distribution::Option& option : options) {
      if (option.weight > 0 && !has_case(option.value)) {
        missing += (missing.empty() ? "" : ", ") + to_string(option.value);
      }
    }
    if (missing.empty() && options.empty() && !(by_->is_word) && ranges_cover(*found->second)) {
      return true;
    }
    if (missing.empty() && !options.empty()) return true;
    names_.diagnostics.error(node_.location(),
                             missing.empty()
                                 ? "not all that '$" + table_.parameter + "' can be has a case"
                                 : "no case for " + missing,
                             "add them, or 'else'");
    return false;
  }

  [[nodiscard]] bool has_case(const Drawn& drawn) const {
    return std::any_of(table_.cases.begin(), table_.cases.end(), [&](const auto& one) {
      return one.holds(drawn);
    });
  }

  [[nodiscard]] bool ranges_cover(const Value& parameter) const {
    const auto [least, most] = span_of(parameter);
    double reached = least;
    for (bool grows = std::isfinite(least) && std::isfinite(most); grows && reached < most;) {
      grows = false;
      for (const GivenTable::Case& one : table_.cases) {
        if (!one.is_range || one.lower > reached || one.upper <= reached) continue;
        reached = one.upper;
        grows = true;
      }
    }
    return std::isfinite(most) && reached >= most;
  }

  const core::YamlNode& node_;
  std::string path_;
  Names& names_;
  std::optional<ValueType> by_, type_;
  GivenTable table_;
};

}  // namespace

std::optional<Value> read_given(const core::YamlNode& node, const std::string& path, Names& names) {
  return GivenReader(node, path, names).run();
}

}  // namespace oddroad::scenario
