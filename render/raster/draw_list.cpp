#include "render/raster/draw_list.h"

#include <map>

#include "render/scene/deform.h"

namespace oddroad::raster {
namespace {

glm::dmat4 to_matrix(const math::Affine3d& a) {
  glm::dmat4 m(1.0);
  for (int c = 0; c < 3; ++c) m[c] = glm::dvec4(a.linear[c], 0);
  m[3] = glm::dvec4(a.translation, 1);
  return m;
}

// Whether a box lies wholly outside one side of the view.
bool outside(const math::Aabb& box, const glm::dmat4& clip_from_mesh) {
  int beyond[5] = {0, 0, 0, 0, 0};
  for (int i = 0; i < 8; ++i) {
    const glm::dvec4 c = clip_from_mesh * glm::dvec4(i & 1 ? box.upper.x : box.lower.x,
                                                     i & 2 ? box.upper.y : box.lower.y,
                                                     i & 4 ? box.upper.z : box.lower.z, 1);
    beyond[0] += c.x < -c.w;
    beyond[1] += c.x > c.w;
    beyond[2] += c.y < -c.w;
    beyond[3] += c.y > c.w;
    beyond[4] += c.w < kNearM;
  }
  for (int count : beyond) {
    if (count == 8) return true;
  }
  return false;
}

struct Visible {
  std::uint32_t drawable;
  glm::dmat4 clip_from_mesh;
};

math::Aabb bounds_of(const std::vector<math::Vec3f>& points) {
  math::Aabb box;
  for (const math::Vec3f& p : points) box.include(math::Vec3d(p));
  return box;
}

void add_instance(DrawList& list, const Visible& v) {
  list.instances.push_back({glm::mat4(v.clip_from_mesh), glm::uvec4(v.drawable + 1, 0, 0, 0)});
}

}  // namespace

glm::dmat4 clip_from_camera(const math::CameraModel& c) {
  const double w = c.width_px;
  const double h = c.height_px;
  glm::dmat4 m(0.0);
  m[0][0] = 2 * c.fx_px / w;
  m[2][0] = 2 * c.cx_px / w - 1;
  m[1][1] = 2 * c.fy_px / h;
  m[2][1] = 2 * c.cy_px / h - 1;
  m[3][2] = kNearM;
  m[2][3] = 1;
  return m;
}

core::Result<DrawList> make_draw_list(const world::SceneWindow& window,
                                      const scene::CameraView& view, MeshCache& cache,
                                      vulkan::Uploads& uploads) {
  const glm::dmat4 clip_from_world =
      clip_from_camera(view.camera) * to_matrix(view.T_world_camera.inverse());
  DrawList list;
  struct Group {
    const CachedMesh* mesh;
    std::vector<Visible> members;
  };
  std::vector<Group> groups;  // in the order of their first drawable, whatever the addresses
  std::map<const math::TriangleMesh*, std::size_t> group_of;
  std::vector<math::Vec3f> positions;
  for (std::uint32_t d = 0; d < window.drawables.size(); ++d) {
    const world::Drawable& drawable = window.drawables[d];
    if (drawable.hidden_from_ego || drawable.mesh->triangles.empty()) continue;
    const Visible visible{
        d, clip_from_world * to_matrix(world::transform_at(window, drawable, view.stamp_ns))};
    const auto mesh = cache.get(drawable, uploads);
    if (!mesh) return core::forward_error(mesh);
    if (drawable.steps.empty()) {
      if (outside((*mesh)->bounds, visible.clip_from_mesh)) continue;
      const auto [it, fresh] = group_of.emplace(drawable.mesh, groups.size());
      if (fresh) groups.push_back({*mesh, {}});
      groups[it->second].members.push_back(visible);
      continue;
    }
    scene::positions_at(window, drawable, view.stamp_ns, positions);
    if (outside(bounds_of(positions), visible.clip_from_mesh)) continue;
    list.draws.push_back({*mesh, static_cast<std::uint32_t>(list.instances.size()), 1,
                          static_cast<std::int64_t>(list.deformed.size() * sizeof(math::Vec3f))});
    for (std::uint32_t v : (*mesh)->source) list.deformed.push_back(positions[v]);
    add_instance(list, visible);
  }
  for (const Group& group : groups) {
    list.draws.push_back({group.mesh, static_cast<std::uint32_t>(list.instances.size()),
                          static_cast<std::uint32_t>(group.members.size()), -1});
    for (const Visible& v : group.members) add_instance(list, v);
  }
  return list;
}

}  // namespace oddroad::raster
