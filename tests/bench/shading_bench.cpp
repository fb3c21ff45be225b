// Colour of one camera frame: over bare primary rays for the same pixels, on the processor and on
// whatever Vulkan device there is, and what a sample costs. Processor time of all threads (a GPU's
// work is not in it).
#include "engine/pipeline/camera_capture.h"
#include "engine/pipeline/tick_records.h"
#include "render/cast/bare_rays.h"
#include "render/raster/raster_visibility.h"
#include "render/scene/resolve.h"
#include "render/shade/cpu_shading.h"
#include "render/shade/material_record.h"
#include "render/shade/vulkan_shading.h"
#include "render/shaders/surface_patterns.h"
#include "sensors/camera/color.h"
#include "sensors/camera/samples.h"
#include "tests/bench/scene.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"

namespace oddroad::bench {
namespace {

constexpr int kRepetitions = 5;

struct BackEnd {
  std::string name;
  std::unique_ptr<scene::Shading> shading;
};

// The processor first; Vulkan where there is a device.
std::vector<BackEnd> back_ends(const std::shared_ptr<vulkan::Device>& device) {
  std::vector<BackEnd> out;
  out.push_back({"cpu", std::make_unique<shade::CpuShading>(*kernels::choose_isa())});
  if (!device) return out;
  auto made = shade::VulkanShading::create(device);
  if (made) out.push_back({"vulkan", std::move(*made)});
  return out;
}

std::shared_ptr<vulkan::Device> any_device() {
  auto device = vulkan::Device::create();
  if (!device) return nullptr;
  std::printf("Vulkan device: %s\n", (*device)->info().name.c_str());
  return *device;
}

// One instant of the town in rain at dusk, and everything to capture it with.
class Frame {
 public:
  explicit Frame(std::set<std::string> kinds) : scene_(false, rainy_town_scenario()) {
    plan_.kinds = std::move(kinds);
    plan_.ontology = &scene_.clip().ontology();
    const Instant& at = scene_.middle();
    tick_.stamp_ns = at.stamp_ns;
    tick_.window = scene_.builder().window(at.stamp_ns, at.stamp_ns);
    tick_.caster = scene_.make_caster(tick_.window, at.stamp_ns);
    tick_.T_world_ego = world::pose_at(*tick_.window.ego, at.stamp_ns);
  }

  [[nodiscard]] const Instant& instant() const { return scene_.middle(); }
  [[nodiscard]] const pipeline::RigCamera& camera() const {
    return scene_.clip().setup().rig.cameras.front();
  }
  [[nodiscard]] double capture_s(scene::Visibility* visibility, scene::Shading* shading) {
    const pipeline::BackEnds ends{&scene_.clip().rays(), visibility, shading};
    camera::CameraChain chain(camera().settings);
    return core_seconds_of([&] {
      auto records = pipeline::TickRecords::begin(tick_, scene_.clip().setup().rig, {{0, 0}}, ends);
      ASSERT_TRUE(records) << core::to_string(records.error());
      const auto record = records->take(0);
      ASSERT_TRUE(record) << core::to_string(record.error());
      const auto frame =
          pipeline::capture_camera(tick_, {camera(), plan_, ends}, records->view(0), *record,
                                   plan_.kinds.contains("rgb") ? &chain : nullptr);
      ASSERT_TRUE(frame) << core::to_string(frame.error());
    });
  }

