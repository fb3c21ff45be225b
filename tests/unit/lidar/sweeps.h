// Sweeps through small worlds for the tests of this folder.
#pragma once

#include <cmath>

#include <gtest/gtest.h>

#include "render/cast/embree_scene.h"
#include "sensors/lidar/model_file.h"
#include "sensors/lidar/scanner.h"
#include "tests/common/test_world.h"

namespace oddroad::tests {

inline constexpr std::int64_t kSweepStampNs = 200'000'000;

inline lidar::LidarSettings device(const std::string& model,
                                   const lidar::Effects& effects = lidar::Effects::none()) {
  auto loaded = lidar::load_lidar_model(model, {{ODDROAD_SOURCE_DIR}});
  EXPECT_TRUE(loaded.has_value()) << core::to_string(loaded.error());
  return {*loaded, lidar::ReturnMode::kStrongest, effects};
}

inline lidar::SweepRecord swept(const TestWorld& world, const lidar::LidarSettings& settings,
                                const math::Pose& mount = {},
                                const world::Environment& weather = {}, std::uint64_t key = 1) {
  const lidar::Scanner scanner(settings);
  auto window = world.window(scanner.begin_ns(kSweepStampNs), scanner.end_ns(kSweepStampNs));
  window.environment = weather;
  auto factory = cast::make_embree_factory();
  lidar::SweepRequest request;
  request.stamp_ns = kSweepStampNs;
  request.clip_key = 99;
  request.tick_key = key;
  request.rays = true;
  return scanner.sweep(window, *(*factory)->create(window), mount, request);
}

// Seen from inside: every shot from the middle meets it within 0.3 degrees of head-on.
inline math::TriangleMesh sphere_mesh(double radius_m) {
  constexpr int kTurn = 720, kUp = 360;
  math::TriangleMesh m;
  const auto at = [&](int i, int j) {
    const double a = 2 * M_PI * i / kTurn, e = M_PI * j / kUp - M_PI / 2;
    return math::Vec3f(radius_m * std::cos(e) * std::cos(a), radius_m * std::cos(e) * std::sin(a),
                       radius_m * std::sin(e));
  };
  for (int i = 0; i < kTurn; ++i) {
    // The poles are where no device looks.
    for (int j = kUp / 6; j < kUp * 5 / 6; ++j) {
      m.add_quad(at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1), 0);
    }
  }
  return m;
}

inline std::shared_ptr<const asset::Model> model_of(math::TriangleMesh mesh,
                                                    const asset::Material& material) {
  auto model = std::make_shared<asset::Model>(*tests::model_of(std::move(mesh)));
  model->materials[0] = material;
  return model;
}

inline asset::Material matt(float reflectance) {
  asset::Material m;
  m.roughness = 0.4f;
  m.reflectance_905nm = reflectance;
  return m;
}

inline std::size_t count_of(const capture::PointCloud& cloud, capture::PointCause cause) {
  std::size_t n = 0;
  for (const auto c : cloud.cause) n += c == static_cast<std::uint8_t>(cause) ? 1 : 0;
  return n;
}

}  // namespace oddroad::tests
