// The order of KITTI's points against angles: another way to the same.
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include "engine/exchange/kitti_velodyne.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

void add(capture::PointCloud& cloud, double azimuth, double range, int ring) {
  cloud.x_m.push_back(static_cast<float>(range * std::cos(azimuth)));
  cloud.y_m.push_back(static_cast<float>(range * std::sin(azimuth)));
  cloud.z_m.push_back(0.5f);
  cloud.range_m.push_back(static_cast<float>(range));
  cloud.intensity.push_back(0.5f);
  cloud.ring.push_back(static_cast<std::uint16_t>(ring));
  cloud.column.push_back(0);
  cloud.echo.push_back(0);
  cloud.time_offset_ns.push_back(0);
  cloud.instance.push_back(0);
  cloud.class_id.push_back(0);
  cloud.cause.push_back(1);
}

// As they come from a device that turns, in whole turns from `start`, with jitter; each with a
// second echo in the same direction.
capture::PointCloud turning(double start, double direction, double jitter) {
  capture::PointCloud cloud;
  std::mt19937 random(7);
  std::uniform_real_distribution<double> any(-1, 1);
  for (int step = 0; step < 720; ++step) {
    for (int ring = 0; ring < 3; ++ring) {
      const double azimuth =
          start + direction * step * 2 * M_PI / 720 + jitter * any(random) + 0.01 * ring;
      const double range = 20 + 10 * any(random);
      add(cloud, azimuth, range, ring);
      add(cloud, azimuth, 2 * range, ring);
    }
  }
  return cloud;
}

std::vector<std::uint32_t> by_angle(const capture::PointCloud& cloud) {
  std::vector<std::uint32_t> order(cloud.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto angle = [&](std::uint32_t i) {
    const long double a = std::atan2(static_cast<long double>(cloud.y_m[i]), cloud.x_m[i]);
    return a < 0 ? a + 2 * std::numbers::pi_v<long double> : a;
  };
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return cloud.ring[a] != cloud.ring[b] ? cloud.ring[a] > cloud.ring[b] : angle(a) < angle(b);
  });
  return order;
}

std::vector<std::uint32_t> order_of(const capture::PointCloud& cloud) {
  auto lidar = test::sample_lidar();
  lidar.T_ego_lidar = {};
  world::Actor ego;
  ego.id = core::InstanceId(1);
  ego.states.resize(2);
  return kitti_cloud(cloud, 0, lidar, ego, 0).index;
}

TEST(KittiVelodyne, PointsStandInTheOrderOfTheirAngles) {
  for (const double start : {0.0, 1.0, -3.0}) {
    for (const double direction : {1.0, -1.0}) {
      for (const double jitter : {0.0, 0.02, 3.0}) {  // neighbours swapped; no order left
        const auto cloud = turning(start, direction, jitter);
        EXPECT_TRUE(order_of(cloud) == by_angle(cloud)) << start << direction << jitter;
      }
    }
  }
}

TEST(KittiVelodyne, AxesAndEqualDirectionsHaveTheirPlaces) {
  capture::PointCloud cloud;
  for (const auto& [x, y] : {std::pair(0.f, -1.f),
                             {1.f, -0.f},
                             {-1.f, 0.f},
                             {0.f, 1.f},
                             {2.f, 0.f},
                             {1.f, 1.f},
                             {-2.f, -0.f},
                             {3.f, 3.f},
                             {1.f, -1e-30f}}) {
    add(cloud, 0, 1, 0);
    cloud.x_m.back() = x;
    cloud.y_m.back() = y;
  }
  EXPECT_EQ(order_of(cloud), (std::vector<std::uint32_t>{1, 4, 5, 7, 3, 2, 6, 0, 8}));
}

TEST(KittiVelodyne, WhatHasNoReturnOrIsTheEgoStaysOut) {
  capture::PointCloud cloud;
  for (int i = 0; i < 4; ++i) add(cloud, i, 10, 0);
  cloud.range_m[1] = 0;
  cloud.instance[2] = 1;
  EXPECT_EQ(order_of(cloud), (std::vector<std::uint32_t>{0, 3}));
  EXPECT_TRUE(order_of({}).empty());
}

}  // namespace
}  // namespace oddroad::exchange
