// Scenes made by hand, with known answers.
#pragma once

#include <memory>

#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"

namespace oddroad::scene::testing {

// A camera at the world origin that looks along world +x: x right = -y, y down = -z.
inline math::Affine3d looking_along_x(const math::Vec3d& at = math::Vec3d(0)) {
  math::Affine3d T;
  T.linear = glm::dmat3(math::Vec3d(0, -1, 0), math::Vec3d(0, 0, -1), math::Vec3d(1, 0, 0));
  T.translation = at;
  return T;
}

inline CameraView view(int width, int height, double focal) {
  return {{width, height, focal, focal, width / 2.0, height / 2.0}, looking_along_x(), 0};
}

inline std::shared_ptr<asset::Model> model_of(math::TriangleMesh mesh,
                                              const asset::Material& material = {}) {
  auto model = std::make_shared<asset::Model>();
  model->materials = {material};
  model->parts.push_back({"part",
                          asset::PartRole::kBody,
                          std::make_shared<math::TriangleMesh>(std::move(mesh)),
                          {},
                          0,
                          false});
  return model;
}

// A square facing the camera at distance x, half as wide as `half` says.
inline math::TriangleMesh wall(float x, float half) {
  math::TriangleMesh mesh;
  mesh.add_quad({x, half, -half}, {x, -half, -half}, {x, -half, half}, {x, half, half}, 0);
  return mesh;
}

inline world::Drawable& add(world::SceneWindow& window, std::shared_ptr<const asset::Model> model,
                            const math::Affine3d& T_world_mesh = {}) {
  world::Drawable d;
  d.instance = core::InstanceId(static_cast<std::uint16_t>(window.drawables.size() + 1));
  d.mesh = model->parts[0].mesh.get();
  d.model = std::move(model);
  d.T_world_mesh = {math::to_float(T_world_mesh)};
  window.end_ns = std::max(window.end_ns, world::kStepNs);
  window.drawables.push_back(std::move(d));
  return window.drawables.back();
}

// Rows x columns squares over a square metre, bent a little; every triangle is another direction.
inline math::TriangleMesh bumpy_sheet(int n) {
  math::TriangleMesh mesh;
  for (int r = 0; r <= n; ++r) {
    for (int c = 0; c <= n; ++c) {
      const float y = 0.5f - static_cast<float>(c) / static_cast<float>(n);
      const float z = static_cast<float>(r) / static_cast<float>(n) - 0.5f;
      mesh.add_vertex({0.1f * std::sin(9 * y) * std::cos(7 * z), y, z}, {-1, 0, 0}, {y, z});
    }
  }
  for (int r = 0; r < n; ++r) {
    for (int c = 0; c < n; ++c) {
      const auto a = static_cast<std::uint32_t>(r * (n + 1) + c);
      const auto up = static_cast<std::uint32_t>(a + n + 1);
      mesh.add_triangle(a, a + 1, up + 1, 0);
      mesh.add_triangle(a, up + 1, up, 0);
    }
  }
  return mesh;
}

}  // namespace oddroad::scene::testing
