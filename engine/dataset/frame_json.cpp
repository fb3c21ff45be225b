#include "engine/dataset/frame_json.h"

#include <cmath>
#include <limits>
#include <utility>

#include "engine/dataset/json_types.h"

namespace oddroad::dataset {
namespace {

// Lamps only of what has lamps.
Json attributes_json(const capture::Attributes& a) {
  Json out = {{"moving", a.moving}, {"braking", a.braking}};
  if (a.indicator.empty()) return out;
  out["lit"] = a.lit;
  out["indicator"] = a.indicator;
  return out;
}

Json box2_json(const capture::Box2& b) {
  return Json::array({number(b.left), number(b.top), number(b.right), number(b.bottom)});
}

capture::Box2 as_box2(const Json& json) {
  if (!json.is_array() || json.size() != 4) throw std::invalid_argument("a 2-D box has 4 numbers");
  return {as_number(json[0]), as_number(json[1]), as_number(json[2]), as_number(json[3])};
}

// [[u, v, state], ...]; null where the lens cannot show the point.
Json keypoints_json(const std::vector<capture::Keypoint2>& keypoints) {
  Json out = Json::array();
  for (const capture::Keypoint2& k : keypoints) {
    const bool shown = std::isfinite(k.u_px) && std::isfinite(k.v_px);
    out.push_back(Json::array({shown ? number(k.u_px) : Json(), shown ? number(k.v_px) : Json(),
                               static_cast<int>(k.state)}));
  }
  return out;
}

std::vector<capture::Keypoint2> as_keypoints(const Json& json) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  std::vector<capture::Keypoint2> out;
  for (const Json& k : json) {
    const int state = as_integer<int>(k.at(2));
    if (state < 0 || state > 3) throw std::out_of_range("keypoint states are 0 to 3");
    const bool shown = !k.at(0).is_null();
    out.push_back({shown ? as_number(k.at(0)) : kNaN, shown ? as_number(k.at(1)) : kNaN,
                   static_cast<capture::KeypointState>(state)});
  }
  return out;
}

Json image_object_json(const capture::ObjectInImage& o) {
  Json occluders = Json::array();
  for (const auto& by : o.occluders) {
    occluders.push_back({{"id", by.id.value}, {"px", by.px}});
  }
  Json json = {{"id", o.id.value},
               {"class", o.class_id.value},
               {"box_ltrb_px", box2_json(o.box)},
               {"amodal_ltrb_px", box2_json(o.amodal_box)},
               {"amodal_unclipped_ltrb_px", box2_json(o.amodal_box_unclipped)},
               {"truncation", number(o.truncation)},
               {"visible_px", o.visible_px},
               {"in_frame_px", o.in_frame_px},
               {"unoccluded_px", o.unoccluded_px},
               {"occluders", occluders},
               {"observed_ns", o.observed_ns},
               {"box_ego_observed", box_json(o.box_ego_observed)}};
  if (!o.keypoints.empty()) json["keypoints"] = keypoints_json(o.keypoints);
  return json;
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
  o.in_frame_px = as_integer<std::int64_t>(json.at("in_frame_px"));
  o.unoccluded_px = as_integer<std::int64_t>(json.at("unoccluded_px"));
  for (const Json& by : json.at("occluders")) {
    o.occluders.push_back({core::InstanceId(as_integer<std::uint16_t>(by.at("id"))),
                           as_integer<std::int64_t>(by.at("px"))});
  }
  o.observed_ns = as_integer<std::int64_t>(json.at("observed_ns"));
  o.box_ego_observed = as_box(json.at("box_ego_observed"));
  if (json.contains("keypoints")) o.keypoints = as_keypoints(json.at("keypoints"));
  return o;
}

Json world_object_json(const capture::ObjectInWorld& o) {
  Json json = {{"id", o.id.value},
               {"class", o.class_id.value},
               {"name", o.name},
               {"type", o.type},
               {"rides", o.rides.value},
               {"box_ego", box_json(o.box_ego)},
               {"box_world", box_json(o.box_world)},
               {"box_sensor", box_json(o.box_sensor)},
               {"track_size_lwh_m", vector_json(o.track_size_m)},
               {"velocity_world_mps", vector_json(o.velocity_world_mps)},
               {"acceleration_mps2", number(o.acceleration_mps2)},
               {"yaw_rate_rps", number(o.yaw_rate_rps)},
               {"attributes", attributes_json(o.attributes)},
               {"returns_by_id", o.returns_by_id},
               {"points_in_box", o.points_in_box},
               {"observed_ns", o.observed_ns},
               {"box_ego_observed", box_json(o.box_ego_observed)}};
  if (!o.keypoints_ego_m.empty()) {
    Json points = Json::array();
    for (const auto& p : o.keypoints_ego_m) points.push_back(vector_json(p));
    json["keypoints_ego_m"] = points;
  }
  return json;
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
  o.box_sensor = as_box(json.at("box_sensor"));
  o.track_size_m = as_vector(json.at("track_size_lwh_m"));
  o.velocity_world_mps = as_vector(json.at("velocity_world_mps"));
  o.acceleration_mps2 = as_number(json.at("acceleration_mps2"));
  o.yaw_rate_rps = as_number(json.at("yaw_rate_rps"));
  o.attributes.moving = json.at("attributes").at("moving").get<bool>();
  o.attributes.braking = json.at("attributes").at("braking").get<bool>();
  if (json.at("attributes").contains("lit")) {
    o.attributes.lit = json.at("attributes").at("lit").get<std::vector<std::string>>();
    o.attributes.indicator = json.at("attributes").at("indicator").get<std::string>();
  }
  o.observed_ns = as_integer<std::int64_t>(json.at("observed_ns"));
  o.box_ego_observed = as_box(json.at("box_ego_observed"));
  if (json.contains("keypoints_ego_m")) {
    for (const Json& p : json.at("keypoints_ego_m")) o.keypoints_ego_m.push_back(as_vector(p));
  }
  o.returns_by_id = as_integer<std::int64_t>(json.at("returns_by_id"));
  o.points_in_box = as_integer<std::int64_t>(json.at("points_in_box"));
  return o;
}

Json exposure_json(const capture::Exposure& e) {
  const auto& g = e.white_gains;
  return {{"time_s", number(e.time_s)},
          {"gain", number(e.gain)},
          {"iso", number(e.iso)},
          {"f_number", number(e.f_number)},
          {"ev100", number(e.ev100)},
          {"white_kelvin", number(e.white_kelvin)},
          {"white_gains_rgb", Json::array({number(g[0]), number(g[1]), number(g[2])})}};
}

capture::Exposure as_exposure(const Json& json) {
  capture::Exposure out;
  out.time_s = as_number(json.at("time_s"));
  out.gain = as_number(json.at("gain"));
  out.iso = as_number(json.at("iso"));
  out.f_number = as_number(json.at("f_number"));
  out.ev100 = as_number(json.at("ev100"));
  out.white_kelvin = as_number(json.at("white_kelvin"));
  for (int k = 0; k < 3; ++k) out.white_gains[k] = as_number(json.at("white_gains_rgb").at(k));
  return out;
}

Json raw_format_json(const capture::RawFormat& raw) {
  return {{"mosaic", raw.mosaic},
          {"bits", raw.bits},
          {"black_level", raw.black_level},
          {"full_scale", number(raw.full_scale)},
          {"hdr_ratio", number(raw.hdr_ratio)}};
}

capture::RawFormat as_raw_format(const Json& json) {
  return {json.at("mosaic").get<std::string>(), as_integer<int>(json.at("bits")),
          as_integer<int>(json.at("black_level")), as_number(json.at("full_scale")),
          as_number(json.at("hdr_ratio"))};
}

Json fault_json(const capture::SensorFault& fault) {
  Json json = {{"type", fault.type}, {"from_ns", fault.from_ns}};
  for (const auto& [name, value] : fault.parameters) json[name] = number(value);
  return json;
}

capture::SensorFault as_fault(const Json& json) {
  capture::SensorFault out;
  out.type = json.at("type").get<std::string>();
  out.from_ns = as_integer<std::int64_t>(json.at("from_ns"));
  for (const auto& [name, value] : json.items()) {
    if (name != "type" && name != "from_ns") out.parameters[name] = as_number(value);
  }
  return out;
}

Json pair_json(const math::Vec2d& v) {
  return Json::array({number(v.x), number(v.y)});
}
math::Vec2d as_pair(const Json& json) {
  return {as_number(json.at(0)), as_number(json.at(1))};
}

Json track_json(const capture::RadarTrack& t) {
  return {{"id", t.id},
          {"position_ego_m", pair_json(t.position_ego_m)},
          {"velocity_ego_mps", pair_json(t.velocity_ego_mps)},
          {"position_sigma_m", number(t.position_sigma_m)},
          {"velocity_sigma_mps", number(t.velocity_sigma_mps)},
          {"rcs_dbsm", number(t.rcs_dbsm)},
          {"age", t.age},
          {"missed", t.missed},
          {"instance", t.instance}};
}

capture::RadarTrack as_track(const Json& json) {
  return {as_integer<int>(json.at("id")),
          as_pair(json.at("position_ego_m")),
          as_pair(json.at("velocity_ego_mps")),
          as_number(json.at("position_sigma_m")),
          as_number(json.at("velocity_sigma_mps")),
          as_number(json.at("rcs_dbsm")),
          as_integer<int>(json.at("age")),
          as_integer<int>(json.at("missed")),
          as_integer<std::uint16_t>(json.at("instance"))};
}

std::optional<FlowNeighbour> neighbour(const Json& json, const char* which) {
  if (!json.contains("flow") || !json.at("flow").contains(which)) return std::nullopt;
  const Json& to = json.at("flow").at(which);
  return FlowNeighbour{as_integer<int>(to.at("tick")), as_integer<std::int64_t>(to.at("stamp_ns"))};
}

// Stops the parser at the document's own "stamp_ns".
class StampFinder : public nlohmann::json_sax<Json> {
 public:
  std::optional<std::int64_t> stamp_ns;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t value) override { return take(value); }
  bool number_unsigned(number_unsigned_t value) override {
    return take(static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ > 0; }
  bool key(string_t& name) override {
    at_stamp_ = depth_ == 1 && name == "stamp_ns";
    return true;
  }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t) override { return ++depth_ > 0; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  bool take(std::int64_t value) {
    if (at_stamp_) stamp_ns = value;
    return !at_stamp_;
  }
  int depth_ = 0;
  bool at_stamp_ = false;
};

}  // namespace

