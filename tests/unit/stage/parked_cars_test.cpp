#include "engine/stage/parked_cars.h"

#include <atomic>
#include <cmath>
#include <map>
#include <mutex>

#include "engine/stage/dressing.h"
#include "tests/unit/stage/stage_fixture.h"

namespace oddroad::stage {
namespace {

using math::Vec2d;
using math::Vec3d;

ParkedOptions full(double share = 1) {
  ParkedOptions options;
  options.share = share;
  options.centre_map = {110, 230};
  return options;
}

std::array<Vec2d, 4> corners(const ParkedCar& car) {
  const double rear = -car.size.rear_overhang_m, front = rear + car.size.length_m;
  const double half = .5 * car.size.width_m;
  std::array<Vec2d, 4> out;
  int k = 0;
  for (const double x : {rear, front}) {
    for (const double y : {-half, half}) out[k++] = Vec2d(car.T_map_car.point({x, y, 0}));
  }
  return out;
}

TEST(ParkedCars, StandOnParkingLanesAloneWithAllWheelsDown) {
  const road::RoadMap map = street();
  const auto cars = place_parked_cars(map, full());
  ASSERT_GT(cars.size(), 15u);  // of 240 m of lanes
  StageOptions options = street_options();
  options.houses = options.trees = options.lamps = options.fences = false;
  options.furniture = false;
  const auto world = build_stage(map, test_ontology(), options);
  ASSERT_TRUE(world);
  for (const ParkedCar& car : cars) {
    for (const Vec2d& corner : corners(car)) {
      const auto under = drop(*world, corner - Vec2d(options.origin_map), {"road", "parking"});
      ASSERT_TRUE(under);
      EXPECT_EQ(under->class_name, "parking");
    }
    for (const double x : {0.0, car.size.wheelbase_m}) {
      for (const double y : {-.75, .75}) {
        const Vec3d wheel = car.T_map_car.point({x, y, 0}) - options.origin_map;
        const auto under = drop(*world, Vec2d(wheel), {"parking"});
        ASSERT_TRUE(under);
        EXPECT_NEAR(wheel.z, under->z, .03);
      }
    }
    // With their lane's traffic, but for a few.
    EXPECT_NEAR(glm::length(car.T_map_car.linear[0]), 1, 1e-12);
  }
}

TEST(ParkedCars, DoNotReachIntoEachOther) {
  const auto cars = place_parked_cars(street(), full());
  for (std::size_t i = 0; i < cars.size(); ++i) {
    for (std::size_t k = i + 1; k < cars.size(); ++k) {
      for (const Vec2d& corner : corners(cars[k])) {
        const Vec3d q = glm::transpose(cars[i].T_map_car.linear) *
                        (Vec3d(corner, 0) - Vec3d(Vec2d(cars[i].T_map_car.translation), 0));
        const bool inside = q.x > -cars[i].size.rear_overhang_m &&
                            q.x < cars[i].size.length_m - cars[i].size.rear_overhang_m &&
                            std::abs(q.y) < .5 * cars[i].size.width_m;
        EXPECT_FALSE(inside) << i << " " << k;
      }
    }
  }
}

TEST(ParkedCars, TheShareIsTheShareOfPlaces) {
  EXPECT_TRUE(place_parked_cars(street(), full(0)).empty());
  double taken = 0, places = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    ParkedOptions options = full(.4);
    options.seed = seed;
    taken += double(place_parked_cars(street(), options).size());
    options.share = 1;
    places += double(place_parked_cars(street(), options).size());
  }
  EXPECT_NEAR(taken / places, .4, .04);
}

TEST(ParkedCars, ARoomIsKeptFreeAndMovesNoOther) {
  const road::RoadMap map = street();
  const auto all = place_parked_cars(map, full());
  ParkedOptions options = full();
  const ParkedCar& unwanted = all[all.size() / 2];
  FreeRoom room;
  room.middle = unwanted.T_map_car.translation;
  room.half_length_m = room.half_width_m = 1;
  options.keep_free = {room};
  const auto rest = place_parked_cars(map, options);
  ASSERT_EQ(rest.size(), all.size() - 1);
  std::size_t k = 0;
  for (const ParkedCar& car : all) {
    if (&car == &unwanted) continue;
    EXPECT_EQ(car.T_map_car, rest[k].T_map_car);
    EXPECT_EQ(car.model, rest[k++].model);
  }
  // Far above, as under a bridge, it is no matter.
  options.keep_free.front().middle.z += 6;
  EXPECT_EQ(place_parked_cars(map, options).size(), all.size());
}

TEST(ParkedCars, AreCarsWithBoxesInTheWorld) {
  const road::RoadMap map = street();
  StageOptions options = street_options();
  options.houses = options.trees = options.lamps = options.fences = false;
  options.furniture = false;
  options.parked = place_parked_cars(map, full());
  std::atomic<int> made = 0;
  options.make_model = [&](const asset::ModelRequest& request) {
    ++made;
    return asset::make_model(request);
  };
  const auto world = build_stage(map, test_ontology(), options);
  ASSERT_TRUE(world);
  std::size_t seen = 0;
  for (const world::StaticThing& thing : world->things) {
    if (thing.name.rfind("parked_car.", 0) != 0) continue;
    const ParkedCar& car = options.parked[seen++];
    EXPECT_EQ(thing.name, "parked_car." + std::to_string(seen));
    EXPECT_TRUE(thing.labelled_box);
    EXPECT_TRUE(thing.model->class_name == "car" || thing.model->class_name == "van");
    EXPECT_NEAR(thing.model->length_m(), car.size.length_m, .02);
    EXPECT_EQ(thing.T_world_model.translation + options.origin_map, car.T_map_car.translation);
  }
  EXPECT_EQ(seen, options.parked.size());
  EXPECT_LE(made, 10);  // models are shared
}

TEST(ModelCache, MakesManyAtOnceEachOnceAndInOrder) {
  std::mutex mutex;
  std::map<std::string, int> made;
  ModelCache cache([&](const asset::ModelRequest& request) {
    {
      const std::scoped_lock lock(mutex);
      ++made[request.type];
    }
    return asset::make_model(request);
  });
  const asset::ModelRequest bin{"bin", 1}, bench{"bench", 1}, bollard{"bollard", 1};
  const auto first = cache.get(bench);
  const auto all = cache.get_all({bin, bench, bollard, bin});
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0]->name, "bin");
  EXPECT_EQ(all[1], first);
  EXPECT_EQ(all[2]->name, "bollard");
  EXPECT_EQ(all[3], all[0]);
  for (const auto& [type, times] : made) EXPECT_EQ(times, 1) << type;
  EXPECT_EQ(made.size(), 3u);
}

}  // namespace
}  // namespace oddroad::stage
