// Traffic on other people's maps: 15 vehicles per kilometre of lane for two minutes, with lights
// and junctions. Nothing touches, nothing leaves its lane but by choice, nothing jerks, nothing
// stands for a minute without a reason; and it moves.
#include <cstdlib>
#include <filesystem>

#include "tests/common/traffic_watch.h"
#include "tests/unit/traffic/grid_map.h"

namespace oddroad::traffic {
namespace {

namespace fs = std::filesystem;

tests::Watched watch_traffic(const road::RoadMap& map, const std::string& name, double seconds,
                             std::uint64_t key) {
  const road::LaneGraph graph(map);
  const Network network(graph);
  const Settings settings;
  Traffic traffic(network, settings, key);
  tests::Watch watch{network, traffic, settings.models};
  for (int i = 1; i <= static_cast<int>(seconds * 100); ++i) {
    watch.step(0.01);
    if (i % 10 == 0) watch.look();
  }
  tests::Watched out = watch.finish();
  std::printf("%s: %.2f km of lanes, %s\n", name.c_str(), network.lane_km(),
              tests::to_string(out).c_str());
  return out;
}

tests::Watched watch_traffic(const fs::path& file, double seconds, std::uint64_t key) {
  const auto map = road::load_opendrive(file);
  EXPECT_TRUE(map.has_value()) << file;
  return map ? watch_traffic(*map, file.stem().string(), seconds, key) : tests::Watched{};
}

void expect_plausible(const tests::Watched& seen) {
  EXPECT_GT(seen.most_vehicles, 0u);
  EXPECT_EQ(seen.overlaps, 0);
  EXPECT_EQ(seen.off_lane, 0);
  EXPECT_EQ(seen.stuck_without_reason, 0);
  const double grip = Settings{}.friction * kGravity_mps2;
  EXPECT_LE(seen.hardest_braking_mps2, grip);
  EXPECT_LE(seen.most_lateral_mps2, 0.6 * grip);
  EXPECT_LE(seen.most_acceleration_mps2, 2.6);
  EXPECT_LE(seen.most_jerk_mps3, 12.65);
  EXPECT_LE(seen.largest_gap_to_road_m, 0.05);
  EXPECT_LE(seen.most_over_border_m, 0.15);
  EXPECT_GT(seen.mean_speed_mps, 1.5);
}

std::vector<fs::path> maps_in(const fs::path& folder) {
  std::vector<fs::path> out;
  if (!fs::is_directory(folder)) return out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".xodr") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(TrafficMaps, Collected) {
  const auto maps = maps_in(fs::path(ODDROAD_SHARED_DIR) / "data" / "xodr");
  if (maps.empty()) GTEST_SKIP() << ODDROAD_SHARED_DIR "/data/xodr is not there";
  for (const fs::path& map : maps) {
    for (const std::uint64_t key : {1, 2}) {
      SCOPED_TRACE(map.stem().string() + " key " + std::to_string(key));
      expect_plausible(watch_traffic(map, 120, key));
    }
  }
}

TEST(TrafficMaps, Own) {
  for (const fs::path& map : maps_in(fs::path(ODDROAD_SOURCE_DIR) / "scenarios" / "maps")) {
    SCOPED_TRACE(map.stem().string());
    expect_plausible(watch_traffic(map, 60, 1));
  }
}

// Two lanes each way with lanes for turns, lights, signs and neither, in both driving sides.
TEST(TrafficMaps, Grids) {
  for (const bool left_hand : {false, true}) {
    for (const int lanes : {1, 2}) {
      testing::GridMap grid;
      grid.left_hand = left_hand;
      grid.lanes = lanes;
      grid.radius_m = lanes == 1 ? 13 : 18;
      const testing::World world(grid.text());
      const std::string name =
          std::string(left_hand ? "left" : "right") + "-hand grid, lanes " + std::to_string(lanes);
      SCOPED_TRACE(name);
      expect_plausible(watch_traffic(*world.map, name, 150, 3));
    }
  }
}

// Grids and random networks of Debian's `sumo`.
TEST(TrafficMaps, Generated) {
  if (std::system("command -v netgenerate > /dev/null 2>&1") != 0) {
    GTEST_SKIP() << "netgenerate (Debian package sumo) is not installed";
  }
  const fs::path folder = fs::temp_directory_path() / "oddroad-traffic-networks";
  fs::create_directories(folder);
  const char* kinds[] = {
      "--grid --grid.number 4 --grid.length 120 --tls.guess true",
      "--grid --grid.number 3 --grid.length 150 --default.lanenumber 2",
      "--grid --grid.number 3 --grid.length 100 --default.lanenumber 3",
      "--grid --grid.number 3 --grid.length 120 --default.junctions.radius 10 "
      "--default.lanenumber 2 --turn-lanes 1",
      "--rand --rand.iterations 40 --seed 5",
      "--spider --spider.arm-number 5 --spider.circle-number 3",
  };
  int number = 0;
  for (const char* kind : kinds) {
    const fs::path file = folder / ("network-" + std::to_string(number++) + ".xodr");
    const std::string command = std::string("netgenerate ") + kind + " --opendrive-output " +
                                file.string() + " > /dev/null 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
    SCOPED_TRACE(kind);
    expect_plausible(watch_traffic(file, 120, 1));
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace oddroad::traffic
