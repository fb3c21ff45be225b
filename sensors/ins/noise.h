// The random parts of motion sensors, each draw by its own key: sensor, kind of error, axis,
// sample.
#pragma once

#include <cstdint>

#include "engine/math/affine.h"

namespace oddroad::ins {

// What a draw is for; part of its key, append-only.
enum class Draw : std::uint32_t {
  kWhite = 0,
  kWalk = 1,
  kTurnOn = 2,
  kScale = 3,
  kMisaligned = 4,
  kSlow = 5,
  kVelocity = 6,
  kSky = 7,
  kReflection = 8
};

// Standard normal and uniform (0, 1) numbers of one sensor of one clip.
class Dice {
 public:
  // key: hash of (variant, sensor name).
  explicit Dice(std::uint64_t key) : key_(key) {}
  [[nodiscard]] double normal(Draw what, std::uint32_t axis, std::int64_t sample = 0) const;
  [[nodiscard]] double uniform(Draw what, std::uint32_t axis, std::int64_t sample = 0) const;
  [[nodiscard]] math::Vec3d normals(Draw what, std::uint32_t first_axis,
                                    std::int64_t sample = 0) const {
    return {normal(what, first_axis, sample), normal(what, first_axis + 1, sample),
            normal(what, first_axis + 2, sample)};
  }

 private:
  std::uint64_t key_;
};

// First-order Gauss-Markov process with a stationary deviation, stepped exactly (Gelb, Applied
// Optimal Estimation, 1974, 2.2): x' = x exp(-dt / tau) + sigma sqrt(1 - exp(-2 dt / tau)) N.
struct GaussMarkov {
  double value = 0;
  void step(double dt_s, double tau_s, double sigma, double normal);
};

// To the nearest multiple; 0 = as it is.
double quantised(double value, double step);

}  // namespace oddroad::ins
