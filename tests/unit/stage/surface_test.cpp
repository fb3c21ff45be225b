#include <algorithm>
#include <map>
#include <set>

#include <gmock/gmock.h>

#include "tests/unit/stage/stage_fixture.h"

namespace oddroad::stage {
namespace {

using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

StageOptions bare(StageOptions options) {
  options.houses = options.trees = options.lamps = options.fences = false;
  options.furniture = false;
  return options;
}

const world::StaticThing* find(const world::StaticWorld& world, const std::string& name) {
  for (const auto& thing : world.things) {
    if (thing.name == name) return &thing;
  }
  return nullptr;
}

class Street : public testing::Test {
 protected:
  void SetUp() override {
    auto built = build_stage(map_, test_ontology(), bare(options_));
    ASSERT_TRUE(built.has_value()) << core::to_string(built.error());
    world_ = *built;
  }
  const road::RoadMap map_ = street();
  const StageOptions options_ = street_options();
  world::StaticWorld world_;
};

TEST_F(Street, LaneCentresLieOnTheMesh) {
  const road::Road& road = map_.roads[0];
  for (double s = .7; s < road.length_m; s += 3.1) {
    for (const int lane : {3, 2, 1, -1, -2, -3}) {
      const Vec3d p = road.lane_point(0, lane, s, .5) - options_.origin_map;
      const auto hit = drop(world_, Vec2d(p), {"road", "parking", "sidewalk", "kerb"});
      ASSERT_TRUE(hit) << "s " << s << " lane " << lane;
      EXPECT_NEAR(hit->z, p.z, .01) << "s " << s << " lane " << lane;
      const char* expected = std::abs(lane) == 1   ? "road"
                             : std::abs(lane) == 2 ? "parking"
                                                   : "sidewalk";
      EXPECT_EQ(hit->class_name, expected);
    }
  }
}

TEST_F(Street, NothingButRoadIsSeenFromAboveTheRoad) {
  // The terrain stays below every paved surface.
  const road::Road& road = map_.roads[0];
  for (double s = .3; s < road.length_m; s += 2.7) {
    for (double t = -7.3; t <= 7.3; t += .73) {
      const Vec3d p = road.surface(0, s, t) - options_.origin_map;
      const auto hit = drop(world_, Vec2d(p));
      ASSERT_TRUE(hit);
      EXPECT_NE(hit->class_name, "terrain") << "s " << s << " t " << t;
    }
  }
}

TEST_F(Street, GroundIsClosedBesideTheRoad) {
  const road::Road& road = map_.roads[0];
  for (double s = 2; s < road.length_m - 2; s += 1.9) {
    for (const double t : {-7.46, -7.9, -9.0, -14.0, 7.46, 7.9, 9.0, 14.0}) {
      const Vec3d p = road.position(s, t) - options_.origin_map;
      const auto hit = drop(world_, Vec2d(p));
      ASSERT_TRUE(hit) << "s " << s << " t " << t;
      EXPECT_EQ(hit->class_name, "terrain");
      EXPECT_LT(std::abs(hit->z - p.z), 2.5);
    }
  }
}

TEST_F(Street, NeighboursShareTheirBorderVertices) {
  // Every vertex of the parking lane's inner border is a vertex of the carriageway, bit for bit;
  // and the verge starts at the footway's outer border.
  std::set<std::array<float, 3>> road_vertices, terrain_vertices;
  const auto collect = [&](const char* name, auto& into) {
    const world::StaticThing* thing = find(world_, name);
    ASSERT_NE(thing, nullptr);
    for (const Vec3f& p : thing->model->parts[0].mesh->positions) into.insert({p.x, p.y, p.z});
  };
  collect("road.1", road_vertices);
  collect("terrain", terrain_vertices);
  const auto check = [&](const char* name, double t_shared, const auto& with) {
    const world::StaticThing* thing = find(world_, name);
    ASSERT_NE(thing, nullptr);
    int on_border = 0;
    for (const Vec3f& p : thing->model->parts[0].mesh->positions) {
      const Vec3d q = Vec3d(p) + options_.origin_map;
      // Nearest s by scanning: the fixture is small.
      double best = 1e9;
      for (double s = 0; s <= 120; s += .02) {
        for (const double t : {t_shared, -t_shared}) {
          best = std::min(best, glm::length(Vec2d(map_.roads[0].position(s, t)) - Vec2d(q)));
        }
      }
      if (best > .012) continue;
      ++on_border;
      EXPECT_TRUE(with.count({p.x, p.y, p.z})) << name << " " << p.x << " " << p.y;
    }
    EXPECT_GT(on_border, 20) << name;
  };
  check("road.1.parking", 3.25, road_vertices);
  check("road.1.sidewalk", 7.45, terrain_vertices);
}

TEST_F(Street, KerbsHaveTheHeightOfTheFile) {
  const road::Road& road = map_.roads[0];
  for (double s = 5; s < 115; s += 11) {
    for (const double side : {1.0, -1.0}) {
      const Vec3d low = road.position(s, side * 5.24) - options_.origin_map;
      const Vec3d top = road.position(s, side * 5.33, .12) - options_.origin_map;
      const auto road_hit = drop(world_, Vec2d(low), {"road", "parking", "kerb", "sidewalk"});
      const auto kerb_hit = drop(world_, Vec2d(top), {"road", "parking", "kerb", "sidewalk"});
      ASSERT_TRUE(road_hit && kerb_hit);
      EXPECT_EQ(road_hit->class_name, "parking");
      EXPECT_EQ(kerb_hit->class_name, "kerb");
      EXPECT_NEAR(kerb_hit->z, top.z, .005);
      EXPECT_NEAR(road_hit->z, low.z, .005);
      const auto slab = drop(world_, Vec2d(road.position(s, side * 5.45) - options_.origin_map),
                             {"kerb", "sidewalk"});
      EXPECT_EQ(slab->class_name, "sidewalk");
    }
  }
}

TEST_F(Street, MarksLieOnTheCarriagewayWithTheirWidth) {
  const world::StaticThing* marks = find(world_, "road.1.lane_mark");
  ASSERT_NE(marks, nullptr);
  const road::Road& road = map_.roads[0];
  const math::TriangleMesh& mesh = *marks->model->parts[0].mesh;
  double painted = 0;
  for (std::size_t t = 0; t < mesh.triangle_count(); ++t) {
    const auto [a, b, c] = mesh.triangles[t];
    painted += .5 * glm::length(glm::cross(mesh.positions[b] - mesh.positions[a],
                                           mesh.positions[c] - mesh.positions[a]));
  }
  // Solid 0.12 m and 0.20 m over 120 m (on arcs of radius 50 and 100, offsets 3.25 and -5.15), and
  // 3 m dashes every 9 m along the centre.
  const double solid = .12 * (120 - 3.25 * .6) + .2 * (120 + 5.15 * .6);
  const double dashes = .12 * 3 * 14;
  EXPECT_NEAR(painted, solid + dashes, .03 * (solid + dashes));
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    const double t = mesh.uvs[i].y;
    EXPECT_LE(std::abs(t),
              5.25 + 1e-5);  // not on the kerb, though the file centres it on the border
    const Vec3d on = road.surface(0, mesh.uvs[i].x, t) - options_.origin_map;
    EXPECT_NEAR(mesh.positions[i].z - on.z, kMarkLift_m, .001);
  }
}

TEST_F(Street, IdsDescendFromTheTopAndEqualArgumentsGiveEqualWorlds) {
  auto options = options_;
  options.seed = 7;
  const auto one = build_stage(map_, test_ontology(), options);
  const auto two = build_stage(map_, test_ontology(), options);
  ASSERT_TRUE(one && two);
  ASSERT_EQ(one->things.size(), two->things.size());
  std::uint16_t expected = 65535;
  for (std::size_t i = 0; i < one->things.size(); ++i) {
    const auto& a = one->things[i];
    const auto& b = two->things[i];
    EXPECT_EQ(a.id.value, expected--);
    EXPECT_EQ(a.name, b.name);
    EXPECT_TRUE(a.class_id);
    EXPECT_EQ(a.T_world_model, b.T_world_model);
    ASSERT_EQ(a.model->parts.size(), b.model->parts.size());
    for (std::size_t p = 0; p < a.model->parts.size(); ++p) {
      EXPECT_TRUE(*a.model->parts[p].mesh == *b.model->parts[p].mesh) << a.name;
    }
  }
  options.seed = 8;
  const auto other = build_stage(map_, test_ontology(), options);
  ASSERT_TRUE(other);
  // The road keeps its ids and bytes whatever the dressing.
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(one->things[i].name, other->things[i].name);
    EXPECT_TRUE(*one->things[i].model->parts[0].mesh == *other->things[i].model->parts[0].mesh);
  }
  EXPECT_EQ(one->T_map_world.translation, options.origin_map);
}

