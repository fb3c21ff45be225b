#include "engine/report/kind_panels.h"

#include <algorithm>
#include <cmath>

#include "engine/report/colors.h"
#include "engine/report/projector.h"
#include "engine/report/scale.h"

namespace oddroad::report {

using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

namespace {

int panel_height(const FrameView& view, int width_px) {
  const auto& c = view.camera.camera;
  return std::max(1, static_cast<int>(std::lround(double(width_px) * c.height_px / c.width_px)));
}

// The picture to draw on: colour, darkened, or grey.
Picture background(const FrameView& view, int width_px, double dark) {
  Picture out(width_px, panel_height(view, width_px), Rgb8(90));
  if (!view.frame.rgb.empty()) out = scale_picture(view.frame.rgb, width_px, out.height_px);
  for (Rgb8& p : out.pixels) p = blend(p, Rgb8(0), dark);
  return out;
}

// Looks every pixel of an image up at the panel's size.
template <typename T, typename Color>
Picture colored(const capture::Image<T>& image, int width_px, int height_px, const Color& color) {
  const auto small = scale_nearest(image, width_px, height_px);
  Picture out(width_px, height_px);
  std::transform(small.pixels.begin(), small.pixels.end(), out.pixels.begin(), color);
  return out;
}

std::uint8_t byte(double value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0, 1.0) * 255);
}

Rgb8 normal_color(const Vec3f& n) {
  return {byte(0.5 + 0.5 * n.x), byte(0.5 + 0.5 * n.y), byte(0.5 + 0.5 * n.z)};
}

// Hue by angle, saturation by length up to `full` pixels (as the Middlebury flow pictures).
Rgb8 flow_color(const math::Vec2f& f, double full) {
  if (std::isnan(f.x)) return Rgb8(0);
  const double angle = std::atan2(f.y, f.x);
  const double strength = std::min(std::hypot(f.x, f.y) / full, 1.0);
  const auto channel = [&](double phase) {
    return byte(1 - strength * (0.5 - 0.5 * std::cos(angle - phase)));
  };
  return {channel(0), channel(2 * M_PI / 3), channel(-2 * M_PI / 3)};
}

Picture flow_panel(const capture::FlowImage& flow, int width_px, int height_px) {
  double full = 1;
  for (const auto& f : flow.displacement_px.pixels) {
    const double length = std::hypot(f.x, f.y);
    if (std::isfinite(length)) full = std::max(full, std::min(length, 40.0));
  }
  Picture out = colored(flow.displacement_px, width_px, height_px, [&](const math::Vec2f& f) {
    return flow_color(f, full);
  });
  const auto states = scale_nearest(flow.occlusion, width_px, height_px);
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    const auto state = static_cast<capture::FlowOcclusion>(states.pixels[i]);
    if (state == capture::FlowOcclusion::kHidden)
      out.pixels[i] = blend(out.pixels[i], Rgb8(0), 0.6);
    if (state == capture::FlowOcclusion::kOutside)
      out.pixels[i] = blend(out.pixels[i], Rgb8(0), 0.9);
  }
  return out;
}

Picture ledger_panel(const FrameView& view, int width_px) {
  Picture out = background(view, width_px, 0.35);
  const double s = static_cast<double>(width_px) / view.camera.camera.width_px;
  for (const capture::ObjectInImage& o : view.frame.objects) {
    const Rgb8 color = class_color(view.ontology, o.class_id);
    const auto& a = o.amodal_box;
    draw_rectangle(out, a.left * s, a.top * s, a.right * s, a.bottom * s, color, 1);
    const auto& b = o.box;
    if (o.visible_px > 0) {
      draw_rectangle(out, b.left * s, b.top * s, b.right * s, b.bottom * s, lighter(color, 0.5), 1);
    }
    if ((a.right - a.left) * s < 14) continue;
    std::string text = std::to_string(100 * o.visible_px / o.in_frame_px) + "%";
    if (o.truncation > 0) text += " T" + std::to_string(std::lround(100 * o.truncation));
    if (!o.occluders.empty()) text += " by " + std::to_string(o.occluders.front().id.value);
    const int x = static_cast<int>(a.left * s) + 1;
    const int y = std::max(0, static_cast<int>(a.top * s) - text_height() - 1);
    fill_rectangle(out, x - 1, y - 1, x + text_width(text) + 1, y + text_height(), color, 0.8);
    draw_text(out, x, y, text, ink_on(color));
  }
  return out;
}

// The COCO skeleton by index.
constexpr std::pair<int, int> kBones[] = {{5, 7},  {7, 9},   {6, 8},   {8, 10},  {5, 6},   {5, 11},
                                          {6, 12}, {11, 12}, {11, 13}, {13, 15}, {12, 14}, {14, 16},
                                          {0, 1},  {0, 2},   {1, 3},   {2, 4}};

