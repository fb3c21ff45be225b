#include "engine/dataset/frame_json.h"

#include <cmath>
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

Json raw_format_json(const capture::RawFormat& raw) {
  return {{"mosaic", raw.mosaic},
          {"bits", raw.bits},
          {"black_level", raw.black_level},
          {"full_scale", number(raw.full_scale)},
          {"hdr_ratio", number(raw.hdr_ratio)}};
}

Json fault_json(const capture::SensorFault& fault) {
  Json json = {{"type", fault.type}, {"from_ns", fault.from_ns}};
  for (const auto& [name, value] : fault.parameters) json[name] = number(value);
  return json;
}

Json pair_json(const math::Vec2d& v) {
  return Json::array({number(v.x), number(v.y)});
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

}  // namespace oddroad::dataset
