#include "engine/stage/plants.h"

#include <algorithm>
#include <cmath>

namespace oddroad::stage {

using math::Vec2d;

Plants::Plants(Placer& placer) : to_(placer) {
  // Species as asset/tree.h counts them.
  const std::pair<double, double> street[] = {{0, 10.5}, {1, 9.5}, {7, 12},
                                              {0, 9},    {2, 12},  {4, 10}};
  for (std::uint64_t k = 0; k < std::size(street); ++k) {
    street_.push_back(
        variant("tree", 300 + k, {{"species", street[k].first}, {"height", street[k].second}}));
  }
  const double far_species[] = {0, 4, 2, 3, 1, 6, 5, 3};
  for (std::uint64_t k = 0; k < std::size(far_species); ++k) {
    far_.push_back(variant("tree", 400 + k, {{"species", far_species[k]}, {"detail", .25}}));
  }
  poplar_ = variant("tree", 420, {{"species", 5}, {"height", 19}, {"detail", .6}});
  for (std::uint64_t k = 0; k < 3; ++k) {
    shrubs_.push_back(variant("shrub", 430 + k, {{"height", 1.1 + .5 * double(k)}}));
  }
}

void Plants::tree_row(const Roadside& side, core::RandomStream& random, double offset,
                      double step) {
  const auto species = random.below(6);
  for (double d = random.uniform(3, 10); d < side.length_m() - 2;
       d += step * random.uniform(.85, 1.2)) {
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + (offset + random.uniform(-.15, .15)) * at.outward;
    const Variant& v = street_[(species + (random.chance(.3) ? 3 : 0)) % 6];
    const Vec2d turn = any_direction(random);
    if (!to_.occupied.disc_is_free(p, .7, kCoverAnything & ~kCoverThing) ||
        !to_.occupied.disc_is_free(p, 2.0, kCoverHouse | kCoverTree) ||
        !to_.occupied.disc_is_free(p, 6.0, kCoverSignal)) {
      continue;
    }
    to_.occupied.add_disc(p, .4, kCoverTree);
    to_.place("tree", v, stand(p, to_.terrain.height(p), turn));
  }
}

void Plants::row_of(const Roadside& side, const TreeRow& row, const std::vector<Variant>& species,
                    core::RandomStream& random) {
  const double end = std::min(row.to_m, side.length_m()) - 2;
  for (double d = row.from_m + random.uniform(2, 2 + .6 * row.step_m); d < end;
       d += row.step_m * random.uniform(.9, 1.12)) {
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + (row.offset_m + random.uniform(-.2, .2)) * at.outward;
    const Variant& v = pick(species, random);
    const Vec2d turn = any_direction(random);
    const bool missing = !random.chance(row.planted);
    if (missing || !to_.occupied.disc_is_free(p, .7, kCoverAnything) ||
        !to_.occupied.disc_is_free(p, 2.0, kCoverHouse | kCoverTree) ||
        !to_.occupied.disc_is_free(p, 6.0, kCoverSignal)) {
      continue;
    }
    to_.occupied.add_disc(p, .4, kCoverTree);
    to_.place("tree", v, stand(p, to_.terrain.height(p), turn));
  }
}

void Plants::poplar_row(const Roadside& side, core::RandomStream& random) {
  for (double d = random.uniform(3, 10); d < side.length_m() - 2; d += 7) {
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + (4.6 + random.uniform(-.2, .2)) * at.outward;
    const Vec2d turn = any_direction(random);
    if (!to_.occupied.disc_is_free(p, .9, kCoverAnything) ||
        !to_.occupied.disc_is_free(p, 6.0, kCoverSignal)) {
      continue;
    }
    to_.occupied.add_disc(p, .4, kCoverTree);
    to_.place("tree", poplar_, stand(p, to_.terrain.height(p), turn));
  }
}

void Plants::shrubs(const Roadside& side, core::RandomStream& random, double from, double to,
                    double step, double begin, double end) {
  for (double d = begin + random.uniform(2, 20); d < std::min(end, side.length_m()) - 2;
       d += step * random.uniform(.15, 3)) {
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + random.uniform(from, to) * at.outward;
    const Variant& v = pick(shrubs_, random);
    const Vec2d turn = any_direction(random);
    if (!to_.occupied.disc_is_free(p, .5 * v.width_m + .2, kCoverAnything | kCoverGreenLane)) {
      continue;
    }
    to_.occupied.add_disc(p, .5, kCoverTree);
    to_.place("shrub", v, stand(p, to_.terrain.height(p) - .03, turn));
  }
}

void Plants::far_tree(const Vec2d& p, core::RandomStream& random, std::uint32_t kind,
                      double clear) {
  const Vec2d turn = any_direction(random);
  if (!to_.occupied.disc_is_free(p, clear, kCoverPaved) ||
      !to_.occupied.disc_is_free(p, 2.5, kCoverAnything)) {
    return;
  }
  to_.occupied.add_disc(p, .6, kCoverTree);
  to_.place("tree", far_[kind % far_.size()], stand(p, to_.terrain.height(p), turn));
}

void Plants::garden_tree(const Vec2d& p, core::RandomStream& random) {
  const Variant& v = pick(street_, random);
  const Vec2d turn = any_direction(random);
  if (!to_.occupied.disc_is_free(p, 1.6, kCoverAnything) ||
      !to_.occupied.disc_is_free(p, 2.6, kCoverHouse) ||
      !to_.occupied.disc_is_free(p, 6.0, kCoverSignal)) {
    return;
  }
  to_.occupied.add_disc(p, .6, kCoverTree);
  to_.place("tree", v, stand(p, to_.terrain.height(p), turn));
}

void Plants::grow(double height_m) {
  core::RandomStream random(to_.options.seed, "stage/street/trees");
  // Limes, maples, birches, oaks, planes, and a conifer in gardens.
  constexpr double kSpecies[] = {0, 1, 2, 4, 7, 6};
  street_.clear();
  for (const double species : kSpecies) {
    const double drawn = height_m * random.uniform(.8, 1.2);
    // In steps, so that clips share trees.
    const double height = std::clamp(1.5 * std::round(drawn / 1.5), 4.5, 18.0);
    const std::uint64_t seed = 700 + random.below(3);
    street_.push_back(variant("tree", seed, {{"species", species}, {"height", height}}));
  }
}

std::vector<Variant> Plants::some_species(core::RandomStream& random) const {
  const std::uint32_t first = random.below(static_cast<std::uint32_t>(street_.size()));
  std::vector<Variant> out = {street_[first], street_[first]};
  if (random.chance(.35)) out.push_back(pick(street_, random));
  return out;
}

void Plants::motorway_belt(const Roadside& side, core::RandomStream& random) {
  const double phase = random.uniform(0, 6);
  for (double d = 0; d < side.length_m(); d += random.uniform(4, 9)) {
    if (std::sin(.031 * d + phase) + .6 * std::sin(.011 * d) < -.2) continue;
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + random.uniform(12, 35) * at.outward;
    far_tree(p, random, random.below(8), 8);
  }
}

void Plants::groves(double share) {
  core::RandomStream random(to_.options.seed, "stage/groves");
  const double reach = to_.options.radius_m + 34;
  const int groves = static_cast<int>(share * (26 * std::pow(to_.options.radius_m / 250, 2))) + 4;
  for (int g = 0; g < groves; ++g) {
    const double r = reach * std::sqrt(random.uniform());
    const double a = random.uniform(0, 2 * M_PI);
    const Vec2d middle = to_.centre + r * Vec2d(std::cos(a), std::sin(a));
    const auto first = random.below(static_cast<std::uint32_t>(far_.size()));
    const int trees = 5 + static_cast<int>(random.below(10));
    for (int k = 0; k < trees; ++k) {
      // One by one: arguments have no order of their own.
      const double y = random.normal();
      const double x = random.normal();
      const Vec2d p = middle + 9.0 * Vec2d(x, y);
      far_tree(p, random, (first + (random.chance(.3) ? random.below(4) : 0)), 7);
    }
  }
  const int rim = static_cast<int>(2 * M_PI * reach / 9);
  for (int k = 0; k < rim; ++k) {
    const double a = 2 * M_PI * (k + random.uniform(-.3, .3)) / rim;
    const Vec2d p = to_.centre + (reach - random.uniform(0, 14)) * Vec2d(std::cos(a), std::sin(a));
    // Wide gaps, so that it does not look planted.
    if (std::sin(5 * a) + std::sin(13 * a + 1) > .9) continue;
    far_tree(p, random, random.below(8), 9);
  }
}

}  // namespace oddroad::stage
