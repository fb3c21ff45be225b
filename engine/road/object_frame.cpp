#include "engine/road/object_frame.h"

#include <algorithm>
#include <cmath>

namespace oddroad::road {
namespace {

using math::Vec2d;
using math::Vec3d;

constexpr int kFootSteps = 8;
constexpr double kFootExact_m = 1e-6;

struct Foot {
  double s_m, t_m;
};

// Road coordinates of a point in plan, from a place nearby. Where a tight bend has no single answer
// the last step stands.
Foot foot_of(const Road& road, Foot from, const Vec2d& p) {
  for (int i = 0; i < kFootSteps; ++i) {
    const RoadFrame f = road.reference_frame(from.s_m);
    const double c = std::cos(f.heading_rad);
    const double s = std::sin(f.heading_rad);
    const Vec2d d = p - Vec2d(f.position);
    const double along = c * d.x + s * d.y;
    from.t_m = -s * d.x + c * d.y;
    if (std::abs(along) < kFootExact_m) break;
    const double stretch = std::max(0.2, 1 - road.curvature(from.s_m) * from.t_m);
    from.s_m += along / stretch;
  }
  return from;
}

}  // namespace

ObjectFrame::ObjectFrame(const Road& road, const RoadObject& object, const CopySpec& spec)
    : road_(&road), object_(&object), spec_(spec) {
  T_map_object_.translation = on_road(spec.s_m, spec.t_m, spec.z_offset_m);
  set_axes(road.reference_frame(spec.s_m).heading_rad + object.heading_rad);
}

ObjectFrame::ObjectFrame(const Road& road, const RoadObject& object, const CopySpec& spec,
                         const Vec3d& origin, double heading_rad)
    : road_(&road), object_(&object), spec_(spec) {
  T_map_object_.translation = origin;
  set_axes(heading_rad + object.heading_rad);
}

void ObjectFrame::set_axes(double heading_rad) {
  glm::dmat3& axes = T_map_object_.linear;
  if (object_->square_to_road || is_flat(object_->kind)) {
    const RoadFrame f = road_->frame(spec_.s_m, spec_.t_m);
    const double turn = heading_rad - f.heading_rad;
    axes[0] = std::cos(turn) * f.forward + std::sin(turn) * f.left;
    axes[1] = std::cos(turn) * f.left - std::sin(turn) * f.forward;
    axes[2] = f.up;
    return;
  }
  const double ch = std::cos(heading_rad);
  const double sh = std::sin(heading_rad);
  const double cp = std::cos(object_->pitch_rad);
  const double sp = std::sin(object_->pitch_rad);
  axes[0] = Vec3d(ch * cp, sh * cp, sp);
  const Vec3d level_left(-sh, ch, 0);
  const Vec3d upright = glm::cross(axes[0], level_left);
  axes[1] = std::cos(object_->roll_rad) * level_left + std::sin(object_->roll_rad) * upright;
  axes[2] = std::cos(object_->roll_rad) * upright - std::sin(object_->roll_rad) * level_left;
}

void ObjectFrame::set_pose(PlacedObject& out) const {
  const glm::dmat3& axes = T_map_object_.linear;
  out.T_map_object = T_map_object_;
  out.heading_rad = std::atan2(axes[0].y, axes[0].x);
  out.pitch_rad = std::asin(std::clamp(axes[0].z, -1.0, 1.0));
  out.roll_rad = std::atan2(axes[1].z, axes[2].z);
}

Vec3d ObjectFrame::on_road(double s_m, double t_m, double h_m) const {
  const bool inside = s_m >= 0 && s_m < road_->length_m;
  if (!is_flat(object_->kind) || !inside) return road_->position(s_m, t_m, h_m);
  // Paint lies on pavements and parking lanes, too, whose height the road surface does not count.
  return road_->surface(road_->section_at(s_m), s_m, t_m) + h_m * road_->frame(s_m, t_m).up;
}

double ObjectFrame::height_of(const OutlineCorner& corner) const {
  if (is_flat(object_->kind)) return 0;
  if (corner.height_m <= 0) return spec_.height_m;
  // A repeat that lets the height run scales the corners' heights alike.
  const bool scaled = object_->height_m > 0 && spec_.height_m > 0;
  return corner.height_m * (scaled ? spec_.height_m / object_->height_m : 1.0);
}

Vec3d ObjectFrame::local(double u_m, double v_m, double w_m) const {
  const Vec3d p = T_map_object_.point({u_m, v_m, w_m});
  if (!is_flat(object_->kind)) return p;
  const Foot foot = foot_of(*road_, {spec_.s_m, spec_.t_m}, Vec2d(p));
  return on_road(foot.s_m, foot.t_m, spec_.z_offset_m + w_m);
}

OutlinePoint ObjectFrame::corner(const OutlineCorner& corner) const {
  const double height = height_of(corner);
  if (corner.local) {
    const Vec3d base = local(corner.first_m, corner.second_m, corner.third_m);
    return {base, base + height * T_map_object_.linear[2]};
  }
  const double s = corner.first_m + spec_.s_m - object_->s_m;
  const double t = corner.second_m + spec_.t_m - object_->t_m;
  const Vec3d base = on_road(s, t, corner.third_m + spec_.z_offset_m - object_->z_offset_m);
  return {base, base + height * Vec3d(0, 0, 1)};
}

}  // namespace oddroad::road
