#include "engine/stage/dressing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/prop.h"
#include "engine/core/check.h"
#include "engine/core/random.h"
#include "engine/stage/fields.h"
#include "engine/stage/power_line.h"
#include "engine/stage/roadside.h"

namespace oddroad::stage {

namespace {

using math::Affine3d;
using math::Vec2d;
using math::Vec3d;

// Model x axis along `x`, z up.
Affine3d stand(const Vec2d& p, double z, const Vec2d& x) {
  Affine3d T;
  T.linear = glm::dmat3(Vec3d(x, 0), Vec3d(-x.y, x.x, 0), Vec3d(0, 0, 1));
  T.translation = Vec3d(p, z);
  return T;
}

struct Variant {
  asset::ModelRequest request;
  double length_m = 0;
  double width_m = 0;
};

Variant variant(std::string type, std::uint64_t seed, std::map<std::string, double> numbers) {
  Variant out{{std::move(type), seed, std::move(numbers)}, 0, 0};
  const auto size = asset::model_size(out.request);
  ODDROAD_CHECK(size.has_value());
  out.length_m = size->length_m;
  out.width_m = size->width_m;
  return out;
}

class Dresser {
 public:
  Dresser(const road::RoadMap& map, const Terrain& terrain, Occupancy& occupied,
          const Vec2d& centre, const StageOptions& options, ModelCache& models)
      : map_(map),
        terrain_(terrain),
        occupied_(occupied),
        centre_(centre),
        options_(options),
        cache_(models) {
    for (std::uint64_t k = 0; k < 8; ++k) {
      // Row houses keep one depth, so that their fronts and backs line up.
      row_.push_back(variant(
          "house", 100 + k, {{"detached", 0}, {"depth", 10}, {"width", 7.0 + .8 * double(k % 5)}}));
    }
    for (std::uint64_t k = 0; k < 5; ++k) {
      detached_.push_back(variant("house", 200 + k, {{"storeys", k == 0 ? 3.0 : 2.0}}));
    }
    for (std::uint64_t k = 0; k < 2; ++k) {
      detached_.push_back(
          variant("house", 220 + k, {{"style", 4}, {"width", 17.0 + 4 * double(k)}}));
    }
    detached_.push_back(variant("hall.market", 230, {}));
    for (std::uint64_t k = 0; k < 3; ++k) {
      farms_.push_back(variant("house", 240 + k, {{"style", 5}, {"width", 11.0 + double(k)}}));
    }
    for (std::uint64_t k = 0; k < 2; ++k) barns_.push_back(variant("barn", 250 + k, {}));
    barns_.push_back(variant("hall.industrial", 255, {}));
    for (const char* type :
         {"litter_bin", "bench", "street_cabinet", "post_box", "litter_bin", "bench",
          "street_cabinet", "litter_bin", "bin", "bench", "bin", "advert_column"}) {
      street_things_.push_back(variant(type, 260 + street_things_.size(), {}));
    }
    // Species as asset/tree.h counts them.
    const std::pair<double, double> street[] = {{0, 10.5}, {1, 9.5}, {7, 12},
                                                {0, 9},    {2, 12},  {4, 10}};
    for (std::uint64_t k = 0; k < std::size(street); ++k) {
      street_trees_.push_back(
          variant("tree", 300 + k, {{"species", street[k].first}, {"height", street[k].second}}));
    }
    const double far_species[] = {0, 4, 2, 3, 1, 6, 5, 3};
    for (std::uint64_t k = 0; k < std::size(far_species); ++k) {
      far_trees_.push_back(
          variant("tree", 400 + k, {{"species", far_species[k]}, {"detail", .25}}));
    }
    poplar_ = variant("tree", 420, {{"species", 5}, {"height", 19}, {"detail", .6}});
    for (std::uint64_t k = 0; k < 3; ++k) {
      shrubs_.push_back(variant("shrub", 430 + k, {{"height", 1.1 + .5 * double(k)}}));
    }
    for (std::uint64_t k = 0; k < 4; ++k) {
      gardens_.push_back(variant(k % 2 ? "hedge" : "fence", 500 + k,
                                 {{"length", 2.8}, {"height", k % 2 ? 1.15 : .95}}));
    }
  }

