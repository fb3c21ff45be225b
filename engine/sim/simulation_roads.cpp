// What the map tells those who move: lines to drive along, grip, crosswalks.
#include <algorithm>
#include <cmath>

#include "engine/core/random.h"
#include "engine/road/placed_objects.h"
#include "engine/sim/lane_track.h"
#include "engine/sim/parked.h"
#include "engine/sim/simulate.h"
#include "engine/sim/simulation.h"
#include "engine/sim/vehicle_mover.h"

namespace oddroad::sim {

using math::Vec2d;

namespace {

bool meets_somebody(const scenario::VariantActor& actor) {
  return std::any_of(actor.actions.begin(), actor.actions.end(), [](const scenario::Action& a) {
    return a.verb == "meet";
  });
}

}  // namespace

void Simulation::set_up_track(std::size_t i, const Stageplan& plan, core::Diagnostics& problems) {
  if (!drives(i)) return;
  const scenario::VariantActor& actor = variant_.actors[i];
  const PlacedLane& place = plan.lanes[i];
  Body& body = bodies_[i];
  const double speed = actor.drive ? actor.drive->speed_mps : 0;
  const double ahead = track_length_m(speed);
  if (meets_somebody(actor) && parameters_of(i).leans) {
    set_up_way_across(i, problems);
    return;
  }
  if (place.at && place.against_traffic) {
    body.track =
        std::make_shared<Track>(lane_track_against(graph_, *place.at, 100, ahead, origin_));
    body.s_m = 0;
  } else if (place.at && actor.drive && !actor.drive->route.empty()) {
    std::string missed;
    body.track = std::make_shared<Track>(
        route_track(graph_, *place.at, 100, ahead, origin_, actor.drive->route, &missed));
    body.s_m = 0;
    if (!missed.empty()) {
      problems.error(actor.where, "the way of '" + actor.name + "' cannot lead to '" + missed + "'",
                     "left, right and straight at junctions, or ids of roads");
    }
  } else if (place.at) {
    body.track = std::make_shared<Track>(lane_track(graph_, *place.at, 100, ahead, origin_));
    body.s_m = 0;
  } else {
    body.track = plan.base;
    body.s_m = body.track->project(Vec2d(body.position)).s_m;
  }
  body.speed_mps = speed;
  const double curvature = body.track->curvature(body.s_m);
  const VehicleParameters vehicle = parameters_of(i);
  const double friction = grip_.at(Vec2d(body.position), speed);
  body.yaw_rate_rps = speed * curvature;
  body.steer_rad = std::atan(body.wheelbase_m * curvature);
  if (vehicle.chassis && speed > 0) {
    const ChassisMotion steady = steady_motion(
        *vehicle.chassis, {Vec2d(body.position), body.yaw_rad}, curvature, speed, friction);
    body.slip_mps = steady.slip_mps;
    body.steer_rad = steady_steer_rad(*vehicle.chassis, curvature, speed, friction);
    body.yaw_rad = math::wrap_angle(body.yaw_rad - std::atan2(steady.slip_mps, speed));
  }
  settle_on_track(body);
  // Up and down as the road does below its origin.
  const Vec2d forward = body.forward();
  body.velocity_mps = math::Vec3d(speed * forward + body.slip_mps * Vec2d(-forward.y, forward.x),
                                  speed * body.track->slope(body.s_m));
}

// Straight across the road from where it stands.
void Simulation::set_up_way_across(std::size_t i, core::Diagnostics& problems) {
  constexpr double kStation_m = 0.5;
  constexpr double kFar_m = 120;
  Body& body = bodies_[i];
  const double beside = glm::dot(body.forward(), bodies_[variant_.ego].forward());
  if (std::abs(beside) > 0.1) {
    problems.error(variant_.actors[i].where, "'" + body.name + "' does not look across the road",
                   "who rides to a meeting is put there with 'facing: road'");
  }
  std::vector<TrackStation> stations;
  for (double s = -10; s <= kFar_m; s += kStation_m) {
    math::Vec3d at = body.position + math::Vec3d(s * body.forward(), 0);
    at.z = ground_.height(at).value_or(body.position.z);
    stations.push_back({s, at, body.yaw_rad, 0, 1.5});
  }
  body.track = std::make_shared<Track>(std::move(stations));
  body.s_m = 0;
  settle_on_track(body);
}

VehicleParameters Simulation::parameters_of(std::size_t i) const {
  const Body& body = bodies_[i];
  const CastMember& member = cast_.members[i];
  return vehicle_parameters(member.type, std::max(body.wheelbase_m, 0.5), body.height_m,
                            member.model->max_steer_rad);
}

// Long enough for the whole clip at twice the speed, and for looking ahead and stopping at its end:
// else a short clip of a fast ego would take the end of the track for that of the map.
double Simulation::track_length_m(double speed) const {
  return 2 * std::max(speed, 10.0) * variant_.max_duration_s + 100 + 0.5 * speed * speed;
}

void Simulation::set_up_grip(const Stageplan& plan) {
  grip_ = GripMap(road_cover(variant_));
  if (const auto& smoke = variant_.environment.smoke) {
    smoke_ = plan.base->point(smoke->from_m, smoke->lateral_m);
  }
  for (const scenario::FrictionPatch& patch : variant_.environment.patches) {
    const double middle = patch.from_m + 0.5 * patch.length_m;
    const Vec2d centre(plan.base->point(middle, patch.lateral_m));
    const double half = 0.5 * patch.length_m;
    grip_.add_patch(outline_at({half, half, 0.5 * patch.width_m, 0.5 * patch.width_m}, centre,
                               plan.base->at(middle).heading_rad),
                    patch.friction);
  }
}

Roadside Simulation::roadside() const {
  Roadside out;
  out.neighbour = [this](const Body& body, const std::string& side) {
    return neighbour_track(body, side);
  };
  out.route = [this](const Body& body, const std::vector<std::string>& route) {
    return track_along(body, route);
  };
  out.grip = &grip_;
  const auto base = base_position(variant_, graph_);
  const bool left_hand = base && graph_.road_of(base->lane).rule == road::TrafficRule::kLeftHand;
  out.overtaking_side = left_hand ? -1 : 1;
  return out;
}

std::shared_ptr<const Track> Simulation::neighbour_track(const Body& body,
                                                         const std::string& side) const {
  const auto at = graph_.locate(body.position + origin_);
  if (!at) return nullptr;
  const double heading = graph_.pose(*at).heading_rad;
  const bool against = std::cos(heading - body.yaw_rad) < 0;
  const bool left = (side == "left") != against;
  const road::LaneId lane = left ? graph_.drivable_left(at->lane) : graph_.drivable_right(at->lane);
  if (!lane) return nullptr;
  const auto beside = graph_.across(*at, lane);
  const double ahead = track_length_m(body.speed_mps);
  return std::make_shared<Track>(against ? lane_track_against(graph_, beside, 100, ahead, origin_)
                                         : lane_track(graph_, beside, 100, ahead, origin_));
}

RouteTrack Simulation::track_along(const Body& body, const std::vector<std::string>& route) const {
  RouteTrack out;
  const auto at = graph_.locate(body.position + origin_, true);
  if (!at) return out;
  out.track = std::make_shared<Track>(
      route_track(graph_, *at, 100, track_length_m(body.speed_mps), origin_, route, &out.missed));
  return out;
}

// Around the ego as far as a stage is built, leaving room for everybody.
void Simulation::park_cars() {
  if (variant_.parked_share <= 0) return;
  std::vector<double> along_rad;
  for (const Body& body : bodies_) {
    along_rad.push_back(base_->at(base_->project(Vec2d(body.position)).s_m).heading_rad);
  }
  stage::ParkedOptions options;
  options.share = variant_.parked_share;
  options.centre_map = Vec2d(origin_);
  options.seed = core::hash64("stage/parked", variant_.random_key);
  options.keep_free = rooms_of(variant_, bodies_, along_rad, origin_);
  parked_ = stage::place_parked_cars(graph_.map(), options);
  parked_bodies_ = bodies_of(parked_, origin_);
  parked_hit_.assign(parked_.size(), false);
}

// Middles of the map's crosswalks, local frame.
std::vector<Vec2d> Simulation::crosswalks() const {
  std::vector<Vec2d> out;
  for (const road::PlacedObject& object : road::place_objects(graph_.map()).objects) {
    if (object.kind != road::ObjectKind::kCrosswalk) continue;
    math::Vec3d middle = object.T_map_object.translation;
    if (!object.outlines.empty() && !object.outlines.front().points.empty()) {
      middle = math::Vec3d(0);
      const auto& points = object.outlines.front().points;
      for (const road::OutlinePoint& p : points)
        middle += p.base / static_cast<double>(points.size());
    }
    out.push_back(Vec2d(middle - origin_));
  }
  return out;
}

}  // namespace oddroad::sim
