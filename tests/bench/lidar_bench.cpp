// Labelled LiDAR points over what Embree alone does: the same scene, the same ray scene, core time
// on both sides. Labelled: rays made, cast, ranged in double, echoes told apart and measured, and
// points counted into the boxes of all objects. The yardstick traces all rays that such a sweep
// casts, those of footprints, behind panes and off mirrors included, in packets filled beforehand.
// It and all weathers of a device take turns, so that whatever else the machine does weighs on all
// alike.
#include <cstdio>

#include "engine/labels/objects.h"
#include "render/cast/bare_rays.h"
#include "sensors/lidar/model_file.h"
#include "tests/bench/lidar_table.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 3;
constexpr double kBoundOff = 0.6;
constexpr double kBoundOn = 0.4;
constexpr double kMostRays = 2;  // over one a shot

struct Device {
  const char* model;
  std::uint32_t columns;  // 0: as it comes
};
constexpr Device kDevices[] = {{"velodyne_hdl64e_s2", 0},
                               {"velodyne_vls128", 0},
                               {"ouster_os1_128", 2048},
                               {"hesai_ot128", 0},
                               {"livox_avia_like", 0}};

struct Condition {
  const char* name;
  bool effects;
  double rain_mm_per_h, fog_visibility_m, snow_mm_per_h;
};
constexpr Condition kConditions[] = {{"clear, no effects", false, 0, 0, 0},
                                     {"clear", true, 0, 0, 0},
                                     {"rain 25 mm/h", true, 25, 0, 0},
                                     {"fog 100 m", true, 0, 100, 0},
                                     {"snow 2 mm/h", true, 0, 0, 2}};
constexpr std::size_t kConditionCount = std::size(kConditions);

// Sums over all instants: the first two of axes alone, then those from kFirst on for each
// condition.
enum Value { kBareAxes, kShots, kFirst };
enum OfCondition { kSweep, kLabels, kBare, kPoints, kCast, kOfCondition };

void set_weather(const Condition& c, world::Environment& environment) {
  environment.rain_mm_per_h = c.rain_mm_per_h;
  environment.fog_visibility_m = c.fog_visibility_m;
  environment.snow_mm_per_h = c.snow_mm_per_h;
  environment.wetness = c.rain_mm_per_h > 0 ? 1 : 0;
  environment.snow_cover = c.snow_mm_per_h > 0 ? 0.8 : 0;
  environment.snow_on_road = c.snow_mm_per_h > 0 ? 0.5 : 0;
}

// A device in each condition, and the memory of its sweeps.
struct Running {
  lidar::Scanner scanner;
  lidar::SweepRecord record;
};

std::vector<double> measure(const Scene& scene, std::vector<Running>& devices,
                            const math::Pose& mount) {
  std::vector<double> sum(kFirst + kConditionCount * kOfCondition, 0);
  for (const auto& at : scene.instants()) {
    world::SceneWindow& window = at->window;  // a copy's release would be paid by what follows
    scene::RayBatch rays;
    devices.front().scanner.rays(window, mount, at->stamp_ns, rays);
    sum[kBareAxes] += cast::bare_intersect_seconds(*at->caster, rays, false, process_seconds);
    sum[kShots] += static_cast<double>(rays.size());
    for (std::size_t c = 0; c < kConditionCount; ++c) {
      set_weather(kConditions[c], window.environment);
      double* const of = &sum[kFirst + c * kOfCondition];
      lidar::SweepRecord& record = devices[c].record;
      of[kSweep] += core_seconds_of([&] {
        devices[c].scanner.sweep(window, *at->caster, mount, {at->stamp_ns, 1, 1}, record);
      });
      of[kLabels] += core_seconds_of([&] {
        auto objects = labels::objects_in_world(
            window, at->stamp_ns, math::to_pose(world::pose_at(*window.ego, at->stamp_ns)), {});
        labels::count_points(window, record.cloud, at->stamp_ns, mount, objects);
      });
      devices[c].scanner.all_rays(window, *at->caster, mount, {at->stamp_ns, 1, 1}, rays);
      of[kBare] += cast::bare_intersect_seconds(*at->caster, rays, false, process_seconds);
      of[kPoints] += static_cast<double>(record.cloud.size());
      of[kCast] += static_cast<double>(record.rays_cast);
    }
  }
  return sum;
}

