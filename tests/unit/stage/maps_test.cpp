// Maps of other people: every file builds, finite and in budget.
#include <filesystem>
#include <set>

#include "engine/road/lane_graph.h"
#include "tests/unit/stage/stage_fixture.h"

namespace oddroad::stage {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> maps_in(const fs::path& folder) {
  std::vector<fs::path> out;
  if (!fs::is_directory(folder)) return out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".xodr") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

void expect_builds(const fs::path& path) {
  const auto map = road::load_opendrive(path);
  ASSERT_TRUE(map.has_value()) << path;
  StageOptions options;
  const road::Road& road = map->roads[map->roads.size() / 2];
  options.origin_map = road.surface(road.section_at(.5 * road.length_m), .5 * road.length_m, 0);
  options.radius_m = 200;
  const auto world = build_stage(*map, test_ontology(), options);
  ASSERT_TRUE(world.has_value()) << path << core::to_string(world.error());
  std::set<const asset::Model*> models;
  std::size_t unique = 0;
  for (const auto& thing : world->things) {
    if (!models.insert(thing.model.get()).second) continue;
    for (const auto& part : thing.model->parts) {
      unique += part.mesh->triangle_count();
      for (std::size_t i = 0; i < part.mesh->positions.size(); ++i) {
        ASSERT_TRUE(std::isfinite(glm::dot(part.mesh->positions[i], math::Vec3f(1))))
            << path << " " << thing.name;
        ASSERT_NEAR(glm::length(part.mesh->normals[i]), 1, 1e-3) << path << " " << thing.name;
      }
    }
  }
  EXPECT_LT(unique, 1'500'000u) << path;

  // Centres of drivable lanes lie on the mesh: within 1 cm, and on junctions within the drop.
  const road::LaneGraph graph(*map);
  int looked = 0;
  for (const road::LaneNode& lane : graph.lanes()) {
    if (!road::is_drivable(lane.type) || lane.length_m < 4 || looked > 25) continue;
    const road::CentrePoint& c = lane.centre[lane.centre.size() / 2];
    const math::Vec3d p = c.position - options.origin_map;
    if (glm::length(math::Vec2d(p)) > 150 || c.width_m < 1) continue;
    ++looked;
    double nearest = 1e9;
    for (const auto& thing : world->things) {
      if (thing.name != "road." + graph.road_of(lane.id).id) continue;
      world::StaticWorld one;
      one.things.push_back(thing);
      if (const auto hit = drop(one, math::Vec2d(p))) {
        nearest = std::min(nearest, std::abs(hit->z - p.z));
      }
    }
    const bool connecting = graph.road_of(lane.id).is_connecting();
    EXPECT_LE(nearest, .01 + (connecting ? kJunctionDrop_m : 0))
        << path << " road " << graph.road_of(lane.id).id << " lane " << lane.lane << " s " << c.s_m;
  }
}

TEST(StageMaps, OwnMapsBuild) {
  const auto maps = maps_in(fs::path(ODDROAD_SOURCE_DIR) / "scenarios" / "maps");
  EXPECT_FALSE(maps.empty());
  for (const auto& map : maps) expect_builds(map);
}

TEST(StageMaps, SharedMapsBuild) {
  const auto maps = maps_in(fs::path(ODDROAD_SHARED_DIR) / "data" / "xodr");
  if (maps.empty()) GTEST_SKIP() << "no shared maps beside the source tree";
  for (const auto& map : maps) expect_builds(map);
}

}  // namespace
}  // namespace oddroad::stage
