// The object list of a radar: a simple tracker over its detections.
//
// One Kalman filter a track: place and velocity in the plane over ground, white acceleration as
// process noise (Bar-Shalom, Li and Kirubarajan, Estimation with Applications to Tracking and
// Navigation, 2001, 6.2). Detections go to the nearest track within the gate (3 m in place beside
// three deviations, 3 m/s in radial velocity over ground); their mean place and each one's radial
// velocity update it. What is left is grouped (2.5 m, 2 m/s) and founds tracks, strongest first. A
// track is told from its third cycle with detections on and dropped after five without. The tracker
// knows the ego's motion, as a car's bus tells it, and nothing of the truth: `instance` of a track
// is counted beside it.
#pragma once

#include <map>
#include <vector>

#include "engine/capture/radar.h"
#include "engine/core/archive.h"
#include "engine/math/affine.h"

namespace oddroad::radar {

class Tracker {
 public:
  explicit Tracker(std::size_t most = 100) : most_(most) {}

  // One cycle; stamps ascend. Told tracks, ascending id.
  std::vector<capture::RadarTrack> step(const std::vector<capture::RadarDetection>& detections,
                                        const math::Affine3d& T_world_ego,
                                        const math::Pose& T_ego_radar, std::int64_t stamp_ns);
  void remember(core::Archive& archive) { archive(tracks_, next_id_, last_ns_); }

 private:
  struct Track {
    int id = 0;
    glm::dvec4 state{0};  // x y vx vy, world
    glm::dmat4 P{1.0};
    double rcs_dbsm = 0;
    int age = 0, hits = 0, missed = 0;
    std::map<std::uint16_t, int> sources;  // detections by instance
    void remember(core::Archive& archive) {
      archive(id, state, P, rcs_dbsm, age, hits, missed, sources);
    }
  };
  struct Plot {
    math::Vec2d place_m{0}, toward{0};  // world; unit vector from the radar
    double radial_mps = 0;              // over ground
    double sigma_along_m = 0, sigma_across_m = 0;
    double rcs_dbsm = 0, snr_db = 0;
    std::uint16_t instance = 0;
  };
  static void predict(Track& track, double dt_s);
  static void update(Track& track, const std::vector<const Plot*>& plots);
  void found(std::vector<const Plot*> left);

  std::size_t most_;
  std::vector<Track> tracks_;  // ascending id
  int next_id_ = 1;
  std::int64_t last_ns_ = -1;
};

}  // namespace oddroad::radar
