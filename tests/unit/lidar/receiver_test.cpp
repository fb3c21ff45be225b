// Closed forms of the receiver, through whole sweeps.
#include "sensors/lidar/receiver.h"

#include "tests/unit/lidar/sweeps.h"

namespace oddroad {
namespace {

using lidar::Effects;

Effects only_detection() {
  Effects e = Effects::none();
  e.detection = true;
  return e;
}

double share_of(const lidar::SweepRecord& sweep) {
  return static_cast<double>(sweep.cloud.size()) / static_cast<double>(sweep.rays.size());
}

double deviation(const capture::PointCloud& cloud) {
  double sum = 0, square = 0;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const double e = double(cloud.range_m[i]) - double(cloud.true_range_m[i]);
    sum += e;
    square += e * e;
  }
  const double n = static_cast<double>(cloud.size());
  return std::sqrt(square / n - sum / n * (sum / n));
}

TEST(Receiver, TenPercentSphereAtItsRangeIsSeenHalfTheTime) {
  for (const char* name : {"velodyne_hdl64e_s2", "velodyne_vls128"}) {
    const auto settings = tests::device(name, only_detection());
    const double at = settings.model.range_10_m;
    for (const auto& [factor, expected] :
         {std::pair(1.0, 0.5), std::pair(0.9, lidar::detection_probability(3.7 / 0.81)),
          std::pair(1.1, lidar::detection_probability(3.7 / 1.21))}) {
      tests::TestWorld world;
      world.add_static("sphere",
                       tests::model_of(tests::sphere_mesh(at * factor), tests::matt(0.1f)));
      // 130,000 shots: five deviations are 0.007.
      EXPECT_NEAR(share_of(tests::swept(world, settings)), expected, 0.01) << name << factor;
    }
  }
}

TEST(Receiver, RangeErrorFollowsTheMakersLine) {
  auto settings = tests::device("velodyne_vls128");
  settings.effects.noise = true;
  settings.model.range_step_m = 0;
  settings.model.noise_m = 0.0005;
  settings.model.noise_per_m = 0.00044;
  for (const double at : {10.0, 40.0, 120.0}) {
    tests::TestWorld world;
    world.add_static("sphere", tests::model_of(tests::sphere_mesh(at), tests::matt(0.5f)));
    const double line = 0.0005 + 0.00044 * at;
    EXPECT_NEAR(deviation(tests::swept(world, settings).cloud), line, 0.02 * line) << at;
  }
  // Without a line: floor and threshold jitter.
  settings.model.noise_m = 0.015;
  settings.model.noise_per_m = 0;
  tests::TestWorld world;
  world.add_static("sphere", tests::model_of(tests::sphere_mesh(100), tests::matt(0.1f)));
  const double snr = 3.7 * (220.0 / 100) * (220.0 / 100);
  const double expected = std::hypot(0.015, 0.09 / std::sqrt(2 * snr));
  EXPECT_NEAR(deviation(tests::swept(world, settings).cloud), expected, 0.03 * expected);
}

TEST(Receiver, FalseAlarmsComeAtTheirRate) {
  auto settings = tests::device("velodyne_vls128");
  settings.effects.false_alarms = true;
  settings.model.optics.false_alarm = 1e-2;
  const tests::TestWorld sky;
  const auto sweep = tests::swept(sky, settings);
  const double n = static_cast<double>(sweep.rays.size());
  EXPECT_NEAR(share_of(sweep), 1e-2, 5 * std::sqrt(1e-2 / n));
  EXPECT_EQ(tests::count_of(sweep.cloud, capture::PointCause::kFalseAlarm), sweep.cloud.size());
  for (const auto id : sweep.cloud.instance) EXPECT_EQ(id, 0);
}

TEST(Receiver, NightSeesFartherByTheFactorOfDataSheets) {
  // Signals fall with the square of the range, so at 1.15 R the night's noise gives the same ratio.
  EXPECT_NEAR(lidar::noise_in(0), 1 / (1.15 * 1.15), 1e-12);
  EXPECT_NEAR(lidar::noise_in(100'000), 1, 1e-12);
}

TEST(Receiver, DarkRayAtTheEdgeOfTheScaleIsLabelledBelowThreshold) {
  const auto settings = tests::device("velodyne_hdl64e_s2", only_detection());
  tests::TestWorld world;
  world.add_static("sphere", tests::model_of(tests::sphere_mesh(100), tests::matt(0.02f)));
  const auto sweep = tests::swept(world, settings);
  for (std::size_t i = 0; i < sweep.rays.size(); ++i) {
    EXPECT_NEAR(sweep.rays.range_m[i], 100, 0.1);
    if (sweep.rays.returns[i] == 0) {
      EXPECT_EQ(sweep.rays.end[i], static_cast<int>(capture::RayEnd::kBelowThreshold));
    }
  }
}

TEST(Receiver, IntensityIsTheScaleOfTheDevice) {
  lidar::LidarModel model;
  model.intensity = {100, 1, true, 785};
  EXPECT_NEAR(lidar::written_intensity(model, 0.5) * 255, 50, 1e-9);
  EXPECT_NEAR(lidar::written_intensity(model, 785) * 255, 255, 1e-9);
  EXPECT_GT(lidar::written_intensity(model, 10), 0.5);
  model.intensity = {115, 0.25, true, 785};
  EXPECT_NEAR(lidar::written_intensity(model, 1.0 / 16) * 255, 115 / 2.0, 0.6);
  model.intensity = {255, 1, false, 1};
  EXPECT_NEAR(lidar::written_intensity(model, 0.5) * 255, 128, 1e-9);
  EXPECT_NEAR(lidar::written_intensity(model, 20), 1, 1e-9);
}

}  // namespace
}  // namespace oddroad
