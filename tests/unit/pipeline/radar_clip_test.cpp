// A clip of radars and motion sensors through the renderer and the dataset, without a scenario.
#include <filesystem>
#include <mutex>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/dataset/clip_writer.h"
#include "engine/dataset/dataset_header.h"
#include "engine/dataset/reader.h"
#include "engine/pipeline/clip_renderer.h"
#include "render/cast/embree_scene.h"
#include "tests/common/test_world.h"

namespace oddroad {
namespace {

core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}

// A street between a house and a wall, a car ahead and one that comes.
void fill(tests::TestWorld& world) {
  world.add_static("house", tests::model_of(tests::box_mesh({-60, 8, 0}, {120, 18, 9})));
  world.add_static("wall", tests::model_of(tests::box_mesh({-60, -8, 0}, {120, -7.5f, 14})));
  for (auto& thing : world.stage().things) thing.class_id = core::ClassId(8);
  const auto car = tests::model_of(tests::box_mesh({0, -0.9f, 0.2f}, {4.4f, 0.9f, 1.5f}));
  world.add_actor("ahead", car, math::pose_xyz_yaw(18, 0, 0, 0), {9, 0, 0});
  world.add_actor("oncoming", car, math::pose_xyz_yaw(60, 4, 0, M_PI), {-12, 0, 0});
  for (auto& actor : world.timeline().actors) actor.class_id = core::ClassId(13);
  world.timeline().environment.latitude_rad = 0.8;  // without a place, places are NaN
  world.timeline().environment.longitude_rad = 0.2;
  for (int k = 0; k <= 100; ++k) {
    auto& state = world.timeline().actors[0].states[static_cast<std::size_t>(k)];
    state.T_world_actor.translation = {0.1 * k, 0, 0};
    state.velocity_mps = {10, 0, 0};
  }
}

struct Recorded {
  std::vector<capture::RadarFrame> radars;
  capture::MotionRecords motion;
  std::size_t captures = 0;
};

class RadarClip : public testing::Test {
 protected:
  void SetUp() override {
    fill(world_);
    auto rig = pipeline::load_rig(ODDROAD_SOURCE_DIR "/tests/integration/data/quick_radar_rig.yaml",
                                  roots());
    ASSERT_TRUE(rig) << core::to_string(rig.error());
    rig_ = std::move(*rig);
    ontology_ = *capture::load_ontology(ODDROAD_SOURCE_DIR "/assets/ontology.yaml");
    plan_.end_ns = world_.timeline().end_ns;
    plan_.kinds = {"radar", "imu", "gnss", "ins", "odometry"};
    plan_.random_key = 7;
    plan_.ontology = &ontology_;
  }

  Recorded render() {
    auto rays = std::move(*cast::make_embree_factory());
    pipeline::BackEnds back_ends;
    back_ends.rays = rays.get();
    Recorded out;
    std::mutex mutex;
    pipeline::FrameSink sink;
    sink.radar = [&](const capture::RadarFrame& frame) -> core::Result<void> {
      const std::lock_guard lock(mutex);
      out.radars.push_back(frame);
      return {};
    };
    sink.motion = [&](const capture::MotionRecords& records) -> core::Result<void> {
      out.motion = records;
      return {};
    };
    const auto done =
        pipeline::render_clip(world_.timeline(), world_.stage(), rig_, plan_, back_ends, sink, [&] {
          const std::lock_guard lock(mutex);
          ++out.captures;
          return true;
        });
    EXPECT_TRUE(done) << core::to_string(done.error());
    std::sort(out.radars.begin(), out.radars.end(), [](const auto& a, const auto& b) {
      return std::pair(a.stamp.sensor, a.stamp.tick) < std::pair(b.stamp.sensor, b.stamp.tick);
    });
    return out;
  }

