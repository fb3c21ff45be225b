#include "engine/sim/meeting.h"

#include <cmath>
#include <limits>

#include "engine/sim/longitudinal.h"
#include "engine/sim/person_mover.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {

using math::Vec2d;

Meeting meeting_with(const Body& whom, const Body& self, double aim) {
  const Vec2d way = self.crossing->direction;
  const Outline outline =
      outline_at(self.footprint, Vec2d(self.position), std::atan2(way.y, way.x));
  const TrackPoint middle = whom.track->project(outline.centre, self.crossing->conflict_s_m);
  const double heading = whom.track->at(middle.s_m).heading_rad;
  const double near_s = middle.s_m - outline.reach({std::cos(heading), std::sin(heading)});
  Meeting out;
  out.time_s = whom.speed_mps > kStandingSpeed_mps ? (near_s - front_s_m(whom)) / whom.speed_mps
                                                   : std::numeric_limits<double>::infinity();
  const int side = middle.lateral_m > 0 ? 1 : -1;
  out.way_m = std::abs(middle.lateral_m - aimed_lateral_m(whom, aim, side));
  return out;
}

bool must_set_out(const Meeting& meeting, double accel_mps2, double speed_mps) {
  return meeting.time_s - time_from_rest(accel_mps2, speed_mps, meeting.way_m) < 0.5 * kStep_s;
}

}  // namespace oddroad::sim
