// Models read from files: glTF 2.0 (.gltf, .glb) and Wavefront OBJ (.obj), textures included, as
// props that stand still.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/asset/model.h"
#include "engine/core/result.h"

namespace oddroad::asset {

// A file and how to take it.
struct ModelFile {
  std::string path;
  double scale = 1.0;                  // metres per unit of the file
  char up_axis = 'y';                  // of the file: 'y' or 'z'
  std::string class_name = "unknown";  // ontology name
  double reflectance_905nm = 0.4;      // diffuse, of every surface; files do not say

  bool operator==(const ModelFile&) const = default;
};

// One rigid part: nodes are merged, their transforms applied. It stands on the ground (lowest point
// z = 0), its box centred in x and y. y-up files face +z (the rule of glTF), so that file (x, y, z)
// is model (y, z, x); z-up files are taken as they are, x forward. Normals that the file lacks are
// made (creases above 40 degrees stay sharp). Base colour, its texture, roughness and metallic are
// taken; opacity, other textures, vertex colours, skins, animation, points and lines are left out.
// Errors: missing, truncated or malformed file; missing or broken texture, buffer or material
// library; no triangles, more than 5 million; vertices that are not finite; larger than 100 m or
// smaller than 1 mm. Each names the file that is wrong, and the line where there are lines.
core::Result<std::shared_ptr<const Model>> import_model(const ModelFile& file);

// The file and all it refers to (buffers, textures, material libraries), absolute, in order of
// reading: what a content hash covers. Errors: those of import_model but for the last three.
core::Result<std::vector<std::string>> files_of_model(const std::string& path);

}  // namespace oddroad::asset
