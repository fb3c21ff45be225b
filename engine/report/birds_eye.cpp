#include "engine/report/birds_eye.h"

#include "engine/report/colors.h"

namespace oddroad::report {

using math::Vec2d;
using math::Vec3d;

namespace {

// Ego metres to pixels.
struct Frame {
  double scale;
  Vec2d origin;
  [[nodiscard]] Vec2d at(const Vec3d& p_ego) const {
    return origin + Vec2d(p_ego.x, -p_ego.y) * scale;
  }
};

void draw_outline(Picture& on, const Frame& frame, const math::OrientedBox& box, Rgb8 color) {
  const auto c = box.corners();
  const int ring[5] = {0, 1, 3, 2, 0};
  for (int k = 0; k < 4; ++k) {
    draw_line(on, frame.at(c[ring[k]]), frame.at(c[ring[k + 1]]), color, 1.5);
  }
  const Vec3d nose = box.pose * Vec3d(0.5 * box.size_m.x + 0.8, 0, 0);
  draw_line(on, frame.at(box.pose.translation), frame.at(nose), color, 1);
}

void draw_points(Picture& on, const Frame& frame, const BirdsEye& view) {
  const auto& cloud = view.sweep->cloud;
  const math::Affine3d T_ego_world = math::to_affine(view.stamp.T_world_ego.inverse());
  const math::Affine3d mount = math::to_affine(view.lidar->T_ego_lidar);
  const world::Actor& ego = view.timeline.actors[view.timeline.ego];
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const auto T = T_ego_world *
                   world::pose_at(ego, view.sweep->stamp.stamp_ns + cloud.time_offset_ns[i]) *
                   mount;
    const Vec3d p = T.point(Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]));
    // Ground dark, what stands on it bright.
    const auto shade = static_cast<std::uint8_t>(std::clamp(70 + 80 * p.z, 55.0, 230.0));
    const Vec2d at = frame.at(p);
    const int x = static_cast<int>(at.x);
    const int y = static_cast<int>(at.y);
    if (at.x < 0 || at.y < 0 || x >= on.width_px || y >= on.height_px) continue;
    on.at(x, y) = Rgb8(shade);
  }
}

void draw_trajectories(Picture& on, const Frame& frame, const BirdsEye& view) {
  const math::Pose T_ego_world = view.stamp.T_world_ego.inverse();
  for (const world::Actor& actor : view.timeline.actors) {
    const Rgb8 color = class_color(view.ontology, actor.class_id);
    for (std::size_t k = 20; k < actor.states.size(); k += 20) {
      const Vec3d a = T_ego_world * actor.states[k - 20].T_world_actor.translation;
      const Vec3d b = T_ego_world * actor.states[k].T_world_actor.translation;
      if (glm::length(a - b) > 1e-3) draw_line(on, frame.at(a), frame.at(b), color, 1, 0.5);
    }
  }
}

}  // namespace

Picture birds_eye_panel(const BirdsEye& view, int width_px, int height_px, double ahead_m,
                        double behind_m) {
  Picture picture(width_px, height_px, Rgb8(24));
  const double scale = width_px / (ahead_m + behind_m);
  const Frame frame{scale, {behind_m * scale, 0.5 * height_px}};
  for (double x = 0; x < ahead_m; x += 10) {
    const double u = frame.at({x, 0, 0}).x;
    draw_line(picture, {u, 0}, {u, double(height_px)}, Rgb8(50), 1);
    draw_text(picture, static_cast<int>(u) + 2, height_px - text_height() - 1,
              std::to_string(static_cast<int>(x)) + " m", Rgb8(120));
  }
  if (view.sweep && view.lidar) draw_points(picture, frame, view);
  draw_trajectories(picture, frame, view);
  const auto& ego = view.timeline.actors[view.timeline.ego];
  math::OrientedBox own;
  own.pose.translation = {1.4, 0, 0.7};
  own.size_m = {4.3, 1.8, 1.4};
  draw_outline(picture, frame, own, Rgb8(255));
  draw_text(picture, static_cast<int>(frame.origin.x), static_cast<int>(frame.origin.y) + 12,
            ego.name, Rgb8(255));
  for (const capture::ObjectInWorld& object : view.objects) {
    draw_outline(picture, frame, object.box_ego, class_color(view.ontology, object.class_id));
  }
  if (view.radars != nullptr) {
    draw_radar(picture, *view.radars, [&](const Vec3d& p) {
      return frame.at(p);
    });
  }
  return picture;
}

}  // namespace oddroad::report