 private:
  Scene scene_;
  pipeline::ClipPlan plan_;
  pipeline::TickScene tick_;
};

const std::set<std::string> kLabels{"ids", "classes", "depth", "boxes"};
const std::set<std::string> kDefault{"rgb", "ids", "classes", "depth", "boxes"};

TEST(Shading, ColourFramesAgainstBarePrimaryRays) {
  const auto device = any_device();
  const auto ends = back_ends(device);
  Frame frame(kDefault);
  Frame labels(kLabels);
  const auto rays = primary_rays(frame.instant().view);
  std::unique_ptr<scene::Visibility> raster;
  if (device && device->info().can_rasterize) {
    auto made = raster::RasterVisibility::create(device);
    if (made) raster = std::move(*made);
  }
  const auto times = medians(kRepetitions, true, [&]() -> std::vector<double> {
    std::vector<double> out{
        cast::bare_intersect_seconds(*frame.instant().caster, rays, true, process_seconds),
        labels.capture_s(nullptr, nullptr)};
    for (const BackEnd& b : ends) out.push_back(frame.capture_s(nullptr, b.shading.get()));
    if (raster && ends.size() > 1) {
      out.push_back(frame.capture_s(raster.get(), ends[1].shading.get()));
    }
    return out;
  });
  report_times("town: default labels over bare primary rays", times[1], times[0]);
  for (std::size_t k = 0; k < ends.size(); ++k) {
    report_times("town: colour frame, default labels, rays + " + ends[k].name, times[2 + k],
                 times[0], k == 0 ? "<= 6" : "");
  }
  if (times.size() > 4) {
    report_times("town: colour frame, rays + cpu over raster + vulkan", times[2], times[4],
                 device->is_cpu() ? "<= 0.333" : "");
  }
}

TEST(Shading, StagesOfAColourFrame) {
  const auto ends = back_ends(any_device());
  Frame frame(kDefault);
  const Instant& at = frame.instant();
  const auto rays = primary_rays(at.view);
  auto record = at.caster->record(at.view);
  scene::resolve_edges(at.window, at.view, *at.caster, record);
  const auto samples = camera::make_samples(at.window, at.view, *at.caster, record);
  const auto radiance =
      camera::radiance_image(at.window, at.view, *at.caster, record, *ends[0].shading);
  ASSERT_TRUE(radiance);
  camera::CameraChain chain(frame.camera().settings);
  const auto times = medians(kRepetitions, true, [&]() -> std::vector<double> {
    std::vector<double> out{cast::bare_intersect_seconds(*at.caster, rays, true, process_seconds),
                            core_seconds_of([&] {
                              camera::make_samples(at.window, at.view, *at.caster, record);
                            }),
                            core_seconds_of([&] {
                              const auto exposure = chain.expose(*radiance, at.view.stamp_ns);
                              chain.deliver(*radiance, exposure, {at.view.stamp_ns, 1});
                            })};
    for (const BackEnd& b : ends) {
      out.push_back(core_seconds_of([&] {
        EXPECT_TRUE(b.shading->shade(at.window, at.view, samples.samples));
      }));
    }
    return out;
  });
  report_times("    samples, sun and sky by rays", times[1], times[0]);
  report_times("    lens, chip and picture", times[2], times[0]);
  for (std::size_t k = 0; k < ends.size(); ++k) {
    report_times("    light, " + ends[k].name, times[3 + k], times[0]);
  }
  if (ends.size() > 1) report_times("light: cpu over vulkan", times[3], times[4]);
}

// The family that shades a sample.
std::uint32_t family_of(const world::SceneWindow& window, const scene::ShadeSample& s) {
  if (s.drawable == 0) return ODDROAD_FAMILY_SKY;
  const world::Drawable& d = window.drawables[s.drawable - 1];
  return shade::family_of(d.model->materials[d.mesh->material[s.triangle]],
                          d.model->textures.size());
}

TEST(Shading, SamplesOfEachFamily) {
  constexpr std::array kNames = {"sky",    "plain",  "road",  "blocks",  "mottled",
                                 "living", "coated", "glass", "textured"};
  constexpr std::size_t kEnough = 2000;
  const auto ends = back_ends(any_device());
  Frame frame(kDefault);
  const Instant& at = frame.instant();
  auto record = at.caster->record(at.view);
  const auto all = camera::make_samples(at.window, at.view, *at.caster, record);
  std::map<std::uint32_t, std::vector<scene::ShadeSample>> families;
  for (const scene::ShadeSample& s : all.samples) families[family_of(at.window, s)].push_back(s);
  for (auto& [family, samples] : families) {
    if (samples.size() < kEnough) continue;
    // Repeated until what a call prepares does not count.
    const std::size_t once = samples.size();
    while (samples.size() < 1'000'000) {
      samples.insert(samples.end(), samples.begin(), samples.begin() + static_cast<long>(once));
    }
    const auto times = medians(3, true, [&] {
      std::vector<double> out;
      for (const BackEnd& b : ends) {
        out.push_back(core_seconds_of([&] {
                        EXPECT_TRUE(b.shading->shade(at.window, at.view, samples));
                      }) /
                      static_cast<double>(samples.size()));
      }
      return out;
    });
    const std::string name = family < kNames.size() ? kNames[family] : std::to_string(family);
    report({"a sample of the family " + name + " (" + std::to_string(once) + " in the frame)",
            times[0] / times.back(), quantity(times[0] * 1e9, "ns cpu"),
            quantity(times.back() * 1e9, "ns vulkan"), ""});
  }
}

}  // namespace
}  // namespace oddroad::bench
