#include "render/scene/puddle_level.h"

#include <algorithm>
#include <array>

namespace oddroad::scene {

float puddle_level(double share) {
  // Quantiles of hollow_at() over 4 million points.
  constexpr std::array<std::array<double, 2>, 12> kQuantiles{{{0, 0.9771},
                                                              {0.001, 0.8678},
                                                              {0.005, 0.8250},
                                                              {0.01, 0.8012},
                                                              {0.02, 0.7731},
                                                              {0.05, 0.7267},
                                                              {0.1, 0.6817},
                                                              {0.2, 0.6226},
                                                              {0.35, 0.5570},
                                                              {0.5, 0.4998},
                                                              {0.75, 0.4006},
                                                              {1, -0.0025}}};
  if (share <= 0) return 2;
  for (std::size_t i = 1; i < kQuantiles.size(); ++i) {
    if (share > kQuantiles[i][0]) continue;
    const double u = (share - kQuantiles[i - 1][0]) / (kQuantiles[i][0] - kQuantiles[i - 1][0]);
    return static_cast<float>(kQuantiles[i - 1][1] * (1 - u) + kQuantiles[i][1] * u);
  }
  return -1;
}

}  // namespace oddroad::scene
