#include "engine/stage/parked_cars.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "engine/core/check.h"
#include "engine/core/random.h"
#include "engine/road/locator.h"
#include "engine/road/placed_objects.h"
#include "engine/stage/profile.h"

namespace oddroad::stage {

namespace {

using math::Affine3d;
using math::Vec2d;
using math::Vec3d;
using road::Road;

constexpr double kSideBySide_m = 4.3;  // lanes this wide hold cars across
constexpr double kMouth_m = 8;         // kept free before and behind junctions
constexpr double kCrosswalk_m = 5;     // and before crosswalks (as German road law has it)
constexpr double kSameLevel_m = 2.5;

struct Rectangle {
  Vec2d middle{0}, forward{1, 0};
  double half_length = 0, half_width = 0;

  [[nodiscard]] Vec2d left() const { return {-forward.y, forward.x}; }
  [[nodiscard]] double reach(const Vec2d& axis) const {
    return half_length * std::abs(glm::dot(forward, axis)) +
           half_width * std::abs(glm::dot(left(), axis));
  }
};

// Separating axes of two rectangles.
bool overlap(const Rectangle& a, const Rectangle& b) {
  const std::array<Vec2d, 4> axes = {a.forward, a.left(), b.forward, b.left()};
  return std::all_of(axes.begin(), axes.end(), [&](const Vec2d& axis) {
    return std::abs(glm::dot(b.middle - a.middle, axis)) < a.reach(axis) + b.reach(axis);
  });
}

// What one place was given, whether or not a car comes to stand there: all is drawn for every
// place, so that none depends on another.
struct Draw {
  double taken, kind, aside, yaw, along, turned;
  explicit Draw(core::RandomStream& r)
      : taken(r.uniform()),
        kind(r.uniform()),
        aside(r.uniform()),
        yaw(r.normal()),
        along(r.uniform()),
        turned(r.uniform()) {}
};

class Parker {
 public:
  Parker(const road::RoadMap& map, const ParkedOptions& options)
      : map_(map), options_(options), objects_(road::place_objects(map)), locator_(map, .5) {
    // Few models, so that they are made once; which ones differs from world to world.
    core::RandomStream random(options.seed, "stage/parked/models");
    struct Kind {
      const char* type;
      double paint;  // as asset/vehicle.h counts them
    };
    // Shares of bodies and paints as on European roads: four in five are white, black or grey.
    constexpr Kind kKinds[] = {{"car.hatchback", 0}, {"car.estate", 1}, {"car.suv", 2},
                               {"car.hatchback", 3}, {"car.sedan", 2},  {"car.hatchback", 4},
                               {"car.suv", 1},       {"van.panel", 0},  {"car.estate", 3},
                               {"car.sedan", 5}};
    for (std::uint64_t k = 0; k < std::size(kKinds); ++k) {
      ParkedCar car;
      const std::uint64_t seed = 600 + 16 * random.below(3) + k;
      car.model = {kKinds[k].type, seed, {{"paint", kKinds[k].paint}}, {}};
      const auto size = asset::model_size(car.model);
      ODDROAD_CHECK(size.has_value());
      car.size = *size;
      cars_.push_back(car);
    }
    for (const FreeRoom& room : options.keep_free) {
      keep_free_.push_back(
          {{Vec2d(room.middle), room.forward, room.half_length_m, room.half_width_m},
           room.middle.z});
    }
    for (const road::PlacedObject& object : objects_.objects) add_obstacle(object);
  }

  void park_along(int index) {
    const Road& road = map_.roads[static_cast<std::size_t>(index)];
    if (road.is_connecting()) return;
    for (int section = 0; section < static_cast<int>(road.sections.size()); ++section) {
      for (const road::Lane& lane : road.sections[static_cast<std::size_t>(section)].lanes) {
        if (lane.id != 0 && holds_cars(road, section, lane)) fill(index, section, lane);
      }
    }
  }

  // The k-th parking space of the map.
  void park_on(const road::PlacedObject& space) {
    core::RandomStream random(options_.seed, "stage/parked/space/" + std::to_string(space.road) +
                                                 "/" + std::to_string(space.object) + "/" +
                                                 std::to_string(space.copy));
    const Draw draw(random);
    double length = space.length_m, width = space.width_m;
    Affine3d T = space.T_map_object;
    if (!space.outlines.empty())
      T.translation = middle_of(space.outlines.front(), T, length, width);
    if (std::max(length, width) < 4.2 || std::min(length, width) < 1.9) return;
    Vec3d forward = length >= width ? T.linear[0] : T.linear[1];
    if (draw.turned < .5) forward = -forward;
    const ParkedCar& car = pick(draw);
    if (car.size.length_m > std::max(length, width) || draw.taken >= options_.share) return;
    const double heading = std::atan2(forward.y, forward.x) + .015 * draw.yaw;
    try_to_place(space.road, car, {Vec2d(T.translation), heading, T.translation.z, Vec3d(0, 0, 1)},
                 false);
  }

