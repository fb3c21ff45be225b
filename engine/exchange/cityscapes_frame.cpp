#include "engine/exchange/cityscapes_frame.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/exchange/cityscapes_labels.h"
#include "engine/exchange/shots.h"

namespace oddroad::exchange {
namespace {

using Json = nlohmann::ordered_json;

// Cityscapes' camera axes in ours: x = z, y = -x, z = -y.
const glm::dmat3 kOursFromTheirs(math::Vec3d(0, 0, 1), math::Vec3d(-1, 0, 0),
                                 math::Vec3d(0, -1, 0));

Json xywh(const capture::Box2& box) {
  return Json::array({box.left - 0.5, box.top - 0.5, box.right - box.left, box.bottom - box.top});
}

Json intrinsic(const math::CameraModel& lens) {
  return {
      {"fx", lens.fx_px}, {"fy", lens.fy_px}, {"u0", lens.cx_px - 0.5}, {"v0", lens.cy_px - 0.5}};
}

Json box_3d(const math::OrientedBox& box, const std::string& type) {
  const auto& c = box.pose.translation;
  const auto& q = box.pose.rotation;
  return {{"center", {c.x, c.y, c.z}},
          {"dimensions", {box.size_m.x, box.size_m.y, box.size_m.z}},
          {"rotation", {q.w, q.x, q.y, q.z}},
          {"type", type},
          {"format", "CRS_ISO8855"}};
}

const CityscapesLabel& label_of(const Segment& segment, const CityscapesNames& names) {
  const bool ego = segment.id && segment.id == names.ego;
  return cityscapes_label(ego ? "ego vehicle" : names.of_class.of(segment.class_id));
}

bool is_instance(SegmentKey key, const CityscapesLabel& label) {
  return label.instances && key < kStuff;
}

Json polygon_json(const PixelPolygon& polygon) {
  Json out = Json::array();
  for (const auto& corner : polygon) out.push_back(Json::array({corner.x, corner.y}));
  return out;
}

// Instances from far to near.
std::vector<SegmentKey> far_first(std::vector<SegmentKey> things, const SegmentImage& image,
                                  const capture::CameraFrame& frame,
                                  const capture::CameraCalibration& camera) {
  std::map<core::InstanceId, double> far;
  for (const auto& object : frame.world) {
    far[object.id] = glm::length(object.box_ego.pose.translation - camera.T_ego_camera.translation);
  }
  std::stable_sort(things.begin(), things.end(), [&](SegmentKey a, SegmentKey b) {
    return far[image.segments.at(a).id] > far[image.segments.at(b).id];
  });
  return things;
}

}  // namespace

// From the end on: last comes whatever need not cross any other, and among the rest again.
CityscapesDrawing cityscapes_drawing(const SegmentImage& image, const capture::CameraFrame& frame,
                                     const capture::CameraCalibration& camera,
                                     const CityscapesNames& names) {
  CityscapesDrawing out;
  std::vector<SegmentKey> left, rest;
  for (const auto& [key, segment] : image.segments) {
    (is_instance(key, label_of(segment, names)) ? left : rest).push_back(key);
  }
  left = far_first(std::move(left), image, frame, camera);
  while (!left.empty()) {
    const std::set<SegmentKey> others(left.begin(), left.end());
    std::map<SegmentKey, JoinedOutline> found;
    for (const SegmentKey key : left) {
      found[key] = joined_outline(image.keys, key, image.segments.at(key).box, others);
    }
    const auto crossed = [&](SegmentKey key) {
      return found[key].crossed_px;
    };
    auto last = std::stable_partition(left.begin(), left.end(), [&](SegmentKey key) {
      return crossed(key) > 0;
    });
    if (last == left.end()) {  // each encloses a part of another: one has to give way
      const auto least = std::min_element(left.rbegin(), left.rend(), [&](auto a, auto b) {
        return crossed(a) < crossed(b);
      });
      std::rotate(least.base() - 1, least.base(), left.end());
      last = left.end() - 1;
    }
    for (auto it = last; it != left.end(); ++it) {
      out.crossed_px += crossed(*it);
      out.outlines[*it] = std::move(found[*it]);
    }
    out.order.insert(out.order.begin(), last, left.end());
    left.erase(last, left.end());
  }
  out.order.insert(out.order.end(), rest.begin(), rest.end());
  return out;
}

CityscapesMasks cityscapes_masks(const SegmentImage& image, const CityscapesDrawing& drawing,
                                 const CityscapesNames& names) {
  struct Value {
    const CityscapesLabel* label;
    std::uint16_t instance;
  };
  CityscapesMasks out;
  std::map<SegmentKey, Value> values;
  std::map<int, int> next;  // k by label
  for (const SegmentKey key : drawing.order) {
    const Segment& segment = image.segments.at(key);
    const auto& label = label_of(segment, names);
    int value = label.id;
    if (is_instance(key, label)) {
      value = label.id * 1000 + next[label.id]++;
      out.instance_of[segment.id] = value;
    }
    values[key] = {&label, static_cast<std::uint16_t>(value)};
  }
  const int w = image.keys.width_px, h = image.keys.height_px;
  out.label_ids = capture::Image<std::uint8_t>::unwritten(w, h);
  out.train_ids = capture::Image<std::uint8_t>::unwritten(w, h);
  out.instance_ids = capture::Image<std::uint16_t>::unwritten(w, h);
  out.color = capture::Image<capture::Rgb8>::unwritten(w, h);
  SegmentKey last = ~0u;
  Value value{};
  for (std::size_t i = 0; i < image.keys.pixels.size(); ++i) {
    if (image.keys.pixels[i] != last) {
      last = image.keys.pixels[i];
      value = values[last];
    }
    out.label_ids.pixels[i] = static_cast<std::uint8_t>(value.label->id);
    out.train_ids.pixels[i] = static_cast<std::uint8_t>(value.label->train_id);
    out.instance_ids.pixels[i] = value.instance;
    out.color.pixels[i] = value.label->color;
  }
  return out;
}

std::string cityscapes_polygons(const SegmentImage& image, const CityscapesDrawing& drawing,
                                const CityscapesNames& names) {
  Json objects = Json::array();
  for (const SegmentKey key : drawing.order) {
    const Segment& segment = image.segments.at(key);
    const auto& label = label_of(segment, names);
    const auto joined = drawing.outlines.find(key);
    if (joined != drawing.outlines.end()) {
      objects.push_back({{"label", label.name}, {"polygon", polygon_json(joined->second.polygon)}});
      continue;
    }
    const std::string name = std::string(label.name) + (label.instances ? "group" : "");
    for (const auto& outline : outlines(image.keys, key, segment.box)) {
      const auto polygon = with_three_corners(through_centres(outline));
      objects.push_back({{"label", name}, {"polygon", polygon_json(polygon)}});
    }
  }
  return Json{{"imgHeight", image.keys.height_px},
              {"imgWidth", image.keys.width_px},
              {"objects", objects}}
             .dump() +
         "\n";
}

std::string cityscapes_camera(const capture::CameraCalibration& left, double baseline_m) {
  const glm::dmat3 R = glm::mat3_cast(left.T_ego_camera.rotation) * kOursFromTheirs;
  const auto& t = left.T_ego_camera.translation;
  const Json json = {{"extrinsic",
                      {{"baseline", baseline_m},
                       {"pitch", std::asin(std::clamp(-R[0][2], -1.0, 1.0))},
                       {"roll", std::atan2(R[1][2], R[2][2])},
                       {"x", t.x},
                       {"y", t.y},
                       {"yaw", std::atan2(R[0][1], R[0][0])},
                       {"z", t.z}}},
                     {"intrinsic", intrinsic(left.camera)}};
  return json.dump(4) + "\n";
}

std::string cityscapes_boxes(const capture::CameraFrame& frame,
                             const capture::CameraCalibration& left, double baseline_m,
                             const CityscapesMasks& masks, const FormatContext& context) {
  Json objects = Json::array(), ignore = Json::array();
  for (const auto& seen : frame.objects) {
    const auto instance = masks.instance_of.find(seen.id);
    const auto world = std::find_if(frame.world.begin(), frame.world.end(), [&](const auto& o) {
      return o.id == seen.id;
    });
    if (instance == masks.instance_of.end() || world == frame.world.end()) continue;
    const std::string label = context.classes.of(seen.class_id);
    if (!is_seen(seen, context.thresholds)) {
      ignore.push_back({{"2d", xywh(seen.box)}, {"label", label}});
      continue;
    }
    const double in_frame = static_cast<double>(std::max<std::int64_t>(seen.in_frame_px, 1));
    objects.push_back({{"2d", {{"modal", xywh(seen.box)}, {"amodal", xywh(seen.amodal_box)}}},
                       {"3d", box_3d(world->box_ego, world->type)},
                       {"occlusion", 1 - static_cast<double>(seen.visible_px) / in_frame},
                       {"truncation", seen.truncation},
                       {"instanceId", instance->second},
                       {"label", label},
                       {"score", 1.0}});
    context.notes.count("objects");
  }
  const math::Pose T = left.T_ego_camera;
  // From the vehicle's axes (ISO 8855) into the camera, both with x forward.
  const math::Pose T_theirs_ego =
      math::Pose{glm::quat_cast(glm::transpose(kOursFromTheirs)), math::Vec3d(0)} * T.inverse();
  Json rows = Json::array();
  const glm::dmat3 m = glm::mat3_cast(T_theirs_ego.rotation);
  for (int r = 0; r < 3; ++r) {
    rows.push_back(Json::array({m[0][r], m[1][r], m[2][r], T_theirs_ego.translation[r]}));
  }
  Json sensor = intrinsic(left.camera);
  sensor["sensor_T_ISO_8855"] = rows;
  sensor["baseline"] = baseline_m;
  return Json{{"imgWidth", left.camera.width_px},
              {"imgHeight", left.camera.height_px},
              {"sensor", sensor},
              {"objects", objects},
              {"ignore", ignore}}
             .dump() +
         "\n";
}

capture::Image<std::uint16_t> cityscapes_disparity(const capture::Image<float>& depth_m,
                                                   double fx_px, double baseline_m) {
  auto out = capture::Image<std::uint16_t>::unwritten(depth_m.width_px, depth_m.height_px);
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    const double z = static_cast<double>(depth_m.pixels[i]);
    const double value = std::isfinite(z) && z > 0 ? 256 * fx_px * baseline_m / z + 1 : 0;
    out.pixels[i] = static_cast<std::uint16_t>(std::clamp(std::round(value), 0.0, 65535.0));
  }
  return out;
}

}  // namespace oddroad::exchange