void draw_keypoints(Picture& out, const capture::ObjectInImage& o, double s, Rgb8 color) {
  const auto at = [&](const capture::Keypoint2& k) {
    return Vec2d(k.u_px, k.v_px) * s;
  };
  const auto shown = [](const capture::Keypoint2& k) {
    return k.state != capture::KeypointState::kOutside;
  };
  if (o.keypoints.size() == 17) {
    for (const auto& [a, b] : kBones) {
      if (!shown(o.keypoints[a]) || !shown(o.keypoints[b])) continue;
      draw_line(out, at(o.keypoints[a]), at(o.keypoints[b]), color, 1, 0.9);
    }
  }
  for (const capture::Keypoint2& k : o.keypoints) {
    if (!shown(k)) continue;
    draw_disc(out, at(k), 2.2, color);
    if (k.state == capture::KeypointState::kOccluded) draw_disc(out, at(k), 1.3, Rgb8(0));
    if (k.state == capture::KeypointState::kSelfOccluded) draw_disc(out, at(k), 1.3, Rgb8(120));
  }
}

Picture keypoint_panel(const FrameView& view, int width_px) {
  Picture out = background(view, width_px, 0.45);
  const double s = static_cast<double>(width_px) / view.camera.camera.width_px;
  for (const capture::ObjectInImage& o : view.frame.objects) {
    draw_keypoints(out, o, s, lighter(class_color(view.ontology, o.class_id), 0.4));
  }
  return out;
}

Picture lane_panel(const FrameView& view, int width_px) {
  Picture out = background(view, width_px, 0.3);
  const auto mask = scale_nearest(view.frame.drivable, out.width_px, out.height_px);
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    if (mask.pixels[i] == 1) out.pixels[i] = blend(out.pixels[i], Rgb8(40, 200, 90), 0.45);
    if (mask.pixels[i] == 2) out.pixels[i] = blend(out.pixels[i], Rgb8(230, 120, 40), 0.45);
  }
  const Projector projector(view, width_px);
  for (const capture::LanePolyline& lane : view.frame.lanes) {
    if (lane.area || lane.kind == "none") continue;
    for (std::size_t k = 0; k + 1 < lane.points_ego_m.size(); ++k) {
      projector.draw_line_ego(out, lane.points_ego_m[k], lane.points_ego_m[k + 1],
                              Rgb8(255, 240, 60), 1, 0.9);
    }
  }
  return out;
}

Picture point_panel(const FrameView& view, int width_px) {
  Picture out = background(view, width_px, 0.6);
  const Projector projector(view, width_px);
  const auto& cloud = view.sweep->cloud;
  const math::Affine3d mount = math::to_affine(view.lidar->T_ego_lidar);
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const auto T =
        world::pose_at(*view.ego, view.sweep->stamp.stamp_ns + cloud.time_offset_ns[i]) * mount;
    const auto at = projector.world(T.point(Vec3d(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i])));
    if (at) draw_disc(out, *at, 0.9, normal_color(cloud.normal[i]));
  }
  return out;
}

}  // namespace

std::vector<NamedPicture> kind_panels(const FrameView& view, int width_px) {
  const capture::CameraFrame& f = view.frame;
  const int height = panel_height(view, width_px);
  std::vector<NamedPicture> out;
  if (!f.panoptic.empty()) {
    out.push_back({"panoptic", colored(f.panoptic, width_px, height, [&](const Rgb8& p) {
                     const auto id = static_cast<std::uint16_t>(p.y * 256 + p.z);
                     return id != 0 ? id_color(id) : class_color(view.ontology, core::ClassId(p.x));
                   })});
  }
  if (!f.range_m.empty()) {
    out.push_back({"range", colored(f.range_m, width_px, height, [](float range) {
                     return std::isfinite(range) ? distance_color(range) : Rgb8(30);
                   })});
  }
  if (!f.normal.empty()) {
    out.push_back({"normals", colored(f.normal, width_px, height, normal_color)});
  }
  for (const auto& [title, flow] :
       {std::pair("flow forward", &f.flow_forward), std::pair("flow backward", &f.flow_backward)}) {
    if (!flow->empty()) out.push_back({title, flow_panel(*flow, width_px, height)});
  }
  if (!f.objects.empty()) out.push_back({"ledger", ledger_panel(view, width_px)});
  const bool keypoints = std::any_of(f.objects.begin(), f.objects.end(), [](const auto& o) {
    return !o.keypoints.empty();
  });
  if (keypoints) out.push_back({"keypoints", keypoint_panel(view, width_px)});
  if (!f.drivable.empty()) out.push_back({"lanes", lane_panel(view, width_px)});
  if (view.sweep && view.ego && !view.sweep->cloud.normal.empty()) {
    out.push_back({"LiDAR points by normal", point_panel(view, width_px)});
  }
  return out;
}

}  // namespace oddroad::report