  void park() {
    for (int i = 0; i < static_cast<int>(map_.roads.size()); ++i) park_along(i);
    for (const road::PlacedObject& object : objects_.objects) {
      if (object.kind == road::ObjectKind::kParkingSpace) park_on(object);
    }
  }

  std::vector<ParkedCar> take() { return std::move(placed_); }

 private:
  struct Level {
    Rectangle plan;
    double z = 0;
  };
  struct Stand {
    Vec2d middle{0};
    double heading_rad = 0;
    double z = 0;
    Vec3d up{0, 0, 1};
  };

  [[nodiscard]] static bool holds_cars(const Road& road, int section, const road::Lane& lane) {
    const double s = road.sections[static_cast<std::size_t>(section)].s_m;
    if (lane.type == road::LaneType::kParking) return true;
    const bool shoulder = lane.type == road::LaneType::kShoulder;
    return shoulder && road.type_at(s).rfind("town", 0) == 0;
  }

  // Where the corners of an outline lie: their middle, and the extent along the object's axes.
  static Vec3d middle_of(const road::PlacedOutline& outline, const Affine3d& T, double& length,
                         double& width) {
    Vec3d low(1e9), high(-1e9);
    for (const road::OutlinePoint& p : outline.points) {
      const Vec3d q = glm::transpose(T.linear) * (p.base - T.translation);
      low = glm::min(low, q);
      high = glm::max(high, q);
    }
    length = high.x - low.x;
    width = high.y - low.y;
    return T.point(.5 * (low + high));
  }

  void add_obstacle(const road::PlacedObject& object) {
    using Kind = road::ObjectKind;
    const auto add = [&](const Vec3d& p, double reach) {
      obstacles_.push_back({{Vec2d(p), {1, 0}, reach, reach}, p.z});
    };
    if (object.kind == Kind::kCrosswalk) {
      const double reach = .5 * std::hypot(object.length_m, object.width_m) + kCrosswalk_m;
      add(object.T_map_object.translation, reach);
    }
    if (road::is_flat(object.kind) || object.kind == Kind::kWind) return;
    for (const road::PathPoint& p : object.path) add(p.base, .5 * p.width_m + .2);
    for (const road::PlacedOutline& outline : object.outlines) {
      for (const road::OutlinePoint& p : outline.points) add(p.base, .3);
    }
    if (object.path.empty() && object.outlines.empty()) {
      const double stated =
          std::max(.5 * std::hypot(object.length_m, object.width_m), object.radius_m);
      // Of trees the file states the crown.
      add(object.T_map_object.translation, object.kind == Kind::kTree ? .6 : std::max(.3, stated));
    }
  }

  const ParkedCar& pick(const Draw& draw) const {
    return cars_[static_cast<std::size_t>(draw.kind * static_cast<double>(cars_.size()))];
  }

  // Places along one lane: every one has its own length, drawn with it.
  void fill(int index, int section, const road::Lane& lane) {
    const Road& road = map_.roads[static_cast<std::size_t>(index)];
    const road::LaneSection& cross = road.sections[static_cast<std::size_t>(section)];
    core::RandomStream random(
        options_.seed,
        "stage/parked/" + road.id + "/" + std::to_string(section) + "/" + std::to_string(lane.id));
    const auto mouth = [&](const road::RoadLink& link) {
      return link.kind == road::LinkKind::kJunction ? kMouth_m : .5;
    };
    const double begin =
        cross.s_m + (section == 0 ? mouth(road.predecessor) : .5) + random.uniform(0, 3);
    const double end =
        cross.end_m -
        (section + 1 == static_cast<int>(road.sections.size()) ? mouth(road.successor) : .5);
    for (double s = begin; s < end;) {
      const Draw draw(random);
      const double width = road.strip(section, lane.id, s).width_m();
      const bool across = width >= kSideBySide_m;
      const ParkedCar& car = pick(draw);
      const double place = across ? 2.6 : car.size.length_m + .8 + .9 * draw.along;
      const double stretch = std::max(.2, lane_stretch(road, section, lane.id, s));
      const double middle = s + .5 * place / stretch;
      s += place / stretch;
      if (s > end || draw.taken >= options_.share) continue;
      stand_on_lane(index, section, lane, middle, across, car, draw);
    }
  }

  // Metres along the lane's middle for a metre of s.
  static double lane_stretch(const Road& road, int section, int lane, double s) {
    const double t = road.strip(section, lane, s).centre_t_m();
    return 1 - road.curvature(s) * t;
  }

