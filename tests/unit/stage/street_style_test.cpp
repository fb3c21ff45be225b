// How the dressing of streets varies from style to style, and what holds for all of them.
#include <cstdio>
#include <mutex>
#include <set>

#include "engine/core/random.h"
#include "engine/road/locator.h"
#include "engine/stage/profile.h"
#include "engine/stage/town_street.h"
#include "tests/unit/stage/stage_fixture.h"

namespace oddroad::stage {
namespace {

// Which things stand where, to the millimetre.
std::uint64_t digest(const world::StaticWorld& world) {
  std::uint64_t out = 0;
  for (const world::StaticThing& thing : world.things) {
    const math::Vec3d& p = thing.T_world_model.translation;
    char text[160];
    std::snprintf(text, sizeof text, "%s %.3f %.3f %.3f %.4f", thing.name.c_str(), p.x, p.y, p.z,
                  thing.T_world_model.linear[0].x);
    out = core::hash64(text, out);
  }
  return out;
}

road::RoadMap street_of_type(const std::string& type) {
  std::string text = kStreet;
  const std::string town = "type=\"town\"";
  text.replace(text.find(town), town.size(), "type=\"" + type + "\"");
  auto map = road::parse_opendrive(text, type);
  EXPECT_TRUE(map.has_value());
  return *map;
}

TEST(StreetStyle, WithoutOneEveryRoadStaysAsItWas) {
  const std::pair<const char*, std::uint64_t> before[] = {{"town", 18371438039896586859u},
                                                          {"rural", 10183076702570112196u}};
  for (const auto& [type, expected] : before) {
    StageOptions options = street_options();
    options.seed = 7;
    const auto world = build_stage(street_of_type(type), test_ontology(), options);
    ASSERT_TRUE(world);
    EXPECT_EQ(digest(*world), expected) << type << ": " << world->things.size() << " things";
  }
}

using math::Vec2d;
using math::Vec3d;

// Models are made once for all tests.
core::Result<std::shared_ptr<const asset::Model>> shared_model(const asset::ModelRequest& request) {
  static std::mutex mutex;
  static ModelCache cache;
  const std::scoped_lock lock(mutex);
  return cache.get(request);
}

world::StaticWorld dressed(const StreetStyle& style, std::uint64_t seed) {
  StageOptions options = street_options();
  options.make_model = shared_model;
  options.seed = seed;
  options.style = style;
  ParkedOptions parked;
  parked.share = .4;
  parked.centre_map = Vec2d(options.origin_map);
  options.parked = place_parked_cars(street(), parked);
  auto world = build_stage(street(), test_ontology(), options);
  EXPECT_TRUE(world) << core::to_string(world.error());
  return std::move(*world);
}

StreetStyle style_of(StreetKind kind) {
  StreetStyle style;
  style.kind = kind;
  style.furniture = 1;
  style.trees = 1;
  return style;
}

bool is_dressing(const world::StaticThing& thing) {
  for (const char* ground : {"road", "terrain", "parked_car", "paint"}) {
    if (thing.name.rfind(ground, 0) == 0) return false;
  }
  return true;
}

bool is_building(const world::StaticThing& thing) {
  return thing.model->class_name == "building";
}

// The kinds of surface that lanes of the street have at a place of the world.
std::set<SurfaceKind> surfaces_at(const road::RoadMap& map, const road::RoadLocator& locator,
                                  const Vec3d& p) {
  std::set<SurfaceKind> out;
  for (const road::RoadPlace& place : locator.all(p.x, p.y, p.z)) {
    if (!place.lane || *place.lane == 0) continue;
    const road::Road& road = map.roads[static_cast<std::size_t>(place.road)];
    const auto& section = road.sections[static_cast<std::size_t>(place.section)];
    if (const road::Lane* lane = section.find(*place.lane)) out.insert(surface_of(*lane));
  }
  return out;
}

// Below the height of a lorry: crowns, wires and the arms of lamps reach over the street.
TEST(StreetStyle, NothingStandsOnTheCarriagewayAndNoHouseOnTheFootway) {
  const road::RoadMap map = street();
  const road::RoadLocator locator(map, .5);
  const Vec3d origin = street_options().origin_map;
  for (int kind = 0; kind < kStreetKinds; ++kind) {
    for (const std::uint64_t seed : {1u + static_cast<unsigned>(kind % 2)}) {
      StreetStyle style = style_of(static_cast<StreetKind>(kind));
      style.wires = seed == 2;
      const auto world = dressed(style, seed);
      int looked_at = 0;
      for (const world::StaticThing& thing : world.things) {
        if (!is_dressing(thing)) continue;
        const Vec3d& foot = thing.T_world_model.translation;
        const auto& positions = thing.model->parts[0].mesh->positions;
        const bool own_mesh = foot == Vec3d(0);
        const std::size_t step = 1 + positions.size() / 250;
        for (std::size_t i = 0; i < positions.size(); i += step) {
          const Vec3d p = thing.T_world_model.point(Vec3d(positions[i]));
          if (!own_mesh && p.z - foot.z > 2.2) continue;
          ++looked_at;
          for (const SurfaceKind surface : surfaces_at(map, locator, p + origin)) {
            EXPECT_FALSE(is_carriageway(surface)) << thing.name << " kind " << kind;
            EXPECT_FALSE(is_building(thing) && surface == SurfaceKind::kSidewalk) << thing.name;
          }
        }
        if (testing::Test::HasFailure()) return;
      }
      EXPECT_GT(looked_at, 1000);
    }
  }
}

struct Plan {
  Vec2d middle{0}, x{1, 0};
  double half_length = 0, half_width = 0;
  [[nodiscard]] bool holds(const Vec2d& p) const {
    const Vec2d d = p - middle;
    return std::abs(glm::dot(d, x)) < half_length &&
           std::abs(glm::dot(d, Vec2d(-x.y, x.x))) < half_width;
  }
};

// The walls: without eaves, steps and balconies.
Plan walls_of(const world::StaticThing& thing) {
  const auto& box = thing.model->box;
  const Vec2d x(thing.T_world_model.linear[0]);
  Plan out{Vec2d(thing.T_world_model.translation), x, 0, 0};
  out.half_length = .5 * (box.upper.x - box.lower.x) - 1.7;
  out.half_width = .5 * (box.upper.y - box.lower.y) - .6;
  return out;
}

TEST(StreetStyle, NothingStandsInsideAHouse) {
  for (std::uint64_t seed = 1; seed < 5; ++seed) {
    StreetStyle mixed;
    mixed.trees = 1;
    mixed.wires = seed % 2 == 0;
    const auto world = dressed(mixed, seed);
    int houses = 0;
    for (const world::StaticThing& house : world.things) {
      if (!is_building(house)) continue;
      ++houses;
      const Plan walls = walls_of(house);
      for (const world::StaticThing& other : world.things) {
        if (&other == &house || other.T_world_model.translation == Vec3d(0)) continue;
        EXPECT_FALSE(walls.holds(Vec2d(other.T_world_model.translation)))
            << other.name << " in " << house.name << ", seed " << seed;
      }
    }
    EXPECT_GT(houses, 0);
  }
}

TEST(StreetStyle, OneSeedGivesOneStreetAndAnotherAnother) {
  const StreetStyle mixed;
  std::set<std::uint64_t> streets;
  for (std::uint64_t seed = 1; seed < 4; ++seed) streets.insert(digest(dressed(mixed, seed)));
  EXPECT_EQ(streets.size(), 3u);
  EXPECT_TRUE(streets.contains(digest(dressed(mixed, 3))));
}

TEST(StreetStyle, StretchesCoverTheSideAndDrawAllKinds) {
  std::set<StreetKind> kinds;
  int with_trees = 0, all = 0;
  for (int k = 0; k < 60; ++k) {
    core::RandomStream random(static_cast<std::uint64_t>(k), "stretches");
    const double length = 30 + 12 * k;
    const auto stretches = cut_stretches(length, {}, false, random);
    double end = 0;
    for (const Stretch& s : stretches) {
      EXPECT_EQ(s.from_m, end);
      EXPECT_TRUE(s.to_m - s.from_m >= 40 || length < 55) << s.to_m - s.from_m;
      end = s.to_m;
      kinds.insert(s.kind);
      with_trees += s.tree_row ? 1 : 0;
      ++all;
    }
    EXPECT_EQ(end, length);
  }
  EXPECT_EQ(kinds.size(), static_cast<std::size_t>(kStreetKinds));
  EXPECT_GT(with_trees, all / 5);
  EXPECT_LT(with_trees, 4 * all / 5);
}

TEST(StreetStyle, AStatedKindHolds) {
  StreetStyle style;
  style.kind = StreetKind::kPark;
  core::RandomStream random(4, "stretches");
  for (const Stretch& s : cut_stretches(900, style, false, random)) {
    EXPECT_EQ(s.kind, StreetKind::kPark);
  }
  const auto count = [](const world::StaticWorld& world, const std::string& name) {
    return std::count_if(world.things.begin(), world.things.end(), [&](const auto& thing) {
      return thing.name.rfind(name + ".", 0) == 0;
    });
  };
  const auto shops = dressed(style_of(StreetKind::kShops), 5);
  EXPECT_GT(count(shops, "forecourt"), 0);
  EXPECT_GT(count(shops, "house"), 8);
  const auto cars = dressed(style_of(StreetKind::kCarPark), 5);
  EXPECT_GT(count(cars, "yard_car"), 5);
  EXPECT_GT(count(cars, "car_park"), 0);
  for (const world::StaticThing& thing : cars.things) {
    if (thing.name.rfind("yard_car", 0) != 0) continue;
    EXPECT_TRUE(thing.labelled_box);
  }
  EXPECT_EQ(count(dressed(style_of(StreetKind::kLot), 5), "yard_car"), 0);
}

}  // namespace
}  // namespace oddroad::stage