core::Result<std::int64_t> decode_stamp_ns(const std::string& text, const std::string& file) {
  StampFinder finder;
  Json::sax_parse(text, &finder);
  if (finder.stamp_ns) return *finder.stamp_ns;
  return core::fail_at({file}, "not the JSON that was expected: there is no 'stamp_ns'");
}

std::string encode_labels(const FrameLabels& labels) {
  Json in_image = Json::array();
  for (const auto& object : labels.in_image) in_image.push_back(image_object_json(object));
  Json in_world = Json::array();
  for (const auto& object : labels.in_world) in_world.push_back(world_object_json(object));
  Json json = {{"sensor", labels.stamp.sensor},
               {"tick", labels.stamp.tick},
               {"stamp_ns", labels.stamp.stamp_ns},
               {"instant", "stamp_ns"},
               {"T_world_ego", pose_json(labels.stamp.T_world_ego)}};
  Json flow = Json::object();
  for (const auto& [name, to] :
       {std::pair("forward", labels.flow_forward), std::pair("backward", labels.flow_backward)}) {
    if (to) flow[name] = {{"tick", to->tick}, {"stamp_ns", to->stamp_ns}};
  }
  if (!flow.empty()) json["flow"] = flow;
  if (labels.exposure) json["exposure"] = exposure_json(*labels.exposure);
  if (labels.raw_format) json["raw_format"] = raw_format_json(*labels.raw_format);
  for (const auto& fault : labels.faults) json["faults"].push_back(fault_json(fault));
  if (labels.tracks) {
    json["tracks"] = Json::array();
    for (const auto& track : *labels.tracks) json["tracks"].push_back(track_json(track));
  }
  json["objects_in_image"] = in_image;
  json["objects_in_world"] = in_world;
  return dump_json(json);
}

core::Result<FrameLabels> decode_labels(const std::string& text, const std::string& file) {
  return decode_json<FrameLabels>(text, file, [](const Json& json) {
    FrameLabels labels;
    labels.stamp.sensor = json.at("sensor").get<std::string>();
    labels.stamp.tick = as_integer<int>(json.at("tick"));
    labels.stamp.stamp_ns = as_integer<std::int64_t>(json.at("stamp_ns"));
    labels.stamp.T_world_ego = as_pose(json.at("T_world_ego"));
    labels.flow_forward = neighbour(json, "forward");
    labels.flow_backward = neighbour(json, "backward");
    if (json.contains("exposure")) labels.exposure = as_exposure(json.at("exposure"));
    if (json.contains("raw_format")) labels.raw_format = as_raw_format(json.at("raw_format"));
    if (json.contains("faults")) {
      for (const auto& fault : json.at("faults")) labels.faults.push_back(as_fault(fault));
    }
    if (json.contains("tracks")) {
      labels.tracks.emplace();
      for (const auto& track : json.at("tracks")) labels.tracks->push_back(as_track(track));
    }
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
