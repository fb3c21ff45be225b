#include "engine/exchange/class_names.h"

#include <algorithm>

#include "engine/core/suggest.h"
#include "engine/core/yaml.h"

namespace oddroad::exchange {
namespace {

std::vector<std::string> own_names(const capture::Ontology& ontology) {
  std::vector<std::string> names;
  for (const auto& one : ontology.classes) names.push_back(one.name);
  return names;
}

}  // namespace

ClassNames::ClassNames(const capture::Ontology& ontology,
                       const std::function<std::string(const capture::OntologyClass&)>& usual) {
  for (const auto& one : ontology.classes) names_[one.id] = usual ? usual(one) : one.name;
}

const std::string& ClassNames::of(core::ClassId id) const {
  static const std::string none = kNoClass;
  const auto it = names_.find(id);
  return it == names_.end() ? none : it->second;
}

core::Result<void> ClassNames::replace(const std::string& file, const capture::Ontology& ontology,
                                       const std::vector<std::string>& known) {
  const auto root = core::load_yaml(file);
  if (!root) return core::forward_error(root);
  if (!root->is_map()) {
    return core::fail_at(root->location(),
                         "a class map is a map of our class to theirs, not " + root->describe(),
                         "write lines like 'van: Car'");
  }
  core::Diagnostics problems;
  for (const auto& entry : root->entries()) {
    const auto* ours = ontology.find(entry.key);
    if (ours == nullptr) {
      problems.error(entry.where, "the dataset has no class '" + entry.key + "'",
                     core::did_you_mean(entry.key, own_names(ontology)));
    }
    const std::string theirs = entry.value.is_scalar() ? entry.value.text() : "";
    if (theirs.empty()) {
      problems.error(entry.value.location(),
                     "a class name or 'none' is expected, not " + entry.value.describe());
    } else if (theirs != kNoClass && !known.empty() &&
               std::find(known.begin(), known.end(), theirs) == known.end()) {
      problems.error(entry.value.location(), "the format has no class '" + theirs + "'",
                     core::did_you_mean(theirs, known));
    } else if (ours != nullptr) {
      names_[ours->id] = theirs;
    }
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return {};
}

}  // namespace oddroad::exchange
