// Weather in the beam: transmission and counts of returns by closed forms and by a second method.
#include <algorithm>
#include <array>
#include <utility>

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

// What falls, and what stands behind it.
struct Falling {
  double per_m3_mm, falloff_per_mm, largest_mm, widened, reflectance, extinction_per_m;
  double reach_m;  // none is heard beyond; with a target its range
  double target_snr = 0;
};
struct Heard {
  double share = 0;       // of the shots in which a drop is the strongest echo
  double mean_range = 0;  // of those
};

// Every drop of the cone of each of many shots, as Kilic et al. draw them.
Heard brute(const lidar::LidarModel& model, const Falling& f, int shots) {
  const double divergence =
      std::sqrt(model.optics.divergence_h_rad * model.optics.divergence_v_rad);
  core::RandomStream random(7, "drops");
  const auto amplitude = [&](double snr) {
    return snr < 400 ? snr + random.normal() : snr;  // noise changes little of what is loud
  };
  Heard out;
  for (int k = 0; k < shots; ++k) {
    const double volume = M_PI / 12 * f.reach_m * std::pow(divergence * f.reach_m, 2);
    const double mean = volume * f.per_m3_mm / f.falloff_per_mm;
    double best = f.target_snr > 0 ? amplitude(f.target_snr) : -1e9, range = 0;
    for (double at = -std::log(random.uniform()); at < mean; at -= std::log(random.uniform())) {
      const double s = f.reach_m * std::cbrt(random.uniform());
      const double diameter = -std::log(random.uniform()) / f.falloff_per_mm;
      if (s < 1 || diameter > f.largest_mm) continue;
      const double ratio = 1e-3 * f.widened * diameter / (divergence * s);
      const double heard =
          amplitude(lidar::signal_to_noise(model, f.reflectance * std::min(ratio * ratio, 1.0), s) *
                    std::exp(-2 * f.extinction_per_m * s));
      if (heard > best) best = heard, range = s;
    }
    if (range == 0 || best <= lidar::kThresholdToNoise) continue;
    ++out.share;
    out.mean_range += range;
  }
  out.mean_range /= std::max(out.share, 1.0);
  out.share /= shots;
  return out;
}

Heard heard(const lidar::SweepRecord& sweep, PointCause cause) {
  Heard out;
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    if (sweep.cloud.cause[i] != static_cast<std::uint8_t>(cause)) continue;
    ++out.share;
    out.mean_range += sweep.cloud.true_range_m[i];
  }
  out.mean_range /= std::max(out.share, 1.0);
  out.share /= double(sweep.rays.size());
  return out;
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
    const double share = heard(sweep, PointCause::kRain).share;
    const double expected = brute(settings.model,
                                  {8000, 4.1 * std::pow(rate, -0.21), 6, 1, 0.02,
                                   lidar::rain_extinction_per_m(rate, lidar::RainLaw::kMie), 25},
                                  20000)
                                .share;
    EXPECT_GT(share, 0.002);
    EXPECT_NEAR(share, expected, 0.05 * expected + 3 * std::sqrt(expected / 20000)) << rate;
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

// Flakes that cannot be the strongest echo are not drawn at all; those that are look the same.
TEST(Snow, StrongestFlakesAreThoseOfAllThatFall) {
  constexpr int kShots = 6000;
  constexpr double kSphereM = 10;
  const tests::TestWorld sky;
  tests::TestWorld sphere;
  sphere.add_static("sphere", tests::model_of(tests::sphere_mesh(kSphereM), tests::matt(0.1f)));
  auto settings = tests::device("ouster_os1_128", weather_only());
  settings.model.optics.false_alarm = 0;
  const double extinction = lidar::snow_extinction_per_m(1, lidar::SnowLaw::kGunnMarshall);
  Falling flakes{7600, 2.55, 8, 2.15, 0.9, extinction, 40};
  for (const tests::TestWorld* world : {&std::as_const(sky), &std::as_const(sphere)}) {
    if (world == &sphere) {
      flakes.reach_m = kSphereM;
      flakes.target_snr = lidar::signal_to_noise(settings.model, 0.1, kSphereM) *
                          std::exp(-2 * extinction * kSphereM);
    }
    const Heard expected = brute(settings.model, flakes, kShots);
    const Heard strongest =
        heard(tests::swept(*world, settings, {}, with(&world::Environment::snow_mm_per_h, 1)),
              PointCause::kSnow);
    EXPECT_GT(strongest.share, 0.1);
    EXPECT_LT(strongest.share, 0.99);
    EXPECT_NEAR(strongest.share, expected.share, 4 * std::sqrt(expected.share / kShots));
    EXPECT_NEAR(strongest.mean_range, expected.mean_range,
                4 * expected.mean_range / std::sqrt(expected.share * kShots));
  }
}

// Whoever reports more than the strongest echo needs all of them; its strongest are no others.
TEST(Snow, FirstOfTwoEchoesIsTheOneThatIsReportedAlone) {
  tests::TestWorld world;
  world.add_static("sphere", tests::model_of(tests::sphere_mesh(30), tests::matt(0.3f)));
  auto settings = tests::device("velodyne_hdl64e_s2", weather_only());
  const auto weather = with(&world::Environment::snow_mm_per_h, 2);
  const auto alone = tests::swept(world, settings, {}, weather);
  settings.returns = lidar::ReturnMode::kDual;
  const auto both = tests::swept(world, settings, {}, weather);
  std::array<double, 12> shares{}, shares_of_both{};  // of snow by 2 m of range
  const auto count = [](const lidar::SweepRecord& sweep, std::array<double, 12>& out) {
    for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
      if (sweep.cloud.cause[i] != static_cast<std::uint8_t>(PointCause::kSnow)) continue;
      if (sweep.cloud.echo[i] != 0 || sweep.cloud.true_range_m[i] >= 24) continue;
      ++out[static_cast<std::size_t>(sweep.cloud.true_range_m[i] / 2)];
    }
  };
  count(alone, shares);
  count(both, shares_of_both);
  double all = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    all += shares[k];
    EXPECT_NEAR(shares[k], shares_of_both[k], 5 * std::sqrt(shares[k] + shares_of_both[k] + 1))
        << 2 * k << " m";
  }
  EXPECT_GT(all, 3000);
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