  tests::TestWorld world_;
  pipeline::Rig rig_;
  capture::Ontology ontology_;
  pipeline::ClipPlan plan_;
};

TEST_F(RadarClip, RecordsEverySensor) {
  const Recorded out = render();
  EXPECT_EQ(out.captures, pipeline::count_captures(rig_, plan_));
  ASSERT_EQ(out.radars.size(), 2 * 9u);  // 10 Hz, those at 0 and 1 s reach out of the clip
  int returns = 0, tracks = 0;
  for (const auto& frame : out.radars) {
    EXPECT_FALSE(frame.detections.empty());
    for (const auto& object : frame.world) returns += static_cast<int>(object.returns_by_id);
    tracks += static_cast<int>(frame.tracks.size());
  }
  EXPECT_GT(returns, 18);
  EXPECT_GT(tracks, 0);
  ASSERT_EQ(out.motion.imus.size(), 1u);
  EXPECT_EQ(out.motion.imus[0].sensor, "imu");
  EXPECT_EQ(out.motion.imus[0].samples.size(), 201u);
  ASSERT_EQ(out.motion.gnss.size(), 1u);
  ASSERT_EQ(out.motion.gnss[0].samples.size(), 11u);
  // Houses on both sides hide some of the sky.
  const auto all = (std::int64_t{1} << out.motion.gnss[0].satellites.size()) - 1;
  EXPECT_NE(out.motion.gnss[0].samples[3].in_sight, all);
  EXPECT_NE(out.motion.gnss[0].samples[3].in_sight, 0);
  ASSERT_EQ(out.motion.navigations.size(), 1u);
  EXPECT_EQ(out.motion.navigations[0].samples.size(), 101u);
  ASSERT_EQ(out.motion.odometries.size(), 1u);
  EXPECT_NEAR(out.motion.odometries[0].samples.back().true_rl_m, 10, 1e-3);
}

TEST_F(RadarClip, KindsChooseAndRunsRepeat) {
  const Recorded all = render();
  const Recorded again = render();
  ASSERT_EQ(all.radars.size(), again.radars.size());
  for (std::size_t k = 0; k < all.radars.size(); ++k) {
    EXPECT_EQ(all.radars[k].detections, again.radars[k].detections);
    EXPECT_EQ(all.radars[k].tracks, again.radars[k].tracks);
  }
  EXPECT_EQ(all.motion.imus, again.motion.imus);
  plan_.kinds = {"ins", "imu"};
  const Recorded few = render();
  EXPECT_TRUE(few.radars.empty());
  EXPECT_TRUE(few.motion.gnss.empty());
  EXPECT_EQ(few.motion.imus, all.motion.imus);
  // The INS listens to the receiver all the same.
  EXPECT_EQ(few.motion.navigations, all.motion.navigations);
  EXPECT_EQ(few.captures, 1u);
}

TEST_F(RadarClip, ComesBackFromTheDataset) {
  const Recorded out = render();
  const std::string folder = testing::TempDir() + "radar_clip_" + std::to_string(::getpid());
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(dataset::open_for_writing(folder, {"test", ontology_}));
  dataset::ClipInfo info;
  info.identity.scenario = "radars";
  dataset::describe(world_.timeline(), info);
  dataset::describe(world_.stage(), info);
  const auto calibration = rig_.calibration(world_.timeline().actors[0].model.get());
  auto writer = dataset::ClipWriter::create(folder, info, calibration, {}, world_.timeline());
  ASSERT_TRUE(writer) << core::to_string(writer.error());
  for (const auto& frame : out.radars) EXPECT_TRUE(writer->write(frame));
  EXPECT_TRUE(writer->write(out.motion));
  const auto commit = writer->commit();
  ASSERT_TRUE(commit) << core::to_string(commit.error());
  const auto reader = dataset::ClipReader::open(commit->folder);
  ASSERT_TRUE(reader) << core::to_string(reader.error());
  EXPECT_EQ(reader->calibration(), calibration);
  const auto motion = reader->motion();
  ASSERT_TRUE(motion) << core::to_string(motion.error());
  EXPECT_EQ(motion->imus, out.motion.imus);
  EXPECT_EQ(motion->gnss[0].satellites, out.motion.gnss[0].satellites);
  EXPECT_EQ(motion->navigations, out.motion.navigations);
  EXPECT_EQ(motion->odometries, out.motion.odometries);
  for (const auto& frame : out.radars) {
    const auto back = reader->radar(frame.stamp.sensor, frame.stamp.tick);
    ASSERT_TRUE(back) << core::to_string(back.error());
    EXPECT_EQ(back->detections, frame.detections);
    EXPECT_EQ(back->tracks, frame.tracks);
    EXPECT_EQ(back->world, frame.world);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace oddroad
