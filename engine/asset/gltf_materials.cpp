#include "engine/asset/gltf_materials.h"

#include <algorithm>

#include "engine/asset/gltf_geometry.h"
#include "engine/asset/uri.h"

namespace oddroad::asset {
namespace {

float share(double value) {
  return static_cast<float>(std::clamp(value, 0.0, 1.0));
}

}  // namespace

Material GltfMaterials::read(std::uint64_t index) {
  const std::string who = item_name("materials", index);
  Material out;
  out.base_color = math::Vec3f(1);
  out.roughness = 1;
  out.metallic = 1;
  const Json* material = document_.item("materials", index, who);
  if (material == nullptr) return out;
  out.name = document_.text(*material, "name", who).value_or("");
  const Json* pbr = document_.object(*material, "pbrMetallicRoughness", who);
  if (pbr == nullptr) return out;
  if (const auto color = document_.numbers(*pbr, "baseColorFactor", 4, who)) {
    for (int c = 0; c < 3; ++c) out.base_color[c] = share((*color)[static_cast<std::size_t>(c)]);
  }
  out.roughness = share(document_.number(*pbr, "roughnessFactor", who).value_or(1));
  out.metallic = share(document_.number(*pbr, "metallicFactor", who).value_or(1));
  if (const Json* texture = base_color_texture(document_, *material, who)) {
    out.texture = read_texture(*texture, who);
  }
  return out;
}

std::int32_t GltfMaterials::read_texture(const Json& use, const std::string& who) {
  const Json* extensions = document_.object(use, "extensions", who);
  if (extensions != nullptr && extensions->contains("KHR_texture_transform")) {
    document_.problem(who, "KHR_texture_transform is not supported");
  }
  const auto index = document_.required_whole(use, "index", who);
  const Json* texture = index ? document_.item("textures", *index, who) : nullptr;
  if (texture == nullptr) return -1;
  const std::string name = item_name("textures", *index);
  const auto image = document_.required_whole(*texture, "source", name);
  return image ? read_image(*image, name) : -1;
}

std::int32_t GltfMaterials::read_image(std::uint64_t index, const std::string& parent) {
  const std::string who = item_name("images", index);
  const Json* image = document_.item("images", index, parent);
  if (image == nullptr) return -1;
  const auto uri = document_.text(*image, "uri", who);
  if (uri && !is_data_uri(*uri)) {
    return keep(files_.folder().texture_file(percent_decoded(*uri), {document_.file()}));
  }
  const auto bytes = uri ? files_.load(*image, "image", who) : files_.view_bytes(*image, who);
  return bytes ? keep(files_.folder().texture_bytes(document_.file() + " " + who, *bytes)) : -1;
}

std::int32_t GltfMaterials::keep(const core::Result<std::int32_t>& texture) {
  if (texture) return *texture;
  document_.problems().append(texture.error());
  return -1;
}

}  // namespace oddroad::asset
