#include "engine/verify/check_lanes.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "engine/capture/tolerances.h"
#include "engine/road/locator.h"
#include "engine/verify/json_fields.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec3d;

namespace {

constexpr double kReachM = 80;  // scenarios/labels.md

struct Polyline {
  std::string road;
  int lane = 0;
  bool area = false;
  std::vector<Vec3d> points;
};

core::Result<std::vector<Polyline>> read_lanes(const std::filesystem::path& file) {
  return read_json<std::vector<Polyline>>(file, [](const Json& json) {
    std::vector<Polyline> out;
    for (const char* key : {"lane_lines", "drivable_areas"}) {
      for (const Json& line : json.at(key)) {
        Polyline p{text(line.at("road")),
                   whole<int>(line.at("lane")),
                   std::string(key) == "drivable_areas",
                   {}};
        for (const Json& point : line.at("points_ego_m")) p.points.push_back(vector(point));
        out.push_back(std::move(p));
      }
    }
    return out;
  });
}

class LaneChecker {
 public:
  LaneChecker(const ClipContext& context, const FrameRecord& frame)
      : rebuilt_(context.rebuilt),
        frame_(frame),
        locator_(*context.rebuilt.map),
        T_world_ego_(world::pose_at(context.ego(), frame.stamp_ns)) {}

  // Values that are right for a place on a road: several where roads overlap.
  [[nodiscard]] std::set<int> values(const Vec3d& p_world) const {
    const Vec3d p = p_world + rebuilt_.stage.T_map_world.translation;
    const Vec3d forward = T_world_ego_.vector({1, 0, 0});
    std::set<int> out;
    for (const road::RoadPlace& place : locator_.all(p.x, p.y, p.z)) {
      if (!place.lane) continue;
      const road::Road& road = rebuilt_.map->roads[place.road];
      const road::Lane* lane = road.sections[place.section].find(*place.lane);
      if (lane == nullptr) continue;
      if (!road::is_drivable(lane->type)) {
        out.insert(0);
        continue;
      }
      const double heading =
          road.frame(place.s_m).heading_rad + (road.driving_direction(*lane) < 0 ? M_PI : 0);
      const double along = std::cos(heading) * forward.x + std::sin(heading) * forward.y;
      if (along > -1e-6) out.insert(1);
      if (along < 1e-6) out.insert(2);
    }
    if (out.empty()) out.insert(0);
    return out;
  }

  // Every point lies on the border of its lane; those of areas on either border.
  void check_line(const Polyline& line, const std::string& file, Check& check) const {
    const auto& roads = rebuilt_.map->roads;
    const auto road = std::find_if(roads.begin(), roads.end(), [&](const road::Road& r) {
      return r.id == line.road;
    });
    for (const Vec3d& p_ego : line.points) {
      double off = 1e9;
      if (road != roads.end()) {
        const Vec3d p = T_world_ego_.point(p_ego) + rebuilt_.stage.T_map_world.translation;
        off = distance_to_border(static_cast<int>(road - roads.begin()), line, p);
      }
      check.compare(off, capture::kLaneM, [&] {
        return Disagreement{file, "road " + line.road + " lane " + std::to_string(line.lane),
                            to_text(p_ego), "a point of that lane's border"};
      });
    }
  }

  // Every border point of the map within reach has a line near it: nothing was left out.
  void check_complete(const std::vector<Polyline>& lines, const std::string& file,
                      Check& check) const {
    for (const road::Road& road : rebuilt_.map->roads) {
      for (int s = 0; s < static_cast<int>(road.sections.size()); ++s) {
        for (const road::Lane& lane : road.sections[s].lanes) {
          check_lane_complete(road, s, lane, lines, file, check);
        }
      }
    }
  }

 private:
  [[nodiscard]] double distance_to_border(int road_index, const Polyline& line,
                                          const Vec3d& p) const {
    const road::Road& road = rebuilt_.map->roads[road_index];
    // The ends too: the last point of a line, rounded, may lie just beyond the road.
    std::vector<double> feet{0, road.length_m};
    if (const auto place = locator_.on_road(road_index, p.x, p.y, p.z)) feet.push_back(place->s_m);
    double best = 1e9;
    for (const double s : feet) best = std::min(best, distance_at(road, s, line, p));
    return best;
  }

  [[nodiscard]] static double distance_at(const road::Road& road, double s_m, const Polyline& line,
                                          const Vec3d& p) {
    double best = 1e9;
    for (int section = 0; section < static_cast<int>(road.sections.size()); ++section) {
      const auto& records = road.sections[section];
      if (s_m < records.s_m - 1e-3 || s_m > records.end_m + 1e-3) continue;
      if (records.find(line.lane) == nullptr) continue;
      for (const double side : {1.0, 0.0}) {
        if (side == 0.0 && !line.area) continue;
        best = std::min(best, glm::length(road.lane_point(section, line.lane, s_m, side) - p));
      }
    }
    return best;
  }

