#include "engine/stage/kerbside.h"

#include <algorithm>
#include <cmath>

namespace oddroad::stage {
namespace {

using math::Vec2d;

// The footway's height where there is one, else the ground.
double footing(const Terrain& terrain, const Run& run, std::size_t kerb, bool left,
               const RoadsidePlace& at, const Vec2d& p) {
  if (paved_edge(run, left) == kerb) return terrain.height(p);
  // Raised by what lies right behind the kerb face.
  const Station& st = *std::min_element(
      run.stations.begin(), run.stations.end(), [&](const Station& a, const Station& b) {
        return glm::length(a.points[kerb].position - at.position) <
               glm::length(b.points[kerb].position - at.position);
      });
  std::size_t i = kerb;
  while (left ? i > 0 : i + 1 < st.points.size()) {
    i = left ? i - 1 : i + 1;
    if (glm::length(Vec2d(st.points[i].position - st.points[kerb].position)) > .1) break;
  }
  return at.position.z + st.points[i].position.z - st.points[kerb].position.z - .01;
}

}  // namespace

void add_lamps(Placer& to, const Run& run, bool left, const LampPlan& plan) {
  const std::size_t kerb = carriageway_edge(run, left);
  if (kerb > run.strips.size()) return;
  const Station& first = run.stations.front();
  const double width = std::abs(first.points[carriageway_edge(run, true)].t_m -
                                first.points[carriageway_edge(run, false)].t_m);
  if (left != plan.on_left && width < 10) return;
  const Roadside side(run, kerb, left);
  const Variant lamp =
      variant("street_lamp", plan.seed, {{"height", plan.height_m}, {"arm", plan.arm_m}});
  // From the road's s, so that a clipped run keeps its lamps.
  const double s0 = first.s_m;
  const double phase = left ? 8 : 8 + .5 * plan.spacing_m;
  for (double s = std::ceil((s0 - phase) / plan.spacing_m) * plan.spacing_m + phase;
       s < run.stations.back().s_m; s += plan.spacing_m) {
    const RoadsidePlace at = side.at(s - s0);
    const Vec2d p = Vec2d(at.position) + .55 * at.outward;
    if (!to.occupied.disc_is_free(p + .35 * at.outward, .1, kCoverCarriageway) ||
        !to.occupied.disc_is_free(p, .6, kCoverHouse | kCoverTree) ||
        !to.occupied.disc_is_free(p, 2.5, kCoverSignal)) {
      continue;
    }
    to.occupied.add_disc(p, .25, kCoverThing);
    to.place("lamp", lamp, stand(p, footing(to.terrain, run, kerb, left, at, p), -at.outward));
  }
}

Furniture::Furniture(Placer& placer) : to_(placer) {
  for (const char* type :
       {"litter_bin", "bench", "street_cabinet", "post_box", "litter_bin", "bench",
        "street_cabinet", "litter_bin", "bin", "bench", "bin", "advert_column"}) {
    things_.push_back(variant(type, 260 + things_.size(), {}));
  }
}

void Furniture::add(const Run& run, bool left, const Roadside& side, const std::string& road,
                    double spacing) {
  core::RandomStream random(
      to_.options.seed,
      "stage/furniture/" + road + "/" + std::to_string(run.section) + (left ? "/left" : "/right"));
  const std::size_t kerb = carriageway_edge(run, left);
  if (kerb > run.strips.size() || paved_edge(run, left) == kerb) return;
  for (double d = random.uniform(4, 16); d < side.length_m() - 3;
       d += random.uniform(spacing, spacing + 17)) {
    const Variant& v = pick(things_, random);
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + (.15 + .5 * v.length_m) * at.outward;
    if (!to_.occupied.rectangle_is_free(p, at.outward, v.length_m, v.width_m,
                                        kCoverAnything & ~kCoverFootway) ||
        !to_.occupied.disc_is_free(p, 1.5, kCoverSignal | kCoverHouse)) {
      continue;
    }
    to_.occupied.add_rectangle(p, at.outward, v.length_m, v.width_m, kCoverThing);
    to_.place(v.request.type.c_str(), v, stand(p, to_.terrain.height(p) + .02, -at.outward));
  }
  bus_stop(run, left, kerb, random);
}

void Furniture::bus_stop(const Run& run, bool left, std::size_t kerb, core::RandomStream& random) {
  const Roadside kerbside(run, kerb, left);
  const double d = random.uniform(20, 90);
  if (d > kerbside.length_m() - 10 || !random.chance(.7)) return;
  const RoadsidePlace at = kerbside.at(d);
  const Vec2d p = Vec2d(at.position) + .5 * at.outward;
  if (!to_.occupied.disc_is_free(p + .3 * at.outward, .1, kCoverCarriageway) ||
      !to_.occupied.disc_is_free(p, 1.2, kCoverThing | kCoverTree | kCoverSignal)) {
    return;
  }
  to_.occupied.add_disc(p, .3, kCoverThing);
  // Its sign looks along the road.
  to_.place("bus_stop", variant("bus_stop", 0, {}),
            stand(p, footing(to_.terrain, run, kerb, left, at, p), at.forward));
}

}  // namespace oddroad::stage
