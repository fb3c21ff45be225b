// What each pixel sees, by each producer, over rasterizing the same draw list into depth alone.
#include "render/raster/raster_visibility.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 5;

// Per frame: depth alone, raster, rays, rays with their scene built.
std::vector<double> measure(const Scene& scene, raster::RasterVisibility& raster,
                            scene::Visibility& rays) {
  std::vector<double> mean(4, 0);
  for (const auto& at : scene.instants()) {
    bool done = true;
    const double share = 1.0 / static_cast<double>(scene.instants().size());
    mean[0] += share * seconds_of([&] {
                 done &= raster.render_depth_only(at->window, at->view).has_value();
               });
    mean[1] += share * seconds_of([&] {
                 done &= raster.render(at->window, at->view).has_value();
               });
    mean[2] += share * seconds_of([&] {
                 at->caster->record(at->view);
               });
    mean[3] += share * seconds_of([&] {
                 done &= rays.render(at->window, at->view).has_value();
               });
    EXPECT_TRUE(done);
  }
  return mean;
}

TEST(Visibility, EachProducerAgainstDepthOnlyRaster) {
  auto device = vulkan::Device::create();
  if (!device) GTEST_SKIP() << core::to_string(device.error());
  auto raster = raster::RasterVisibility::create(*device);
  if (!raster) GTEST_SKIP() << core::to_string(raster.error());
  const Scene scene(false);
  const auto rays = cast::make_cast_visibility(scene.clip().rays());
  const auto times = medians(kRepetitions, true, [&] {
    return measure(scene, **raster, *rays);
  });
  std::printf("rasterized on %s\n", (*device)->info().name.c_str());
  report_times("visibility by raster over depth-only raster", times[1], times[0]);
  report_times("visibility by rays over depth-only raster", times[2], times[0]);
  report_times("  with the ray scene built", times[3], times[0]);
}

}  // namespace
}  // namespace oddroad::bench
