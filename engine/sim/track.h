// The line an actor drives along: the centre of its lane and of the lanes that follow it, as
// stations every half metre, in the clip's local frame.
#pragma once

#include <vector>

#include "engine/math/affine.h"
#include "engine/road/lane_graph.h"

namespace oddroad::sim {

struct TrackStation {
  double s_m = 0;           // along the track, in driving direction
  math::Vec3d position{0};  // lane centre on the surface
  double heading_rad = 0;   // driving direction
  double bank_rad = 0;      // surface tilt across: + = rises to the left
  double lane_width_m = 3.5;
};

// A lane of the map that the track leads over, from s on.
struct TrackLane {
  road::LaneId lane;
  double s_m = 0;
};

// Where a point lies beside the track.
struct TrackPoint {
  double s_m = 0;
  double lateral_m = 0;  // + left
};

class Track {
 public:
  // Stations in ascending s, at least two. The track goes on straight beyond both ends.
  explicit Track(std::vector<TrackStation> stations, std::vector<TrackLane> lanes = {});

  [[nodiscard]] double begin_m() const { return stations_.front().s_m; }
  [[nodiscard]] double end_m() const { return stations_.back().s_m; }
  [[nodiscard]] const std::vector<TrackStation>& stations() const { return stations_; }
  // In driving direction, ascending s. Empty for tracks that follow no lanes or go against them.
  [[nodiscard]] const std::vector<TrackLane>& lanes() const { return lanes_; }

  [[nodiscard]] TrackStation at(double s_m) const;
  // Point beside the centre line, on the lane's tilted surface.
  [[nodiscard]] math::Vec3d point(double s_m, double lateral_m) const;
  // Signed curvature, 1/m, + = turns left.
  [[nodiscard]] double curvature(double s_m) const;
  // Rise per metre in driving direction.
  [[nodiscard]] double slope(double s_m) const;

  // Nearest point of the track; the hint's neighbourhood (20 m either way) is searched first and
  // the whole track only if the nearest lies on the border of it.
  [[nodiscard]] TrackPoint project(const math::Vec2d& p, double hint_s_m) const;
  [[nodiscard]] TrackPoint project(const math::Vec2d& p) const;

 private:
  [[nodiscard]] std::size_t segment(double s_m) const;
  // On segments `first` to `last` - 1; `guess` is one of them that may well be near.
  [[nodiscard]] TrackPoint project(const math::Vec2d& p, std::size_t first, std::size_t last,
                                   std::size_t guess) const;
  struct OnSegment {
    double u;  // from its begin to its end; outside [0, 1] only beyond the ends of the track
    math::Vec2d along, offset;
    double distance2;
  };
  [[nodiscard]] OnSegment on_segment(const math::Vec2d& p, std::size_t i) const;

  std::vector<TrackStation> stations_;
  std::vector<double> chords_m_;  // straight from station to station in plan, summed up
  std::vector<TrackLane> lanes_;
};

// Straight level track along x (tests, and things that stand beside no lane).
Track straight_track(const math::Vec3d& start, double heading_rad, double length_m);

}  // namespace oddroad::sim
