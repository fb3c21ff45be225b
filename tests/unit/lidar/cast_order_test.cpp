// Light that goes the same way is cast together.
#include "sensors/lidar/cast_order.h"

#include <numeric>

#include <gtest/gtest.h>

#include "sensors/lidar/chunks.h"
#include "sensors/lidar/model_file.h"

namespace oddroad {
namespace {

using lidar::Shot;

// Between the directions of each ray and the next, radians.
double mean_step(std::span<const Shot> shots, const std::vector<std::uint32_t>& order) {
  double sum = 0;
  for (std::size_t k = 1; k < order.size(); ++k) {
    sum += glm::length(math::Vec3d(shots[order[k]].direction) -
                       math::Vec3d(shots[order[k - 1]].direction));
  }
  return sum / static_cast<double>(order.size() - 1);
}

class CastOrder : public testing::TestWithParam<const char*> {};

TEST_P(CastOrder, NamesEachShotOnceInItsChunkNextToItsNeighbours) {
  const auto model = lidar::load_lidar_model(GetParam(), {{ODDROAD_SOURCE_DIR}});
  ASSERT_TRUE(model.has_value()) << core::to_string(model.error());
  const lidar::ShotPattern pattern(model->scan(), model->beams);
  std::vector<Shot> room;
  const auto shots = pattern.shots(0, room);
  const std::vector<std::uint32_t> order = lidar::cast_order(shots);
  ASSERT_EQ(order.size(), shots.size());
  std::vector<int> named(shots.size(), 0);
  for (std::size_t k = 0; k < order.size(); ++k) {
    ASSERT_LT(order[k], shots.size());
    ++named[order[k]];
    EXPECT_EQ(order[k] / lidar::kChunkShots, k / lidar::kChunkShots);
  }
  EXPECT_EQ(std::count(named.begin(), named.end(), 1), std::ptrdiff_t(shots.size()));
  std::vector<std::uint32_t> fired(shots.size());
  std::iota(fired.begin(), fired.end(), 0u);
  EXPECT_LT(mean_step(shots, order), 0.75 * mean_step(shots, fired));
}

INSTANTIATE_TEST_SUITE_P(Spinning, CastOrder,
                         testing::Values("velodyne_hdl64e_s2", "velodyne_vls128", "velodyne_vlp16",
                                         "hesai_ot128"));

class FieldOrder : public testing::TestWithParam<const char*> {};

TEST_P(FieldOrder, NamesEachShotOnceNextToItsNeighbours) {
  const auto model = lidar::load_lidar_model(GetParam(), {{ODDROAD_SOURCE_DIR}});
  ASSERT_TRUE(model.has_value()) << core::to_string(model.error());
  const lidar::ShotPattern pattern(model->scan(), model->beams);
  std::vector<Shot> room;
  lidar::FieldOrder order;
  for (const std::int64_t begin : {0ll, 12'300'000'000ll}) {
    const auto shots = pattern.shots(begin, room);
    order.set(shots);
    const std::vector<std::uint32_t> once(order.shots().begin(), order.shots().end());
    std::vector<std::uint32_t> sorted = once, fired(shots.size());
    std::iota(fired.begin(), fired.end(), 0u);
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(sorted, fired);
    // Packets of 16 are small: of the field each takes about its share.
    double sum = 0;
    for (std::size_t k = 0; k + 16 <= once.size(); k += 16) {
      math::Vec3f low(1), high(-1);
      for (std::size_t i = k; i < k + 16; ++i) {
        low = glm::min(low, shots[once[i]].direction);
        high = glm::max(high, shots[once[i]].direction);
      }
      sum += double(glm::length(high - low));
    }
    const double field =
        4 * std::sin(model->rotors[0].horizontal_rad) *
        std::max(std::sin(model->rotors[0].vertical_rad), std::sin(model->rotors[1].vertical_rad));
    EXPECT_LT(sum / double(once.size() / 16), 4 * std::sqrt(field * 16 / double(once.size())));
  }
}

INSTANTIATE_TEST_SUITE_P(Wandering, FieldOrder,
                         testing::Values("livox_mid70", "livox_avia_like", "livox_hap_like"));

TEST(CastOrderOfNothing, IsEmpty) {
  EXPECT_TRUE(lidar::cast_order({}).empty());
}

}  // namespace
}  // namespace oddroad
