#include "sensors/lidar/shot_pattern.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "sensors/lidar/rotor_aim.h"

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
      const auto column = static_cast<std::uint32_t>(c);
      const std::int64_t column_ns = scan_.column_ns(column);
      for (const std::uint16_t b : by_state_[c % scan_.states]) {
        Shot& shot = out[i++];
        shot.origin = math::Vec3f(0);
        shot.column = column;
        shot.offset_ns = std::min(column_ns + beams_[b].fire_time_ns, scan_.sweep_ns);
        shot.ring = beams_[b].ring;
        shot.beam = b;
        if (repeats()) aim_spinning(scan_, beams_[b], shot);
      }
    }
  });
  if (repeats()) return;
  const RotorAim rotors(scan_, beams_);
  const std::size_t blocks = (size_ + RotorAim::kMost - 1) / RotorAim::kMost;
  core::parallel_for(blocks, [&](std::size_t k) {
    const std::size_t first = k * RotorAim::kMost;
    rotors.aim(begin_ns, std::span(out).subspan(first, std::min(RotorAim::kMost, size_ - first)));
  });
}

}  // namespace oddroad::lidar
