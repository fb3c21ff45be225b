// Material libraries of OBJ files. Internal to this module.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/asset/material.h"
#include "engine/core/result.h"

namespace oddroad::asset {

struct MtlMaterial {
  Material material;    // texture still -1
  std::string texture;  // file, relative to the model; empty: none
  core::SourceLocation texture_where;
};

// Kd, map_Kd, and roughness and metallic from Pr and Pm, or from Ks and Ns where Pr is missing.
// Errors: values that are no numbers, options that move the texture; each with its line.
core::Result<std::vector<MtlMaterial>> read_mtl(std::string_view text, const std::string& file);

}  // namespace oddroad::asset
