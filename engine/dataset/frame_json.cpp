#include "engine/dataset/frame_json.h"

#include "engine/dataset/json_types.h"

namespace oddroad::dataset {
namespace {

Json box2_json(const capture::Box2& b) {
  return Json::array({number(b.left), number(b.top), number(b.right), number(b.bottom)});
}

capture::Box2 as_box2(const Json& json) {
  if (!json.is_array() || json.size() != 4) throw std::invalid_argument("a 2-D box has 4 numbers");
  return {as_number(json[0]), as_number(json[1]), as_number(json[2]), as_number(json[3])};
}

Json image_object_json(const capture::ObjectInImage& o) {
  return {{"id", o.id.value},
          {"class", o.class_id.value},
          {"box_ltrb_px", box2_json(o.box)},
          {"amodal_ltrb_px", box2_json(o.amodal_box)},
          {"amodal_unclipped_ltrb_px", box2_json(o.amodal_box_unclipped)},
          {"truncation", number(o.truncation)},
          {"visible_px", o.visible_px},
          {"unoccluded_px", o.unoccluded_px}};
}

capture::ObjectInImage as_image_object(const Json& json) {
  capture::ObjectInImage o;
  o.id.value = as_integer<std::uint16_t>(json.at("id"));
  o.class_id.value = as_integer<std::uint8_t>(json.at("class"));
  o.box = as_box2(json.at("box_ltrb_px"));
  o.amodal_box = as_box2(json.at("amodal_ltrb_px"));
  o.amodal_box_unclipped = as_box2(json.at("amodal_unclipped_ltrb_px"));
  o.truncation = as_number(json.at("truncation"));
  o.visible_px = as_integer<std::int64_t>(json.at("visible_px"));
  o.unoccluded_px = as_integer<std::int64_t>(json.at("unoccluded_px"));
  return o;
}

Json world_object_json(const capture::ObjectInWorld& o) {
  return {{"id", o.id.value},
          {"class", o.class_id.value},
          {"name", o.name},
          {"type", o.type},
          {"rides", o.rides.value},
          {"box_ego", box_json(o.box_ego)},
          {"box_world", box_json(o.box_world)},
          {"track_size_lwh_m", vector_json(o.track_size_m)},
          {"velocity_world_mps", vector_json(o.velocity_world_mps)},
          {"acceleration_mps2", number(o.acceleration_mps2)},
          {"yaw_rate_rps", number(o.yaw_rate_rps)},
          {"returns_by_id", o.returns_by_id},
          {"points_in_box", o.points_in_box}};
}

capture::ObjectInWorld as_world_object(const Json& json) {
  capture::ObjectInWorld o;
  o.id.value = as_integer<std::uint16_t>(json.at("id"));
  o.class_id.value = as_integer<std::uint8_t>(json.at("class"));
  o.name = json.at("name").get<std::string>();
  o.type = json.at("type").get<std::string>();
  o.rides.value = as_integer<std::uint16_t>(json.at("rides"));
  o.box_ego = as_box(json.at("box_ego"));
  o.box_world = as_box(json.at("box_world"));
  o.track_size_m = as_vector(json.at("track_size_lwh_m"));
  o.velocity_world_mps = as_vector(json.at("velocity_world_mps"));
  o.acceleration_mps2 = as_number(json.at("acceleration_mps2"));
  o.yaw_rate_rps = as_number(json.at("yaw_rate_rps"));
  o.returns_by_id = as_integer<std::int64_t>(json.at("returns_by_id"));
  o.points_in_box = as_integer<std::int64_t>(json.at("points_in_box"));
  return o;
}

}  // namespace

std::string encode_labels(const FrameLabels& labels) {
  Json in_image = Json::array();
  for (const auto& object : labels.in_image) in_image.push_back(image_object_json(object));
  Json in_world = Json::array();
  for (const auto& object : labels.in_world) in_world.push_back(world_object_json(object));
  return dump_json({{"sensor", labels.stamp.sensor},
                    {"tick", labels.stamp.tick},
                    {"stamp_ns", labels.stamp.stamp_ns},
                    {"instant", "stamp_ns"},
                    {"T_world_ego", pose_json(labels.stamp.T_world_ego)},
                    {"objects_in_image", in_image},
                    {"objects_in_world", in_world}});
}

core::Result<FrameLabels> decode_labels(const std::string& text, const std::string& file) {
  return decode_json<FrameLabels>(text, file, [](const Json& json) {
    FrameLabels labels;
    labels.stamp.sensor = json.at("sensor").get<std::string>();
    labels.stamp.tick = as_integer<int>(json.at("tick"));
    labels.stamp.stamp_ns = as_integer<std::int64_t>(json.at("stamp_ns"));
    labels.stamp.T_world_ego = as_pose(json.at("T_world_ego"));
    for (const auto& object : json.at("objects_in_image")) {
      labels.in_image.push_back(as_image_object(object));
    }
    for (const auto& object : json.at("objects_in_world")) {
      labels.in_world.push_back(as_world_object(object));
    }
    return labels;
  });
}

}  // namespace oddroad::dataset