  void dress_run(const Run& run) {
    const road::Road& road = map_.roads[static_cast<std::size_t>(run.road)];
    if (run.connecting || run.structure != nullptr) return;
    const Surroundings where = surroundings_of(road, run);
    for (const bool left : {true, false}) {
      const std::size_t edge = paved_edge(run, left);
      if (edge > run.strips.size()) continue;
      const Roadside side(run, edge, left);
      // Keyed by place, not by order, so that one road's houses do not move another's.
      core::RandomStream random(options_.seed, "stage/roadside/" + road.id + "/" +
                                                   std::to_string(run.section) +
                                                   (left ? "/left" : "/right"));
      if (where == Surroundings::kTown) {
        if (options_.houses) add_houses(side, random);
        if (options_.lamps) add_lamps(run, left);
        if (options_.furniture) add_furniture(run, left, side, road.id);
        if (options_.trees) add_tree_row(side, random, 1.5, 14);
        if (options_.trees && options_.fences) add_shrubs(side, random, 1.0, 3.6, 12);
      } else if (where == Surroundings::kRural) {
        if (options_.houses) add_farms(side, random);
        const bool line = options_.lamps && left && add_power_line(side, road.id, run.section);
        if (options_.trees && !line) add_rural_row(side, random);
        if (options_.fields) add_fields(side, random);
        if (options_.trees) add_shrubs(side, random, 2.6, 5.5, 9);
      } else if (options_.trees) {
        add_motorway_trees(side, random);
      }
    }
  }

  // Groves between and behind, and a broken line of trees along the horizon.
  void add_groves() {
    core::RandomStream random(options_.seed, "stage/groves");
    const double reach = options_.radius_m + 34;
    const int groves = static_cast<int>(26 * std::pow(options_.radius_m / 250, 2)) + 4;
    for (int g = 0; g < groves; ++g) {
      const double r = reach * std::sqrt(random.uniform());
      const double a = random.uniform(0, 2 * M_PI);
      const Vec2d middle = centre_ + r * Vec2d(std::cos(a), std::sin(a));
      const auto first = random.below(static_cast<std::uint32_t>(far_trees_.size()));
      const int trees = 5 + static_cast<int>(random.below(10));
      for (int k = 0; k < trees; ++k) {
        const Vec2d p = middle + 9.0 * Vec2d(random.normal(), random.normal());
        add_far_tree(p, random, (first + (random.chance(.3) ? random.below(4) : 0)), 7);
      }
    }
    const int rim = static_cast<int>(2 * M_PI * reach / 9);
    for (int k = 0; k < rim; ++k) {
      const double a = 2 * M_PI * (k + random.uniform(-.3, .3)) / rim;
      const Vec2d p = centre_ + (reach - random.uniform(0, 14)) * Vec2d(std::cos(a), std::sin(a));
      // Wide gaps, so that it does not look planted.
      if (std::sin(5 * a) + std::sin(13 * a + 1) > .9) continue;
      add_far_tree(p, random, random.below(8), 9);
    }
  }

  std::vector<Placed> take() { return std::move(placed_); }

 private:
  // `name` may be a type's: "hall.market".
  void place(const char* name, const Variant& v, const Affine3d& T) {
    placed_.push_back({name, cache_.get(v.request), T});
  }
  template <typename List>
  const Variant& pick(const List& list, core::RandomStream& random) {
    return list[random.below(static_cast<std::uint32_t>(list.size()))];
  }

