// What a car's own motion sensors record over a clip: one series a sensor, one sample an instant,
// truth beside every measured value. SI and radians; stamps in ns on the clip's clock. `world` is
// the clip's local frame (x east, y north, z up), the frame of the timeline.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::capture {

// Axes of the IMU's mount. Specific force: acceleration minus gravity, +g upwards at rest.
struct ImuSample {
  std::int64_t stamp_ns = 0;
  math::Vec3d force_mps2{0}, rate_rps{0};            // measured
  math::Vec3d true_force_mps2{0}, true_rate_rps{0};  // at the IMU's own place
  math::Vec3d force_bias_mps2{0}, rate_bias_rps{0};  // turn-on bias and what it walked since
  std::int64_t saturated = 0;  // bit k: axis k of force (0 to 2), of rate (3 to 5) is at its limit
  bool operator==(const ImuSample&) const = default;
};

// Numbers of NMEA 0183 (GGA, field 6).
enum class FixQuality : std::int64_t {
  kNone = 0,
  kStandard = 1,
  kDifferential = 2,
  kRtkFixed = 4,
  kRtkFloat = 5
};

// NaN where there is no fix, latitude and longitude also where the scene has no place on earth.
struct GnssFix {
  std::int64_t stamp_ns = 0;    // when the position holds
  std::int64_t arrival_ns = 0;  // when the receiver tells it
  std::int64_t quality = 0;     // FixQuality
  std::int64_t satellites = 0;  // used: seen ones and reflected ones
  // Bit k: the k-th satellite of the sensor's list is in line of sight; is received by a reflection
  // only (its range is too long).
  std::int64_t in_sight = 0, reflected = 0;
  double hdop = 0, vdop = 0;            // sqrt of the trace of the horizontal, vertical cofactor
  double sigma_h_m = 0, sigma_v_m = 0;  // as the receiver believes
  math::Vec3d position_m{0};            // of the antenna, world
  math::Vec3d velocity_mps{0};          // world
  double latitude_rad = 0, longitude_rad = 0, height_m = 0;  // of position_m, WGS 84
  math::Vec3d true_position_m{0}, true_velocity_mps{0};
  bool operator==(const GnssFix&) const = default;
};

// A satellite over the horizon; constant over a clip. World frame, unit, towards it.
struct Satellite {
  math::Vec3d direction{0};
  bool operator==(const Satellite&) const = default;
};

// Wheels in the order front left, front right, rear left, rear right.
struct OdometrySample {
  std::int64_t stamp_ns = 0;
  std::int64_t ticks_fl = 0, ticks_fr = 0, ticks_rl = 0, ticks_rr = 0;  // counted since the start
  double speed_mps = 0;  // of the vehicle, as its bus tells: from the rear wheels' ticks
  double steer_rad = 0;  // of the front wheels, + left
  double true_fl_m = 0, true_fr_m = 0, true_rl_m = 0, true_rr_m = 0;  // rolled since the start
  double true_speed_mps = 0, true_steer_rad = 0;
  bool operator==(const OdometrySample&) const = default;
};

// What a navigation system that joins IMU and GNSS says: the pose of its mount.
struct NavigationSample {
  std::int64_t stamp_ns = 0;
  std::int64_t quality = 0;  // FixQuality of the last GNSS fix that went in
  std::int64_t satellites = 0;
  math::Vec3d position_m{0}, velocity_mps{0};       // world
  double roll_rad = 0, pitch_rad = 0, yaw_rad = 0;  // ISO 8855: yaw from east, left positive
  math::Vec3d acceleration_mps2{0}, rate_rps{0};    // mount axes, gravity taken out
  double latitude_rad = 0, longitude_rad = 0, height_m = 0;
  double sigma_position_m = 0, sigma_velocity_mps = 0;  // as the system believes
  math::Vec3d true_position_m{0}, true_velocity_mps{0};
  double true_roll_rad = 0, true_pitch_rad = 0, true_yaw_rad = 0;
  bool operator==(const NavigationSample&) const = default;
};

template <typename Sample>
struct Series {
  std::string sensor;
  std::vector<Sample> samples;  // ascending stamps
  bool operator==(const Series&) const = default;
};
using ImuSeries = Series<ImuSample>;
using OdometrySeries = Series<OdometrySample>;
using NavigationSeries = Series<NavigationSample>;
struct GnssSeries : Series<GnssFix> {
  std::vector<Satellite> satellites;
  bool operator==(const GnssSeries&) const = default;
};

// All series of one clip, each in the order of the rig.
struct MotionRecords {
  std::vector<ImuSeries> imus;
  std::vector<GnssSeries> gnss;
  std::vector<NavigationSeries> navigations;
  std::vector<OdometrySeries> odometries;
  bool operator==(const MotionRecords&) const = default;
  [[nodiscard]] bool empty() const {
    return imus.empty() && gnss.empty() && navigations.empty() && odometries.empty();
  }
};

}  // namespace oddroad::capture
