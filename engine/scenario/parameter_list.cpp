#include "engine/scenario/parameter_list.h"

#include <algorithm>

#include "engine/scenario/value.h"

namespace oddroad::scenario {

bool check_parameter(const std::string& name, const core::SourceLocation& where, Needs needs,
                     Names& names) {
  if (!names.parameter_type(name, where)) return false;
  const auto value = names.values.find(name);
  const auto kind = value == names.values.end() ? Value::Kind::kFixed : value->second->kind;
  const bool own = needs == Needs::kOwnDraw;
  if (kind == Value::Kind::kDrawn || (kind == Value::Kind::kGiven && !own)) return true;
  names.diagnostics.error(where,
                          "'" + name + "' is not drawn " + (own ? "by itself" : "but fixed"));
  return false;
}

std::vector<std::string> read_parameter_list(const core::YamlNode& list, const std::string& key,
                                             Needs needs, Names& names) {
  std::vector<std::string> out;
  if (!list.is_sequence() || list.items().empty()) {
    names.diagnostics.error(list.location(),
                            key + ": expected a list of parameters, found " + list.describe());
  }
  for (const core::YamlNode& item : list.items()) {
    const std::string& name = item.text();
    if (!check_parameter(name, item.location(), needs, names)) continue;
    if (std::find(out.begin(), out.end(), name) == out.end()) {
      out.push_back(name);
    } else {
      names.diagnostics.error(item.location(), "'" + name + "' stands twice here");
    }
  }
  return out;
}

}  // namespace oddroad::scenario
