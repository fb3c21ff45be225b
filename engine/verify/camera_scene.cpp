#include "engine/verify/camera_scene.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/capture/tolerances.h"

namespace oddroad::verify {

using math::Vec3d;

CameraScene::CameraScene(const world::SceneBuilder& builder, MeshTrees& trees, View view)
    : view_(std::move(view)),
      window_(builder.window(view_.begin_ns(), view_.end_ns(), view_.stamp_ns())),
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

constexpr std::size_t kMostAnswers = 64;  // a tuft of leaves; each costs a dozen rays
// Beside an edge, and next to it: at a fold seen along one of its faces, that face soon lies
// further behind the other than kFoldShare.
constexpr double kBesideEdgesPx[] = {capture::kEdgePx / 64, capture::kEdgePx / 65536};

// The point of a segment that lies nearest to a ray's line (unit direction).
Vec3d nearest_on_segment(const Vec3d& a, const Vec3d& b, const Ray& ray) {
  const Vec3d along = b - a;
  const Vec3d w = a - ray.origin;
  const double across = glm::dot(along, ray.direction);
  const double determinant = glm::dot(along, along) - across * across;
  if (!(determinant > 0)) return a;
  const double s = (across * glm::dot(ray.direction, w) - glm::dot(along, w)) / determinant;
  return a + along * std::clamp(s, 0.0, 1.0);
}

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
  // Two faces that meet in a ridge may both show between the places above: look on each side of
  // the edges of what was found.
  for (std::size_t k = 0; k < answers.size() && answers.size() < kMostAnswers; ++k) {
    if (answers[k].nothing) continue;
    const Hit hit = answers[k].hit;
    for (const math::Vec2d& off : near_edges(hit, *centre, x, y)) {
      for (const double beside : kBesideEdgesPx) {
        for (const double du : {-beside, beside}) {
          for (const double dv : {-beside, beside}) look(off.x + du, off.y + dv);
        }
      }
    }
  }
  return answers;
}

std::vector<math::Vec2d> CameraScene::near_edges(const Hit& hit, const ImageRay& centre, int x,
                                                 int y) const {
  std::vector<math::Vec2d> out;
  const auto c = world::triangle_at(window_, window_.drawables[hit.drawable], hit.triangle,
                                    centre.world.stamp_ns);
  const math::Affine3d T_camera_world = view_.T_world_camera(y).inverse();
  for (int k = 0; k < 3; ++k) {
    const Vec3d p = nearest_on_segment(c[k], c[(k + 1) % 3], centre.world);
    const auto image = view_.lens().project(T_camera_world.point(p));
    if (!image) continue;
    const math::Vec2d off = *image - math::Vec2d(x + 0.5, y + 0.5);
    if (std::max(std::abs(off.x), std::abs(off.y)) <= capture::kEdgePx) out.push_back(off);
  }
  return out;
}

}  // namespace oddroad::verify
