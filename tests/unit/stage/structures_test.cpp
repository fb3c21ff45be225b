// Bridges and tunnels: what drives has room, and the ground keeps out of the way.
#include "engine/stage/structures.h"

#include <set>

#include "tests/unit/stage/stage_fixture.h"

namespace oddroad::stage {
namespace {

using math::Vec2d;
using math::Vec3d;

// 300 m along x at 8 m over the level where the file's objects stand; road 2 passes below at x =
// 150, square to it.
std::string crossing(const std::string& objects) {
  const std::string lanes = R"(<lanes><laneSection s="0">
    <left><lane id="1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></left>
    <center><lane id="0" type="none"/></center>
    <right><lane id="-1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></right>
    </laneSection></lanes>)";
  return R"(<OpenDRIVE><header revMajor="1" revMinor="6"/>
   <road id="1" junction="-1" length="300"><type s="0" type="rural"/><planView>
    <geometry s="0" x="0" y="0" hdg="0" length="300"><line/></geometry></planView>
    <elevationProfile><elevation s="0" a="8" b="0" c="0" d="0"/></elevationProfile>)" +
         lanes + "<objects>" + objects + R"(</objects></road>
   <road id="2" junction="-1" length="300"><type s="0" type="rural"/><planView>
    <geometry s="0" x="150" y="-150" hdg="1.5707963267948966" length="300"><line/></geometry>
    </planView>)" +
         lanes + "</road></OpenDRIVE>";
}

world::StaticWorld built(const std::string& objects, bool structures = true) {
  const auto map = road::parse_opendrive(crossing(objects), "crossing");
  EXPECT_TRUE(map.has_value());
  StageOptions options;
  options.origin_map = {150, 0, 0};
  options.radius_m = 200;
  options.structures = structures;
  options.houses = options.trees = options.lamps = options.fields = false;
  const auto world = build_stage(*map, test_ontology(), options);
  EXPECT_TRUE(world.has_value());
  return *world;
}

// Lowest and highest of what a vertical line meets between two heights.
struct Span {
  int hits = 0;
  double lowest = 1e9, highest = -1e9;
};
Span meets(const world::StaticWorld& world, const Vec2d& p, double from_z, double to_z,
           const std::string& class_name) {
  Span out;
  for (const world::StaticThing& thing : world.things) {
    if (thing.model->class_name != class_name) continue;
    for (const asset::Part& part : thing.model->parts) {
      const auto& vertices = part.mesh->positions;  // of the ground: in world coordinates
      for (const auto& t : part.mesh->triangles) {
        const Vec3d a(vertices[t[0]]), b(vertices[t[1]]), c(vertices[t[2]]);
        if (std::min({a.x, b.x, c.x}) > p.x || std::max({a.x, b.x, c.x}) < p.x) continue;
        const double area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        if (std::abs(area) < 1e-9) continue;
        const double u = ((p.x - a.x) * (c.y - a.y) - (p.y - a.y) * (c.x - a.x)) / area;
        const double v = ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / area;
        if (u < 0 || v < 0 || u + v > 1) continue;
        const double z = a.z + u * (b.z - a.z) + v * (c.z - a.z);
        if (z < from_z || z > to_z) continue;
        ++out.hits;
        out.lowest = std::min(out.lowest, z);
        out.highest = std::max(out.highest, z);
      }
    }
  }
  return out;
}

constexpr const char* kBridge = R"(<bridge id="b" name="" s="120" length="60" type="concrete"/>)";
constexpr const char* kTunnel =
    R"(<tunnel id="t" name="" s="90" length="120" type="standard" lighting="1"/>)";

TEST(Structures, UnderABridgeThereIsRoomAndNoPierOnTheRoad) {
  const auto world = built(kBridge);
  for (double y = -6; y <= 6; y += .7) {
    for (double x = -3.4; x <= 3.4; x += .85) {
      for (const char* solid : {"bridge", "terrain"}) {
        EXPECT_EQ(meets(world, {x, y}, .05, 4.7, solid).hits, 0) << x << " " << y << solid;
      }
    }
  }
  // The deck: road on top, underside below it.
  const Span deck = meets(world, {.3, .2}, 5, 8.5, "bridge");
  EXPECT_GE(deck.hits, 1);
  EXPECT_NEAR(deck.lowest, 8 - 1.8, .01);  // 60 m would ask for more, but there is a limit
  EXPECT_NEAR(meets(world, {.3, .2}, 5, 8.5, "road").highest, 8, .01);
}

TEST(Structures, AtItsEndsABridgeMeetsTheGround) {
  const auto world = built(kBridge);
  for (const double x : {-32.5, 32.5}) {
    const auto ground = drop(world, {x, 5.2}, {"terrain"});
    ASSERT_TRUE(ground);
    EXPECT_GT(ground->z, 5.5) << x;
  }
  // And at its middle it does not.
  EXPECT_LT(drop(world, {10, 12}, {"terrain"})->z, 3);
}

TEST(Structures, ATunnelIsFreeInsideAndCoveredAbove) {
  const auto world = built(kTunnel);
  for (double x = -75; x <= 75; x += 2.9) {
    if (std::abs(x) < 25) continue;  // the other road cuts into the hill
    for (double y = -3.4; y <= 3.4; y += .85) {
      for (const char* solid : {"tunnel", "terrain"}) {
        EXPECT_EQ(meets(world, {x, y}, 8.02, 12.7, solid).hits, 0) << x << " " << y << solid;
      }
    }
    if (std::abs(x) > 50) continue;
    EXPECT_GE(meets(world, {x, .1}, 12.7, 15, "tunnel").hits, 2) << x;  // vault and shell
    const auto top = drop(world, {x, .1});
    EXPECT_EQ(top->class_name, "terrain") << x;
    EXPECT_GT(top->z, 8 + 5.2 + kTunnelShell_m) << x;
  }
}

TEST(Structures, TunnelWallsStandAtTheBorders) {
  const auto map = road::parse_opendrive(crossing(kTunnel), "crossing");
  StageOptions options;
  options.origin_map = {150, 0, 0};
  for (const auto& run : build_runs(*map, options)) {
    if (run.structure == nullptr) continue;
    const StructureLine line(run);
    EXPECT_TRUE(line.begins() && line.ends());
    EXPECT_NEAR(line.at(60).half_width_m(), 3.5, 1e-6);
    const auto beside = line.beside({0, 4.5});
    EXPECT_TRUE(beside.within);
    EXPECT_NEAR(beside.aside_m, 4.5, 1e-6);
    EXPECT_NEAR(beside.section.from_start_m, 60, 1e-6);
    EXPECT_FALSE(line.beside({70, 0}).within);
    EXPECT_GT(tunnel_lamps(line).triangle_count(), 400u);
  }
}

TEST(Structures, CanBeSwitchedOffAndComeInOrder) {
  std::string both = R"(<tunnel id="t" name="" s="200" length="60" type="underpass"/>)";
  both.insert(0, kBridge);
  const auto with = built(both);
  std::vector<std::string> names;
  for (const auto& thing : with.things) names.push_back(thing.name);
  const auto index = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) - names.begin();
  };
  EXPECT_LT(index("terrain"), index("bridge.1.b.0"));
  EXPECT_EQ(index("bridge.1.b.0") + 1, index("tunnel.1.t.0"));
  EXPECT_LT(index("tunnel.1.t.0"), static_cast<std::ptrdiff_t>(names.size()));
  const auto without = built(kBridge, false);
  for (const auto& thing : without.things) {
    EXPECT_NE(thing.model->class_name, "bridge");
  }
}

}  // namespace
}  // namespace oddroad::stage
