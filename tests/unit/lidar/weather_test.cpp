// Weather in the beam: transmission and counts of returns by closed forms and by a second method.
#include <algorithm>

#include "engine/core/random.h"
#include "sensors/lidar/air.h"
#include "sensors/lidar/droplets.h"
#include "sensors/lidar/receiver.h"
#include "tests/unit/lidar/sweeps.h"

namespace oddroad {
namespace {

using capture::PointCause;
using lidar::Airborne;
using lidar::Effects;
using math::Vec3d;

Effects weather_only() {
  Effects e = Effects::none();
  e.air = e.detection = true;
  return e;
}

world::Environment with(double world::Environment::*member, double value) {
  world::Environment e;
  e.cloud_cover = 1;
  e.*member = value;
  return e;
}

TEST(Air, TransmissionOfRainAndFogIsTheirs) {
  tests::TestWorld world;
  auto window = world.window(0, 100'000'000);
  // Sensors and drops of the table: R mm/h, extinction per metre (Mie), half of it for LiDARs.
  for (const auto& [rate, mie] :
       {std::pair(1.0, 3.67e-4), std::pair(5.0, 1.01e-3), std::pair(10.0, 1.56e-3),
        std::pair(25.0, 2.78e-3), std::pair(50.0, 4.30e-3), std::pair(100.0, 6.63e-3)}) {
    window.environment = with(&world::Environment::rain_mm_per_h, rate);
    const lidar::Air air(window, 0, {});
    const double two_way = std::exp(-2 * air.depth({0, 0, 2}, {1, 0, 0}, 100));
    EXPECT_NEAR(two_way, std::exp(-2 * 0.5 * mie * 100), 0.05 * two_way) << rate;
  }
  for (const double mor : {50.0, 103.0, 600.0}) {
    window.environment = with(&world::Environment::fog_visibility_m, mor);
    const lidar::Air air(window, 0, {});
    EXPECT_NEAR(std::exp(-air.depth({0, 0, 2}, {1, 0, 0}, mor)), 0.05, 1e-9);
  }
}

TEST(Air, FogThinsWithHeightAsItsIntegralSays) {
  tests::TestWorld world;
  auto window = world.window(0, 100'000'000);
  window.environment = with(&world::Environment::fog_visibility_m, 100);
  window.environment.fog_height_m = 20;
  const lidar::Air air(window, 0, {});
  const Vec3d from(0, 0, 2), along = glm::normalize(Vec3d(1, 0, 0.3));
  double sum = 0;
  for (int k = 0; k < 20000; ++k) {
    const double z = from.z + along.z * (k + 0.5) * 0.005;
    sum += 0.005 * world::extinction_per_m(100) * std::exp(-z / 20);
  }
  EXPECT_NEAR(air.depth(from, along, 100), sum, 1e-3 * sum);
}

// Every drop of the cone of each of many shots, as Kilic et al. draw them.
double brute_share(const lidar::LidarModel& model, double rate, double extinction) {
  const double falloff = 4.1 * std::pow(rate, -0.21);
  const double divergence =
      std::sqrt(model.optics.divergence_h_rad * model.optics.divergence_v_rad);
  constexpr double kReach = 25;
  constexpr int kShots = 20000;
  core::RandomStream random(7, "drops");
  int heard = 0;
  for (int k = 0; k < kShots; ++k) {
    const double volume = M_PI / 12 * kReach * std::pow(divergence * kReach, 2);
    const double mean = volume * 8000 / falloff;
    double best = -1e9;
    for (double at = -std::log(random.uniform()); at < mean; at -= std::log(random.uniform())) {
      const double s = kReach * std::cbrt(random.uniform());
      const double diameter = -std::log(random.uniform()) / falloff;
      if (s < 1 || diameter > 6) continue;
      const double ratio = 1e-3 * diameter / (divergence * s);
      const double snr = lidar::signal_to_noise(model, 0.02 * std::min(ratio * ratio, 1.0), s) *
                         std::exp(-2 * extinction * s);
      best = std::max(best, snr + random.normal());
    }
    heard += best > lidar::kThresholdToNoise ? 1 : 0;
  }
  return heard / double(kShots);
}

TEST(Rain, AsManyDropsAnswerAsWhenEachIsDrawn) {
  const tests::TestWorld sky;
  for (const double rate : {10.0, 50.0}) {
    const auto settings = tests::device("velodyne_vls128", weather_only());
    auto weather = with(&world::Environment::rain_mm_per_h, rate);
    auto clean = settings;
    clean.model.optics.false_alarm = 0;
    const auto sweep = tests::swept(sky, clean, {}, weather);
    // The window's drops take light as well; the mean over the sweep is what counts here.
    const double share =
        double(tests::count_of(sweep.cloud, PointCause::kRain)) / double(sweep.rays.size());
    const double brute =
        brute_share(settings.model, rate, lidar::rain_extinction_per_m(rate, lidar::RainLaw::kMie));
    EXPECT_GT(share, 0.002);
    EXPECT_NEAR(share, brute, 0.05 * brute + 3 * std::sqrt(brute / 20000)) << rate;
    for (const auto id : sweep.cloud.instance) EXPECT_EQ(id, 0);
  }
}

TEST(Fog, AsManyVolumesAnswerAsTheirIntegralSays) {
  const tests::TestWorld sky;
  const auto settings = tests::device("velodyne_vls128", weather_only());
  const auto weather = with(&world::Environment::fog_visibility_m, 60);
  const auto sweep = tests::swept(sky, settings, {}, weather);
  const double alpha = world::extinction_per_m(60);
  const double far = settings.model.range_max_m;
  // Volume at s with density 1/s^2 from 1 m on, speckled signal x ~ Exp(1), then noise.
  double expected = 0;
  constexpr int kSteps = 4000, kSpeckles = 400;
  for (int k = 0; k < kSteps; ++k) {
    const double u = (k + 0.5) / kSteps;
    const double s = 1 / (1 + (1 / far - 1) * u);
    const double mean =
        lidar::signal_to_noise(settings.model,
                               M_PI * alpha / 18 * lidar::pulse_length_m(settings.model), s) *
        std::exp(-2 * alpha * s);
    for (int j = 0; j < kSpeckles; ++j) {
      const double x = -std::log((j + 0.5) / kSpeckles);
      if (mean * x > lidar::Droplets::kLeastSnr) expected += lidar::detection_probability(mean * x);
    }
  }
  expected /= double(kSteps) * kSpeckles;
  const double share =
      double(tests::count_of(sweep.cloud, PointCause::kFog)) / double(sweep.rays.size());
  EXPECT_GT(expected, 0.3);
  EXPECT_NEAR(share, expected, 0.02 * expected);
}

TEST(Fog, TargetsFadeByTheSquareOfTheTransmission) {
  // A 10 % sphere in fog of 100 m is seen half the time where R^2 e^(2 alpha R) is that of R10.
  auto effects = weather_only();
  auto settings = tests::device("velodyne_vls128", effects);
  settings.returns = lidar::ReturnMode::kLast;
  const double alpha = world::extinction_per_m(100);
  double r = 10;
  for (int k = 0; k < 60; ++k) r = settings.model.range_10_m * std::exp(-alpha * r) * 0.5 + 0.5 * r;
  tests::TestWorld world;
  const auto id =
      world.add_static("sphere", tests::model_of(tests::sphere_mesh(r), tests::matt(0.1f)));
  const auto sweep =
      tests::swept(world, settings, {}, with(&world::Environment::fog_visibility_m, 100));
  std::size_t seen = 0;
  for (const auto i : sweep.cloud.instance) seen += i == id.value ? 1 : 0;
  EXPECT_NEAR(double(seen) / double(sweep.rays.size()), 0.5, 0.01);
  // Where not even the fog answers, it is the fog that took the light.
  std::size_t silent = 0;
  for (std::size_t i = 0; i < sweep.rays.size(); ++i) {
    if (sweep.rays.returns[i] != 0) continue;
    ++silent;
    EXPECT_EQ(sweep.rays.end[i], static_cast<int>(capture::RayEnd::kAbsorbed));
  }
  EXPECT_GT(silent, 1000u);
}

TEST(Snow, FlakesAnswerNearTheDeviceAndAreLabelled) {
  const tests::TestWorld sky;
  const auto sweep = tests::swept(sky, tests::device("velodyne_hdl64e_s2", weather_only()), {},
                                  with(&world::Environment::snow_mm_per_h, 1));
  ASSERT_GT(tests::count_of(sweep.cloud, PointCause::kSnow), 1000u);
  std::vector<float> ranges = sweep.cloud.range_m;
  std::nth_element(ranges.begin(), ranges.begin() + long(ranges.size() / 2), ranges.end());
  EXPECT_LT(ranges[ranges.size() / 2], 15);
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    EXPECT_EQ(sweep.cloud.class_id[i], 0);
    EXPECT_GE(sweep.cloud.range_m[i], 0.9f);
  }
}

TEST(Weather, OffIsOff) {
  tests::TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(10), tests::matt(0.5f)));
  auto storm = with(&world::Environment::fog_visibility_m, 30);
  storm.rain_mm_per_h = 50;
  const auto dry = tests::swept(world, tests::device("velodyne_vls128"));
  const auto wet = tests::swept(world, tests::device("velodyne_vls128"), {}, storm);
  EXPECT_EQ(dry.cloud, wet.cloud);
}

}  // namespace
}  // namespace oddroad
