#include "render/scene/puddle_level.h"

#include <gtest/gtest.h>

#include "render/shaders/puddles.h"

namespace oddroad::scene {
namespace {

TEST(PuddleLevel, CoversTheShareThatIsAsked) {
  for (const double share : {0.0, 0.01, 0.05, 0.12, 0.3, 0.6, 1.0}) {
    const float level = puddle_level(share);
    int wet = 0;
    constexpr int kSide = 600;
    for (int i = 0; i < kSide; ++i) {
      for (int j = 0; j < kSide; ++j) {
        const float hollow = shaders::hollow_at(static_cast<float>(i) * 0.83f - 90,
                                                static_cast<float>(j) * 0.79f + 11);
        wet += shaders::puddle_cover(hollow, level) > 0.5f;
      }
    }
    EXPECT_NEAR(static_cast<double>(wet) / (kSide * kSide), share, 0.005 + 0.1 * share);
  }
}

}  // namespace
}  // namespace oddroad::scene
