#include "engine/world/scene_window.h"

#include <algorithm>

#include "engine/core/check.h"

namespace oddroad::world {
namespace {

// Which of the equally spaced samples surround an instant of the window.
struct Between {
  std::size_t index = 0;
  double share = 0;
};

Between locate(const SceneWindow& window, std::int64_t stamp_ns, std::int64_t spacing_ns) {
  ODDROAD_CHECK_OP(stamp_ns, >=, window.begin_ns);
  ODDROAD_CHECK_OP(stamp_ns, <=, window.end_ns);
  const std::int64_t t = stamp_ns - window.begin_ns;
  return {static_cast<std::size_t>(t / spacing_ns),
          static_cast<double>(t % spacing_ns) / static_cast<double>(spacing_ns)};
}

}  // namespace

const InstanceInfo* SceneWindow::find(core::InstanceId id) const {
  const auto it = std::lower_bound(instances.begin(), instances.end(), id,
                                   [](const InstanceInfo& i, core::InstanceId v) {
                                     return i.id < v;
                                   });
  return it != instances.end() && it->id == id ? &*it : nullptr;
}

math::Affine3d transform_at(const SceneWindow& window, const Drawable& drawable,
                            std::int64_t stamp_ns) {
  const auto& T = drawable.T_world_mesh;
  if (T.size() == 1) return math::to_double(T.front());
  const Between at = locate(window, stamp_ns, kMillisecondNs);
  ODDROAD_CHECK_OP(at.index, <, T.size());
  if (at.share == 0) return math::to_double(T[at.index]);
  return math::lerp(math::to_double(T[at.index]), math::to_double(T[at.index + 1]), at.share);
}

math::Vec3d vertex_at(const SceneWindow& window, const Drawable& drawable, std::uint32_t vertex,
                      std::int64_t stamp_ns) {
  if (drawable.steps.empty()) return math::Vec3d(drawable.mesh->positions[vertex]);
  const Between at = locate(window, stamp_ns, kStepNs);
  ODDROAD_CHECK_OP(at.index, <, drawable.steps.size());
  const math::Vec3d a(drawable.steps[at.index]->positions[vertex]);
  if (at.share == 0) return a;
  const math::Vec3d b(drawable.steps[at.index + 1]->positions[vertex]);
  return a * (1 - at.share) + b * at.share;
}

std::array<math::Vec3d, 3> triangle_at(const SceneWindow& window, const Drawable& drawable,
                                       std::uint32_t triangle, std::int64_t stamp_ns) {
  const math::Affine3d T = transform_at(window, drawable, stamp_ns);
  const auto& corner = drawable.mesh->triangles[triangle];
  return {T.point(vertex_at(window, drawable, corner[0], stamp_ns)),
          T.point(vertex_at(window, drawable, corner[1], stamp_ns)),
          T.point(vertex_at(window, drawable, corner[2], stamp_ns))};
}

std::vector<std::int32_t> counterparts(const SceneWindow& window, const SceneWindow& other) {
  std::vector<std::int32_t> out(window.drawables.size(), -1);
  for (const InstanceInfo& info : window.instances) {
    const InstanceInfo* there = other.find(info.id);
    if (there == nullptr) continue;
    ODDROAD_CHECK_OP(there->drawables.size(), ==, info.drawables.size());
    for (std::size_t k = 0; k < info.drawables.size(); ++k) {
      out[info.drawables[k]] = static_cast<std::int32_t>(there->drawables[k]);
    }
  }
  return out;
}

}  // namespace oddroad::world
