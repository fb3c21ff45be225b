// The sway of somebody who balances on two wheels at low speed: smooth, band-limited noise.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace oddroad::sim {

// Sideways deviation of a cyclist: 0.15 m at 8 km/h and below, falling to 0.03 m at 20 km/h and
// above (one standard deviation).
double wobble_sigma_m(double speed_mps);

class Wobble {
 public:
  struct Sway {
    double value = 0;  // deviation 1, mean 0
    double rate = 0;   // 1/s
    double bend = 0;   // 1/s2
  };

  // Six waves between 0.12 and 0.45 Hz with phases of their own.
  Wobble(std::uint64_t key, std::string_view path);
  [[nodiscard]] Sway at(double time_s) const;

 private:
  struct Wave {
    double rate_rps = 0;
    double phase_rad = 0;
  };
  std::array<Wave, 6> waves_;
};

}  // namespace oddroad::sim
