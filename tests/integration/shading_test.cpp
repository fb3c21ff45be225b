// Colour on a Vulkan device against colour on the processor, end to end.
#include <cstdlib>
#include <map>
#include <mutex>

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include "engine/core/parallel.h"
#include "render/shade/cpu_shading.h"
#include "render/shade/vulkan_shading.h"
#include "tests/integration/fixture.h"
#include "tests/integration/played_clip.h"

namespace oddroad::tests {
namespace {

using Pictures = std::map<std::string, capture::Image<capture::Rgb8>>;  // by sensor and tick

// The colour frames of one instant in the middle of the clip.
Pictures pictures(const PlayedClip& clip, scene::Shading& shading, const std::string& name) {
  pipeline::ClipPlan plan;
  plan.rate_hz = 10;
  plan.from_ns = clip.timeline().end_ns / 2;
  plan.end_ns = plan.from_ns + 100'000'000;
  plan.kinds = {"rgb"};
  plan.random_key = clip.variant().random_key;
  plan.ontology = &clip.ontology();
  Pictures out;
  std::mutex mutex;
  pipeline::FrameSink sink;
  sink.camera = [&](const capture::CameraFrame& frame) -> core::Result<void> {
    const std::scoped_lock lock(mutex);
    out[frame.stamp.sensor + std::to_string(frame.stamp.tick)] = frame.rgb;
    return {};
  };
  sink.lidar = [](const capture::LidarFrame& /*frame*/) -> core::Result<void> {
    return {};
  };
  const auto done = pipeline::render_clip(clip.timeline(), clip.stage(), clip.setup().rig, plan,
                                          {&clip.rays(), nullptr, &shading, name}, sink, [] {
                                            return true;
                                          });
  EXPECT_TRUE(done) << (done ? "" : core::to_string(done.error()));
  return out;
}

struct Difference {
  std::size_t values = 0;
  std::size_t more_than_two = 0;
  int most = 0;
};

Difference difference(const Pictures& a, const Pictures& b) {
  Difference out;
  EXPECT_EQ(a.size(), b.size());
  for (const auto& [name, picture] : a) {
    const auto& other = b.at(name);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
      for (int c = 0; c < 3; ++c) {
        const int d = std::abs(picture.pixels[i][c] - other.pixels[i][c]);
        ++out.values;
        out.more_than_two += d > 2 ? 1u : 0u;
        out.most = std::max(out.most, d);
      }
    }
  }
  return out;
}

std::unique_ptr<scene::Shading> on_processor() {
  return std::make_unique<shade::CpuShading>(*kernels::choose_isa());
}

struct Case {
  const char* name;
  std::string scenario;
  std::vector<std::string> overrides;
};

std::vector<Case> cases() {
  const std::string quick = quick_scenario();
  const std::string camera = source("tests/bench/data/camera.yaml");
  return {
      {"street", quick, {"rig=" + camera}},
      {"people", source("scenarios/vru/group-crossing-late.yaml"), {"rig=" + camera}},
      {"fisheyes", quick, {"rig=" + source("scenarios/rigs/surround_fisheye.yaml")}},
      {"night", quick, {"rig=" + camera, "environment.sun.elevation=-9 deg"}},
  };
}

TEST(ShadingBackEnds, AgreeWithinTwoStepsOn995Of1000Values) {
  vulkan::DeviceOptions options;
  options.validation = true;
  auto device = vulkan::Device::create(options);
  if (!device) GTEST_SKIP() << core::to_string(device.error());
  auto made = shade::VulkanShading::create(*device);
  ASSERT_TRUE(made);
  const auto processor = on_processor();
  for (const Case& c : cases()) {
    const PlayedClip clip(c.scenario, 0, c.overrides);
    const auto there = pictures(clip, **made, "gpu");
    ASSERT_FALSE(there.empty()) << c.name;
    const Difference d = difference(there, pictures(clip, *processor, "cpu"));
    std::printf("%s: %zu pictures, %.4f %% of values differ by more than 2, at most by %d\n",
                c.name, there.size(),
                100.0 * static_cast<double>(d.more_than_two) / static_cast<double>(d.values),
                d.most);
    EXPECT_LE(d.more_than_two, d.values / 200) << c.name;
  }
  for (const std::string& message : (*device)->validation_messages()) ADD_FAILURE() << message;
}

TEST(ShadingBackEnds, WorkersChangeNoByte) {
  const PlayedClip clip(quick_scenario(), 0);
  Pictures first;
  const tbb::global_control enough(tbb::global_control::max_allowed_parallelism, 8);
  for (const int workers : {1, 2, 8}) {
    const auto shading = on_processor();
    Pictures now;
    tbb::task_arena(workers).execute([&] {
      now = pictures(clip, *shading, "cpu");
    });
    if (first.empty()) first = now;
    ASSERT_FALSE(now.empty());
    const Difference d = difference(first, now);
    EXPECT_EQ(d.most, 0) << workers << " workers";
  }
}

// The shading back-end that a dataset's only clip names.
std::string recorded_back_end(const std::string& folder) {
  const auto reader = dataset::DatasetReader::open(folder);
  if (!reader || reader->clips().size() != 1) return "no clip";
  const auto clip = dataset::ClipReader::open(reader->clips().front());
  return clip ? clip->info().identity.shading : core::to_string(clip.error());
}

TEST(ShadingBackEnds, ColourNeedsNoDriver) {
  const Scratch scratch;
  for (const char* name : {"VK_DRIVER_FILES", "VK_ICD_FILENAMES"}) {
    ::setenv(name, "/nowhere/no_driver.json", 1);
  }
  const auto render = [&](const std::string& out, const std::string& shade) {
    return run_cli({"render", quick_scenario(), "-o", scratch / out, "--clips", "0", "--shade",
                    shade, "--set", "record.rate=2 Hz"});
  };
  const Ran automatic = render("auto", "auto");
  EXPECT_EQ(automatic.code, cli::kDone) << automatic.err;
  EXPECT_EQ(recorded_back_end(scratch / "auto"), "cpu");
  const Ran asked = render("cpu", "cpu");
  EXPECT_EQ(asked.code, cli::kDone) << asked.err;
  EXPECT_EQ(clip_hashes(scratch / "auto"), clip_hashes(scratch / "cpu"));
  const Ran impossible = render("gpu", "gpu");
  EXPECT_EQ(impossible.code, cli::kUnavailable);
  EXPECT_NE(impossible.err.find("--shade cpu"), std::string::npos) << impossible.err;
  for (const char* name : {"VK_DRIVER_FILES", "VK_ICD_FILENAMES"}) ::unsetenv(name);
}

}  // namespace
}  // namespace oddroad::tests
