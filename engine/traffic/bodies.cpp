// What is not traffic, as traffic sees it: on which lanes it lies or will lie, and which crosswalks
// people use.
#include <algorithm>
#include <cmath>

#include "engine/traffic/state.h"

namespace oddroad::traffic {
namespace {

using math::Vec2d;
using math::Vec3d;

constexpr double kSideMargin_m = 0.35;
constexpr double kPersonMargin_m = 0.6;
constexpr double kStride_m = 1.2;  // between the points that stand for a long body
constexpr double kMoving_mps = 0.3;
constexpr double kForesight_s = 2;  // for people about to step onto the lane
constexpr double kForesightStep_s = 0.5;
constexpr double kAlong_rad = 1.0;  // a vehicle belongs to lanes of about its heading
constexpr double kApproach_s = 7, kApproach_m = 12;
constexpr double kWaitingRoom_m = 1.5;  // beside a crosswalk

void occupy(State& state, std::uint32_t lane, const Occupant& occupant) {
  auto& list = state.lists[lane];
  for (Occupant& o : list) {
    if (o.who != occupant.who) continue;
    o.front_m = std::max(o.front_m, occupant.front_m);
    o.rear_m = std::min(o.rear_m, occupant.rear_m);
    o.speed_mps = std::min(o.speed_mps, occupant.speed_mps);
    return;
  }
  if (list.empty()) state.touched.push_back(lane);
  list.push_back(occupant);
}

// One disc of a body.
void occupy_at(State& state, std::uint32_t who, const Vec3d& p, double radius, double margin,
               const Vec2d& velocity) {
  state.net->places(p, radius + margin, state.scratch);
  for (const Network::Place& place : state.scratch) {
    const Lane& lane = state.lane(place.lane);
    if (place.offset_m + radius < 0 || place.offset_m - radius > lane.length_m) continue;
    const auto i =
        std::min(static_cast<std::uint32_t>(std::max(0.0, place.offset_m) * lane.per_spacing_1pm),
                 lane.samples - 1);
    const LaneSample& at = state.net->lanes().samples(lane)[i];
    const double along = velocity.x * at.tangent_x + velocity.y * at.tangent_y;
    occupy(state, place.lane,
           {who, static_cast<float>(place.offset_m + radius),
            static_cast<float>(place.offset_m - radius), static_cast<float>(along)});
  }
}

void add_body(State& state, std::uint32_t index) {
  const ExternalBody& body = state.bodies[index];
  const std::uint32_t who = kExternal + index;
  const Vec2d u(std::cos(body.yaw_rad), std::sin(body.yaw_rad));
  const double radius = std::min(body.half_width_m, body.half_length_m);
  const double margin = body.kind == BodyKind::kPerson ? kPersonMargin_m : kSideMargin_m;
  const double reach = std::max(body.half_length_m, body.half_width_m) - radius;
  const Vec2d axis = body.half_length_m >= body.half_width_m ? u : Vec2d(-u.y, u.x);
  const int steps = static_cast<int>(std::ceil(2 * reach / kStride_m));
  for (int i = 0; i <= steps; ++i) {
    const double t = steps == 0 ? 0.0 : -reach + 2 * reach * i / steps;
    occupy_at(state, who, body.centre + Vec3d(t * axis, 0), radius, margin, body.velocity_mps);
  }
  const double speed = glm::length(body.velocity_mps);
  if (body.kind != BodyKind::kPerson || speed < kMoving_mps) return;
  for (double t = kForesightStep_s; t <= kForesight_s; t += kForesightStep_s) {
    occupy_at(state, who, body.centre + Vec3d(t * body.velocity_mps, 0), radius, 0, {0, 0});
  }
}

void announce(State& state, std::uint32_t lane, const Approach& approach, double ahead, int hops) {
  if (state.approaches[lane].empty()) state.approached.push_back(lane);
  state.approaches[lane].push_back(approach);
  const Lane& here = state.lane(lane);
  const double next = approach.to_start_m + here.length_m;
  if (hops == 0 || next > ahead) return;
  for (const std::uint32_t onward : here.next) {
    announce(state, onward, {approach.body, next, approach.length_m, approach.speed_mps}, ahead,
             hops - 1);
  }
}

void announce_vehicle(State& state, std::uint32_t index) {
  const ExternalBody& body = state.bodies[index];
  const double speed = glm::length(body.velocity_mps);
  if (body.kind != BodyKind::kVehicle || speed < kMoving_mps) return;
  state.net->places(body.centre, 0.3, state.scratch);
  const std::vector<Network::Place> places = state.scratch;
  for (const Network::Place& place : places) {
    const double heading = state.net->lanes().at(place.lane, place.offset_m).heading_rad;
    if (std::abs(math::wrap_angle(heading - body.yaw_rad)) > kAlong_rad) continue;
    announce(state, place.lane,
             {index, -place.offset_m - body.half_length_m, 2 * body.half_length_m, speed},
             speed * kApproach_s + kApproach_m, 8);
  }
}

bool is_near(const Polygon& polygon, const Vec2d& p, double margin) {
  if (inside(polygon, p)) return true;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Vec2d a(polygon[i]);
    const Vec2d b(polygon[(i + 1) % polygon.size()]);
    const Vec2d ab = b - a;
    const double u = std::clamp(glm::dot(p - a, ab) / std::max(glm::dot(ab, ab), 1e-9), 0.0, 1.0);
    if (glm::length(p - a - u * ab) < margin) return true;
  }
  return false;
}

// On the crosswalk, or beside it and on the way onto it.
bool uses(const Polygon& polygon, const ExternalBody& person) {
  const Vec2d p(person.centre);
  if (std::abs(person.centre.z - polygon.front().z) > 3) return false;
  if (inside(polygon, p)) return true;
  if (glm::length(person.velocity_mps) < kMoving_mps) return false;
  for (double t = kForesightStep_s; t <= kForesight_s; t += kForesightStep_s) {
    if (inside(polygon, p + t * person.velocity_mps)) return true;
  }
  return is_near(polygon, p, kWaitingRoom_m) &&
         inside(polygon, p + 3.0 * person.velocity_mps / glm::length(person.velocity_mps));
}

}  // namespace

