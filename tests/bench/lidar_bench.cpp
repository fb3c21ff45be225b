// Labelled LiDAR points a second over the rays a second that Embree alone traces: the same rays,
// the same ray scene. Labelled: rays made, cast, ranged in double, measured with noise, and counted
// into the boxes of all objects.
#include "engine/labels/objects.h"
#include "render/cast/bare_rays.h"
#include "sensors/lidar/model_file.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 7;
constexpr double kBound = 0.5;

enum Value { kBare, kRays, kCast, kSweep, kLabels, kPoints, kCount };

// Sums over all instants.
std::vector<double> measure(const Scene& scene, const lidar::Scanner& scanner,
                            const math::Pose& mount) {
  std::vector<double> sum(kCount, 0);
  for (const auto& at : scene.instants()) {
    scene::RayBatch rays;
    scene::RayHits hits;
    capture::PointCloud cloud;
    sum[kRays] += seconds_of([&] {
      scanner.rays(at->window, mount, at->stamp_ns, rays);
    });
    sum[kBare] += cast::bare_intersect_seconds(*at->caster, rays, false);
    sum[kCast] += seconds_of([&] {
      at->caster->intersect(rays, scene::RayKind::kSensor, false, hits);
    });
    sum[kSweep] += seconds_of([&] {
      cloud = scanner.sweep(at->window, *at->caster, mount, {at->stamp_ns, 1, 1}).cloud;
    });
    sum[kLabels] += seconds_of([&] {
      auto objects = labels::objects_in_world(
          at->window, at->stamp_ns, math::to_pose(world::pose_at(*at->window.ego, at->stamp_ns)),
          {});
      labels::count_points(at->window, cloud, at->stamp_ns, mount, objects);
    });
    sum[kPoints] += static_cast<double>(cloud.size());
  }
  return sum;
}

std::size_t count_rays(const Scene& scene, const lidar::Scanner& scanner, const math::Pose& mount) {
  scene::RayBatch rays;
  const Instant& at = *scene.instants().front();
  scanner.rays(at.window, mount, at.stamp_ns, rays);
  return rays.size() * scene.instants().size();
}

double report_rates(const std::string& model, double rays, const std::vector<double>& v) {
  const double bare_rate = rays / v[kBare];
  const double labelled_s = v[kSweep] + v[kLabels];
  const auto rate = [&](const std::string& name, double count, const std::string& bound) {
    const double ratio = count / labelled_s / bare_rate;
    report({model + name, ratio, quantity(count / labelled_s * 1e-6, "M/s"),
            quantity(bare_rate * 1e-6, "M/s"), bound});
    return ratio;
  };
  const double ratio = rate(": labelled points/s over bare rays/s", v[kPoints], ">= 0.5");
  rate(": the same counting rays without a return", rays, "");
  report_times("    rays made, over the bare time", v[kRays], v[kBare]);
  report_times("    rays cast", v[kCast], v[kBare]);
  report_times("    ranged and measured", v[kSweep] - v[kRays] - v[kCast], v[kBare]);
  report_times("    boxes and points in them", v[kLabels], v[kBare]);
  return ratio;
}

TEST(Lidar, LabelledPointsAgainstBareRays) {
  const Scene scene(true);
  for (const char* name : {"velodyne_hdl64e_s2", "velodyne_vls128"}) {
    const auto model = lidar::load_lidar_model(name, tests::roots());
    ASSERT_TRUE(model.has_value()) << core::to_string(model.error());
    const lidar::Scanner scanner({*model});
    const math::Pose mount = scene.lidar().T_ego_lidar;
    const auto values = medians(kRepetitions, true, [&] {
      return measure(scene, scanner, mount);
    });
    const auto rays = static_cast<double>(count_rays(scene, scanner, mount));
    EXPECT_GE(report_rates(name, rays, values), kBound) << name;
  }
}

}  // namespace
}  // namespace oddroad::bench