  void stand_on_lane(int index, int section, const road::Lane& lane, double s, bool across,
                     const ParkedCar& car, const Draw& draw) {
    const Road& road = map_.roads[static_cast<std::size_t>(index)];
    const road::LaneStrip strip = road.strip(section, lane.id, s);
    const double side = lane.id > 0 ? 1 : -1;  // of the outer border
    const double long_way = across ? car.size.length_m : car.size.width_m;
    const double spare = strip.width_m() - long_way;
    if (spare < .1) return;
    // A hand's width from the kerb.
    const double from_kerb = std::min(.12 + .2 * draw.aside, .5 * spare);
    const double t = strip.outer_t_m - side * (from_kerb + .5 * long_way);
    const road::RoadFrame frame = road.frame(s, t);
    double turn = (lane.id < 0) == (road.rule == road::TrafficRule::kRightHand) ? 0 : M_PI;
    if (across) {
      turn = side * M_PI / 2 + (draw.turned < .3 ? M_PI : 0);
    } else if (draw.turned < .06) {
      turn += M_PI;
    }
    const double yaw = std::clamp(.012 * draw.yaw, -.035, .035);
    const double fraction = (t - strip.inner_t_m) / (strip.outer_t_m - strip.inner_t_m);
    const Vec3d place = road.lane_point(section, lane.id, s, fraction);
    try_to_place(index, car, {Vec2d(place), frame.heading_rad + turn + yaw, place.z, frame.up},
                 true);
  }

  void try_to_place(int index, const ParkedCar& car, const Stand& stand, bool on_lane) {
    const Vec2d forward(std::cos(stand.heading_rad), std::sin(stand.heading_rad));
    const Rectangle plan{stand.middle, forward, .5 * car.size.length_m, .5 * car.size.width_m};
    if (glm::length(plan.middle - options_.centre_map) > options_.radius_m) return;
    const auto hits = [&](const Level& other, double room) {
      Rectangle grown = plan;
      grown.half_length += room;
      grown.half_width += .5 * room;
      return std::abs(other.z - stand.z) < kSameLevel_m && overlap(grown, other.plan);
    };
    const auto any = [&](const std::vector<Level>& levels, double room) {
      return std::any_of(levels.begin(), levels.end(), [&](const Level& other) {
        return hits(other, room);
      });
    };
    if (any(obstacles_, .1) || any(taken_, .35)) return;
    if (!clear_of_traffic(index, plan, stand.z, on_lane)) return;
    taken_.push_back({plan, stand.z});
    if (any(keep_free_, 0)) return;  // its place stays taken: no other one moves up
    ParkedCar out = car;
    const Vec3d up = glm::normalize(stand.up);
    const Vec3d ahead = glm::normalize(Vec3d(forward, 0) - glm::dot(Vec3d(forward, 0), up) * up);
    out.T_map_car.linear = glm::dmat3(ahead, glm::cross(up, ahead), up);
    // From the middle of the outline back to the rear axle.
    const double back = .5 * car.size.length_m - car.size.rear_overhang_m;
    out.T_map_car.translation = Vec3d(stand.middle, stand.z) - back * ahead;
    placed_.push_back(std::move(out));
  }

  // Corners and sides lie on no lane that is driven.
  [[nodiscard]] bool clear_of_traffic(int index, const Rectangle& plan, double z,
                                      bool on_lane) const {
    for (const double a : {-1.0, 0.0, 1.0}) {
      for (const double b : {-1.0, 0.0, 1.0}) {
        const Vec2d p =
            plan.middle + a * plan.half_length * plan.forward + b * plan.half_width * plan.left();
        for (const road::RoadPlace& place : locator_.all(p.x, p.y, z)) {
          if (!place.lane || std::abs(place.h_m) > kSameLevel_m) continue;
          if (on_lane && place.road == index && a == 0 && b == 0) continue;
          const Road& road = map_.roads[static_cast<std::size_t>(place.road)];
          const road::Lane* lane =
              road.sections[static_cast<std::size_t>(place.section)].find(*place.lane);
          if (lane == nullptr || *place.lane == 0) continue;
          const SurfaceKind kind = surface_of(*lane);
          if (kind == SurfaceKind::kAsphalt || kind == SurfaceKind::kBiking) return false;
          if (road.is_connecting() && is_carriageway(kind)) return false;
        }
      }
    }
    return true;
  }

  const road::RoadMap& map_;
  const ParkedOptions& options_;
  road::PlacedObjects objects_;
  road::RoadLocator locator_;
  std::vector<ParkedCar> cars_;  // to choose from, not placed
  std::vector<Level> keep_free_, obstacles_, taken_;
  std::vector<ParkedCar> placed_;
};

}  // namespace

std::vector<ParkedCar> place_parked_cars(const road::RoadMap& map, const ParkedOptions& options) {
  if (options.share <= 0) return {};
  Parker parker(map, options);
  parker.park();
  return parker.take();
}

}  // namespace oddroad::stage
