// Angles and offsets over a gait cycle as short Fourier series; degrees and millimetres as
// published, phase in cycles of the leg on the same side. Walking: one adult at 1.2 m/s; running:
// one adult at about 4 m/s; both averaged over left and right.
#pragma once

#include <array>
#include <cmath>

namespace oddroad::asset::curves {

struct Curve {
  double mean = 0;
  std::array<std::array<double, 2>, 5> terms{};  // cosine and sine of k = 1...5

  [[nodiscard]] double operator()(double phase) const {
    double value = mean;
    for (std::size_t k = 0; k < terms.size(); ++k) {
      const double angle = 2 * 3.14159265358979323846 * static_cast<double>(k + 1) * phase;
      value += terms[k][0] * std::cos(angle) + terms[k][1] * std::sin(angle);
    }
    return value;
  }
};

inline constexpr Curve kWalkThigh{8.6,
                                  {{{20.8, -4.1}, {-5.3, -.5}, {0, 2.6}, {-.4, 0}, {-.2, .6}}}};
inline constexpr Curve kWalkKnee{
    24.4, {{{-1.3, -22.0}, {-18.3, 9.3}, {0, 6.8}, {-1.2, 1.1}, {-.2, 1.5}}}};
inline constexpr Curve kWalkAnkle{
    3.4, {{{-5.0, 3.4}, {2.3, -3.0}, {-3.2, -.7}, {1.6, 1.2}, {.6, -1.7}}}};
inline constexpr Curve kWalkPelvisList{0, {{{1.4, 3.0}, {0, 0}, {-1.1, .5}}}};
inline constexpr Curve kWalkPelvisYaw{0, {{{3.1, 2.0}, {0, 0}, {-.4, .5}}}};
inline constexpr Curve kWalkTrunkYaw{0, {{{-6.0, 1.2}, {0, 0}, {.2, -.5}}}};
inline constexpr Curve kWalkTrunkBend{0, {{{1.2, 2.6}, {0, 0}, {-.9, .5}}}};
inline constexpr Curve kWalkPelvisHeight{0, {{{0, 0}, {-16.2, -8.1}, {0, 0}, {-.4, 1.0}}}};
inline constexpr Curve kWalkPelvisSway{0, {{{-25.5, 20.4}, {0, 0}, {-1.4, -2.2}}}};
inline constexpr Curve kWalkShoulder{-8, {{{-15.5, -.5}}}};
inline constexpr Curve kWalkElbow{30, {{{-11.5, -1}}}};

inline constexpr Curve kRunThigh{10.6, {{{25.5, -22.0}, {-3.4, 9.4}, {-.9, 3.4}}}};
inline constexpr Curve kRunKnee{51.3, {{{-14.9, -24.8}, {-4.2, 26.9}, {-2.7, 4.8}, {.6, .6}}}};
inline constexpr Curve kRunAnkle{-.7, {{{18.0, 1.3}, {-7.7, 8.2}, {-3.4, -.3}, {.8, -.4}}}};
inline constexpr Curve kRunShoulder{-18, {{{-10.7, 11.1}, {-2.7, 6.0}}}};
inline constexpr Curve kRunAbduction{27, {{{2.4, 4.7}, {.9, -.9}}}};
inline constexpr Curve kRunElbow{88, {{{-12.3, 15.6}, {2.3, -10.3}}}};
inline constexpr Curve kRunPelvisList{0, {{{3.7, 3.0}, {0, 0}, {-1.1, 1.4}}}};
inline constexpr Curve kRunTrunkBend{0, {{{2.8, 4.6}, {0, 0}, {-.8, 1.9}}}};
inline constexpr Curve kRunTrunkYaw{0, {{{-13.4, 8.6}, {0, 0}, {.8, -.2}}}};
inline constexpr Curve kRunPelvisHeight{0, {{{0, 0}, {1.0, -35.8}, {0, 0}, {1.4, 0}}}};

}  // namespace oddroad::asset::curves
