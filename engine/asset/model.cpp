#include "engine/asset/model.h"

#include <cmath>

namespace oddroad::asset {

math::Aabb rest_bounds(const Model& model, bool with_mirrors) {
  math::Aabb box;
  for (const Part& part : model.parts) {
    if (part.role == PartRole::kMirror && !with_mirrors) continue;
    for (const math::Vec3f& p : part.mesh->positions) {
      box.include(part.T_model_part.point(math::Vec3d(p)));
    }
  }
  return box;
}

math::Affine3d open_door(const Part& part, double door_rad) {
  if (part.door_turn == 0) return part.T_model_part;
  const glm::dquat q = glm::angleAxis(part.door_turn * door_rad, math::Vec3d(0, 0, 1));
  return part.T_model_part * math::Affine3d{glm::mat3_cast(q), math::Vec3d(0)};
}

math::Vec3f linear_from_srgb(int r, int g, int b) {
  const auto channel = [](int code) {
    const float c = static_cast<float>(code) / 255.0f;
    return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
  };
  return {channel(r), channel(g), channel(b)};
}

}  // namespace oddroad::asset
