#include "engine/exchange/openlabel_frame.h"

#include <algorithm>

#include "engine/dataset/layout.h"
#include "engine/exchange/shots.h"

namespace oddroad::exchange::openlabel {
namespace {

// Files of a capture beside its main one, by the names that streams give them.
constexpr std::pair<const char*, const char*> kFiles[] = {
    {"ids", dataset::kIdsFile},
    {"classes", dataset::kClassesFile},
    {"depth", dataset::kDepthFile},
    {"labels", dataset::kLabelsFile},
};

std::string main_file(const dataset::ClipReader& clip, const Capture& capture) {
  for (const char* suffix : {dataset::kRgbFile, dataset::kRgbJpegFile, dataset::kCloudFile}) {
    const auto name = dataset::capture_file(capture.sensor->name, capture.tick.tick, suffix);
    if (clip.has(name)) return name;
  }
  return "";
}

Json stream(const ExportClip& clip, const Capture& capture) {
  const std::string folder = "clips/" + clip.name + "/";
  Json properties = {
      {"sync", {{"frame_stream", capture.tick.tick}, {"timestamp", capture.tick.stamp_ns}}}};
  for (const auto& [name, suffix] : kFiles) {
    const auto file = dataset::capture_file(capture.sensor->name, capture.tick.tick, suffix);
    if (clip.reader.has(file)) properties[name] = folder + file;
  }
  Json out = Json::object();
  const std::string main = main_file(clip.reader, capture);
  if (!main.empty()) out["uri"] = folder + main;
  out["stream_properties"] = std::move(properties);
  return out;
}

Json properties(const ExportClip& clip, const std::vector<Capture>& captures) {
  const auto transform_to_world = [](const std::string& from, const math::Pose& pose) -> Json {
    return {{"src", from}, {"dst", kWorld}, {"transform_src_to_dst", transform(pose)}};
  };
  Json streams = Json::object(), transforms = Json::object();
  transforms[std::string(kVehicle) + "_to_world"] =
      transform_to_world(kVehicle, captures.front().labels.stamp.T_world_ego);
  for (const Capture& capture : captures) {
    const ClipSensor& sensor = *capture.sensor;
    streams[sensor.name] = stream(clip, capture);
    transforms[sensor.name + "_to_world"] =
        transform_to_world(sensor.name, capture.labels.stamp.T_world_ego * sensor.T_ego_sensor);
  }
  return {{"timestamp", captures.front().tick.stamp_ns},
          {"streams", streams},
          {"transforms", transforms}};
}

// Element data of one object, and their names.
class ObjectData {
 public:
  void add(const char* type, const std::string& name, Json value, Json extra = Json::object()) {
    Json one = named(name, std::move(value));
    one.update(extra);
    json_[type].push_back(std::move(one));
    names_[name] = type;
  }
  [[nodiscard]] const Json& json() const { return json_; }
  [[nodiscard]] const std::map<std::string, std::string>& names() const { return names_; }

