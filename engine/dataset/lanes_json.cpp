#include "engine/dataset/frame_json.h"
#include "engine/dataset/json_types.h"

namespace oddroad::dataset {
namespace {

// Rounded to 0.1 mm: map geometry is no better, and the files are a third of the size.
Json rounded(const math::Vec3d& p) {
  const auto round4 = [](double value) {
    return std::round(value * 1e4) / 1e4;
  };
  return vector_json({round4(p.x), round4(p.y), round4(p.z)});
}

Json lane_json(const capture::LanePolyline& lane) {
  Json points = Json::array();
  for (const math::Vec3d& p : lane.points_ego_m) points.push_back(rounded(p));
  Json json = {{"road", lane.road}, {"lane", lane.lane}, {"kind", lane.kind}};
  if (lane.area) json["direction"] = lane.direction;
  json["points_ego_m"] = points;
  return json;
}

capture::LanePolyline as_lane(const Json& json, bool area) {
  capture::LanePolyline lane;
  lane.road = json.at("road").get<std::string>();
  lane.lane = as_integer<int>(json.at("lane"));
  lane.kind = json.at("kind").get<std::string>();
  lane.area = area;
  if (area) lane.direction = as_integer<int>(json.at("direction"));
  for (const Json& p : json.at("points_ego_m")) lane.points_ego_m.push_back(as_vector(p));
  return lane;
}

}  // namespace

std::string encode_lanes(const capture::FrameStamp& stamp,
                         const std::vector<capture::LanePolyline>& lanes) {
  Json lines = Json::array();
  Json areas = Json::array();
  for (const auto& lane : lanes) (lane.area ? areas : lines).push_back(lane_json(lane));
  return dump_json({{"sensor", stamp.sensor},
                    {"tick", stamp.tick},
                    {"stamp_ns", stamp.stamp_ns},
                    {"lane_lines", lines},
                    {"drivable_areas", areas}});
}

core::Result<std::vector<capture::LanePolyline>> decode_lanes(const std::string& text,
                                                              const std::string& file) {
  return decode_json<std::vector<capture::LanePolyline>>(text, file, [](const Json& json) {
    std::vector<capture::LanePolyline> lanes;
    for (const Json& line : json.at("lane_lines")) lanes.push_back(as_lane(line, false));
    for (const Json& area : json.at("drivable_areas")) lanes.push_back(as_lane(area, true));
    return lanes;
  });
}

}  // namespace oddroad::dataset
