// The reading half of frame_json.h.
#include <limits>

#include "engine/dataset/frame_json.h"
#include "engine/dataset/parsed_json.h"

namespace oddroad::dataset {
namespace {

capture::Box2 as_box2(Parsed json) {
  const auto [left, top, right, bottom] = as_numbers<4>(json);
  return {left, top, right, bottom};
}

math::Vec2d as_pair(Parsed json) {
  const auto [x, y] = as_numbers<2>(json);
  return {x, y};
}

// null where the lens cannot show the point.
double shown_or_nan(Parsed json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : as_number(json);
}

capture::Keypoint2 as_keypoint(Parsed json) {
  const simdjson::dom::array parts = as_array(json);
  if (parts.size() != 3) refuse(json, "[u, v, state]");
  const int state = as_integer<int>(parts.at(2));
  if (state < 0 || state > 3) refuse(json, "a state of 0 to 3");
  return {shown_or_nan(parts.at(0)), shown_or_nan(parts.at(1)),
          static_cast<capture::KeypointState>(state)};
}

capture::ObjectInImage as_image_object(Parsed json) {
  capture::ObjectInImage o;
  o.id.value = as_integer<std::uint16_t>(at(json, "id"));
  o.class_id.value = as_integer<std::uint8_t>(at(json, "class"));
  o.box = as_box2(at(json, "box_ltrb_px"));
  o.amodal_box = as_box2(at(json, "amodal_ltrb_px"));
  o.amodal_box_unclipped = as_box2(at(json, "amodal_unclipped_ltrb_px"));
  o.truncation = as_number(at(json, "truncation"));
  o.visible_px = as_integer<std::int64_t>(at(json, "visible_px"));
  o.in_frame_px = as_integer<std::int64_t>(at(json, "in_frame_px"));
  o.unoccluded_px = as_integer<std::int64_t>(at(json, "unoccluded_px"));
  for (const Parsed by : as_array(at(json, "occluders"))) {
    o.occluders.push_back({core::InstanceId(as_integer<std::uint16_t>(at(by, "id"))),
                           as_integer<std::int64_t>(at(by, "px"))});
  }
  o.observed_ns = as_integer<std::int64_t>(at(json, "observed_ns"));
  o.box_ego_observed = as_box(at(json, "box_ego_observed"));
  if (const auto points = find(json, "keypoints")) {
    for (const Parsed point : as_array(*points)) o.keypoints.push_back(as_keypoint(point));
  }
  return o;
}

capture::Attributes as_attributes(Parsed json) {
  capture::Attributes out;
  out.moving = as_bool(at(json, "moving"));
  out.braking = as_bool(at(json, "braking"));
  if (const auto lit = find(json, "lit")) {
    for (const Parsed lamp : as_array(*lit)) out.lit.push_back(as_text(lamp));
    out.indicator = as_text(at(json, "indicator"));
  }
  return out;
}

capture::ObjectInWorld as_world_object(Parsed json) {
  capture::ObjectInWorld o;
  o.id.value = as_integer<std::uint16_t>(at(json, "id"));
  o.class_id.value = as_integer<std::uint8_t>(at(json, "class"));
  o.name = as_text(at(json, "name"));
  o.type = as_text(at(json, "type"));
  o.rides.value = as_integer<std::uint16_t>(at(json, "rides"));
  o.box_ego = as_box(at(json, "box_ego"));
  o.box_world = as_box(at(json, "box_world"));
  o.box_sensor = as_box(at(json, "box_sensor"));
  o.track_size_m = as_vector(at(json, "track_size_lwh_m"));
  o.velocity_world_mps = as_vector(at(json, "velocity_world_mps"));
  o.acceleration_mps2 = as_number(at(json, "acceleration_mps2"));
  o.yaw_rate_rps = as_number(at(json, "yaw_rate_rps"));
  o.attributes = as_attributes(at(json, "attributes"));
  o.observed_ns = as_integer<std::int64_t>(at(json, "observed_ns"));
  o.box_ego_observed = as_box(at(json, "box_ego_observed"));
  if (const auto points = find(json, "keypoints_ego_m")) {
    for (const Parsed point : as_array(*points)) o.keypoints_ego_m.push_back(as_vector(point));
  }
  o.returns_by_id = as_integer<std::int64_t>(at(json, "returns_by_id"));
  o.points_in_box = as_integer<std::int64_t>(at(json, "points_in_box"));
  return o;
}

capture::Exposure as_exposure(Parsed json) {
  capture::Exposure out;
  out.time_s = as_number(at(json, "time_s"));
  out.gain = as_number(at(json, "gain"));
  out.iso = as_number(at(json, "iso"));
  out.f_number = as_number(at(json, "f_number"));
  out.ev100 = as_number(at(json, "ev100"));
  out.white_kelvin = as_number(at(json, "white_kelvin"));
  out.white_gains = as_numbers<3>(at(json, "white_gains_rgb"));
  return out;
}

capture::RawFormat as_raw_format(Parsed json) {
  return {as_text(at(json, "mosaic")), as_integer<int>(at(json, "bits")),
          as_integer<int>(at(json, "black_level")), as_number(at(json, "full_scale")),
          as_number(at(json, "hdr_ratio"))};
}

capture::SensorFault as_fault(Parsed json) {
  capture::SensorFault out;
  out.type = as_text(at(json, "type"));
  out.from_ns = as_integer<std::int64_t>(at(json, "from_ns"));
  for (const auto field : as_object(json)) {
    const std::string name(field.key);
    if (name != "type" && name != "from_ns") out.parameters[name] = as_number(field.value);
  }
  return out;
}

capture::RadarTrack as_track(Parsed json) {
  return {as_integer<int>(at(json, "id")),
          as_pair(at(json, "position_ego_m")),
          as_pair(at(json, "velocity_ego_mps")),
          as_number(at(json, "position_sigma_m")),
          as_number(at(json, "velocity_sigma_mps")),
          as_number(at(json, "rcs_dbsm")),
          as_integer<int>(at(json, "age")),
          as_integer<int>(at(json, "missed")),
          as_integer<std::uint16_t>(at(json, "instance"))};
}

std::optional<FlowNeighbour> neighbour(Parsed json, const char* which) {
  const auto flow = find(json, "flow");
  const auto to = flow ? find(*flow, which) : std::nullopt;
  if (!to) return std::nullopt;
  return FlowNeighbour{as_integer<int>(at(*to, "tick")),
                       as_integer<std::int64_t>(at(*to, "stamp_ns"))};
}

}  // namespace

core::Result<FrameLabels> decode_labels(const std::string& text, const std::string& file) {
  return read_json<FrameLabels>(text, file, [](Parsed json) {
    FrameLabels labels;
    labels.stamp.sensor = as_text(at(json, "sensor"));
    labels.stamp.tick = as_integer<int>(at(json, "tick"));
    labels.stamp.stamp_ns = as_integer<std::int64_t>(at(json, "stamp_ns"));
    labels.stamp.T_world_ego = as_pose(at(json, "T_world_ego"));
    labels.flow_forward = neighbour(json, "forward");
    labels.flow_backward = neighbour(json, "backward");
    if (const auto exposure = find(json, "exposure")) labels.exposure = as_exposure(*exposure);
    if (const auto raw = find(json, "raw_format")) labels.raw_format = as_raw_format(*raw);
    if (const auto faults = find(json, "faults")) {
      for (const Parsed fault : as_array(*faults)) labels.faults.push_back(as_fault(fault));
    }
    if (const auto tracks = find(json, "tracks")) {
      labels.tracks.emplace();
      for (const Parsed track : as_array(*tracks)) labels.tracks->push_back(as_track(track));
    }
    for (const Parsed object : as_array(at(json, "objects_in_image"))) {
      labels.in_image.push_back(as_image_object(object));
    }
    for (const Parsed object : as_array(at(json, "objects_in_world"))) {
      labels.in_world.push_back(as_world_object(object));
    }
    return labels;
  });
}

}  // namespace oddroad::dataset
