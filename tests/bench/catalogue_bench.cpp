// A million frames of generated metadata: how long the catalogue takes to read them, and to answer.
// Clips are made from a few that are written as every clip is; the others are links to their files.
#include <cstdio>
#include <filesystem>

#include <unistd.h>

#include "engine/catalogue/index.h"
#include "engine/catalogue/query.h"
#include "engine/core/random.h"
#include "engine/dataset/clip_writer.h"
#include "engine/dataset/dataset_header.h"
#include "tests/bench/table.h"
#include "tests/bench/timing.h"
#include "tests/unit/dataset/sample_clip.h"

namespace oddroad::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kTemplates = 20, kFramesOfAClip = 100, kClips = 10'000, kObjects = 6;

// Numbers that differ, nothing more.
class Numbers {
 public:
  explicit Numbers(std::uint64_t key) : key_(key) {}
  double next(double low, double high) {
    const std::uint64_t bits = core::hash64(++count_, key_) >> 11;
    return low + (high - low) * static_cast<double>(bits) * 0x1p-53;
  }

 private:
  std::uint64_t key_, count_ = 0;
};

capture::CameraFrame frame_of(int tick, Numbers& numbers) {
  capture::CameraFrame frame;
  frame.stamp.sensor = "front";
  frame.stamp.tick = tick;
  frame.stamp.stamp_ns = tick * 100'000'000ll;
  for (std::uint16_t id = 2; id < 2 + kObjects; ++id) {
    capture::ObjectInWorld world;
    world.id = core::InstanceId(id);
    world.class_id = core::ClassId(static_cast<std::uint8_t>(id % 3 == 0 ? 17 : 13));
    world.name = "actor" + std::to_string(id);
    world.type = "pedestrian.adult";
    world.box_ego.pose.translation = {numbers.next(2, 80), numbers.next(-20, 20), 1};
    world.box_ego.size_m = {0.5, 0.6, 1.8};
    world.velocity_world_mps = {numbers.next(-2, 2), 0, 0};
    capture::ObjectInImage image;
    image.id = world.id;
    image.class_id = world.class_id;
    image.in_frame_px = static_cast<std::int64_t>(numbers.next(10, 5000));
    image.visible_px =
        static_cast<std::int64_t>(numbers.next(0, 1) * static_cast<double>(image.in_frame_px));
    image.unoccluded_px = image.in_frame_px;
    image.box = {10, 10, 60, 90};
    frame.world.push_back(world);
    frame.objects.push_back(image);
  }
  return frame;
}

fs::path write_template(const fs::path& dataset, std::uint32_t index) {
  Numbers numbers(index);
  dataset::ClipInfo info;
  info.identity = {"generated", std::string(64, 'a'), 1, index, "1", "cast", "none", false};
  info.environment.sun_elevation_rad = numbers.next(-0.5, 0.8);
  info.parameter_values = {{"v_ego", numbers.next(5, 30)}};
  capture::Calibration calibration;
  calibration.cameras.push_back({"front", {320, 160, 200, 200, 160, 80}, {}});
  world::Timeline timeline;
  timeline.actors.resize(1);
  timeline.actors[0].id = core::InstanceId(1);
  timeline.actors[0].states.resize(11);
  timeline.end_ns = 100'000'000;
  dataset::describe(timeline, info);
  info.environment.sun_elevation_rad = numbers.next(-0.5, 0.8);
  auto writer = dataset::ClipWriter::create(dataset, info, calibration, {"a: 1\n", {}}, timeline);
  EXPECT_TRUE(writer);
  for (int tick = 0; tick < kFramesOfAClip; ++tick) {
    EXPECT_TRUE(writer->write(frame_of(tick, numbers)));
  }
  const auto commit = writer->commit();
  EXPECT_TRUE(commit);
  return commit->folder;
}

void link_clip(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path target = to / entry.path().lexically_relative(from);
    if (entry.is_directory()) {
      fs::create_directories(target);
    } else {
      ASSERT_EQ(::link(entry.path().c_str(), target.c_str()), 0);
    }
  }
}

void generate(const fs::path& dataset) {
  const auto ontology = capture::load_ontology(ODDROAD_SOURCE_DIR "/assets/ontology.yaml");
  ASSERT_TRUE(ontology);
  ASSERT_TRUE(dataset::open_for_writing(dataset, {"1", *ontology}));
  std::vector<fs::path> templates;
  for (std::uint32_t k = 0; k < kTemplates; ++k) templates.push_back(write_template(dataset, k));
  for (int k = kTemplates; k < kClips; ++k) {
    char name[32];
    std::snprintf(name, sizeof name, "%06d-0123456789", k);
    link_clip(templates[static_cast<std::size_t>(k % kTemplates)],
              dataset / "clips/generated" / name);
  }
}

TEST(CatalogueBench, AMillionFrames) {
  const test::TemporaryFolder scratch;
  const fs::path dataset = scratch.path() / "dataset";
  generate(dataset);
  constexpr double kFrames = 1.0 * kClips * kFramesOfAClip;
  const auto go_on = [](std::size_t, std::size_t) {
    return true;
  };
  double index_s = 0;
  const double index_core_s = core_seconds_of([&] {
    index_s = seconds_of([&] {
      const auto summary = catalogue::index_dataset(dataset, go_on);
      ASSERT_TRUE(summary) << core::to_string(summary.error());
      EXPECT_EQ(summary->frames, static_cast<std::int64_t>(kFrames));
    });
  });
  report({"catalogue: its core-seconds over its seconds", index_core_s / index_s,
          quantity(index_core_s, "s"), quantity(index_s, "s"), ""});
  report({"catalogue: a million frames over ten minutes", index_s / 600, quantity(index_s, "s"),
          "600 s", "< 1"});
  EXPECT_LT(index_s, 600);
  const double again_s = seconds_of([&] {
    EXPECT_EQ(catalogue::index_dataset(dataset, go_on)->kept, kClips);
  });
  report({"catalogue: nothing new over a million frames", again_s / index_s, quantity(again_s, "s"),
          quantity(index_s, "s"), ""});
  for (const catalogue::NamedQuery& named : catalogue::named_queries()) {
    std::size_t rows = 0;
    const double query_s = seconds_of([&] {
      const auto table = catalogue::query(dataset, *catalogue::named_sql(named.name, {}));
      ASSERT_TRUE(table) << core::to_string(table.error());
      rows = table->rows.size();
    });
    report({"query " + named.name + " (" + std::to_string(rows) + " rows) over 1 s", query_s,
            quantity(query_s, "s"), "1 s", "< 1"});
    EXPECT_LT(query_s, 1) << named.name;
  }
}

}  // namespace
}  // namespace oddroad::bench
