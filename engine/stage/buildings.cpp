#include "engine/stage/buildings.h"

#include <algorithm>
#include <cmath>

namespace oddroad::stage {

using math::Vec2d;

namespace {

constexpr double kBehind_m = 1.25;  // kept free

// Of the walls: eaves and steps count for 0.8 m at either side.
double depth_of(const Variant& v) {
  return v.length_m - 1.6;
}

}  // namespace

Buildings::Buildings(Placer& placer, Plants& plants) : to_(placer), plants_(plants) {
  for (std::uint64_t k = 0; k < 8; ++k) {
    // Row houses keep one depth, so that their fronts and backs line up.
    row_.push_back(variant("house", 100 + k,
                           {{"detached", 0}, {"depth", 10}, {"width", 7.0 + .8 * double(k % 5)}}));
  }
  for (std::uint64_t k = 0; k < 5; ++k) {
    detached_.push_back(variant("house", 200 + k, {{"storeys", k == 0 ? 3.0 : 2.0}}));
  }
  for (std::uint64_t k = 0; k < 2; ++k) {
    detached_.push_back(variant("house", 220 + k, {{"style", 4}, {"width", 17.0 + 4 * double(k)}}));
  }
  detached_.push_back(variant("hall.market", 230, {}));
  for (std::uint64_t k = 0; k < 3; ++k) {
    farms_.push_back(variant("house", 240 + k, {{"style", 5}, {"width", 11.0 + double(k)}}));
  }
  for (std::uint64_t k = 0; k < 2; ++k) barns_.push_back(variant("barn", 250 + k, {}));
  barns_.push_back(variant("hall.industrial", 255, {}));
  for (std::uint64_t k = 0; k < 4; ++k) {
    gardens_.push_back(variant(k % 2 ? "hedge" : "fence", 500 + k,
                               {{"length", 2.8}, {"height", k % 2 ? 1.15 : .95}}));
  }
}

void Buildings::rows(const Roadside& side, core::RandomStream& random) {
  const double setback = random.uniform(4.2, 5.5);
  double d = random.uniform(1, 4);
  int left_in_row = 3 + static_cast<int>(random.below(4));
  const Variant* last = nullptr;
  while (d < side.length_m() - 6) {
    const bool attached = left_in_row > 0;
    const Variant* v = attached ? &pick(row_, random) : &pick(detached_, random);
    if (v == last) v = attached ? &pick(row_, random) : &pick(detached_, random);
    last = v;
    const double width = attached ? v->request.numbers.at("width") : v->width_m;
    const bool built = d + width < side.length_m() &&
                       with_garden(side, d + .5 * width, setback, *v, width, random);
    if (!built) {
      d += 3;
      continue;
    }
    d += width + .02;
    if (--left_in_row <= -1) {
      d += random.uniform(3.5, 6);
      left_in_row = 3 + static_cast<int>(random.below(4));
    } else if (left_in_row == 0) {
      d += random.uniform(3, 5);
    }
  }
}

void Buildings::farms(const Roadside& side, core::RandomStream& random) {
  for (double d = random.uniform(10, 80); d < side.length_m() - 12; d += random.uniform(50, 140)) {
    const Variant& v = pick(farms_, random);
    const double setback = random.uniform(8, 14);
    const Variant& barn = pick(barns_, random);
    const bool has_barn = random.chance(.65);
    if (with_garden(side, d, setback, v, v.width_m, random) && has_barn) {
      const double beside = d + .5 * (v.width_m + barn.width_m) + 5;
      if (beside + .5 * barn.width_m < side.length_m()) {
        with_garden(side, beside, setback + 4, barn, barn.width_m, random);
      }
    }
  }
}

bool Buildings::has_room(const Roadside& side, double d, double setback, const Variant& v,
                         double width, double front_m) const {
  const RoadsidePlace at = side.at(d);
  const double depth = depth_of(v);
  const Vec2d middle = Vec2d(at.position) + (setback + .5 * depth) * at.outward;
  const Vec2d asked = middle + .5 * (kBehind_m - front_m) * at.outward;
  if (!to_.occupied.rectangle_is_free(asked, at.outward, depth + front_m + kBehind_m,
                                      std::max(2.0, width - 1.2), kCoverAnything)) {
    return false;
  }
  // Steep ground is left alone.
  const double ground = to_.terrain.height(middle - .5 * depth * at.outward);
  for (const double a : {-.5, .5}) {
    for (const double b : {-.5, .5}) {
      const double z = to_.terrain.height(middle + a * depth * at.outward + b * width * at.forward);
      if (std::abs(z - ground) > .9) return false;
    }
  }
  return true;
}

void Buildings::put(const Roadside& side, double d, double setback, const Variant& v,
                    double width) {
  const RoadsidePlace at = side.at(d);
  const double depth = depth_of(v);
  const Vec2d middle = Vec2d(at.position) + (setback + .5 * depth) * at.outward;
  to_.occupied.add_rectangle(middle, at.outward, depth, width - .6, kCoverHouse);
  // The front sill a little over the ground before it.
  const double ground = to_.terrain.height(middle - .5 * depth * at.outward);
  to_.place("house", v, stand(middle, ground + .04, -at.outward));
}

bool Buildings::with_garden(const Roadside& side, double d, double setback, const Variant& v,
                            double width, core::RandomStream& random) {
  if (!has_room(side, d, setback, v, width)) return false;
  put(side, d, setback, v, width);
  if (to_.options.fences) garden(side, d, setback, width, random);
  if (to_.options.trees && random.chance(.45)) {
    const RoadsidePlace at = side.at(d);
    const double depth = depth_of(v);
    const Vec2d back = Vec2d(at.position) + (setback + depth) * at.outward;
    const std::uint32_t kind = random.below(8);
    const double beyond = random.uniform(4, 11);
    plants_.far_tree(back + beyond * at.outward, random, kind, 3);
  }
  return true;
}

void Buildings::garden(const Roadside& side, double d, double setback, double width,
                       core::RandomStream& random) {
  const auto kind = random.below(6);  // two in six leave it open
  if (kind < 4) {
    for (const double along : {-.5 * width + 1.7, .5 * width - 1.7}) {
      const RoadsidePlace at = side.at(d + along);
      const Vec2d p = Vec2d(at.position) + .6 * at.outward;
      if (!to_.occupied.disc_is_free(p, 1.2, kCoverHouse | kCoverThing)) continue;
      if (!to_.occupied.rectangle_is_free(p + .15 * at.outward, at.forward, 2.6, .3,
                                          kCoverCarriageway)) {
        continue;
      }
      to_.occupied.add_rectangle(p, at.forward, 2.6, .3, kCoverThing);
      to_.place(gardens_[kind].request.type.c_str(), gardens_[kind],
                stand(p, to_.terrain.height(p), -at.outward));
    }
  }
  if (random.chance(.35)) {
    const RoadsidePlace at = side.at(d + .42 * width);
    const Vec2d p = Vec2d(at.position) + (setback - .9) * at.outward;
    if (to_.occupied.disc_is_free(p, .5, kCoverAnything & ~kCoverFootway)) {
      to_.occupied.add_disc(p, .3, kCoverThing);
      const Variant bin = variant("bin", random.below(4), {});
      to_.place("bin", bin, stand(p, to_.terrain.height(p) + .02, -at.outward));
    }
  }
}

}  // namespace oddroad::stage
