#include "engine/report/camera_panels.h"

#include <cmath>

#include "engine/report/colors.h"
#include "engine/report/projector.h"
#include "engine/report/scale.h"

namespace oddroad::report {

using math::Vec3d;

namespace {

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

// The front face is crossed.
void draw_wire_box(Picture& on, const Projector& projector, const math::OrientedBox& box_ego,
                   Rgb8 color) {
  const std::array<Vec3d, 8> corner = box_ego.corners();
  for (int i = 0; i < 8; ++i) {
    for (const int bit : {1, 2, 4}) {
      if ((i & bit) == 0) projector.draw_line_ego(on, corner[i], corner[i | bit], color);
    }
  }
  projector.draw_line_ego(on, corner[1], corner[7], color);
  projector.draw_line_ego(on, corner[3], corner[5], color);
}

const capture::ObjectInImage* in_image(const capture::CameraFrame& frame, core::InstanceId id) {
  for (const auto& object : frame.objects) {
    if (object.id == id) return &object;
  }
  return nullptr;
}

void draw_points(Picture& on, const FrameView& view) {
  if (!view.sweep || !view.ego) return;
  const Projector projector(view, on.width_px);
  const auto& cloud = view.sweep->cloud;
  const math::Affine3d mount = math::to_affine(view.lidar->T_ego_lidar);
  const Vec3d eye = view.frame.stamp.T_world_ego * view.camera.T_ego_camera.translation;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const auto T_world_ego =
        world::pose_at(*view.ego, view.sweep->stamp.stamp_ns + cloud.time_offset_ns[i]);
    const Vec3d p = (T_world_ego * mount).point(Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]));
    if (const auto at = projector.world(p)) {
      draw_disc(on, *at, 0.9, distance_color(glm::length(p - eye)));
    }
  }
}

}  // namespace

Picture boxes_panel(const FrameView& view, int width_px) {
  Picture picture = base_picture(view, width_px, height_for(view, width_px));
  const double scale = scale_of(view, width_px);
  const Projector projector(view, width_px);
  for (const capture::ObjectInImage& object : view.frame.objects) {
    if (object.visible_px == 0) continue;
    draw_wire_box(picture, projector, object.box_ego_observed,
                  class_color(view.ontology, object.class_id));
  }
  for (const capture::ObjectInImage& object : view.frame.objects) {
    if (object.visible_px == 0) continue;
    // Data of others know no visible box, some the whole outline.
    const capture::Box2& box = object.box.empty() ? object.amodal_box : object.box;
    if (box.empty()) continue;
    const Rgb8 color = class_color(view.ontology, object.class_id);
    draw_rectangle(picture, box.left * scale, box.top * scale, box.right * scale,
                   box.bottom * scale, lighter(color, 0.4), 1);
    const auto* known = view.ontology.find(object.class_id);
    const std::string label = (known ? known->name : "?") + " " + std::to_string(object.id.value);
    if ((box.right - box.left) * scale < 14) continue;
    const int x = static_cast<int>(box.left * scale);
    const int y = std::max(0, static_cast<int>(box.top * scale) - text_height() - 1);
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
  draw_points(picture, view);
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
