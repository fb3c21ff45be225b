#include "render/scene/puddle_level.h"

#include <algorithm>
#include <array>

namespace oddroad::scene {

float puddle_level(double share) {
  // Quantiles of hollow_at() over 4 million points, minus half the width of the shore.
  constexpr std::array<std::array<double, 2>, 12> kQuantiles{{{0, 0.9596},
                                                              {0.001, 0.8503},
                                                              {0.005, 0.8075},
                                                              {0.01, 0.7837},
                                                              {0.02, 0.7556},
                                                              {0.05, 0.7092},
                                                              {0.1, 0.6642},
                                                              {0.2, 0.6051},
                                                              {0.35, 0.5395},
                                                              {0.5, 0.4823},
                                                              {0.75, 0.3831},
                                                              {1, -0.02}}};
  if (share <= 0) return 2;
  for (std::size_t i = 1; i < kQuantiles.size(); ++i) {
    if (share > kQuantiles[i][0]) continue;
    const double u = (share - kQuantiles[i - 1][0]) / (kQuantiles[i][0] - kQuantiles[i - 1][0]);
    return static_cast<float>(kQuantiles[i - 1][1] * (1 - u) + kQuantiles[i][1] * u);
  }
  return -1;
}

}  // namespace oddroad::scene
