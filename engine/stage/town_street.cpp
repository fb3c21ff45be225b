#include "engine/stage/town_street.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/stage/country.h"

namespace oddroad::stage {
namespace {

// How often each kind is drawn, in the order of the enumeration.
constexpr std::array<double, kStreetKinds> kShares = {26, 18, 18, 10, 8, 7, 6, 7};
constexpr double kWires_m = 1.5;         // beyond the edge
constexpr double kClearOfWires_m = 3.4;  // no house nearer to the edge below them

StreetKind draw_kind(core::RandomStream& random) {
  double total = 0;
  for (const double share : kShares) total += share;
  double left = total * random.uniform();
  for (int k = 0; k < kStreetKinds; ++k) {
    left -= kShares[static_cast<std::size_t>(k)];
    if (left < 0) return static_cast<StreetKind>(k);
  }
  return StreetKind::kRows;
}

double draw_setback(StreetKind kind, core::RandomStream& random) {
  const double u = random.uniform();
  switch (kind) {
    case StreetKind::kShops:
      return .95 + (u < .7 ? 0 : 2.5 * (u - .7) / .3);
    case StreetKind::kVillas:
      return 3.5 + 6 * u;
    case StreetKind::kFlats:
      return 5 + 9 * u;
    case StreetKind::kIndustry:
      return 7 + 10 * u;
    default:
      return 2.2 + 4 * u;
  }
}

BoundaryLine draw_boundary(StreetKind kind, core::RandomStream& random) {
  // None, hedge, pickets, wall, railing.
  constexpr std::array<std::array<double, 5>, kStreetKinds> kShare = {{{3, 3, 2, 2, 1},
                                                                       {1, 0, 0, 0, 0},
                                                                       {1, 4, 2, 3, 1},
                                                                       {5, 2, 0, 1, 1},
                                                                       {4, 3, 1, 1, 2},
                                                                       {1, 0, 0, 2, 5},
                                                                       {4, 4, 0, 0, 2},
                                                                       {3, 0, 3, 2, 1}}};
  const auto& share = kShare[static_cast<std::size_t>(kind)];
  double left = random.uniform();
  double total = 0;
  for (const double s : share) total += s;
  BoundaryLine out;
  std::size_t k = 0;
  for (left *= total; k + 1 < share.size() && (left -= share[k]) >= 0;) ++k;
  out.kind = static_cast<Boundary>(k);
  const bool high = kind == StreetKind::kIndustry || kind == StreetKind::kLot;
  out.height_m = high ? random.uniform(1.7, 2.3) : random.uniform(.6, 1.7);
  // In steps, so that models are shared.
  out.height_m = .1 * std::round(10 * out.height_m);
  out.offset_m = random.uniform(.4, .7);
  out.seed = random.below(8);
  return out;
}

}  // namespace

std::vector<Stretch> cut_stretches(double length_m, const StreetStyle& style, bool has_wires,
                                   core::RandomStream& random) {
  std::vector<Stretch> out;
  for (double d = 0; d < length_m;) {
    Stretch s;
    s.from_m = d;
    d += random.uniform(55, 170);
    if (length_m - d < 40) d = length_m;
    s.to_m = d;
    const StreetKind drawn = draw_kind(random);
    s.kind = style.kind.value_or(drawn);
    s.setback_m = draw_setback(s.kind, random);
    s.boundary = draw_boundary(s.kind, random);
    const bool row = random.chance(.1 + .8 * style.trees);
    s.tree_step_m = random.uniform(8, 20);
    s.tree_offset_m = random.uniform(1.2, 2.4);
    // Crowns need room before a front.
    s.tree_row = row && !has_wires && s.kind != StreetKind::kShops &&
                 s.setback_m - s.tree_offset_m > .28 * style.tree_height_m;
    if (has_wires) s.setback_m = std::max(s.setback_m, kClearOfWires_m);
    out.push_back(s);
  }
  return out;
}

TownStreet::TownStreet(Placer& placer, Buildings& buildings, Plants& plants, Furniture& furniture,
                       const StreetStyle& style)
    : to_(placer),
      plants_(plants),
      furniture_(furniture),
      style_(style),
      houses_(placer, buildings, plants, style),
      ground_(placer, buildings, plants) {}

void TownStreet::dress(const Run& run, bool left, const Roadside& side, const std::string& road) {
  const std::string place = road + "/" + std::to_string(run.section);
  core::RandomStream street(to_.options.seed, "stage/street/" + place);
  const bool wires_left = street.chance(.5), lamps_left = street.chance(.5);
  const double arm = .5 * std::round(2 * street.uniform(0, 2));
  core::RandomStream random(to_.options.seed,
                            "stage/street/" + place + (left ? "/left" : "/right"));
  const bool has_wires = style_.wires && to_.options.lamps && left == wires_left;
  if (has_wires) add_power_line(to_, side, random, kWires_m);
  const std::vector<Stretch> stretches = cut_stretches(side.length_m(), style_, has_wires, random);
  for (std::size_t k = 0; k < stretches.size(); ++k) {
    // A stream each: what one finds no room for moves nothing in the next.
    core::RandomStream own(to_.options.seed, "stage/street/" + place +
                                                 (left ? "/left/" : "/right/") + std::to_string(k));
    fill(side, stretches[k], own);
  }
  if (to_.options.lamps) {
    add_lamps(to_, run, left,
              {style_.lamp_spacing_m, style_.lamp_height_m, style_.lamp_height_m > 5 ? arm : 0,
               to_.options.seed % 16, lamps_left});
  }
  if (to_.options.furniture && style_.furniture > .02) {
    furniture_.add(run, left, side, road, 9 / style_.furniture);
  }
}

void TownStreet::fill(const Roadside& side, const Stretch& stretch, core::RandomStream& random) {
  const StageOptions& wanted = to_.options;
  const std::vector<Variant> species = plants_.some_species(random);
  const bool backdrop = random.chance(.7);
  const double behind = random.uniform(26, 42);
  if (wanted.houses) {
    if (stretch.kind == StreetKind::kRows) houses_.rows(side, stretch, random);
    if (stretch.kind == StreetKind::kShops) houses_.shops(side, stretch, random);
    if (stretch.kind == StreetKind::kVillas) houses_.villas(side, stretch, random);
    if (stretch.kind == StreetKind::kFlats) houses_.flats(side, stretch, random);
    if (stretch.kind == StreetKind::kIndustry) ground_.industry(side, stretch, random);
  }
  if (stretch.kind == StreetKind::kCarPark) ground_.car_park(side, stretch, random);
  if (wanted.trees && stretch.tree_row) {
    plants_.row_of(side,
                   {stretch.from_m, stretch.to_m, stretch.tree_offset_m, stretch.tree_step_m,
                    .35 + .65 * style_.trees},
                   species, random);
  }
  if (stretch.kind == StreetKind::kPark) ground_.park(side, stretch, random);
  if (stretch.kind == StreetKind::kLot) ground_.lot(side, stretch, random);
  const bool open = stretch.kind == StreetKind::kPark || stretch.kind == StreetKind::kLot ||
                    stretch.kind == StreetKind::kCarPark;
  if (wanted.houses && open && backdrop) houses_.backdrop(side, stretch, behind, random);
  const bool gardens = stretch.kind == StreetKind::kRows || stretch.kind == StreetKind::kVillas ||
                       stretch.kind == StreetKind::kFlats;
  if (wanted.trees && wanted.fences && gardens) {
    plants_.shrubs(side, random, 1.0, std::max(1.5, stretch.setback_m - 1), 10, stretch.from_m,
                   stretch.to_m);
  }
}

}  // namespace oddroad::stage
