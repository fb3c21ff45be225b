// Colour of one camera frame over bare primary rays for the same pixels.
#include "render/cast/bare_rays.h"
#include "render/scene/resolve.h"
#include "render/shade/vulkan_shading.h"
#include "sensors/camera/camera_chain.h"
#include "sensors/camera/color.h"
#include "sensors/camera/samples.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 5;

TEST(Shading, AgainstBarePrimaryRays) {
  auto device = vulkan::Device::create();
  if (!device) GTEST_SKIP() << core::to_string(device.error());
  auto shading = shade::VulkanShading::create(*device);
  ASSERT_TRUE(shading.has_value()) << core::to_string(shading.error());
  const Scene scene(false);
  const Instant& at = scene.middle();
  const auto& settings = scene.clip().setup().rig.cameras.front().settings;
  const auto rays = primary_rays(at.view);
  auto record = at.caster->record(at.view);
  scene::resolve_edges(at.window, at.view, *at.caster, record);
  core::Result<capture::Image<math::Vec3f>> radiance;
  camera::CameraChain chain(settings);
  const auto times = medians(kRepetitions, true, [&]() -> std::vector<double> {
    return {cast::bare_intersect_seconds(*at.caster, rays, true), seconds_of([&] {
              radiance = camera::radiance_image(at.window, at.view, *at.caster, record, **shading);
            }),
            seconds_of([&] {
              camera::make_samples(at.window, at.view, *at.caster, record);
            }),
            seconds_of([&] {
              const auto exposure = chain.expose(radiance.value(), at.view.stamp_ns);
              chain.deliver(radiance.value(), exposure, {at.view.stamp_ns, 1});
            })};
  });
  std::printf("shaded on %s\n", (*device)->info().name.c_str());
  report_times("shading of a frame over bare primary rays", times[1] + times[3], times[0]);
  report_times("    samples, sun and sky by rays", times[2], times[0]);
  report_times("    light on the device", times[1] - times[2], times[0]);
  report_times("    lens, chip and picture", times[3], times[0]);
}

}  // namespace
}  // namespace oddroad::bench
