#include "sensors/lidar/shot_pattern.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/check.h"
#include "engine/core/parallel.h"

namespace oddroad::lidar {

using capture::LidarBeam;
using capture::LidarScan;
using math::Vec3d;

namespace {

constexpr std::size_t kColumnsAtOnce = 64;

void aim_spinning(const LidarScan& scan, const LidarBeam& beam, Shot& shot) {
  const double head = scan.start_azimuth_rad - scan.turn_rad * static_cast<double>(shot.offset_ns) /
                                                   static_cast<double>(scan.sweep_ns);
  const double azimuth = head + beam.azimuth_offset_rad;
  const Vec3d forward(std::cos(azimuth), std::sin(azimuth), 0);
  const Vec3d left(-forward.y, forward.x, 0);
  const double ce = std::cos(beam.elevation_rad);
  const double se = std::sin(beam.elevation_rad);
  Vec3d origin = forward * (-beam.vertical_offset_m * se) + left * beam.horizontal_offset_m +
                 Vec3d(0, 0, beam.vertical_offset_m * ce);
  if (beam.forward_offset_m != 0) {
    origin += Vec3d(std::cos(head), std::sin(head), 0) * beam.forward_offset_m;
  }
  shot.origin = math::Vec3f(origin);
  shot.direction = math::Vec3f(forward * ce + Vec3d(0, 0, se));
}

// The deflections of the rotors add up (thin prisms); their sum is the angle from the axis.
void aim_with_rotors(const LidarScan& scan, const LidarBeam& beam, std::int64_t stamp_ns,
                     Shot& shot) {
  double left = beam.azimuth_offset_rad;
  double up = beam.elevation_rad;
  for (const capture::LidarRotor& rotor : scan.rotors) {
    // Whole turns go first: late in a long clip the angle is as exact as at its start.
    const double turns = rotor.frequency_hz * 1e-9 * static_cast<double>(stamp_ns);
    const double angle = 2 * std::numbers::pi * (turns - std::floor(turns)) + rotor.phase_rad;
    left += rotor.horizontal_rad * std::cos(angle);
    up += rotor.vertical_rad * std::sin(angle);
  }
  const double off = std::hypot(left, up);
  const double scale = off > 0 ? std::sin(off) / off : 1;
  shot.origin = math::Vec3f(0);
  shot.direction = math::Vec3f(Vec3d(std::cos(off), scale * left, scale * up));
}

}  // namespace

ShotPattern::ShotPattern(LidarScan scan, std::vector<LidarBeam> beams)
    : scan_(std::move(scan)), beams_(std::move(beams)), by_state_(scan_.states) {
  ODDROAD_CHECK(scan_.sweep_ns > 0 && scan_.columns > 0 && scan_.columns % scan_.states == 0);
  for (std::size_t b = 0; b < beams_.size(); ++b) {
    ODDROAD_CHECK(beams_[b].state < scan_.states);
    by_state_[beams_[b].state].push_back(static_cast<std::uint16_t>(b));
  }
  size_ = std::size_t{scan_.columns} / scan_.states * beams_.size();
  if (repeats()) fill(0, shots_);
}

std::span<const Shot> ShotPattern::shots(std::int64_t begin_ns, std::vector<Shot>& room) const {
  if (repeats()) return shots_;
  fill(begin_ns, room);
  return room;
}

void ShotPattern::fill(std::int64_t begin_ns, std::vector<Shot>& out) const {
  out.resize(size_);
  core::parallel_chunks(scan_.columns, kColumnsAtOnce, [&](std::size_t first, std::size_t last) {
    std::size_t i = first / scan_.states * beams_.size();
    for (std::size_t s = 0; s < first % scan_.states; ++s) i += by_state_[s].size();
    for (std::size_t c = first; c < last; ++c) {
      for (const std::uint16_t b : by_state_[c % scan_.states]) {
        const LidarBeam& beam = beams_[b];
        Shot& shot = out[i++];
        shot.column = static_cast<std::uint32_t>(c);
        shot.offset_ns = std::min(scan_.column_ns(shot.column) + beam.fire_time_ns, scan_.sweep_ns);
        shot.ring = beam.ring;
        shot.beam = b;
        if (repeats()) {
          aim_spinning(scan_, beam, shot);
        } else {
          aim_with_rotors(scan_, beam, begin_ns + shot.offset_ns, shot);
        }
      }
    }
  });
}

}  // namespace oddroad::lidar
