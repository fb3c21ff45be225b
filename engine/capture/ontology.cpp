#include "engine/capture/ontology.h"

#include "engine/core/map_reader.h"
#include "engine/core/yaml.h"

namespace oddroad::capture {
namespace {

const std::vector<std::string> kKittiTypes = {
    "Car", "Van", "Truck", "Pedestrian", "Person_sitting", "Cyclist", "Tram", "Misc", "DontCare"};

// [r, g, b], each 0 to 255.
Rgb8 read_color(const core::YamlNode& node, core::Diagnostics& problems) {
  Rgb8 color{0};
  bool good = node.items().size() == 3;
  for (int channel = 0; good && channel < 3; ++channel) {
    const auto value = node.items()[static_cast<std::size_t>(channel)].as_int();
    good = value && *value >= 0 && *value <= 255;
    if (good) color[channel] = static_cast<std::uint8_t>(*value);
  }
  if (!good) problems.error(node.location(), "a color is three numbers from 0 to 255");
  return color;
}

OntologyClass read_class(const core::YamlNode& node, core::Diagnostics& problems) {
  core::MapReader reader(node, "class", problems);
  OntologyClass one;
  const auto id = reader.required_integer("id");
  if (id && (*id < 0 || *id > 255)) problems.error(node.location(), "a class id is 0 to 255");
  one.id = core::ClassId(static_cast<std::uint8_t>(id.value_or(0)));
  one.name = reader.required_text("name").value_or("");
  if (const auto* color = reader.required("color")) one.color = read_color(*color, problems);
  one.kitti = reader.word("kitti", kKittiTypes).value_or("");
  if (one.kitti.empty() && node.is_map() && node.find("kitti") == nullptr) {
    problems.error(node.location(), "class '" + one.name + "' has no key 'kitti'");
  }
  const auto cityscapes = reader.required_integer("cityscapes");
  if (cityscapes && (*cityscapes < -1 || *cityscapes > 33)) {
    problems.error(node.location(), "a Cityscapes labelId is -1 to 33");
  }
  one.cityscapes_id = static_cast<int>(cityscapes.value_or(0));
  if (reader.required("thing") != nullptr) one.thing = reader.boolean("thing").value_or(false);
  reader.finish();
  return one;
}

// Ids ascend, so that a duplicate is next to its twin and a diff of the file shows additions last.
void check_uniqueness(const Ontology& ontology, const core::YamlNode& list,
                      core::Diagnostics& problems) {
  for (std::size_t i = 0; i < ontology.classes.size(); ++i) {
    const auto& one = ontology.classes[i];
    const auto& where = list.items()[i].location();
    if (i > 0 && one.id <= ontology.classes[i - 1].id) {
      problems.error(where, "class ids must ascend: " + std::to_string(one.id.value) + " after " +
                                std::to_string(ontology.classes[i - 1].id.value));
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (ontology.classes[j].name == one.name) {
        problems.error(where, "there are two classes '" + one.name + "'");
      }
    }
  }
}

}  // namespace

const OntologyClass* Ontology::find(core::ClassId id) const {
  for (const auto& one : classes) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

const OntologyClass* Ontology::find(const std::string& name) const {
  for (const auto& one : classes) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

core::Result<Ontology> load_ontology(const std::string& path) {
  const auto root = core::load_yaml(path);
  if (!root) return core::forward_error(root);
  core::Diagnostics problems;
  Ontology ontology;
  core::MapReader reader(*root, "ontology", problems);
  ontology.version = static_cast<int>(reader.required_integer("version").value_or(0));
  if (const auto* list = reader.required("classes")) {
    if (!list->is_sequence()) problems.error(list->location(), "classes is a list");
    for (const auto& node : list->items()) ontology.classes.push_back(read_class(node, problems));
    check_uniqueness(ontology, *list, problems);
    if (ontology.find("unknown") == nullptr) {
      problems.error(list->location(), "there is no class 'unknown'");
    }
  }
  reader.finish();
  if (problems.has_errors()) return tl::unexpected(problems);
  return ontology;
}

}  // namespace oddroad::capture
