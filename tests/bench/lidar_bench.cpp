// Labelled LiDAR points a second over the rays a second that Embree alone traces: the same scene,
// the same ray scene, core time on both sides. Labelled: rays made, cast, ranged in double, echoes
// told apart and measured, and points counted into the boxes of all objects. Rays are all that were
// cast: those of footprints, behind panes and off mirrors count on both sides.
#include <cstdio>

#include "engine/labels/objects.h"
#include "render/cast/bare_rays.h"
#include "sensors/lidar/model_file.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 5;
constexpr double kBoundOff = 0.6;
constexpr double kBoundOn = 0.4;
constexpr double kMostRays = 2;  // over one a shot

struct Weather {
  const char* name;
  double rain_mm_per_h, fog_visibility_m;
};
constexpr Weather kWeathers[] = {{"clear", 0, 0}, {"rain 25 mm/h", 25, 0}, {"fog 100 m", 0, 100}};

enum Value { kBare, kSweep, kLabels, kPoints, kShots, kCast, kCount };

// Sums over all instants.
std::vector<double> measure(const Scene& scene, const lidar::Scanner& scanner,
                            const math::Pose& mount, const Weather& weather) {
  std::vector<double> sum(kCount, 0);
  for (const auto& at : scene.instants()) {
    world::SceneWindow window = at->window;
    window.environment.rain_mm_per_h = weather.rain_mm_per_h;
    window.environment.fog_visibility_m = weather.fog_visibility_m;
    window.environment.wetness = weather.rain_mm_per_h > 0 ? 1 : 0;
    scene::RayBatch rays;
    scanner.rays(at->window, mount, at->stamp_ns, rays);
    sum[kBare] += cast::bare_intersect_seconds(*at->caster, rays, false, process_seconds);
    sum[kShots] += static_cast<double>(rays.size());
    lidar::SweepRecord record;
    sum[kSweep] += core_seconds_of([&] {
      record = scanner.sweep(window, *at->caster, mount, {at->stamp_ns, 1, 1});
    });
    sum[kLabels] += core_seconds_of([&] {
      auto objects = labels::objects_in_world(
          window, at->stamp_ns, math::to_pose(world::pose_at(*window.ego, at->stamp_ns)), {});
      labels::count_points(window, record.cloud, at->stamp_ns, mount, objects);
    });
    sum[kPoints] += static_cast<double>(record.cloud.size());
    sum[kCast] += static_cast<double>(record.rays_cast);
  }
  return sum;
}

void report_rates(const std::string& name, const std::vector<double>& v, double bound) {
  const double bare_rate = v[kShots] / v[kBare];
  const double labelled_s = v[kSweep] + v[kLabels];
  const double ratio = v[kCast] / labelled_s / bare_rate;
  report({name, ratio, quantity(v[kPoints] / labelled_s * 1e-6, "M points/s"),
          quantity(bare_rate * 1e-6, "M rays/s"), ">= " + quantity(bound, "")});
  EXPECT_GE(ratio, bound) << name;
  EXPECT_LE(v[kCast] / v[kShots], kMostRays) << name;
  std::printf(
      "    %s: %.2f rays a shot, %.3f points a shot, core ms a sweep: bare %.1f, sweep %.1f, "
      "labels %.1f\n",
      name.c_str(), v[kCast] / v[kShots], v[kPoints] / v[kShots], 1e3 * v[kBare], 1e3 * v[kSweep],
      1e3 * v[kLabels]);
}

class LidarBench : public testing::TestWithParam<const char*> {};

TEST_P(LidarBench, LabelledPointsAgainstBareRays) {
  const Scene scene(true, town_scenario());
  const auto model = lidar::load_lidar_model(GetParam(), tests::roots());
  ASSERT_TRUE(model.has_value()) << core::to_string(model.error());
  const math::Pose mount = scene.lidar().T_ego_lidar;
  const auto rates = [&](const lidar::Effects& effects, const Weather& weather) {
    const lidar::Scanner scanner({*model, lidar::ReturnMode::kStrongest, effects});
    return medians(kRepetitions, true, [&] {
      return measure(scene, scanner, mount, weather);
    });
  };
  const std::string name = GetParam();
  report_rates(name + ", no effects", rates(lidar::Effects::none(), kWeathers[0]), kBoundOff);
  for (const Weather& weather : kWeathers) {
    report_rates(name + ", " + weather.name, rates({}, weather), kBoundOn);
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, LidarBench,
                         testing::Values("velodyne_hdl64e_s2", "velodyne_vls128"));

}  // namespace
}  // namespace oddroad::bench