  // Rows of three to six attached houses with gaps between the rows.
  void add_houses(const Roadside& side, core::RandomStream& random) {
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
                         add_house(side, d + .5 * width, setback, *v, width, random);
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

  bool add_house(const Roadside& side, double d, double setback, const Variant& v, double width,
                 core::RandomStream& random) {
    const RoadsidePlace at = side.at(d);
    const double depth = v.length_m - 1.6;
    const Vec2d middle = Vec2d(at.position) + (setback + .5 * depth) * at.outward;
    if (!occupied_.rectangle_is_free(middle, at.outward, depth + 2.5, std::max(2.0, width - 1.2),
                                     kCoverAnything)) {
      return false;
    }
    // The front sill a little over the ground before it; steep ground is left alone.
    const Vec2d front = middle - .5 * depth * at.outward;
    const double ground = terrain_.height(front);
    for (const double a : {-.5, .5}) {
      for (const double b : {-.5, .5}) {
        const double z = terrain_.height(middle + a * depth * at.outward + b * width * at.forward);
        if (std::abs(z - ground) > .9) return false;
      }
    }
    occupied_.add_rectangle(middle, at.outward, depth, width - .6, kCoverHouse);
    place("house", v, stand(middle, ground + .04, -at.outward));
    if (options_.fences) add_garden(side, d, setback, width, random);
    if (options_.trees && random.chance(.45)) {
      add_far_tree(middle + (.5 * depth + random.uniform(4, 11)) * at.outward, random,
                   random.below(8), 3);
    }
    return true;
  }

  void add_garden(const Roadside& side, double d, double setback, double width,
                  core::RandomStream& random) {
    const auto kind = random.below(6);  // two in six leave it open
    if (kind < 4) {
      for (const double along : {-.5 * width + 1.7, .5 * width - 1.7}) {
        const RoadsidePlace at = side.at(d + along);
        const Vec2d p = Vec2d(at.position) + .6 * at.outward;
        if (!occupied_.disc_is_free(p, 1.2, kCoverHouse | kCoverThing)) continue;
        if (!occupied_.rectangle_is_free(p + .15 * at.outward, at.forward, 2.6, .3,
                                         kCoverCarriageway)) {
          continue;
        }
        occupied_.add_rectangle(p, at.forward, 2.6, .3, kCoverThing);
        place(gardens_[kind].request.type.c_str(), gardens_[kind],
              stand(p, terrain_.height(p), -at.outward));
      }
    }
    if (random.chance(.35)) {
      const RoadsidePlace at = side.at(d + .42 * width);
      const Vec2d p = Vec2d(at.position) + (setback - .9) * at.outward;
      if (occupied_.disc_is_free(p, .5, kCoverAnything & ~kCoverFootway)) {
        occupied_.add_disc(p, .3, kCoverThing);
        const Variant bin = variant("bin", random.below(4), {});
        place("bin", bin, stand(p, terrain_.height(p) + .02, -at.outward));
      }
    }
  }

  void add_farms(const Roadside& side, core::RandomStream& random) {
    for (double d = random.uniform(10, 80); d < side.length_m() - 12;
         d += random.uniform(50, 140)) {
      const Variant& v = pick(farms_, random);
      const double setback = random.uniform(8, 14);
      const Variant& barn = pick(barns_, random);
      const bool has_barn = random.chance(.65);
      if (add_house(side, d, setback, v, v.width_m, random) && has_barn) {
        const double beside = d + .5 * (v.width_m + barn.width_m) + 5;
        if (beside + .5 * barn.width_m < side.length_m()) {
          add_house(side, beside, setback + 4, barn, barn.width_m, random);
        }
      }
    }
  }

  void add_tree_row(const Roadside& side, core::RandomStream& random, double offset, double step) {
    const auto species = random.below(6);
    for (double d = random.uniform(3, 10); d < side.length_m() - 2;
         d += step * random.uniform(.85, 1.2)) {
      const RoadsidePlace at = side.at(d);
      const Vec2d p = Vec2d(at.position) + (offset + random.uniform(-.15, .15)) * at.outward;
      const Variant& v = street_trees_[(species + (random.chance(.3) ? 3 : 0)) % 6];
      const double turn = random.uniform(0, 2 * M_PI);
      if (!occupied_.disc_is_free(p, .7, kCoverAnything & ~kCoverThing) ||
          !occupied_.disc_is_free(p, 2.0, kCoverHouse | kCoverTree) ||
          !occupied_.disc_is_free(p, 6.0, kCoverSignal)) {
        continue;
      }
      occupied_.add_disc(p, .4, kCoverTree);
      place("tree", v, stand(p, terrain_.height(p), {std::cos(turn), std::sin(turn)}));
    }
  }

  // Poles with wires along half of the rural roads.
  bool add_power_line(const Roadside& side, const std::string& road, int section) {
    core::RandomStream random(options_.seed, "stage/power/" + road + "/" + std::to_string(section));
    if (!random.chance(.5)) return false;
    const double offset = random.uniform(4.2, 5.4);
    std::vector<Affine3d> poles;
    const auto string_up = [&] {
      math::TriangleMesh wires = power_wires(poles);
      poles.clear();
      if (wires.triangles.empty()) return;
      placed_.push_back({"wires",
                         std::make_shared<const asset::Model>(asset::single_part_model(
                             "wires", "pole", std::move(wires),
                             {asset::materials::painted_metal({.05f, .05f, .05f})})),
                         {}});
    };
    for (double d = random.uniform(4, 20); d < side.length_m(); d += 40) {
      const RoadsidePlace at = side.at(d);
      const Vec2d p = Vec2d(at.position) + offset * at.outward;
      if (!occupied_.disc_is_free(p, .7, kCoverAnything) ||
          !occupied_.disc_is_free(p, 4, kCoverHouse)) {
        string_up();
        continue;
      }
      occupied_.add_disc(p, .4, kCoverThing);
      const Variant pole = variant("power_pole", random.below(3), {});
      const Affine3d T = stand(p, terrain_.height(p), at.outward);
      place("power_pole", pole, T);
      poles.push_back(T);
    }
    string_up();
    return true;
  }

  // What stands behind the footway, and a bus stop on it.
  void add_furniture(const Run& run, bool left, const Roadside& side, const std::string& road) {
    core::RandomStream random(options_.seed, "stage/furniture/" + road + "/" +
                                                 std::to_string(run.section) +
                                                 (left ? "/left" : "/right"));
    const std::size_t kerb = carriageway_edge(run, left);
    if (kerb > run.strips.size() || paved_edge(run, left) == kerb) return;
    for (double d = random.uniform(4, 16); d < side.length_m() - 3; d += random.uniform(9, 26)) {
      const Variant& v = pick(street_things_, random);
      const RoadsidePlace at = side.at(d);
      const Vec2d p = Vec2d(at.position) + (.15 + .5 * v.length_m) * at.outward;
      if (!occupied_.rectangle_is_free(p, at.outward, v.length_m, v.width_m,
                                       kCoverAnything & ~kCoverFootway) ||
          !occupied_.disc_is_free(p, 1.5, kCoverSignal | kCoverHouse)) {
        continue;
      }
      occupied_.add_rectangle(p, at.outward, v.length_m, v.width_m, kCoverThing);
      place(v.request.type.c_str(), v, stand(p, terrain_.height(p) + .02, -at.outward));
    }
    const Roadside kerbside(run, kerb, left);
    const double d = random.uniform(20, 90);
    if (d > kerbside.length_m() - 10 || !random.chance(.7)) return;
    const RoadsidePlace at = kerbside.at(d);
    const Vec2d p = Vec2d(at.position) + .5 * at.outward;
    if (!occupied_.disc_is_free(p + .3 * at.outward, .1, kCoverCarriageway) ||
        !occupied_.disc_is_free(p, 1.2, kCoverThing | kCoverTree | kCoverSignal)) {
      return;
    }
    occupied_.add_disc(p, .3, kCoverThing);
    // Its sign looks along the road.
    place("bus_stop", variant("bus_stop", 0, {}),
          stand(p, footing(run, kerb, left, at, p), at.forward));
  }

  // An avenue, a row of poplars, or nothing.
  void add_rural_row(const Roadside& side, core::RandomStream& random) {
    const double kind = random.uniform();
    if (kind < .45) {
      add_tree_row(side, random, 4.0, 22);
    } else if (kind < .6) {
      for (double d = random.uniform(3, 10); d < side.length_m() - 2; d += 7) {
        place_tree(side, d, 4.6, poplar_, random);
      }
    }
  }

  void place_tree(const Roadside& side, double d, double offset, const Variant& v,
                  core::RandomStream& random) {
    const RoadsidePlace at = side.at(d);
    const Vec2d p = Vec2d(at.position) + (offset + random.uniform(-.2, .2)) * at.outward;
    const double turn = random.uniform(0, 2 * M_PI);
    if (!occupied_.disc_is_free(p, .9, kCoverAnything) ||
        !occupied_.disc_is_free(p, 6.0, kCoverSignal)) {
      return;
    }
    occupied_.add_disc(p, .4, kCoverTree);
    place("tree", v, stand(p, terrain_.height(p), {std::cos(turn), std::sin(turn)}));
  }

  // Bushes in clumps between two distances from the edge.
  void add_shrubs(const Roadside& side, core::RandomStream& random, double from, double to,
                  double step) {
    for (double d = random.uniform(2, 20); d < side.length_m() - 2;
         d += step * random.uniform(.15, 3)) {
      const RoadsidePlace at = side.at(d);
      const Vec2d p = Vec2d(at.position) + random.uniform(from, to) * at.outward;
      const Variant& v = pick(shrubs_, random);
      const double turn = random.uniform(0, 2 * M_PI);
      if (!occupied_.disc_is_free(p, .5 * v.width_m + .2, kCoverAnything | kCoverGreenLane)) {
        continue;
      }
      occupied_.add_disc(p, .5, kCoverTree);
      place("shrub", v, stand(p, terrain_.height(p) - .03, {std::cos(turn), std::sin(turn)}));
    }
  }

  void add_fields(const Roadside& side, core::RandomStream& random) {
    for (Field& field : fields_along(side, terrain_, occupied_, random)) {
      placed_.push_back(
          {field.name,
           std::make_shared<const asset::Model>(asset::single_part_model(
               field.name, field.class_name, std::move(field.mesh), std::move(field.materials))),
           {}});
    }
  }

  void add_far_tree(const Vec2d& p, core::RandomStream& random, std::uint32_t kind, double clear) {
    const double turn = random.uniform(0, 2 * M_PI);
    if (!occupied_.disc_is_free(p, clear, kCoverPaved) ||
        !occupied_.disc_is_free(p, 2.5, kCoverAnything)) {
      return;
    }
    occupied_.add_disc(p, .6, kCoverTree);
    place("tree", far_trees_[kind % far_trees_.size()],
          stand(p, terrain_.height(p), {std::cos(turn), std::sin(turn)}));
  }

  // A belt of trees 12 to 35 m behind the rail, with gaps for the view.
  void add_motorway_trees(const Roadside& side, core::RandomStream& random) {
    const double phase = random.uniform(0, 6);
    for (double d = 0; d < side.length_m(); d += random.uniform(4, 9)) {
      if (std::sin(.031 * d + phase) + .6 * std::sin(.011 * d) < -.2) continue;
      const RoadsidePlace at = side.at(d);
      const Vec2d p = Vec2d(at.position) + random.uniform(12, 35) * at.outward;
      add_far_tree(p, random, random.below(8), 8);
    }
  }

  // Lamps every 30 m on the footway behind the kerb, else behind the edge; on wide roads both
  // sides, offset by half a step.
  void add_lamps(const Run& run, bool left) {
    const std::size_t kerb = carriageway_edge(run, left);
    if (kerb > run.strips.size()) return;
    const Station& first = run.stations.front();
    const double width = std::abs(first.points[carriageway_edge(run, true)].t_m -
                                  first.points[carriageway_edge(run, false)].t_m);
    if (!left && width < 10) return;
    const Roadside side(run, kerb, left);
    const Variant lamp = variant("street_lamp", 0, {{"height", 8}, {"arm", 1.5}});
    // From the road's s, so that a clipped run keeps its lamps.
    const double s0 = first.s_m;
    const double phase = left ? 8 : 23;
    for (double s = std::ceil((s0 - phase) / 30) * 30 + phase; s < run.stations.back().s_m;
         s += 30) {
      const RoadsidePlace at = side.at(s - s0);
      const Vec2d p = Vec2d(at.position) + .55 * at.outward;
      if (!occupied_.disc_is_free(p + .35 * at.outward, .1, kCoverCarriageway) ||
          !occupied_.disc_is_free(p, .6, kCoverHouse | kCoverTree) ||
          !occupied_.disc_is_free(p, 2.5, kCoverSignal)) {
        continue;
      }
      occupied_.add_disc(p, .25, kCoverThing);
      place("lamp", lamp, stand(p, footing(run, kerb, left, at, p), -at.outward));
    }
  }

  // The footway's height where there is one, else the ground.
  double footing(const Run& run, std::size_t kerb, bool left, const RoadsidePlace& at,
                 const Vec2d& p) const {
    if (paved_edge(run, left) == kerb) return terrain_.height(p);
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

  const road::RoadMap& map_;
  const Terrain& terrain_;
  Occupancy& occupied_;
  Vec2d centre_;
  const StageOptions& options_;
  ModelCache& cache_;
  Variant poplar_;
  std::vector<Variant> farms_, barns_, street_things_;
  std::vector<Variant> shrubs_;
  std::vector<Variant> row_, detached_, street_trees_, far_trees_, gardens_;
  std::vector<Placed> placed_;
};

}  // namespace

Surroundings surroundings_of(const road::Road& road, const Run& run) {
  const auto has = [&](SurfaceKind kind) {
    return std::find(run.strips.begin(), run.strips.end(), kind) != run.strips.end();
  };
  // Footways count for more than the record: writers often leave one type for all roads.
  const std::string type = road.type_at(run.stations.front().s_m);
  if (type.rfind("town", 0) == 0 || type == "lowSpeed" || type == "pedestrian") {
    return Surroundings::kTown;
  }
  if (has(SurfaceKind::kSidewalk) && type != "rural") return Surroundings::kTown;
  if (type == "motorway") return Surroundings::kMotorway;
  // No record: four lanes and hard shoulders are a motorway.
  const auto lanes = std::count(run.strips.begin(), run.strips.end(), SurfaceKind::kAsphalt);
  if (type == "unknown" && lanes >= 4 && has(SurfaceKind::kShoulder)) {
    return Surroundings::kMotorway;
  }
  return Surroundings::kRural;
}

ModelCache::ModelCache(ModelMaker make)
    : make_(make ? std::move(make) : ModelMaker(asset::make_model)) {}

std::shared_ptr<const asset::Model> ModelCache::get(const asset::ModelRequest& request) {
  for (const auto& [known, model] : made_) {
    if (known == request) return model;
  }
  auto model = make_(request);
  ODDROAD_CHECK(model.has_value());
  made_.emplace_back(request, *model);
  return *model;
}

std::vector<Placed> dress(const road::RoadMap& map, const std::vector<Run>& runs,
                          const Terrain& terrain, Occupancy& occupied, const Vec2d& centre,
                          const StageOptions& options, ModelCache& models) {
  Dresser dresser(map, terrain, occupied, centre, options, models);
  for (const Run& run : runs) dresser.dress_run(run);
  if (options.trees) dresser.add_groves();
  return dresser.take();
}

}  // namespace oddroad::stage
