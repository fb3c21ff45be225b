#include "engine/report/camera_panels.h"

#include <cmath>

#include "engine/report/colors.h"
#include "engine/report/scale.h"

namespace oddroad::report {

using math::Vec2d;
using math::Vec3d;

namespace {

constexpr double kNearM = 0.1;

Picture base_picture(const FrameView& view, int width_px, int height_px) {
  if (view.frame.rgb.empty()) return Picture(width_px, height_px, Rgb8(90));
  return scale_picture(view.frame.rgb, width_px, height_px);
}

int height_for(const FrameView& view, int width_px) {
  const auto& c = view.camera.camera;
  return std::max(1, static_cast<int>(std::lround(double(width_px) * c.height_px / c.width_px)));
}

double scale_of(const FrameView& view, int width_px) {
  return double(width_px) / view.camera.camera.width_px;
}

// A segment in camera coordinates, cut at the near plane.
void draw_segment(Picture& on, const FrameView& view, Vec3d a, Vec3d b, double scale, Rgb8 color) {
  if (a.z < kNearM && b.z < kNearM) return;
  if (a.z < kNearM) a += (b - a) * ((kNearM - a.z) / (b.z - a.z));
  if (b.z < kNearM) b += (a - b) * ((kNearM - b.z) / (a.z - b.z));
  const auto p = view.camera.camera.project(a);
  const auto q = view.camera.camera.project(b);
  if (!p || !q || glm::length(*p - *q) * scale > 20'000) return;
  draw_line(on, *p * scale, *q * scale, color, 1, 0.85);
}

void draw_wire_box(Picture& on, const FrameView& view, const math::OrientedBox& box_ego,
                   double scale, Rgb8 color) {
  std::array<Vec3d, 8> corner = box_ego.corners();
  for (Vec3d& c : corner) c = view.camera.T_ego_camera.inverse() * c;
  for (int i = 0; i < 8; ++i) {
    for (const int bit : {1, 2, 4}) {
      if ((i & bit) == 0) draw_segment(on, view, corner[i], corner[i | bit], scale, color);
    }
  }
  draw_segment(on, view, corner[1], corner[7], scale, color);
  draw_segment(on, view, corner[3], corner[5], scale, color);
}

const capture::ObjectInImage* in_image(const capture::CameraFrame& frame, core::InstanceId id) {
  for (const auto& object : frame.objects) {
    if (object.id == id) return &object;
  }
  return nullptr;
}

void draw_points(Picture& on, const FrameView& view, double scale) {
  if (!view.sweep || !view.ego) return;
  const auto& cloud = view.sweep->cloud;
  const math::Affine3d T_camera_world =
      (math::to_affine(view.frame.stamp.T_world_ego) * math::to_affine(view.camera.T_ego_camera))
          .inverse();
  const math::Affine3d mount = math::to_affine(view.lidar->T_ego_lidar);
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const auto T_world_ego =
        world::pose_at(*view.ego, view.sweep->stamp.stamp_ns + cloud.time_offset_ns[i]);
    const Vec3d p = T_camera_world.point(
        (T_world_ego * mount).point(Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i])));
    if (p.z < 0.5) continue;
    const auto at = view.camera.camera.project(p);
    if (at) draw_disc(on, *at * scale, 0.9, distance_color(p.z));
  }
}

}  // namespace

Picture boxes_panel(const FrameView& view, int width_px) {
  Picture picture = base_picture(view, width_px, height_for(view, width_px));
  const double scale = scale_of(view, width_px);
  for (const capture::ObjectInWorld& object : view.frame.world) {
    const auto* seen = in_image(view.frame, object.id);
    if (!seen || seen->visible_px == 0) continue;
    draw_wire_box(picture, view, object.box_ego, scale, class_color(view.ontology, object.class_id));
  }
  for (const capture::ObjectInImage& object : view.frame.objects) {
    if (object.box.empty()) continue;
    const Rgb8 color = class_color(view.ontology, object.class_id);
    draw_rectangle(picture, object.box.left * scale, object.box.top * scale,
                   object.box.right * scale, object.box.bottom * scale, lighter(color, 0.4), 1);
    const auto* known = view.ontology.find(object.class_id);
    const std::string label = (known ? known->name : "?") + " " + std::to_string(object.id.value);
    if ((object.box.right - object.box.left) * scale < 14) continue;
    const int x = static_cast<int>(object.box.left * scale);
    const int y = std::max(0, static_cast<int>(object.box.top * scale) - text_height() - 1);
    fill_rectangle(picture, x, y, x + text_width(label) + 2, y + text_height() + 1, color, 0.8);
    draw_text(picture, x + 1, y + 1, label, ink_on(color));
  }
  return picture;
}

Picture mask_panel(const FrameView& view, int width_px) {
  const int height = height_for(view, width_px);
  Picture picture = base_picture(view, width_px, height);
  if (!view.frame.class_id.empty()) {
    const auto classes = scale_nearest(view.frame.class_id, width_px, height);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
      if (classes.pixels[i] == 0) continue;
      picture.pixels[i] = blend(picture.pixels[i],
                                class_color(view.ontology, core::ClassId(classes.pixels[i])), 0.55);
    }
  }
  if (!view.frame.instance.empty()) {
    const auto ids = scale_nearest(view.frame.instance, width_px, height);
    for (int y = 0; y + 1 < height; ++y) {
      for (int x = 0; x + 1 < width_px; ++x) {
        const auto id = ids.at(x, y);
        const bool edge = id != ids.at(x + 1, y) || id != ids.at(x, y + 1);
        if (edge && in_image(view.frame, core::InstanceId(id))) picture.at(x, y) = Rgb8(255);
      }
    }
  }
  draw_points(picture, view, scale_of(view, width_px));
  return picture;
}

Picture depth_panel(const FrameView& view, int width_px) {
  const int height = height_for(view, width_px);
  Picture picture(width_px, height, Rgb8(30));
  if (view.frame.depth_m.empty()) return picture;
  const auto depth = scale_nearest(view.frame.depth_m, width_px, height);
  for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
    if (std::isfinite(depth.pixels[i])) picture.pixels[i] = distance_color(depth.pixels[i]);
  }
  return picture;
}

}  // namespace oddroad::report
