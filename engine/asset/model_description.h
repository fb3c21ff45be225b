// A file beside a model that says what the model itself cannot: what it is, how large, and what its
// materials are to a LiDAR. Scenarios and `oddroad assets show` take it in the model's place: a
// ModelFile whose path is a description is imported with its materials, all else as the ModelFile
// says.
//   schema: 1
//   file: pallet.glb               # beside this file or below
//   what: "EUR pallet"             # for people
//   licence: CC0-1.0
//   class: debris                  # of assets/ontology.yaml; unknown if not given
//   scale: 0.001                   # metres per unit; 1 if not given
//   up: z                          # y if not given
//   reflectance: 45 %              # diffuse, at 905 nm, of what is not listed; 40 % if not given
//   materials:                     # by their names in the model
//     Wood: {reflectance: 60 %, roughness: 0.9}
//     Band: {reflectance: 30 %, retro: 20, color: [0.8, 0.1, 0.1], metallic: 0}
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/asset/import_model.h"
#include "engine/core/result.h"

namespace oddroad::asset {

// What is said of one material; what is empty stays.
struct MaterialChange {
  std::string name;
  std::optional<double> reflectance_905nm, retro_905nm, roughness, metallic;
  std::optional<math::Vec3f> color;  // linear reflectance
  core::SourceLocation where;        // for messages
};

struct ModelDescription {
  ModelFile model;  // path absolute
  std::vector<MaterialChange> materials;
  std::string what;
  std::string licence;
  core::SourceLocation class_where;  // for who knows the ontology; the file alone if not given
};

// By the ending: .yaml or .yml.
bool is_description(const std::string& path);

// Errors: everything wrong with the file, with its places; the model itself is not opened but must
// be there.
core::Result<ModelDescription> load_description(const std::string& path);

}  // namespace oddroad::asset
