// Classes: their numbers, colours and names in other people's formats. One YAML file
// (assets/ontology.yaml), append-only numeric ids, "unknown" included.
#pragma once

#include <string>
#include <vector>

#include "engine/capture/image.h"
#include "engine/core/ids.h"
#include "engine/core/result.h"

namespace oddroad::capture {

struct OntologyClass {
  core::ClassId id;
  std::string name;  // "car"
  Rgb8 color{0};
  std::string kitti;      // KITTI object type: "Car", "Van", ... ; "DontCare" where it has none
  int cityscapes_id = 0;  // Cityscapes labelId
  bool thing = false;     // countable: gets boxes and tracks
  bool operator==(const OntologyClass&) const = default;
};

struct Ontology {
  int version = 1;
  std::vector<OntologyClass> classes;  // ascending id

  bool operator==(const Ontology&) const = default;
  [[nodiscard]] const OntologyClass* find(core::ClassId id) const;
  [[nodiscard]] const OntologyClass* find(const std::string& name) const;
};

// Errors: unreadable file, duplicate id or name, missing key, no class "unknown".
core::Result<Ontology> load_ontology(const std::string& path);

}  // namespace oddroad::capture