LidarRow row_of(const std::string& device, double sweep_s, const std::vector<double>& v,
                std::size_t condition, std::size_t instants) {
  const double* const of = &v[kFirst + condition * kOfCondition];
  const double labelled_s = of[kSweep] + of[kLabels];
  LidarRow row;
  row.device = device;
  row.condition = kConditions[condition].name;
  row.shots = v[kShots] / static_cast<double>(instants);
  row.rays_per_shot = of[kCast] / v[kShots];
  row.points_per_shot = of[kPoints] / v[kShots];
  row.bare_axes_per_s = v[kShots] / v[kBareAxes];
  row.bare_rays_per_s = of[kCast] / of[kBare];
  row.points_per_s = of[kPoints] / labelled_s;
  row.ratio = of[kBare] / labelled_s;
  row.ratio_of_axes = of[kCast] / labelled_s / row.bare_axes_per_s;
  row.sweep_core_s = labelled_s / static_cast<double>(instants);
  row.load_of_two_cores = row.sweep_core_s / 2 / sweep_s;
  return row;
}

class LidarBench : public testing::TestWithParam<Device> {
 protected:
  static void SetUpTestSuite() {
    scene_ = std::make_unique<Scene>(true, town_scenario());
    rows_ = std::make_unique<std::vector<LidarRow>>();
  }
  static void TearDownTestSuite() {
    print_lidar_table("town junction", scene_->middle().window, *rows_);
    scene_.reset();
    rows_.reset();
  }
  // Made once for all devices, as GoogleTest wants it.
  static inline std::unique_ptr<Scene> scene_;
  static inline std::unique_ptr<std::vector<LidarRow>> rows_;
};

TEST_P(LidarBench, LabelledPointsAgainstBareRays) {
  auto model = lidar::load_lidar_model(GetParam().model, tests::roots());
  ASSERT_TRUE(model.has_value()) << core::to_string(model.error());
  if (GetParam().columns > 0) model->columns = GetParam().columns;
  std::vector<Running> devices;
  for (const Condition& c : kConditions) {
    lidar::LidarSettings settings{*model, lidar::ReturnMode::kStrongest};
    if (!c.effects) settings.effects = lidar::Effects::none();
    devices.push_back({lidar::Scanner(settings), {}});
  }
  const math::Pose mount = scene_->lidar().T_ego_lidar;
  const std::vector<double> values = medians(kRepetitions, true, [&] {
    return measure(*scene_, devices, mount);
  });
  for (std::size_t c = 0; c < kConditionCount; ++c) {
    const LidarRow row = row_of(GetParam().model, 1e-9 * static_cast<double>(model->sweep_ns()),
                                values, c, scene_->instants().size());
    const double bound = kConditions[c].effects ? kBoundOn : kBoundOff;
    report({row.device + ", " + row.condition, row.ratio,
            quantity(row.points_per_s * 1e-6, "M points/s"),
            quantity(row.bare_rays_per_s * 1e-6, "M rays/s"), ">= " + quantity(bound, "")});
    EXPECT_GE(row.ratio, bound) << row.device << ", " << row.condition;
    EXPECT_LE(row.rays_per_shot, kMostRays) << row.device << ", " << row.condition;
    rows_->push_back(row);
  }
}

INSTANTIATE_TEST_SUITE_P(Devices, LidarBench, testing::ValuesIn(kDevices), [](const auto& of) {
  return std::string(of.param.model);
});

}  // namespace
}  // namespace oddroad::bench