  void check_lane_complete(const road::Road& road, int section, const road::Lane& lane,
                           const std::vector<Polyline>& lines, const std::string& file,
                           Check& check) const {
    const auto& records = road.sections[section];
    const math::Affine3d T_ego_world = T_world_ego_.inverse();
    for (double s = records.s_m + 3; s < records.end_m - 3; s += 7) {
      const Vec3d p = T_ego_world.point(road.lane_point(section, lane.id, s, 1) -
                                        rebuilt_.stage.T_map_world.translation);
      if (glm::length(p) > kReachM - 5) continue;
      double nearest = 1e9;
      for (const Polyline& line : lines) {
        if (line.area || line.road != road.id || line.lane != lane.id) continue;
        for (const Vec3d& q : line.points) nearest = std::min(nearest, glm::length(p - q));
      }
      check.compare(nearest, 2.0, [&] {
        return Disagreement{file, "road " + road.id + " lane " + std::to_string(lane.id),
                            "no line near " + to_text(p), "one within 2 m"};
      });
    }
  }

  const RebuiltClip& rebuilt_;
  const FrameRecord& frame_;
  road::RoadLocator locator_;
  math::Affine3d T_world_ego_;
};

void check_mask(const ClipContext& context, const CameraScene& scene, const SeenImage& seen,
                const capture::Image<std::uint16_t>& mask, const LaneChecker& checker,
                const std::string& file, Check& check) {
  std::set<int> road_classes;
  for (const char* name : {"road", "lane_mark"}) {
    if (const auto* c = context.ontology.find(std::string(name))) road_classes.insert(c->id.value);
  }
  const auto& window = scene.window();
  std::unordered_map<std::uint64_t, std::set<int>> known;  // by triangle
  const auto values_of = [&](std::uint32_t drawable, std::uint32_t triangle) -> std::set<int> {
    const world::Drawable& d = window.drawables[drawable];
    if (road_classes.count(d.class_id.value) == 0) return {0};
    const std::uint64_t key = (std::uint64_t{drawable} << 32) | triangle;
    auto [it, fresh] = known.try_emplace(key);
    if (fresh) {
      const auto c = world::triangle_at(window, d, triangle, window.begin_ns);
      it->second = checker.values((c[0] + c[1] + c[2]) / 3.0);
    }
    return it->second;
  };
  for (int y = 0; y < mask.height_px; ++y) {
    for (int x = 0; x < mask.width_px; ++x) {
      const SeenPixel& s = seen[static_cast<std::size_t>(y) * mask.width_px + x];
      const int found = mask.at(x, y);
      const std::set<int> expected =
          s.drawable == 0 ? std::set<int>{0} : values_of(s.drawable - 1, s.triangle);
      if (expected.count(found) > 0) {
        check.agree();
        continue;
      }
      bool near = false;
      for (const PixelTruth& t : scene.near_centre(x, y)) {
        near |= t.nothing ? found == 0 : values_of(t.hit.drawable, t.hit.triangle).count(found) > 0;
      }
      if (near) {
        check.agree_on_edge();
        continue;
      }
      check.disagree(1, [&] {
        return Disagreement{file, "pixel " + std::to_string(x) + ", " + std::to_string(y),
                            std::to_string(found), std::to_string(*expected.begin())};
      });
    }
  }
}

}  // namespace

void check_lanes(const ClipContext& context, const CameraRecord& camera, const FrameRecord& frame,
                 const CameraScene& scene, const SeenImage& seen, Report& report) {
  const std::string prefix = frame_prefix(camera.name, frame.file_tick);
  const auto lines = read_lanes(context.folder / (prefix + ".lanes.json"));
  auto mask = read_png(context.folder / (prefix + ".drivable.png"));
  const bool whole_mask = mask && mask->channels.size() == 1 && mask->width_px == camera.width_px &&
                          mask->height_px == camera.height_px;
  report["files"].compare(lines && whole_mask ? 0 : 1, 0, [&] {
    return Disagreement{prefix + (lines ? ".drivable.png" : ".lanes.json"), "", "not readable",
                        "lanes and a mask of the camera's size"};
  });
  if (!lines || !whole_mask) return;
  const LaneChecker checker(context, frame);
  for (const Polyline& line : *lines) {
    checker.check_line(line, prefix + ".lanes.json", report["lanes"]);
  }
  checker.check_complete(*lines, prefix + ".lanes.json", report["lanes"]);
  check_mask(context, scene, seen, mask->channels[0], checker, prefix + ".drivable.png",
             report["drivable"]);
}

}  // namespace oddroad::verify
