// Ids, classes, depth, boxes and ledger of one camera image over bare primary rays for the same
// pixels, and each stage of it. Encoding apart, and apart the window and its ray scene, which all
// sensors of a tick share.
#include <array>
#include <numeric>

#include "engine/labels/image_objects.h"
#include "engine/labels/objects.h"
#include "render/cast/bare_rays.h"
#include "render/scene/resolve.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 7;

// In the order in which a capture runs them.
constexpr std::array kStages = {"cast_record", "resolve_edges",    "instance_image",  "class_image",
                                "depth_image", "objects_in_image", "objects_in_world"};

std::vector<double> time_labels(const Instant& at) {
  const world::SceneWindow& window = at.window;
  scene::VisibilityRecord record;
  capture::Image<std::uint16_t> ids;
  const auto T_world_ego = math::to_pose(world::pose_at(*window.ego, at.stamp_ns));
  return {
      seconds_of([&] { record = scene::cast_record(*at.caster, at.view); }),
      seconds_of([&] { scene::resolve_edges(window, at.view, *at.caster, record); }),
      seconds_of([&] { ids = scene::instance_image(window, record); }),
      seconds_of([&] { scene::class_image(window, record); }),
      seconds_of([&] { scene::depth_image(window, at.view, record); }),
      seconds_of([&] { labels::objects_in_image(window, at.view, ids, *at.caster); }),
      seconds_of([&] { labels::objects_in_world(window, at.stamp_ns, T_world_ego); }),
  };
}

// Window and ray scene of an instant, made anew.
std::vector<double> time_scene(const Scene& scene, std::int64_t stamp_ns) {
  world::SceneWindow window;
  return {seconds_of([&] {
            window = scene.builder().window(scene.begin_ns(stamp_ns), scene.end_ns(stamp_ns));
          }),
          seconds_of([&] { scene.clip().rays().create(window); })};
}

// Per frame: bare rays, all labels, each stage, window, ray scene.
std::vector<double> measure(const Scene& scene, const std::vector<scene::RayBatch>& rays) {
  std::vector<double> mean(2 + kStages.size() + 2, 0);
  for (std::size_t k = 0; k < rays.size(); ++k) {
    const Instant& at = *scene.instants()[k];
    std::vector<double> times = {cast::bare_intersect_seconds(*at.caster, rays[k], true)};
    const auto stages = time_labels(at);
    const auto apart = time_scene(scene, at.stamp_ns);
    times.push_back(std::accumulate(stages.begin(), stages.end(), 0.0));
    times.insert(times.end(), stages.begin(), stages.end());
    times.insert(times.end(), apart.begin(), apart.end());
    for (std::size_t i = 0; i < mean.size(); ++i) {
      mean[i] += times[i] / static_cast<double>(rays.size());
    }
  }
  return mean;
}

void compare(const std::string& name, const Scene& scene) {
  std::vector<scene::RayBatch> rays;
  for (const auto& at : scene.instants()) rays.push_back(primary_rays(at->view));
  const auto times = medians(kRepetitions, true, [&] { return measure(scene, rays); });
  report_times("labels over bare primary rays, " + name, times[1], times[0], "<= 1.5");
  for (std::size_t s = 0; s < kStages.size(); ++s) {
    report_times(std::string("    ") + kStages[s], times[2 + s], times[0]);
  }
  report_times("  apart: scene window", times[2 + kStages.size()], times[0]);
  report_times("  apart: ray scene", times[3 + kStages.size()], times[0]);
}

TEST(Labels, AgainstBarePrimaryRays) {
  compare("camera alone", Scene(false));
  compare("tick with a sweep", Scene(true));
}

}  // namespace
}  // namespace oddroad::bench
