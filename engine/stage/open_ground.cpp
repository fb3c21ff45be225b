#include "engine/stage/open_ground.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"

namespace oddroad::stage {
namespace {

using math::Affine3d;
using math::Vec2d;
using math::Vec3d;

constexpr double kStall_m = 2.6, kStallDepth_m = 5, kAisle_m = 6;

Vec2d beyond(const RoadsidePlace& at, double distance_m) {
  return Vec2d(at.position) + distance_m * at.outward;
}

}  // namespace

OpenGround::OpenGround(Placer& placer, Buildings& buildings, Plants& plants)
    : to_(placer), buildings_(buildings), plants_(plants) {
  core::RandomStream r(placer.options.seed, "stage/street/ground");
  for (int k = 0; k < 3; ++k) {
    const double width = std::round(r.uniform(20, 44)), depth = std::round(r.uniform(14, 24));
    halls_.push_back(
        variant("hall.industrial", 800 + r.below(40), {{"width", width}, {"depth", depth}}));
  }
  for (int k = 0; k < 2; ++k) {
    const double width = std::round(r.uniform(20, 34));
    markets_.push_back(variant("hall.market", 850 + r.below(40), {{"width", width}}));
  }
  benches_ = {variant("bench", 0, {}), variant("bench", 0, {}),
              variant("litter_bin", r.below(4), {})};
  clutter_ = {variant("debris.pallet", 1, {}), variant("debris.crate", 2, {}),
              variant("debris.barrel", 3, {}), variant("bin", 1, {})};
  for (const ParkedCar& car : placer.options.parked) {
    const bool known = std::any_of(cars_.begin(), cars_.end(), [&](const ParkedCar& other) {
      return other.model == car.model;
    });
    if (!known) cars_.push_back(car);
  }
}

void OpenGround::park(const Roadside& side, const Stretch& stretch, core::RandomStream& random) {
  if (to_.options.fences) {
    add_boundary(to_, side, stretch.from_m, stretch.to_m, stretch.boundary);
  }
  const double deep = random.uniform(18, 45);
  const double trees_per_m2 = random.uniform(.002, .012);
  const int trees = static_cast<int>((stretch.to_m - stretch.from_m) * deep * trees_per_m2);
  for (int k = 0; to_.options.trees && k < trees; ++k) {
    const RoadsidePlace at = side.at(random.uniform(stretch.from_m, stretch.to_m));
    const double away = random.uniform(3, deep);
    plants_.garden_tree(beyond(at, away), random);
  }
  if (to_.options.trees) {
    plants_.shrubs(side, random, 2, 9, 14, stretch.from_m, stretch.to_m);
  }
  for (double d = stretch.from_m + random.uniform(3, 15); to_.options.furniture && d < stretch.to_m;
       d += random.uniform(10, 35)) {
    const Variant& v = pick(benches_, random);
    const RoadsidePlace at = side.at(d);
    const Vec2d p = beyond(at, random.uniform(1.6, 4));
    if (!to_.occupied.rectangle_is_free(p, at.outward, v.length_m + .6, v.width_m + .6,
                                        kCoverAnything)) {
      continue;
    }
    to_.occupied.add_rectangle(p, at.outward, v.length_m, v.width_m, kCoverThing);
    to_.place(v.request.type.c_str(), v, stand(p, to_.terrain.height(p) + .02, -at.outward));
  }
}

// Nothing grows on what is paved.
void OpenGround::cover(const Roadside& side, const Ground& ground) {
  for (double d = ground.from_m; d < ground.to_m; d += 1.5) {
    const RoadsidePlace at = side.at(d);
    to_.occupied.add_rectangle(beyond(at, .5 * (ground.near_m + ground.far_m)), at.outward,
                               ground.far_m - ground.near_m, 1.5, kCoverThing);
  }
}

void OpenGround::industry(const Roadside& side, const Stretch& stretch,
                          core::RandomStream& random) {
  Paving yard(to_);
  double first = stretch.to_m, last = stretch.from_m;
  for (double d = stretch.from_m + random.uniform(1, 6); d < stretch.to_m - 10;) {
    const Variant& v = pick(halls_, random);
    if (d + v.width_m > std::min(stretch.to_m, side.length_m()) ||
        !buildings_.has_room(side, d + .5 * v.width_m, stretch.setback_m, v, v.width_m + 2, 1.5)) {
      d += 4;
      continue;
    }
    buildings_.put(side, d + .5 * v.width_m, stretch.setback_m, v, v.width_m);
    first = std::min(first, d);
    last = d + v.width_m;
    d = last + random.uniform(5, 14);
  }
  if (first >= last) return lot(side, stretch, random);
  for (double d = first; to_.options.furniture && d < last; d += random.uniform(3, 14)) {
    const Variant& v = pick(clutter_, random);
    const RoadsidePlace at = side.at(d);
    const double away = stretch.setback_m - random.uniform(1.6, 2.6);
    const Vec2d p = beyond(at, away), x = any_direction(random);
    if (!to_.occupied.disc_is_free(p, .9, kCoverAnything)) continue;
    to_.occupied.add_disc(p, .7, kCoverThing);
    to_.place(v.request.type.c_str(), v, stand(p, Paving::height(to_.terrain, at, away), x));
  }
  const Ground ground{first, last, 1.2, stretch.setback_m - .3};
  yard.add(side, ground);
  const asset::Material asphalt = asset::materials::asphalt();
  const asset::Material concrete = asset::materials::concrete();
  yard.place("yard", "parking", random.chance(.6) ? asphalt : concrete);
  if (to_.options.fences) {
    // A gate where the lorries come in.
    const double gate = random.uniform(first, last);
    add_boundary(to_, side, stretch.from_m, gate - 4, stretch.boundary);
    add_boundary(to_, side, gate + 4, stretch.to_m, stretch.boundary);
  }
  cover(side, ground);
}

void OpenGround::car_park(const Roadside& side, const Stretch& stretch,
                          core::RandomStream& random) {
  const double strip = random.uniform(1.2, 3);
  const double far = strip + 2 * kStallDepth_m + kAisle_m;
  const double end = std::min(stretch.to_m, side.length_m());
  for (double d = stretch.from_m + random.uniform(2, 12); to_.options.houses && d < end - 12;) {
    const Variant& v = pick(markets_, random);
    if (d + v.width_m < end &&
        buildings_.has_room(side, d + .5 * v.width_m, far + 3, v, v.width_m + 2, 1.5)) {
      buildings_.put(side, d + .5 * v.width_m, far + 3, v, v.width_m);
      d += v.width_m + 20;
    } else {
      d += 5;
    }
  }
  const Ground ground{stretch.from_m + 1, end - 1, strip, far};
  Paving stalls(to_);
  stalls.add(side, ground);
  stalls.place("car_park", "parking",
               random.chance(.7) ? asset::materials::asphalt() : asset::materials::paving_setts());
  const double taken = random.uniform(.15, .9);
  for (double d = ground.from_m + 2; d < ground.to_m - 2; d += kStall_m) {
    for (const bool outer : {false, true}) {
      const bool here = random.chance(taken);
      const double middle = outer ? far - .5 * kStallDepth_m : strip + .5 * kStallDepth_m;
      const bool outward = random.chance(.8) == outer;
      if (here) park_car(side, d, middle, outward, random);
    }
  }
  if (to_.options.fences && stretch.boundary.kind != Boundary::kWall) {
    add_boundary(to_, side, stretch.from_m + 7, stretch.to_m, stretch.boundary);
  }
  cover(side, ground);
}

void OpenGround::park_car(const Roadside& side, double d, double middle, bool outward,
                          core::RandomStream& random) {
  // All of it in any case: which cars there are moves nothing else.
  const double along = .12 * random.normal(), turned = .02 * random.normal();
  const double which = random.uniform();
  if (cars_.empty()) return;
  const ParkedCar& car = cars_[static_cast<std::size_t>(which * static_cast<double>(cars_.size()))];
  const RoadsidePlace at = side.at(d);
  const Vec2d p = beyond(at, middle);
  const Vec2d away = outward ? at.outward : -at.outward;
  const Vec2d forward(away.x * std::cos(turned) - away.y * std::sin(turned),
                      away.x * std::sin(turned) + away.y * std::cos(turned));
  if (car.size.length_m > kStallDepth_m + .4 ||
      !to_.occupied.rectangle_is_free(p, forward, car.size.length_m, car.size.width_m,
                                      kCoverAnything)) {
    return;
  }
  to_.occupied.add_rectangle(p, forward, car.size.length_m - .5, car.size.width_m - .3,
                             kCoverThing);
  const auto ground = [&](const Vec2d& q) {
    return Vec3d(q, Paving::height(to_.terrain, at, glm::dot(q - Vec2d(at.position), at.outward)));
  };
  const Vec2d left(-forward.y, forward.x);
  const double rear = .5 * car.size.length_m - car.size.rear_overhang_m;
  const Vec2d axle = p + std::clamp(along, -.25, .25) * forward - rear * forward;
  const Vec2d front = axle + car.size.wheelbase_m * forward;
  const Vec3d ahead = glm::normalize(ground(front) - ground(axle));
  const Vec3d across = glm::normalize(ground(axle + .75 * left) - ground(axle - .75 * left));
  const Vec3d up = glm::normalize(glm::cross(ahead, across));
  Affine3d T;
  T.linear = glm::dmat3(ahead, glm::cross(up, ahead), up);
  T.translation = ground(axle);
  to_.place_labelled("yard_car", car.model, T);
}

void OpenGround::lot(const Roadside& side, const Stretch& stretch, core::RandomStream& random) {
  if (to_.options.fences) {
    add_boundary(to_, side, stretch.from_m, stretch.to_m, stretch.boundary);
  }
  if (to_.options.trees) {
    plants_.shrubs(side, random, 1.6, 4, 5, stretch.from_m, stretch.to_m);
    plants_.shrubs(side, random, 4, 16, 3, stretch.from_m, stretch.to_m);
  }
}

}  // namespace oddroad::stage
