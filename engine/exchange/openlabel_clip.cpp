#include "engine/exchange/openlabel_clip.h"

#include <algorithm>
#include <cmath>

#include "engine/dataset/series_npy.h"

namespace oddroad::exchange::openlabel {
namespace {

// Where a file of the clip lies in the dataset.
std::string uri(const ExportClip& clip, const std::string& name) {
  return "clips/" + clip.name + "/" + name;
}

// OpenCV counts from the centre of the first pixel.
Json camera_matrix(const math::CameraModel& c) {
  return {c.fx_px, 0, c.cx_px - 0.5, 0, 0, c.fy_px, c.cy_px - 0.5, 0, 0, 0, 1, 0};
}

Json camera_properties(const capture::CameraCalibration& camera) {
  const math::CameraModel& c = camera.camera;
  Json lens = {{"width_px", c.width_px}, {"height_px", c.height_px}};
  lens["camera_matrix"] = camera_matrix(c);
  const char* kind = "intrinsics_pinhole";
  if (c.lens == math::Lens::kKannalaBrandt) {
    kind = "intrinsics_fisheye";
    lens["model"] = "Kannala-Brandt, as OpenCV's fisheye";
    lens["center_x_px"] = c.cx_px - 0.5;
    lens["center_y_px"] = c.cy_px - 0.5;
    lens["lens_coeffs"] = {c.radial[0], c.radial[1], c.radial[2], c.radial[3]};
  } else {
    lens["distortion_coeffs"] = {c.radial[0], c.radial[1], c.tangential[0], c.tangential[1],
                                 c.radial[2], c.radial[3], c.radial[4],     c.radial[5]};
  }
  return {{kind, lens}, {"row_time_ns", camera.row_time_ns}};
}

template <typename Sensors>
void add_series(const ExportClip& clip, const Sensors& sensors, const char* type,
                std::string (*file)(const std::string&), Json& out) {
  for (const auto& one : sensors) {
    const std::string name = file(one.name);
    if (!clip.reader.has(name)) continue;
    out[one.name] = {{"type", type}, {"uri", uri(clip, name)}, {"description", one.model}};
  }
}

// The closed interval of frames whose stamps lie in [from, to); empty: none.
Json frames_within(const std::vector<Tick>& frames, std::int64_t from_ns, std::int64_t to_ns) {
  const auto at = [&](std::int64_t stamp_ns) {
    return std::lower_bound(frames.begin(), frames.end(), stamp_ns,
                            [](const Tick& tick, std::int64_t ns) {
                              return tick.stamp_ns < ns;
                            }) -
           frames.begin();
  };
  const auto first = at(from_ns), end = at(to_ns);
  if (first >= end) return Json::array();
  return Json::array({{{"frame_start", first}, {"frame_end", end - 1}}});
}

// An event in the first frame from its instant on.
void add_event(const std::string& name, const char* type, std::int64_t stamp_ns, Json data,
               const std::vector<Tick>& frames, Json& out) {
  Json event = {{"name", name}, {"type", type}};
  const auto next = std::find_if(frames.begin(), frames.end(), [&](const Tick& tick) {
    return tick.stamp_ns >= stamp_ns;
  });
  if (next != frames.end()) {
    const auto frame = next - frames.begin();
    event["frame_intervals"] = Json::array({{{"frame_start", frame}, {"frame_end", frame}}});
  }
  data["num"].push_back(named("stamp_ns", stamp_ns));
  event["event_data"] = std::move(data);
  out[std::to_string(out.size())] = std::move(event);
}

Json environment(const world::Environment& state) {
  Json data;
  for (const auto& [name, number] : world::kEnvironmentNumbers) {
    data["num"].push_back(named(std::string(name), state.*number));
  }
  data["text"].push_back(
      named("street_lights", std::string(world::to_string(state.street_lights))));
  if (state.start_utc_s != 0) data["num"].push_back(named("start_utc_s", state.start_utc_s));
  return data;
}

Json place(const dataset::ClipInfo& info) {
  return {{"text", {named("map", info.map_name), named("road", info.site.road_id)}},
          {"num",
           {named("s_m", info.site.s_m), named("lane", info.site.lane_id),
            named("length_m", info.site.length_m)}}};
}

Json scenario(const dataset::ClipInfo& info) {
  Json data = {{"text", {named("summary", info.summary)}}};
  for (const auto& [name, value] : info.parameters) data["text"].push_back(named(name, value));
  return data;
}

void add_lights(const world::SignalTrack& signal, std::int64_t end_ns,
                const std::vector<Tick>& frames, Json& out) {
  for (std::size_t i = 0; i < signal.changes.size(); ++i) {
    const auto& from = signal.changes[i];
    const auto to_ns = i + 1 < signal.changes.size() ? signal.changes[i + 1].stamp_ns : end_ns + 1;
    const Json within = frames_within(frames, from.stamp_ns, to_ns);
    if (within.empty()) continue;
    out[std::to_string(out.size())] = {
        {"name", "signal " + signal.signal_id},
        {"type", "traffic_light." + std::string(world::to_string(from.state))},
        {"frame_intervals", within}};
  }
}

}  // namespace

Json metadata(const ExportClip& clip) {
  return {{"schema_version", "1.0.0"},
          {"file_version", "1"},
          {"name", clip.name},
          {"annotator", "oddroad " + clip.reader.info().identity.software_version},
          {"split", clip.split},
          {"comment",
           "Times are ns of the clip. Metres, radians. Cuboids: centre, quaternion x y z w, sx = "
           "length forward, sy = width to the left, sz = height. bbox: centre and size, the centre "
           "of the first pixel is (0, 0). uris are relative to the dataset; pixels of \"ids\" hold "
           "keys of objects."}};
}

Json ontologies(const FormatContext& context) {
  Json names = Json::array();
  for (const auto& one : context.ontology.classes) {
    const std::string& name = context.classes.of(one.id);
    if (!one.thing || name == kNoClass) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return {{"0",
           {{"uri", "urn:oddroad:ontology:" + std::to_string(context.ontology.version)},
            {"boundary_mode", "include"},
            {"boundary_list", names}}}};
}

Json coordinate_systems(const ExportClip& clip, const std::vector<ClipSensor>& sensors) {
  const math::Affine3d& T = clip.reader.info().T_map_world;
  Json matrix = Json::array();
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) matrix.push_back(T.linear[c][r]);
    matrix.push_back(T.translation[r]);
  }
  for (const int value : {0, 0, 0, 1}) matrix.push_back(value);
  Json children = Json::array();
  for (const auto& sensor : sensors) children.push_back(sensor.name);
  Json out = {{"map", {{"type", "scene_cs"}, {"parent", ""}, {"children", {kWorld}}}},
              {kWorld,
               {{"type", "scene_cs"},
                {"parent", "map"},
                {"children", {kVehicle}},
                {"pose_wrt_parent", {{"matrix4x4", matrix}}}}},
              {kVehicle, {{"type", "local_cs"}, {"parent", kWorld}, {"children", children}}}};
  for (const auto& sensor : sensors) {
    out[sensor.name] = {{"type", "sensor_cs"},
                        {"parent", kVehicle},
                        {"pose_wrt_parent", transform(sensor.T_ego_sensor)}};
  }
  return out;
}

