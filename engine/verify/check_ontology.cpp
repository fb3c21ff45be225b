#include "engine/verify/check_ontology.h"

#include <set>

namespace oddroad::verify {
namespace {

std::string describe(const capture::OntologyClass& c) {
  return std::to_string(c.id.value) + " " + c.name + " color " + std::to_string(c.color.x) + "," +
         std::to_string(c.color.y) + "," + std::to_string(c.color.z) + " kitti " + c.kitti +
         " cityscapes " + std::to_string(c.cityscapes_id) + (c.thing ? " thing" : " stuff");
}

}  // namespace

void check_ontology(const DatasetRecord& dataset, const capture::Ontology* installed,
                    Report& report) {
  Check& check = report["ontology"];
  const auto say = [&](bool fine, const std::string& found, const std::string& expected) {
    check.compare(fine ? 0 : 1, 0, [&] {
      return Disagreement{"dataset.json", "ontology", found, expected};
    });
  };
  const auto& classes = dataset.ontology.classes;
  std::set<std::string> names;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const bool ascends = i == 0 || classes[i - 1].id < classes[i].id;
    say(ascends && names.insert(classes[i].name).second, describe(classes[i]),
        "ids that ascend, names of their own");
    if (installed == nullptr) continue;
    // Append-only: what this software does not know was added later.
    const capture::OntologyClass* same = installed->find(classes[i].id);
    if (same != nullptr) say(*same == classes[i], describe(classes[i]), describe(*same));
  }
  say(names.count("unknown") > 0, "no class unknown", "a class unknown");
  if (installed == nullptr || dataset.ontology.version != installed->version) return;
  say(classes.size() == installed->classes.size(), std::to_string(classes.size()) + " classes",
      std::to_string(installed->classes.size()) + " classes of version " +
          std::to_string(installed->version));
}

}  // namespace oddroad::verify
