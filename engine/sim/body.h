// The state of one actor while the simulation runs, and the scene of all of them at one step.
// A bicycle and its rider are one body.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/asset/model.h"
#include "engine/math/affine.h"
#include "engine/sim/outline.h"
#include "engine/sim/track.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

inline constexpr double kStep_s = 0.01;  // as world::kStepNs

// kBicycle: everything on two wheels with somebody on it, motorcycles and scooters included.
// kPerson: whoever walks, and wheelchairs and strollers, which go where people go.
enum class BodyKind { kVehicle, kBicycle, kPerson, kAnimal, kThing };

// The straight line on which somebody crosses (or is going to cross) the lane of another.
struct Crossing {
  std::size_t whom = 0;      // index of the body whose lane is crossed
  math::Vec2d from{0};       // where it starts
  math::Vec2d direction{0};  // unit, square to that lane
  double conflict_s_m = 0;   // where the lines meet, on the other's track
  double lane_reach_m = 0;   // along the line: distance at which the lane is left behind
};

struct Body {
  std::string name;
  BodyKind kind = BodyKind::kThing;
  Footprint footprint;
  double wheelbase_m = 0;
  double bottom_m = 0;   // of its lowest part above the model origin: tumbling things only
  double height_m = 0;   // of its highest part
  double stature_m = 0;  // people and riders: height when upright, once they have lain
  Footprint standing;    // and their outline then

  math::Vec3d position{0};  // model origin, local frame; of vehicles: on the road, as if unsprung
  double yaw_rad = 0;
  math::Pose pose;             // with pitch, roll and lean; of vehicles: of the sprung body
  math::Pose T_body_unsprung;  // see world::ActorState
  double speed_mps = 0;        // of the model origin along its path, >= 0
  math::Vec3d velocity_mps{0};
  double acceleration_mps2 = 0;
  double yaw_rate_rps = 0;
  double slip_mps = 0;  // sideways velocity of the rear axle, + left
  bool backwards = false;
  double steer_rad = 0;
  double rolled_m = 0;
  asset::Articulation articulation;
  std::function<double(double speed_mps)> phase_per_metre;  // of the gait; empty for rigid things
  std::function<asset::GaitWeights(double speed_mps)> natural_gait;  // animals
  world::Lamps lamps;

  std::shared_ptr<const Track> track;  // the line it drives along; null for people and things
  double s_m = 0;                      // of the model origin on the track
  double lateral_m = 0;

  // What lights and right of way demand of its driver now.
  double rules_mps2 = std::numeric_limits<double>::infinity();

  std::string carried_by;  // lies on that body: the two do not collide

  std::optional<Crossing> crossing;
  bool crossed = false;  // has left the crossed lane on the far side

  [[nodiscard]] Outline outline() const {
    return outline_at(footprint, math::Vec2d(position), yaw_rad);
  }
  // Of somebody who has fallen, before that.
  [[nodiscard]] double standing_width_m() const {
    return stature_m > 0 ? standing.width_m() : footprint.width_m();
  }
  [[nodiscard]] math::Vec2d forward() const;
};

inline bool walks(const Body& body) {
  return body.kind == BodyKind::kPerson || body.kind == BodyKind::kAnimal;
}

using Bodies = std::vector<Body>;

}  // namespace oddroad::sim
