// What dresses a rural road: fields, fences, power lines.
#include "engine/stage/power_line.h"
#include "tests/unit/stage/stage_fixture.h"

namespace oddroad::stage {
namespace {

using math::Vec2d;

road::RoadMap country_road() {
  const auto map = road::parse_opendrive(R"(<OpenDRIVE><header revMajor="1" revMinor="6"/>
   <road id="1" junction="-1" length="420"><type s="0" type="rural"/><planView>
    <geometry s="0" x="0" y="0" hdg="0" length="420"><arc curvature="0.002"/></geometry></planView>
   <lanes><laneSection s="0">
    <left><lane id="1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></left>
    <center><lane id="0" type="none"/></center>
    <right><lane id="-1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></right>
   </laneSection></lanes></road></OpenDRIVE>)",
                                         "country road");
  EXPECT_TRUE(map.has_value());
  return *map;
}

StageOptions options_of(std::uint64_t seed) {
  StageOptions options;
  options.origin_map = {200, 40, 0};
  options.radius_m = 200;
  options.seed = seed;
  return options;
}

// Farther than 4 m from the middle of the road, everywhere.
TEST(Dressing, FieldsKeepOffTheRoadAndCanBeSwitchedOff) {
  const road::RoadMap map = country_road();
  std::vector<Vec2d> middle;
  for (double s = 0; s <= 420; s += 1) middle.push_back(Vec2d(map.roads[0].position(s, 0)));
  int fields = 0;
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    const StageOptions options = options_of(seed);
    const auto world = build_stage(map, test_ontology(), options);
    ASSERT_TRUE(world);
    for (const world::StaticThing& thing : world->things) {
      const bool field = thing.name.rfind("field", 0) == 0;
      if (!field && thing.name.rfind("pasture_fence", 0) != 0) continue;
      fields += field ? 1 : 0;
      double nearest = 1e9;
      const auto& positions = thing.model->parts[0].mesh->positions;
      for (std::size_t i = 0; i < positions.size(); i += 3) {
        for (const Vec2d& m : middle) {
          const Vec2d p = Vec2d(positions[i]) + Vec2d(options.origin_map);
          nearest = std::min(nearest, glm::length(p - m));
        }
      }
      EXPECT_GT(nearest, 3.5 + 4) << thing.name;
    }
    StageOptions without = options;
    without.fields = false;
    const auto bare = build_stage(map, test_ontology(), without);
    ASSERT_TRUE(bare);
    for (const auto& thing : bare->things) {
      EXPECT_NE(thing.name.rfind("field", 0), 0u);
    }
  }
  EXPECT_GT(fields, 8);
}

TEST(Dressing, WiresHangFromPoleToPoleAndSag) {
  math::Affine3d a, b;
  b.translation = {0, 40, 1};
  const math::TriangleMesh wires = power_wires({a, b});
  ASSERT_GT(wires.triangle_count(), 300u);
  double lowest = 1e9, highest = -1e9;
  for (const math::Vec3f& p : wires.positions) {
    lowest = std::min<double>(lowest, p.z);
    highest = std::max<double>(highest, p.z);
  }
  EXPECT_NEAR(highest, 9.1 + 1, .02);
  EXPECT_GT(lowest, 8.8);  // 0.6 m below the chord at its middle
  EXPECT_LT(lowest, 9.1);
  EXPECT_TRUE(power_wires({a}).triangles.empty());
}

TEST(Dressing, EqualSeedsGiveEqualWorlds) {
  const road::RoadMap map = country_road();
  const auto one = build_stage(map, test_ontology(), options_of(5));
  const auto two = build_stage(map, test_ontology(), options_of(5));
  ASSERT_TRUE(one && two);
  ASSERT_EQ(one->things.size(), two->things.size());
  for (std::size_t i = 0; i < one->things.size(); ++i) {
    EXPECT_EQ(one->things[i].name, two->things[i].name);
    EXPECT_TRUE(*one->things[i].model->parts[0].mesh == *two->things[i].model->parts[0].mesh);
  }
}

}  // namespace
}  // namespace oddroad::stage
