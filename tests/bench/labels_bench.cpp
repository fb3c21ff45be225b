// Ids, classes, depth, boxes and ledger of one camera image over bare primary rays for the same
// pixels, and each stage of it. Encoding apart, and apart the window and its ray scene, which all
// sensors of a tick share.
#include <array>
#include <numeric>

#include "engine/labels/flow.h"
#include "engine/labels/image_objects.h"
#include "engine/labels/keypoints.h"
#include "engine/labels/lanes.h"
#include "engine/labels/normals.h"
#include "engine/labels/objects.h"
#include "engine/labels/panoptic.h"
#include "render/cast/bare_rays.h"
#include "render/scene/pixel_images.h"
#include "render/scene/resolve.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 7;

// In the order in which a capture runs them.
constexpr std::array kStages = {"record",      "resolve_edges",    "instance_image",  "class_image",
                                "depth_image", "objects_in_image", "objects_in_world"};
constexpr std::array kMoreStages = {"range image",        "panoptic_image",      "normal_image",
                                    "flow_image forward", "flow_image backward", "keypoints",
                                    "lanes, drivable"};

struct Labels {
  scene::VisibilityRecord record;
  capture::Image<std::uint16_t> ids;
  capture::Image<std::uint8_t> classes;
  capture::Image<float> depth_m;
  std::vector<capture::ObjectInImage> objects;
  std::vector<capture::ObjectInWorld> world;
};

std::vector<double> time_labels(const Instant& at, Labels& out) {
  const world::SceneWindow& window = at.window;
  const auto T_world_ego = math::to_pose(world::pose_at(*window.ego, at.stamp_ns));
  return {
      seconds_of([&] {
        out.record = at.caster->record(at.view);
      }),
      seconds_of([&] {
        scene::resolve_edges(window, at.view, *at.caster, out.record);
      }),
      seconds_of([&] {
        out.ids = scene::instance_image(window, out.record);
      }),
      seconds_of([&] {
        out.classes = scene::class_image(window, out.record);
      }),
      seconds_of([&] {
        out.depth_m = scene::depth_image(window, at.view, out.record);
      }),
      seconds_of([&] {
        out.objects = labels::objects_in_image(window, at.view, out.ids, out.depth_m, *at.caster);
      }),
      seconds_of([&] {
        out.world = labels::objects_in_world(window, at.stamp_ns, T_world_ego, {});
      }),
  };
}

// Flow leads to the neighbouring instant and back: as far away as the clip allows, which costs
// most.
std::vector<double> time_more(const Scene& scene, const labels::LaneMap& lanes, const Instant& at,
                              const Instant& other, Labels& seen) {
  const world::SceneWindow& window = at.window;
  const capture::Ontology& ontology = scene.clip().ontology();
  const labels::FlowFrame here{window, at.view, *at.caster};
  const labels::FlowFrame there{other.window, other.view, *other.caster};
  const math::Affine3d T_world_ego = world::pose_at(*window.ego, at.stamp_ns);
  const std::vector<core::ClassId> road{ontology.find(std::string("road"))->id,
                                        ontology.find(std::string("lane_mark"))->id};
  return {
      seconds_of([&] {
        scene::distance_images(window, at.view, seen.record, false, true);
      }),
      seconds_of([&] {
        labels::panoptic_image(seen.ids, seen.classes, ontology);
      }),
      seconds_of([&] {
        labels::normal_image(window, at.view, seen.record);
      }),
      seconds_of([&] {
        labels::flow_image(here, seen.record, there);
      }),
      seconds_of([&] {
        labels::flow_image(here, seen.record, there);
      }),
      seconds_of([&] {
        for (const auto& o : seen.objects) {
          labels::keypoints_in_image(window, *window.find(o.id), at.view, *at.caster);
        }
        labels::add_keypoints(window, at.stamp_ns, seen.world);
      }),
      seconds_of([&] {
        (void)lanes.drivable_image(window, seen.record, road, T_world_ego);
        (void)lanes.polylines(T_world_ego);
      }),
  };
}

// Window and ray scene of an instant, made anew.
std::vector<double> time_scene(const Scene& scene, std::int64_t stamp_ns) {
  world::SceneWindow window;
  return {seconds_of([&] {
            window = scene.builder().window(scene.begin_ns(stamp_ns), scene.end_ns(stamp_ns));
          }),
          seconds_of([&] {
            (void)scene.make_caster(window, stamp_ns);
          })};
}

// Per frame: bare rays, default labels, all labels, each stage, window, ray scene.
std::vector<double> measure(const Scene& scene, const labels::LaneMap& lanes,
                            const std::vector<scene::RayBatch>& rays) {
  std::vector<double> mean(3 + kStages.size() + kMoreStages.size() + 2, 0);
  for (std::size_t k = 0; k < rays.size(); ++k) {
    const Instant& at = *scene.instants()[k];
    const Instant& other = *scene.instants()[k == 0 ? 1 : k - 1];
    Labels seen;
    std::vector<double> times = {cast::bare_intersect_seconds(*at.caster, rays[k], true)};
    const auto stages = time_labels(at, seen);
    const auto more = time_more(scene, lanes, at, other, seen);
    const auto apart = time_scene(scene, at.stamp_ns);
    times.push_back(std::accumulate(stages.begin(), stages.end(), 0.0));
    times.push_back(std::accumulate(more.begin(), more.end(), times.back()));
    times.insert(times.end(), stages.begin(), stages.end());
    times.insert(times.end(), more.begin(), more.end());
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
  const labels::LaneMap lanes(*scene.clip().setup().graph, scene.clip().stage().T_map_world);
  const auto times = medians(kRepetitions, true, [&] {
    return measure(scene, lanes, rays);
  });
  const bool promised = scene.clip().setup().rig.lidars.empty();
  const double few =
      report_times("default labels over bare primary rays, " + name, times[1], times[0], "<= 1.5");
  const double all = report_times("all labels over bare primary rays, " + name, times[2], times[0],
                                  promised ? "<= 5" : "");
  if (promised) {
    EXPECT_LE(few, 1.5);
    EXPECT_LE(all, 5);
  }
  std::size_t at = 3;
  for (const char* stage : kStages) {
    report_times(std::string("    ") + stage, times[at++], times[0]);
  }
  for (const char* stage : kMoreStages) {
    report_times(std::string("    ") + stage, times[at++], times[0]);
  }
  report_times("  apart: scene window", times[at++], times[0]);
  report_times("  apart: ray scene", times[at++], times[0]);
}

TEST(Labels, AgainstBarePrimaryRays) {
  compare("camera alone", Scene(false));
  compare("tick with a sweep", Scene(true));
}

}  // namespace
}  // namespace oddroad::bench
