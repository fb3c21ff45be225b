// Encoding of one tick's captures over bare primary rays for the same pixels. An encoder is one
// thread; in a clip it runs beside the rendering of the next tick.
#include <array>
#include <numeric>

#include "engine/dataset/exr.h"
#include "engine/dataset/frame_json.h"
#include "engine/dataset/pcd.h"
#include "engine/dataset/png.h"
#include "engine/pipeline/tick.h"
#include "render/cast/bare_rays.h"
#include "render/shade/vulkan_shading.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 5;

// Everything that the rig records at an instant; without a device there is no colour.
core::Result<pipeline::TickCaptures> capture_tick(const Scene& scene, const Instant& at) {
  std::unique_ptr<scene::Shading> shading;
  if (auto device = vulkan::Device::create()) {
    if (auto made = shade::VulkanShading::create(*device)) shading = std::move(*made);
  }
  pipeline::ClipPlan plan;
  plan.kinds = {"rgb", "ids", "classes", "depth", "boxes", "lidar"};
  plan.ontology = &scene.clip().ontology();
  const std::vector<pipeline::TickPlan> ticks{
      {at.stamp_ns, scene.begin_ns(at.stamp_ns), scene.end_ns(at.stamp_ns), {{0, 0}}, {{0, 0}}}};
  pipeline::TickScenes scenes(scene.builder(), scene.clip().rays(), ticks);
  const pipeline::Rig& rig = scene.clip().setup().rig;
  const pipeline::BackEnds back_ends{&scene.clip().rays(), nullptr, shading.get()};
  pipeline::ClipState state(scene.clip().timeline(), rig, plan, back_ends);
  return pipeline::render_tick(scenes, rig, plan, ticks, 0, back_ends, state);
}

// Colour last: it is missing where there was no device.
constexpr std::array kFormats = {"id PNG",     "class PNG",           "depth EXR",
                                 "label JSON", "cloud PCD (HDL-64E)", "colour PNG"};

std::vector<double> time_encoders(const capture::CameraFrame& c, const capture::LidarFrame& l) {
  std::vector<double> times = {
      seconds_of([&] {
        dataset::encode_png(c.instance);
      }),
      seconds_of([&] {
        dataset::encode_png(c.class_id);
      }),
      seconds_of([&] {
        dataset::encode_depth_exr(c.depth_m);
      }),
      seconds_of([&] {
        dataset::encode_labels({c.stamp, c.objects, c.world, {}, {}});
      }),
      seconds_of([&] {
        dataset::encode_pcd(l.cloud);
      }),
  };
  if (!c.rgb.empty())
    times.push_back(seconds_of([&] {
      dataset::encode_png(c.rgb);
    }));
  return times;
}

TEST(Encoding, AgainstBarePrimaryRays) {
  const Scene scene(true);
  const Instant& at = scene.middle();
  const auto captures = capture_tick(scene, at);
  ASSERT_TRUE(captures.has_value()) << core::to_string(captures.error());
  const auto rays = primary_rays(at.view);
  auto times = medians(kRepetitions, true, [&] {
    auto pass = time_encoders(captures->cameras.front(), captures->lidars.front());
    pass.push_back(cast::bare_intersect_seconds(*at.caster, rays, true));
    return pass;
  });
  const double bare_s = times.back();
  times.pop_back();
  report_times("encoding of a tick, one thread, over bare primary rays",
               std::accumulate(times.begin(), times.end(), 0.0), bare_s);
  for (std::size_t f = 0; f < times.size(); ++f) {
    report_times(std::string("    ") + kFormats[f], times[f], bare_s);
  }
}

}  // namespace
}  // namespace oddroad::bench