 private:
  Json json_ = Json::object();
  std::map<std::string, std::string> names_;
};

void add_world(const capture::ObjectInWorld& object, ObjectData& data) {
  const auto& [pose, size] = object.box_ego;
  const auto &t = pose.translation, &v = object.velocity_world_mps;
  const auto& q = pose.rotation;
  data.add("cuboid", "box", {t.x, t.y, t.z, q.x, q.y, q.z, q.w, size.x, size.y, size.z},
           {{"coordinate_system", kVehicle}});
  data.add("vec", "velocity_mps", {v.x, v.y, v.z}, {{"coordinate_system", kWorld}});
  data.add("num", "acceleration_mps2", object.acceleration_mps2);
  data.add("num", "yaw_rate_rps", object.yaw_rate_rps);
  data.add("boolean", "moving", object.attributes.moving);
  data.add("boolean", "braking", object.attributes.braking);
  if (!object.attributes.indicator.empty()) {
    data.add("text", "indicator", object.attributes.indicator);
  }
  if (!object.attributes.lit.empty()) data.add("vec", "lit", object.attributes.lit);
}

std::vector<std::string> actions(const capture::Attributes& attributes) {
  std::vector<std::string> out;
  if (attributes.moving) out.emplace_back("moving");
  if (attributes.braking) out.emplace_back("braking");
  if (!attributes.indicator.empty() && attributes.indicator != "off") {
    out.push_back("indicating." + attributes.indicator);
  }
  return out;
}

// Centre and size, from the centre of the first pixel.
Json centred(const capture::Box2& box) {
  return {0.5 * (box.left + box.right) - 0.5, 0.5 * (box.top + box.bottom) - 0.5,
          box.right - box.left, box.bottom - box.top};
}

void add_image(const std::string& camera, const capture::ObjectInImage& object, ObjectData& data) {
  const Json counts = {{"coordinate_system", camera},
                       {"attributes",
                        {{"num", Json::array({named("visible_px", object.visible_px),
                                              named("in_frame_px", object.in_frame_px),
                                              named("unoccluded_px", object.unoccluded_px),
                                              named("truncation", object.truncation)})}}}};
  if (object.visible_px > 0) data.add("bbox", camera + ".visible", centred(object.box), counts);
  if (!object.amodal_box.empty()) {
    data.add("bbox", camera + ".amodal", centred(object.amodal_box),
             {{"coordinate_system", camera}});
  }
}

// What all captures together know of one object.
struct Evidence {
  std::vector<std::pair<const Capture*, const capture::ObjectInImage*>> images;
  std::vector<std::pair<const Capture*, std::int64_t>> points;

  [[nodiscard]] bool passes(const Thresholds& thresholds) const {
    std::int64_t visible = 0, in_frame = 0, hits = 0;
    for (const auto& [capture, object] : images) {
      visible += object->visible_px;
      in_frame += object->in_frame_px;
    }
    for (const auto& [capture, n] : points) {
      if (capture->sensor->kind == SensorKind::kLidar) hits += n;
    }
    const bool seen =
        static_cast<double>(visible) >= thresholds.min_visibility * static_cast<double>(in_frame);
    return seen && hits >= thresholds.min_lidar_points;
  }
};

std::map<core::InstanceId, Evidence> collect(const std::vector<Capture>& captures) {
  std::map<core::InstanceId, Evidence> out;
  for (const Capture& capture : captures) {
    for (const auto& object : capture.labels.in_image) {
      out[object.id].images.emplace_back(&capture, &object);
    }
    if (capture.sensor->kind == SensorKind::kCamera) continue;
    for (const auto& object : capture.labels.in_world) {
      out[object.id].points.emplace_back(&capture, object.points_in_box);
    }
  }
  return out;
}

}  // namespace

Frame make_frame(const ExportClip& clip, const std::vector<Capture>& captures,
                 const FormatContext& context) {
  Frame frame;
  const auto evidence = collect(captures);
  Json objects = Json::object();
  for (const auto& object : captures.front().labels.in_world) {
    const auto it = evidence.find(object.id);
    const Evidence found = it == evidence.end() ? Evidence{} : it->second;
    if (!context.classes.keeps(object.class_id) || !found.passes(context.thresholds)) continue;
    ObjectData data;
    add_world(object, data);
    for (const auto& [capture, image] : found.images) {
      add_image(capture->sensor->name, *image, data);
    }
    for (const auto& [capture, n] : found.points) {
      data.add("num", capture->sensor->name + ".points", n);
    }
    objects[std::to_string(object.id.value)] = {{"object_data", data.json()}};
    frame.sights.push_back({object.id, object.class_id, object.name, object.type, object.rides,
                            object.track_size_m, data.names(), actions(object.attributes)});
  }
  frame.json = {{"frame_properties", properties(clip, captures)}, {"objects", objects}};
  return frame;
}

}  // namespace oddroad::exchange::openlabel
