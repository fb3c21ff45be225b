#include "engine/stage/street_houses.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"

namespace oddroad::stage {
namespace {

using math::Vec2d;

constexpr double kDepth_m = 10;  // of row houses: fronts and backs line up
constexpr std::uint32_t kSeeds = 400;

double whole(double storeys, double least, double greatest) {
  return std::clamp(std::round(storeys), least, greatest);
}

// The same house with windows in the gables that are left free.
Variant with_gables(const Variant& v, bool left, bool right) {
  Variant out = v;
  out.request.numbers["detached"] = left && right ? 1 : left ? 2 : right ? 3 : 0;
  return out;
}

}  // namespace

StreetHouses::StreetHouses(Placer& placer, Buildings& buildings, Plants& plants,
                           const StreetStyle& style)
    : to_(placer), buildings_(buildings), plants_(plants) {
  core::RandomStream r(placer.options.seed, "stage/street/houses");
  const double palette = style.palette;
  const bool flat_town = r.chance(.2);
  const auto seed = [&] {
    return 1000 + static_cast<std::uint64_t>(r.below(kSeeds));
  };
  for (int k = 0; k < 7; ++k) {
    const double roof = r.chance(flat_town ? .8 : .12) ? 1 : 0;
    const double storeys = whole(style.storeys + r.uniform(-.9, .9), 1, 5);
    const double width = .5 * std::round(2 * r.uniform(5.5, 11));
    const std::uint64_t own = seed();
    rows_.push_back(variant("house", own,
                            {{"detached", 0},
                             {"depth", kDepth_m},
                             {"width", width},
                             {"storeys", storeys},
                             {"roof", roof},
                             {"shop", 0},
                             {"palette", palette}}));
    Variant shop = rows_.back();
    shop.request.numbers["shop"] = r.chance(.75) ? 1 : 0;
    shop.request.numbers["storeys"] = whole(style.storeys + r.uniform(-.4, 1.6), 2, 6);
    shop.request.numbers["style"] = r.chance(.55) ? 2 : r.chance(.6) ? 0 : 3;
    shops_.push_back(shop);
  }
  for (int k = 0; k < 5; ++k) {
    const double roof = r.chance(.45) ? 2 : r.chance(.2) ? 1 : 0;
    const double storeys = r.chance(.4) ? 1 : 2;
    const double width = .5 * std::round(2 * r.uniform(8, 13.5));
    const std::uint64_t own = seed();
    villas_.push_back(variant("house", own,
                              {{"roof", roof},
                               {"storeys", storeys},
                               {"width", width},
                               {"shop", 0},
                               {"palette", palette}}));
  }
  for (int k = 0; k < 3; ++k) {
    const double storeys = whole(style.storeys * r.uniform(1.1, 2.4), 3, 11);
    const double width = std::round(r.uniform(14, 29));
    const double painted = palette > 0 && r.chance(.6) ? palette : r.chance(.5) ? 5 : 0;
    const std::uint64_t own = seed();
    flats_.push_back(variant(
        "house", own,
        {{"style", 4}, {"storeys", storeys}, {"width", width}, {"shop", 0}, {"palette", painted}}));
  }
}

double StreetHouses::row(const Roadside& side, double d, double to_m, double setback,
                         double front_m, const std::vector<Variant>& kinds,
                         core::RandomStream& random) {
  struct House {
    const Variant* v = nullptr;
    double middle_m = 0, width_m = 0;
  };
  std::vector<House> houses;
  const double end = std::min(to_m, side.length_m());
  const Variant* last = nullptr;
  double at = d;
  for (;;) {
    const Variant* v = &pick(kinds, random);
    if (v == last) v = &pick(kinds, random);
    last = v;
    const double width = v->request.numbers.at("width");
    if (at + width > end ||
        !buildings_.has_room(side, at + .5 * width, setback, *v, width, front_m))
      break;
    houses.push_back({v, at + .5 * width, width});
    at += width + .02;
  }
  // Models look along +x; the side to +y comes first or last by the side of the road.
  const RoadsidePlace begin = side.at(d);
  const bool first_is_left = glm::dot(Vec2d(begin.outward.y, -begin.outward.x), begin.forward) < 0;
  for (std::size_t k = 0; k < houses.size(); ++k) {
    const bool first = k == 0, final = k + 1 == houses.size();
    const Variant v =
        with_gables(*houses[k].v, first_is_left ? first : final, first_is_left ? final : first);
    buildings_.put(side, houses[k].middle_m, setback, v, houses[k].width_m);
  }
  return at;
}

void StreetHouses::rows(const Roadside& side, const Stretch& stretch, core::RandomStream& random) {
  double d = stretch.from_m + random.uniform(0, 4);
  while (d < stretch.to_m - 6) {
    const double want = random.uniform(18, 60);
    const double end =
        row(side, d, std::min(d + want, stretch.to_m), stretch.setback_m, 1.25, rows_, random);
    if (end <= d) {
      d += 2;
      continue;
    }
    for (double g = d; g + 4 < end; g += 7.5) {
      garden(side, stretch, g + 3.7, 7.4, random);
    }
    d = end + random.uniform(2, 9);
  }
}

void StreetHouses::shops(const Roadside& side, const Stretch& stretch, core::RandomStream& random) {
  Paving forecourt(to_);
  double d = stretch.from_m + random.uniform(0, 2);
  while (d < stretch.to_m - 6) {
    const double want = random.uniform(35, 110);
    const double end =
        row(side, d, std::min(d + want, stretch.to_m), stretch.setback_m, .25, shops_, random);
    if (end <= d) {
      d += 2;
      continue;
    }
    forecourt.add(side, {d, end, 0, stretch.setback_m});
    d = end + random.uniform(2.5, 8);
  }
  asset::Material slabs = asset::materials::pavers();
  slabs.pattern_scale_m = random.chance(.5) ? .4f : .25f;
  slabs.base_color *= static_cast<float>(random.uniform(.75, 1.1));
  forecourt.place("forecourt", "sidewalk", slabs);
}

void StreetHouses::villas(const Roadside& side, const Stretch& stretch,
                          core::RandomStream& random) {
  for (double d = stretch.from_m + random.uniform(1, 5); d < stretch.to_m - 8;) {
    const Variant& v = pick(villas_, random);
    const double setback = stretch.setback_m + random.uniform(0, 2.5);
    const double gap = random.uniform(3, 11);
    const double lot = v.width_m + gap;
    if (d + lot > std::min(stretch.to_m, side.length_m()) ||
        !buildings_.has_room(side, d + .5 * lot, setback, v, v.width_m + 2, 1.5)) {
      d += 3;
      continue;
    }
    buildings_.put(side, d + .5 * lot, setback, v, v.width_m);
    garden(side, stretch, d + .5 * lot, lot, random);
    if (to_.options.trees && random.chance(.5)) {
      const RoadsidePlace at = side.at(d + (random.chance(.5) ? .1 : .9) * lot);
      const double beyond = setback * random.uniform(.5, .8);
      plants_.garden_tree(Vec2d(at.position) + beyond * at.outward, random);
    }
    d += lot;
  }
}

void StreetHouses::flats(const Roadside& side, const Stretch& stretch, core::RandomStream& random) {
  for (double d = stretch.from_m + random.uniform(2, 10); d < stretch.to_m - 14;) {
    const Variant& v = pick(flats_, random);
    if (d + v.width_m > std::min(stretch.to_m, side.length_m()) ||
        !buildings_.has_room(side, d + .5 * v.width_m, stretch.setback_m, v, v.width_m + 3, 1.5)) {
      d += 4;
      continue;
    }
    buildings_.put(side, d + .5 * v.width_m, stretch.setback_m, v, v.width_m);
    garden(side, stretch, d + .5 * v.width_m, v.width_m, random);
    d += v.width_m + random.uniform(7, 20);
  }
  if (!to_.options.trees) return;
  for (double d = stretch.from_m; d < stretch.to_m; d += random.uniform(6, 18)) {
    const RoadsidePlace at = side.at(d);
    const double beyond = random.uniform(3, std::max(3.5, stretch.setback_m - 3));
    plants_.garden_tree(Vec2d(at.position) + beyond * at.outward, random);
  }
}

void StreetHouses::backdrop(const Roadside& side, const Stretch& stretch, double setback,
                            core::RandomStream& random) {
  const bool high = random.chance(.6);
  for (double d = stretch.from_m + random.uniform(0, 15); d < stretch.to_m - 8;) {
    const Variant& v = pick(high ? flats_ : villas_, random);
    if (buildings_.has_room(side, d + .5 * v.width_m, setback, v, v.width_m + 2, 2)) {
      buildings_.put(side, d + .5 * v.width_m, setback, v, v.width_m);
      d += v.width_m;
    }
    d += random.uniform(4, 16);
  }
}

// Before a house: its part of the boundary, open at the door, and now and then a bin.
void StreetHouses::garden(const Roadside& side, const Stretch& stretch, double d, double width,
                          core::RandomStream& random) {
  if (!to_.options.fences) return;
  const bool closed = random.chance(.85);
  const bool bin = random.chance(.25);
  const std::uint64_t paint = random.below(4);
  if (closed && stretch.setback_m > 2) {
    add_boundary(to_, side, d - .5 * width, d - .7, stretch.boundary);
    add_boundary(to_, side, d + .7, d + .5 * width, stretch.boundary);
  }
  if (!bin || stretch.setback_m < 2.4) return;
  const RoadsidePlace at = side.at(d + .42 * width);
  const Vec2d p = Vec2d(at.position) + (stretch.setback_m - .9) * at.outward;
  if (!to_.occupied.disc_is_free(p, .5, kCoverAnything & ~kCoverFootway)) return;
  to_.occupied.add_disc(p, .3, kCoverThing);
  to_.place("bin", variant("bin", paint, {}), stand(p, to_.terrain.height(p) + .02, -at.outward));
}

}  // namespace oddroad::stage