bool inside(const Polygon& polygon, const Vec2d& p) {
  bool in = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const Vec3d& a = polygon[i];
    const Vec3d& b = polygon[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

void read_surroundings(State& state, const Surroundings& around) {
  state.bodies.assign(around.bodies.begin(), around.bodies.end());
  state.viewers.assign(around.viewers.begin(), around.viewers.end());
  state.hidden = around.hidden;
  if (around.centre && state.settings.area) state.settings.area->centre = *around.centre;
  for (std::size_t i = 0; i < state.settings.crosswalks.size(); ++i) {
    const Polygon& polygon = state.settings.crosswalks[i];
    state.crosswalk_busy[i] =
        !polygon.empty() &&
        std::any_of(state.bodies.begin(), state.bodies.end(), [&](const ExternalBody& body) {
          return body.kind == BodyKind::kPerson && uses(polygon, body);
        });
  }
}

void add_bodies_to_lists(State& state) {
  for (const std::uint32_t lane : state.approached) state.approaches[lane].clear();
  state.approached.clear();
  for (std::uint32_t i = 0; i < state.bodies.size(); ++i) {
    add_body(state, i);
    announce_vehicle(state, i);
  }
}

void find_crosswalk_lanes(State& state) {
  const LaneTable& lanes = state.net->lanes();
  state.crosswalks.resize(lanes.lanes().size());
  state.crosswalk_busy.assign(state.settings.crosswalks.size(), 0);
  for (std::uint32_t c = 0; c < state.settings.crosswalks.size(); ++c) {
    const Polygon& polygon = state.settings.crosswalks[c];
    if (polygon.size() < 3) continue;
    for (std::uint32_t index = 0; index < lanes.lanes().size(); ++index) {
      const Lane& lane = lanes[index];
      double begin = -1;
      double end = -1;
      for (std::uint32_t i = 0; lane.usable && i < lane.samples; ++i) {
        const LaneSample& p = lanes.samples(lane)[i];
        if (std::abs(p.z - polygon.front().z) > 3 || !inside(polygon, {p.x, p.y})) continue;
        if (begin < 0) begin = i * lane.spacing_m;
        end = i * lane.spacing_m;
      }
      if (begin >= 0) state.crosswalks[index].push_back({c, begin, end});
    }
  }
}

}  // namespace oddroad::traffic