Json streams(const ExportClip& clip, const std::vector<ClipSensor>& sensors) {
  const auto& rig = clip.reader.calibration();
  Json out = Json::object();
  for (const auto& sensor : sensors) {
    Json& one = out[sensor.name];
    one = {{"type", "camera"}, {"uri", uri(clip, sensor.name)}};
    if (sensor.kind == SensorKind::kCamera) {
      one["stream_properties"] = camera_properties(rig.cameras[sensor.index]);
    } else if (sensor.kind == SensorKind::kLidar) {
      one["type"] = "lidar";
      one["description"] = rig.lidars[sensor.index].model;
    } else {
      one["type"] = "radar";
      one["description"] = rig.radars[sensor.index].model;
    }
  }
  add_series(clip, rig.motion.imus, "gps_imu", dataset::imu_file, out);
  add_series(clip, rig.motion.gnss, "gps_imu", dataset::gnss_file, out);
  add_series(clip, rig.motion.navigations, "gps_imu", dataset::navigation_file, out);
  add_series(clip, rig.motion.odometries, "other", dataset::odometry_file, out);
  return out;
}

Json events(const dataset::ClipInfo& info, const std::vector<Tick>& frames) {
  Json out = Json::object();
  for (const auto& event : info.events) {
    add_event(event.what, "scripted", event.stamp_ns, Json::object(), frames, out);
  }
  for (const auto& one : info.facts.collisions) {
    Json data = {{"num", {named("relative_speed_mps", one.relative_speed_mps)}}};
    data["vec"].push_back(named("objects", {one.a.value, one.b.value}));
    add_event("collision", "collision", one.stamp_ns, std::move(data), frames, out);
  }
  for (const auto& one : info.facts.encounters) {
    if (one.min_gap_ns < 0) continue;  // never there together
    Json data = {{"num", {named("object", one.other.value), named("gap_m", one.min_gap_m)}}};
    if (std::isfinite(one.post_encroachment_s)) {
      data["num"].push_back(named("post_encroachment_s", one.post_encroachment_s));
    }
    add_event("least gap to the ego", "least_gap", one.min_gap_ns, std::move(data), frames, out);
    if (one.min_ttc_ns < 0 || !std::isfinite(one.min_ttc_s)) continue;
    data = {{"num", {named("object", one.other.value), named("time_s", one.min_ttc_s)}}};
    add_event("least time to collision with the ego", "least_time_to_collision", one.min_ttc_ns,
              std::move(data), frames, out);
  }
  return out;
}

Json contexts(const dataset::ClipInfo& info, const std::vector<Tick>& frames) {
  Json out = {
      {"0",
       {{"name", "light and weather"},
        {"type", "environment"},
        {"context_data", environment(info.environment)}}},
      {"1", {{"name", "place on the map"}, {"type", "site"}, {"context_data", place(info)}}},
      {"2",
       {{"name", info.identity.scenario}, {"type", "scenario"}, {"context_data", scenario(info)}}}};
  for (const auto& signal : info.signals) add_lights(signal, info.end_ns, frames, out);
  return out;
}

}  // namespace oddroad::exchange::openlabel