TEST_F(Street, NoDressingStandsOnTheRoad) {
  auto options = options_;
  for (std::uint64_t seed = 0; seed < 2; ++seed) {
    options.seed = seed;
    const auto world = build_stage(map_, test_ontology(), options);
    ASSERT_TRUE(world);
    std::map<std::string, int> kinds;
    for (const auto& thing : world->things) {
      const std::string kind = thing.model->name;
      ++kinds[kind];
      if (thing.T_world_model.translation == Vec3d(0)) continue;
      // All that is lower than a tall van must keep off the carriageway; crowns may overhang it.
      for (const Vec3f& p : thing.model->parts[0].mesh->positions) {
        if (p.z > (kind == "tree" ? 1.8f : 4.5f)) continue;
        const Vec3d q = thing.T_world_model.point(Vec3d(p));
        const auto ground = drop(world_, Vec2d(q), {"road", "parking"});
        EXPECT_FALSE(ground.has_value() && q.z < ground->z + 4.5)
            << thing.name << " " << q.x << " " << q.y;
        if (ground) break;
      }
    }
    EXPECT_GT(kinds["house"], 6);
    EXPECT_GT(kinds["tree"], 10);
    EXPECT_GT(kinds["street_lamp"], 3);
  }
}

TEST(Stage, MissingClassesAndEmptyRegionsAreErrors) {
  const road::RoadMap map = street();
  StageOptions options = street_options();
  options.origin_map = {5000, 5000, 0};
  EXPECT_FALSE(build_stage(map, test_ontology(), options).has_value());
  capture::Ontology poor;
  poor.classes.push_back({.id = core::ClassId(1), .name = "unknown"});
  const auto built = build_stage(map, poor, street_options());
  ASSERT_FALSE(built.has_value());
  EXPECT_GE(built.error().items().size(), 5u);  // all at once
}

