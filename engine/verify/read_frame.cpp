#include <cstdlib>

#include "engine/verify/json_fields.h"
#include "engine/verify/readers.h"

namespace oddroad::verify {
namespace {

capture::Box2 box2(const Json& json) {
  if (!json.is_array() || json.size() != 4) throw std::invalid_argument("a 2-D box is 4 numbers");
  return {number(json[0]), number(json[1]), number(json[2]), number(json[3])};
}

std::vector<OccluderRecord> occluders(const Json& json) {
  std::vector<OccluderRecord> out;
  for (const Json& o : json) {
    out.push_back({whole<std::uint16_t>(o.at("id")), whole<std::int64_t>(o.at("px"))});
  }
  return out;
}

ImageObjectRecord image_object(const Json& json) {
  ImageObjectRecord o;
  o.id = whole<std::uint16_t>(json.at("id"));
  o.class_id = whole<std::uint8_t>(json.at("class"));
  o.box = box2(json.at("box_ltrb_px"));
  o.amodal = box2(json.at("amodal_ltrb_px"));
  o.amodal_unclipped = box2(json.at("amodal_unclipped_ltrb_px"));
  o.truncation = number(json.at("truncation"));
  o.visible_px = whole<std::int64_t>(json.at("visible_px"));
  o.unoccluded_px = whole<std::int64_t>(json.at("unoccluded_px"));
  o.in_frame_px = whole<std::int64_t>(json.at("in_frame_px"));
  o.occluders = occluders(json.at("occluders"));
  o.observed_ns = whole<std::int64_t>(json.at("observed_ns"));
  o.box_ego_observed = oriented_box(json.at("box_ego_observed"));
  return o;
}

WorldObjectRecord world_object(const Json& json) {
  WorldObjectRecord o;
  o.id = whole<std::uint16_t>(json.at("id"));
  o.class_id = whole<std::uint8_t>(json.at("class"));
  o.name = text(json.at("name"));
  o.type = text(json.at("type"));
  o.rides = whole<std::uint16_t>(json.at("rides"));
  o.box_ego = oriented_box(json.at("box_ego"));
  o.box_world = oriented_box(json.at("box_world"));
  o.box_sensor = oriented_box(json.at("box_sensor"));
  o.track_size_m = vector(json.at("track_size_lwh_m"));
  o.velocity_mps = vector(json.at("velocity_world_mps"));
  o.acceleration_mps2 = number(json.at("acceleration_mps2"));
  o.yaw_rate_rps = number(json.at("yaw_rate_rps"));
  o.returns_by_id = whole<std::int64_t>(json.at("returns_by_id"));
  o.points_in_box = whole<std::int64_t>(json.at("points_in_box"));
  o.observed_ns = whole<std::int64_t>(json.at("observed_ns"));
  o.box_ego_observed = oriented_box(json.at("box_ego_observed"));
  o.moving = json.at("attributes").at("moving").get<bool>();
  o.braking = json.at("attributes").at("braking").get<bool>();
  if (json.at("attributes").contains("indicator")) {
    o.lit = json.at("attributes").at("lit").get<std::vector<std::string>>();
    o.indicator = text(json.at("attributes").at("indicator"));
  }
  return o;
}

std::vector<MisalignmentRecord> misalignments(const Json& faults) {
  std::vector<MisalignmentRecord> out;
  for (const Json& fault : faults) {
    if (text(fault.at("type")) != "misaligned") continue;
    out.push_back(
        {number(fault.at("yaw_rad")), number(fault.at("pitch_rad")), number(fault.at("roll_rad"))});
  }
  return out;
}

std::optional<FlowRecord> flow(const Json& json, const char* which) {
  if (!json.contains("flow") || !json.at("flow").contains(which)) return std::nullopt;
  const Json& to = json.at("flow").at(which);
  return FlowRecord{whole<std::int64_t>(to.at("tick")), whole<std::int64_t>(to.at("stamp_ns"))};
}

void read_keypoints(const Json& json, ImageObjectRecord& o) {
  if (!json.contains("keypoints")) return;
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  for (const Json& k : json.at("keypoints")) {
    const bool shown = !k.at(0).is_null() && !k.at(1).is_null();
    o.keypoints.push_back(
        {shown ? number(k.at(0)) : kNaN, shown ? number(k.at(1)) : kNaN, whole<int>(k.at(2))});
  }
}

void read_keypoints(const Json& json, WorldObjectRecord& o) {
  if (!json.contains("keypoints_ego_m")) return;
  for (const Json& p : json.at("keypoints_ego_m")) o.keypoints_ego_m.push_back(vector(p));
}

}  // namespace

core::Result<FrameRecord> read_frame(const std::filesystem::path& file) {
  return read_json<FrameRecord>(file, [](const Json& json) {
    FrameRecord frame;
    frame.sensor = text(json.at("sensor"));
    frame.tick = whole<std::int64_t>(json.at("tick"));
    frame.stamp_ns = whole<std::int64_t>(json.at("stamp_ns"));
    if (std::abs(frame.stamp_ns) > std::int64_t{1} << 60) throw std::out_of_range("stamp_ns");
    frame.T_world_ego = pose(json.at("T_world_ego"));
    frame.flow_forward = flow(json, "forward");
    frame.flow_backward = flow(json, "backward");
    if (json.contains("faults")) frame.misalignments = misalignments(json.at("faults"));
    for (const Json& o : json.at("objects_in_image")) {
      frame.in_image.push_back(image_object(o));
      read_keypoints(o, frame.in_image.back());
    }
    for (const Json& o : json.at("objects_in_world")) {
      frame.in_world.push_back(world_object(o));
      read_keypoints(o, frame.in_world.back());
    }
    if (json.contains("tracks")) {
      for (const Json& t : json.at("tracks")) {
        const Json& p = t.at("position_ego_m");
        frame.tracks.push_back({whole<std::int64_t>(t.at("id")),
                                whole<std::int64_t>(t.at("missed")),
                                {number(p.at(0)), number(p.at(1))}});
      }
    }
    return frame;
  });
}

}  // namespace oddroad::verify
