// The catalog of things scenarios can name. Models are generated from parameters; equal parameters
// give equal bytes. Licence and scale of everything: assets/catalog.yaml.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/asset/model.h"
#include "engine/core/result.h"

namespace oddroad::asset {

// Numbers an author may set, all optional ("height" in metres for people, ...), plus a seed that
// varies what is not set: paint, clothes, hair, skin tone, window layout.
struct ModelRequest {
  std::string type;                       // "car.hatchback", "pedestrian.child", "tree", ...
  std::uint64_t seed = 0;
  std::map<std::string, double> numbers;  // "height": 1.2; SI units
  bool operator==(const ModelRequest&) const = default;
};

// Nominal size of a type, cheap (no mesh): what placement and site search need.
struct ModelSize {
  double length_m = 0;
  double width_m = 0;
  double height_m = 0;
  double rear_overhang_m = 0;  // from the model origin back to the rearmost point
  double wheelbase_m = 0;
};

// All type names, sorted.
std::vector<std::string> catalog_types();
bool catalog_has(const std::string& type);
// Errors: unknown type (with a suggestion), a number out of its range.
core::Result<ModelSize> model_size(const ModelRequest& request);
core::Result<std::shared_ptr<const Model>> make_model(const ModelRequest& request);

// Imports a glTF 2.0 (.gltf, .glb) or OBJ file as a static prop, textures included. scale converts
// file units to metres. The model stands on the ground (lowest point z = 0), centred in x and y.
// glTF is y-up and is turned to z-up; OBJ has no rule: up_axis says.
// Errors: missing or truncated file, missing texture or buffer, no triangles, non-finite vertices.
struct ImportOptions {
  double scale = 1.0;
  char up_axis = 'y';          // 'y' or 'z'
  std::string class_name = "unknown";
  float reflectance_905nm = 0.4f;
};
core::Result<std::shared_ptr<const Model>> import_model(const std::string& path,
                                                        const ImportOptions& options);

}  // namespace oddroad::asset