TEST(Stage, RoadsThatMeetShareTheirEndVertices) {
  // The second road begins 3 mm off the first one's end: files round their numbers.
  const std::string road = R"(<road id="%" junction="-1" length="50"><planView>
    <geometry s="0" x="@" y="0" hdg="0" length="50"><line/></geometry></planView><lanes>
    <laneSection s="0"><center><lane id="0" type="none"/></center><right>
    <lane id="-1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane>
    </right></laneSection></lanes></road>)";
  const auto with = [&](const std::string& id, const std::string& x) {
    std::string out = road;
    out.replace(out.find('%'), 1, id);
    return out.replace(out.find('@'), 1, x);
  };
  const auto map = road::parse_opendrive("<OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/>" +
                                             with("1", "0") + with("2", "50.003") + "</OpenDRIVE>",
                                         "two roads");
  ASSERT_TRUE(map.has_value());
  const auto world = build_stage(*map, test_ontology(), bare({.origin_map = {50, 0, 0}}));
  ASSERT_TRUE(world.has_value());
  const auto ends = [&](const char* name) {
    std::set<std::array<float, 3>> out;
    for (const Vec3f& p : find(*world, name)->model->parts[0].mesh->positions) {
      if (std::abs(p.x) < .01f && p.z > -.01f) out.insert({p.x, p.y, p.z});
    }
    return out;
  };
  EXPECT_EQ(ends("road.1").size(), 2u);
  EXPECT_EQ(ends("road.1"), ends("road.2"));
}

TEST(Stage, TheRegionLimitsWhatIsBuilt) {
  const road::RoadMap map = street();
  StageOptions options = bare(street_options());
  options.radius_m = 30;
  options.terrain = false;
  const auto world = build_stage(map, test_ontology(), options);
  ASSERT_TRUE(world);
  for (const auto& thing : world->things) {
    for (const Vec3f& p : thing.model->parts[0].mesh->positions) {
      EXPECT_LT(std::hypot(p.x, p.y), 30 + 16);  // a step and a road's width more
    }
  }
}

}  // namespace
}  // namespace oddroad::stage
