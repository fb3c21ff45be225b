// The catalog of things scenarios can name. Models are generated from parameters, or read from a
// file; equal requests give equal bytes. Licence and scale of what is generated:
// assets/catalog.yaml.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/asset/import_model.h"
#include "engine/asset/model.h"
#include "engine/core/result.h"

namespace oddroad::asset {

// Numbers an author may set, all optional ("height" in metres for people, ...), plus a seed that
// varies what is not set: paint, clothes, hair, skin tone, window layout.
// A model from a file has neither numbers nor seed; its type is the file's name.
struct ModelRequest {
  std::string type;  // "car.hatchback", "pedestrian.child", "tree", ...
  std::uint64_t seed = 0;
  std::map<std::string, double> numbers;  // "height": 1.2; SI units
  std::optional<ModelFile> file;
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
// Errors: unknown type (with a suggestion), a number out of its range; for files those of
// import_model (which model_size runs, too).
core::Result<ModelSize> model_size(const ModelRequest& request);
core::Result<std::shared_ptr<const Model>> make_model(const ModelRequest& request);

}  // namespace oddroad::asset
