// Materials and textures of a glTF. Internal to this module.
#pragma once

#include "engine/asset/gltf_files.h"

namespace oddroad::asset {

class GltfMaterials {
 public:
  GltfMaterials(GltfJson& document, GltfFiles& files) : document_(document), files_(files) {}

  // Base colour with its texture, roughness, metallic. Problems go to the document.
  Material read(std::uint64_t index);

 private:
  std::int32_t read_texture(const Json& use, const std::string& who);
  std::int32_t read_image(std::uint64_t index, const std::string& parent);
  std::int32_t keep(const core::Result<std::int32_t>& texture);

  GltfJson& document_;
  GltfFiles& files_;
};

}  // namespace oddroad::asset
