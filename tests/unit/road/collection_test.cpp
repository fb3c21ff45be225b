// Claims about every map of the collection and our own: they load, (s, t) survives the way to
// (x, y, z) and back, linked lanes meet.
#include "road_fixture.h"

#include <cmath>
#include <cstdio>

#include "engine/road/lane_graph.h"
#include "engine/road/locator.h"

namespace oddroad::road {
namespace {

using namespace testing;

std::vector<std::filesystem::path> all_maps() {
  std::vector<std::filesystem::path> out = collected_maps();
  for (const auto& own : files_in(std::filesystem::path(ODDROAD_SOURCE_DIR) / "scenarios/maps")) {
    out.push_back(own);
  }
  return out;
}

TEST(Collection, EveryMapLoads) {
  if (collected_maps().empty()) GTEST_SKIP() << "no folder data/xodr in the shared directory";
  for (const auto& path : collected_maps()) {
    const auto map = load_opendrive(path);
    EXPECT_TRUE(map.has_value()) << (map ? "" : core::to_string(map.error()));
  }
}

// Where the cross sections of a tight bend cross each other, a place has no single (s, t).
bool is_unique(const Road& road, double s, double t) {
  return 1 - road.curvature(s) * t > 0.05;
}

struct RoundTrip {
  int points = 0;
  int elsewhere = 0;  // the road passes there twice and the nearer pass was found
  double worst_m = 0;
};

void go_there_and_back(const RoadLocator& locator, const Road& road, int index, double s, double t,
                       bool with_height, RoundTrip& out) {
  const math::Vec3d p = road.position(s, t);
  const auto place =
      with_height ? locator.on_road(index, p.x, p.y, p.z) : locator.on_road(index, p.x, p.y);
  ++out.points;
  ASSERT_TRUE(place.has_value()) << "road " << road.id << " s " << s << " t " << t;
  const double error = std::hypot(place->s_m - s, place->t_m - t);
  if (error > 0.001 && std::abs(place->t_m) < std::abs(t) + 1e-6) {
    // Another, nearer foot point: it must describe the same point just as well.
    ++out.elsewhere;
    const math::Vec3d q = road.position(place->s_m, place->t_m, place->h_m);
    EXPECT_LT(std::hypot(q.x - p.x, q.y - p.y), 0.001) << "road " << road.id << " s " << s;
    return;
  }
  out.worst_m = std::max(out.worst_m, error);
  EXPECT_LT(error, 0.001) << "road " << road.id << " s " << s << " t " << t;
  EXPECT_LT(std::abs(place->h_m), 0.001);
}

TEST(Collection, RoadCoordinatesSurviveTheWayThereAndBack) {
  for (const auto& path : all_maps()) {
    const auto map = load_opendrive(path);
    ASSERT_TRUE(map.has_value());
    const RoadLocator locator(*map);
    RoundTrip trip;
    for (std::size_t i = 0; i < map->roads.size(); ++i) {
      const Road& road = map->roads[i];
      const int steps = static_cast<int>(std::clamp(road.length_m / 3.7, 5.0, 200.0));
      for (int k = 0; k <= steps; ++k) {
        const double s = road.length_m * (0.0005 + 0.999 * k / steps);
        const int section = road.section_at(s);
        for (const Lane& lane : road.sections[static_cast<std::size_t>(section)].lanes) {
          const double t = road.strip(section, lane.id, s).centre_t_m();
          if (!is_unique(road, s, t)) continue;
          for (const bool with_height : {false, true}) {
            go_there_and_back(locator, road, static_cast<int>(i), s, t, with_height, trip);
          }
        }
      }
    }
    std::printf("%-32s %6d points, worst %.2e m, %d found at a nearer pass\n",
                path.filename().c_str(), trip.points, trip.worst_m, trip.elsewhere);
  }
}

TEST(Collection, LinkedLaneCentresMeet) {
  if (collected_maps().empty()) GTEST_SKIP() << "no folder data/xodr in the shared directory";
  int total = 0;
  int apart = 0;
  for (const auto& path : collected_maps()) {
    const auto map = load_opendrive(path);
    ASSERT_TRUE(map.has_value());
    const LaneGraph graph(*map);
    int over = 0;
    double worst = 0;
    for (const LaneJoin& join : graph.joins()) {
      ++total;
      worst = std::max(worst, join.gap_m);
      if (join.gap_m <= 0.01) continue;
      ++over;
      std::printf(
          "  road %s lane %d (s-section %d) -> road %s lane %d: %.4f m%s%s, width %.3f -> %.3f\n",
          graph.road_of(join.from).id.c_str(), graph.lane(join.from).lane,
          graph.lane(join.from).section, graph.road_of(join.to).id.c_str(),
          graph.lane(join.to).lane, join.gap_m, join.derived ? ", derived" : "",
          join.through_junction ? ", junction" : "", graph.lane(join.from).centre.back().width_m,
          graph.lane(join.to).centre.front().width_m);
    }
    apart += over;
    std::printf("%-32s %4zu links, %3d over 1 cm, worst %.4f m\n", path.filename().c_str(),
                graph.joins().size(), over, worst);
  }
  std::printf("%d links, %d over 1 cm\n", total, apart);
  // The one: soderleden's exit ramp, whose file links a lane of full width to one that begins at 0
  // m.
  EXPECT_LE(apart, 1);
}

TEST(Collection, HeadingsFollowTheCentreLine) {
  for (const auto& path : all_maps()) {
    const auto map = load_opendrive(path);
    ASSERT_TRUE(map.has_value());
    const LaneGraph graph(*map);
    for (const LaneNode& node : graph.lanes()) {
      if (!is_drivable(node.type) || node.length_m < 2) continue;
      for (const double u : {0.13, 0.41, 0.77}) {
        const double offset = u * node.length_m;
        const LanePose a = graph.pose({node.id, offset - 0.01});
        const LanePose b = graph.pose({node.id, offset + 0.01});
        const LanePose at = graph.pose({node.id, offset});
        const math::Vec3d d = b.position - a.position;
        if (std::abs(at.curvature_1pm) > 0.2 || a.width_m < 0.1) continue;
        EXPECT_NEAR(std::abs(math::wrap_angle(std::atan2(d.y, d.x) - at.heading_rad)), 0, 0.004)
            << path << " road " << graph.road_of(node.id).id << " lane " << node.lane << " at "
            << offset;
        EXPECT_NEAR(glm::length(d), 0.02, 2e-4);
      }
    }
  }
}

}  // namespace
}  // namespace oddroad::road
