#include "engine/sim/parked.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/simulation.h"

namespace oddroad::sim {
namespace {

using math::Vec2d;
using math::Vec3d;

constexpr double kBeside_m = 1.0;    // free on all sides of who stands
constexpr double kDriven_m = 250;    // of the line ahead of who drives
constexpr double kBehindWalk_m = 3;  // a way begins and ends this much farther
constexpr double kWalkHalf_m = 1.4;  // half the width of a way

class Rooms {
 public:
  explicit Rooms(const Vec3d& origin) : origin_(origin) {}

  void add(const Vec3d& middle, const Vec2d& forward, double half_length, double half_width) {
    out_.push_back({middle + origin_, forward, half_length, half_width});
  }
  // A way from a to b, local frame.
  void add_way(const Vec2d& a, const Vec2d& b, double z, double half_width) {
    const double length = glm::length(b - a);
    if (length < 1e-6) return;
    add(Vec3d(.5 * (a + b), z), (b - a) / length, .5 * length + kBehindWalk_m, half_width);
  }
  std::vector<stage::FreeRoom> take() { return std::move(out_); }

 private:
  Vec3d origin_;
  std::vector<stage::FreeRoom> out_;
};

void add_driven(Rooms& rooms, const Body& body) {
  const double half_width = .5 * body.footprint.width_m() + .3;
  const double end = std::min(body.s_m + kDriven_m, body.track->end_m());
  for (double s = body.s_m - 2; s < end; s += 4) {
    const double heading = body.track->at(s).heading_rad;
    rooms.add(body.track->point(s, body.lateral_m), {std::cos(heading), std::sin(heading)}, 2.5,
              half_width);
  }
}

void add_walked(Rooms& rooms, const scenario::VariantActor& actor, const Body& body,
                double along_rad) {
  const Vec2d start(body.position);
  const double half_width = std::max(kWalkHalf_m, .5 * body.footprint.length_m() + 1);
  if (body.crossing) {
    const Vec2d& way = body.crossing->direction;
    rooms.add_way(body.crossing->from,
                  body.crossing->from + (body.crossing->lane_reach_m + 8) * way, body.position.z,
                  half_width);
  }
  const Vec2d ahead(std::cos(along_rad), std::sin(along_rad));
  const Vec2d left(-ahead.y, ahead.x);
  for (const scenario::Action& action : actor.actions) {
    Vec2d from = start;
    for (const scenario::Waypoint& point : action.path) {
      const Vec2d to = start + point.along_m * ahead + point.left_m * left;
      rooms.add_way(from, to, body.position.z, half_width);
      from = to;
    }
    if (action.verb == "roam" || action.verb == "bolt" || action.verb == "cross") {
      // Whichever way it goes.
      const double reach = action.number("radius", 12);
      rooms.add(body.position, ahead, reach, reach);
    }
  }
}

}  // namespace

std::vector<stage::FreeRoom> rooms_of(const scenario::Variant& variant, const Bodies& bodies,
                                      const std::vector<double>& along_rad, const Vec3d& origin) {
  Rooms rooms(origin);
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const Body& body = bodies[i];
    const Outline outline = body.outline();
    rooms.add(Vec3d(outline.centre, body.position.z), outline.forward,
              outline.half_length_m + kBeside_m, outline.half_width_m + kBeside_m);
    if (body.track) add_driven(rooms, body);
    if (walks(body)) add_walked(rooms, variant.actors[i], body, along_rad[i]);
  }
  return rooms.take();
}

Bodies bodies_of(const std::vector<stage::ParkedCar>& cars, const Vec3d& origin) {
  Bodies out;
  for (const stage::ParkedCar& car : cars) {
    Body body;
    body.name = "parked_car." + std::to_string(out.size() + 1);
    body.kind = BodyKind::kVehicle;
    body.footprint = {car.size.length_m - car.size.rear_overhang_m, car.size.rear_overhang_m,
                      .5 * car.size.width_m, .5 * car.size.width_m};
    body.wheelbase_m = car.size.wheelbase_m;
    body.height_m = car.size.height_m;
    body.position = car.T_map_car.translation - origin;
    const Vec3d ahead = car.T_map_car.linear[0];
    body.yaw_rad = std::atan2(ahead.y, ahead.x);
    body.pose = {math::from_yaw_pitch_roll(body.yaw_rad), body.position};
    out.push_back(std::move(body));
  }
  return out;
}

core::Result<std::vector<stage::ParkedCar>> parked_cars(const scenario::Variant& variant,
                                                        const road::LaneGraph& graph,
                                                        const SimContext& context) {
  if (variant.parked_share <= 0) return std::vector<stage::ParkedCar>{};
  SimContext outlines = context;
  outlines.outlines_only = true;
  auto placed = Simulation::place_actors(variant, graph, outlines);
  if (!placed) return core::forward_error(placed);
  return (*placed)->parked();
}

}  // namespace oddroad::sim
