#include "engine/verify/camera_scene.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/capture/tolerances.h"

namespace oddroad::verify {

using math::Vec3d;

CameraScene::CameraScene(const world::SceneBuilder& builder, MeshTrees& trees, View view)
    : view_(std::move(view)),
      window_(builder.window(view_.begin_ns(), view_.end_ns())),
      tracer_(window_, trees) {}

std::string CameraScene::name_of(std::uint16_t id) const {
  const world::InstanceInfo* info = window_.find(core::InstanceId(id));
  return std::to_string(id) + (info != nullptr ? " " + info->name : "");
}

PixelTruth CameraScene::truth(const Hit& hit, const ImageRay& centre, int row,
                              double range_there_m) const {
  const world::Drawable& drawable = window_.drawables[hit.drawable];
  const auto corner = world::triangle_at(window_, drawable, hit.triangle, centre.world.stamp_ns);
  const math::Affine3d T_camera_world = view_.T_world_camera(row).inverse();
  const Vec3d a = T_camera_world.point(corner[0]);
  const Vec3d b = T_camera_world.point(corner[1]);
  const Vec3d c = T_camera_world.point(corner[2]);
  Vec3d normal = glm::cross(b - a, c - a);
  normal /= glm::length(normal);
  // The plane at the centre, but not beyond what the triangle spans.
  const Vec3d along(glm::dot(a, centre.camera), glm::dot(b, centre.camera),
                    glm::dot(c, centre.camera));
  const double nearest = std::min({along.x, along.y, along.z});
  const double farthest = std::max({along.x, along.y, along.z});
  double range = glm::dot(normal, a) / glm::dot(normal, centre.camera);
  range = std::isfinite(range) ? std::clamp(range, nearest, farthest) : range_there_m;
  PixelTruth out;
  out.nothing = false;
  out.id = drawable.instance.value;
  out.class_id = drawable.class_id.value;
  out.range_low_m = std::min(range, range_there_m);
  out.range_high_m = std::max(range, range_there_m);
  out.camera_ray = centre.camera;
  out.normal = glm::dot(normal, a) > 0 ? -normal : normal;
  out.hit = hit;
  return out;
}

namespace {

PixelTruth nothing(const Vec3d& camera_ray) {
  PixelTruth out;
  out.range_low_m = out.range_high_m = std::numeric_limits<double>::infinity();
  out.camera_ray = camera_ray;
  return out;
}

}  // namespace

PixelTruth CameraScene::at_centre(int x, int y) const {
  const auto ray = view_.ray(x, y);
  if (!ray) return nothing({0, 0, 1});
  const auto hit = tracer_.nearest(ray->world);
  if (!hit) return nothing(ray->camera);
  PixelTruth out = truth(*hit, *ray, y, hit->t);
  out.range_low_m = out.range_high_m = hit->t;
  return out;
}

std::vector<PixelTruth> CameraScene::near_centre(int x, int y) const {
  std::vector<PixelTruth> answers{at_centre(x, y)};
  const auto centre = view_.ray(x, y);
  if (!centre) return answers;
  const auto add = [&](const std::optional<Hit>& hit) {
    const bool known = std::any_of(answers.begin(), answers.end(), [&](const PixelTruth& t) {
      return hit ? !t.nothing && t.hit.drawable == hit->drawable && t.hit.triangle == hit->triangle
                 : t.nothing;
    });
    if (known) return;
    answers.push_back(hit ? truth(*hit, *centre, y, hit->t) : nothing(centre->camera));
  };
  const auto look = [&](double du, double dv) {
    const auto ray = view_.ray(x + 0.5 + du, y + 0.5 + dv, y);
    if (!ray) return true;
    const auto hit = tracer_.nearest(ray->world);
    add(hit);
    if (!hit) return true;
    for (const Hit& other : tracer_.all(ray->world, hit->t * (1 + capture::kFoldShare))) add(other);
    return true;
  };
  look(0, 0);
  around_centre(capture::kEdgePx, look);
  return answers;
}

}  // namespace oddroad::verify
