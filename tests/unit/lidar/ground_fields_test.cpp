#include "sensors/lidar/ground_fields.h"

#include <gtest/gtest.h>

#include "engine/core/random.h"
#include "render/shaders/puddles.h"

namespace oddroad {
namespace {

// Lanes of whatever width the processor has give what one number at a time does, to the last bit.
TEST(GroundFields, AreTheFieldsOfThePictures) {
  core::RandomStream random(7, "places");
  std::vector<std::pair<float, float>> places = {{0, 0}, {-0.6f, 1.2f}, {-3.1f, -0.93f}};
  for (int i = 0; i < 1000; ++i) {
    places.emplace_back(random.uniform(-2000, 2000), random.uniform(-2000, 2000));
  }
  lidar::GroundFields fields;
  for (const auto& [x, y] : places) fields.add(x, y);
  fields.make(true);
  for (std::uint32_t k = 0; k < places.size(); ++k) {
    const auto [x, y] = places[k];
    const auto at = fields.at(k);
    EXPECT_EQ(at.hollow, shaders::hollow_at(x, y));
    EXPECT_EQ(at.stones, shaders::puddle_noise(x / 0.6f, y / 0.6f, 245u));
    EXPECT_EQ(at.snow[0], shaders::puddle_noise(x / 1.9f, y / 1.9f, 221u));
    EXPECT_EQ(at.snow[1], shaders::puddle_noise(x / 0.37f, y / 0.37f, 222u));
    EXPECT_EQ(at.snow[2], shaders::puddle_noise(x / 0.083f, y / 0.083f, 223u));
  }
}

TEST(GroundFields, AreUsedAgain) {
  lidar::GroundFields fields;
  fields.add(1, 2);
  fields.make(true);
  fields.clear();
  EXPECT_EQ(fields.add(3, 4), 0u);
  fields.make(false);
  EXPECT_EQ(fields.at(0).hollow, shaders::hollow_at(3, 4));
  EXPECT_EQ(fields.at(0).snow[0], 0);
}

}  // namespace
}  // namespace oddroad
