#include "sensors/lidar/rotor_aim.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/core/check.h"

namespace oddroad::lidar {
namespace {

constexpr std::size_t kMost = RotorAim::kMost;
// Squared radians up to which ten terms of the series are as exact as doubles are: 86 degrees.
constexpr double kFarthest2 = 2.25;
constexpr std::size_t kTerms = 10;

// Of 1 / 0!, 1 / 1!, 1 / 2! and so on.
constexpr std::array<double, 2 * kTerms + 2> kOverFactorial = [] {
  std::array<double, 2 * kTerms + 2> out{};
  double factorial = 1;
  for (std::size_t n = 0; n < out.size(); ++n) {
    factorial *= n == 0 ? 1 : static_cast<double>(n);
    out[n] = 1 / factorial;
  }
  return out;
}();

// cos(x) and sin(x) / x of x^2. Even powers alone: no root of what a sum of squares is.
inline double cosine(double x2) {
  double out = 0;
#pragma GCC unroll 11
  for (std::size_t k = kTerms + 1; k-- > 0;) out = kOverFactorial[2 * k] - x2 * out;
  return out;
}
inline double sine_over_x(double x2) {
  double out = 0;
#pragma GCC unroll 11
  for (std::size_t k = kTerms + 1; k-- > 0;) out = kOverFactorial[2 * k + 1] - x2 * out;
  return out;
}

struct Angles {
  double left[kMost], up[kMost];
};
struct Turn {
  double rad_per_s;
  double cos_left, sin_left, cos_up, sin_up;  // at the block's instant, times the deflections
};
struct Aimed {
  double off2[kMost], x[kMost], scale[kMost];
};

// Adds what a rotor deflects at times after the block's instant.
using Deflect = void (*)(std::size_t n, const Turn& turn, const double* after_s, Angles& sum);
void deflect(std::size_t n, const Turn& turn, const double* after_s, Angles& sum) {
  for (std::size_t i = 0; i < n; ++i) {
    const double x = turn.rad_per_s * after_s[i];
    const double c = cosine(x * x);
    const double s = x * sine_over_x(x * x);
    sum.left[i] += turn.cos_left * c - turn.sin_left * s;
    sum.up[i] += turn.sin_up * c + turn.cos_up * s;
  }
}

// The square of the angle from the axis, its cosine, and its sine over it.
using FromAxis = void (*)(std::size_t n, const Angles& angles, Aimed& out);
void from_axis(std::size_t n, const Angles& angles, Aimed& out) {
  for (std::size_t i = 0; i < n; ++i) {
    const double off2 = angles.left[i] * angles.left[i] + angles.up[i] * angles.up[i];
    out.off2[i] = off2;
    out.x[i] = cosine(off2);
    out.scale[i] = sine_over_x(off2);
  }
}

struct Loops {
  Deflect deflect;
  FromAxis from_axis;
};

// As in ground_fields.cpp.
#ifdef __x86_64__
#define ODDROAD_AVX2 __attribute__((target("avx2"), flatten))
#define ODDROAD_AVX512 __attribute__((target("avx2,avx512f,avx512dq,avx512bw,avx512vl"), flatten))

ODDROAD_AVX2 void deflect_avx2(std::size_t n, const Turn& turn, const double* after_s,
                               Angles& sum) {
  deflect(n, turn, after_s, sum);
}
ODDROAD_AVX2 void from_axis_avx2(std::size_t n, const Angles& angles, Aimed& out) {
  from_axis(n, angles, out);
}
ODDROAD_AVX512 void deflect_avx512(std::size_t n, const Turn& turn, const double* after_s,
                                   Angles& sum) {
  deflect(n, turn, after_s, sum);
}
ODDROAD_AVX512 void from_axis_avx512(std::size_t n, const Angles& angles, Aimed& out) {
  from_axis(n, angles, out);
}
#endif

Loops widest() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    return {deflect_avx512, from_axis_avx512};
  }
  if (__builtin_cpu_supports("avx2")) return {deflect_avx2, from_axis_avx2};
#endif
  return {deflect, from_axis};
}

double angle_at(const capture::LidarRotor& rotor, std::int64_t stamp_ns) {
  // Whole turns go first: late in a long clip the angle is as exact as at its start.
  const double turns = rotor.frequency_hz * 1e-9 * static_cast<double>(stamp_ns);
  return 2 * std::numbers::pi * (turns - std::floor(turns)) + rotor.phase_rad;
}

}  // namespace

math::Vec3d aim_with_rotors(const capture::LidarScan& scan, const capture::LidarBeam& beam,
                            std::int64_t stamp_ns) {
  double left = beam.azimuth_offset_rad;
  double up = beam.elevation_rad;
  for (const capture::LidarRotor& rotor : scan.rotors) {
    const double angle = angle_at(rotor, stamp_ns);
    left += rotor.horizontal_rad * std::cos(angle);
    up += rotor.vertical_rad * std::sin(angle);
  }
  const double off = std::hypot(left, up);
  const double scale = off > 0 ? std::sin(off) / off : 1;
  return {std::cos(off), scale * left, scale * up};
}

void RotorAim::aim(std::int64_t begin_ns, std::span<Shot> shots) const {
  if (aim_by_series(begin_ns, shots)) return;
  for (Shot& shot : shots) {
    shot.direction =
        math::Vec3f(aim_with_rotors(scan_, beams_[shot.beam], begin_ns + shot.offset_ns));
  }
}

bool RotorAim::aim_by_series(std::int64_t begin_ns, std::span<Shot> shots) const {
  static const Loops kLoops = widest();
  const std::size_t n = shots.size();
  ODDROAD_CHECK_OP(n, <=, kMost);
  if (n == 0) return true;
  const std::int64_t middle_ns = shots[n / 2].offset_ns;
  double after_s[kMost];
  Angles angles;
  double longest_s = 0;
  for (std::size_t i = 0; i < n; ++i) {
    after_s[i] = 1e-9 * static_cast<double>(shots[i].offset_ns - middle_ns);
    longest_s = std::max(longest_s, std::abs(after_s[i]));
    angles.left[i] = beams_[shots[i].beam].azimuth_offset_rad;
    angles.up[i] = beams_[shots[i].beam].elevation_rad;
  }
  for (const capture::LidarRotor& rotor : scan_.rotors) {
    const double rad_per_s = 2 * std::numbers::pi * rotor.frequency_hz;
    const double most = rad_per_s * longest_s;
    if (most * most > kFarthest2) return false;
    const double angle = angle_at(rotor, begin_ns + middle_ns);
    const double c = std::cos(angle), s = std::sin(angle);
    kLoops.deflect(n,
                   {rad_per_s, rotor.horizontal_rad * c, rotor.horizontal_rad * s,
                    rotor.vertical_rad * c, rotor.vertical_rad * s},
                   after_s, angles);
  }
  Aimed aimed;
  kLoops.from_axis(n, angles, aimed);
  for (std::size_t i = 0; i < n; ++i) {
    if (aimed.off2[i] > kFarthest2) return false;
    shots[i].direction = math::Vec3f(
        math::Vec3d(aimed.x[i], aimed.scale[i] * angles.left[i], aimed.scale[i] * angles.up[i]));
  }
  return true;
}

}  // namespace oddroad::lidar
