// Tasks cut by measured times.
#include "engine/farm/sizing.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

namespace oddroad::farm {
namespace {

std::vector<PlanClip> clips_of(const std::vector<int>& counts) {
  std::vector<PlanClip> out;
  for (std::uint32_t s = 0; s < counts.size(); ++s) {
    for (int i = 0; i < counts[s]; ++i) out.push_back({s, 1, static_cast<std::uint32_t>(i)});
  }
  return out;
}

TEST(Sizing, EveryClipIsInOneTask) {
  const auto clips = clips_of({17, 3, 40});
  const std::vector<Probe> probes = {{"a", 30, 60, 10}, {"b", 400, 800, 10}, {"c", 2, 4, 10}};
  for (const double seconds : {1.0, 100.0, 900.0, 1e6}) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> seen;
    const auto tasks = cut_tasks(clips, probes, seconds, 0);
    for (const PlanTask& task : tasks) {
      double sum = 0;
      for (const PlanClip& clip : task.clips) {
        ++seen[{clip.scenario, clip.index}];
        sum += probes[clip.scenario].seconds;
      }
      EXPECT_DOUBLE_EQ(task.seconds, sum);
      EXPECT_TRUE(task.seconds <= seconds || task.clips.size() == 1);
    }
    EXPECT_EQ(seen.size(), clips.size());
    EXPECT_TRUE(std::is_sorted(tasks.begin(), tasks.end(), [](const auto& a, const auto& b) {
      return a.seconds > b.seconds;
    }));
  }
}

TEST(Sizing, CountsInsteadOfTimes) {
  const auto tasks = cut_tasks(clips_of({10}), {}, 900, 4);
  ASSERT_EQ(tasks.size(), 3u);
  EXPECT_EQ(tasks[0].clips.size(), 4u);
  EXPECT_EQ(tasks[2].clips.size(), 2u);
}

TEST(Sizing, KindsOfFiles) {
  EXPECT_EQ(file_kind("front/000001.rgb.png"), "rgb.png");
  EXPECT_EQ(file_kind("top/000001.pcd"), "pcd");
  EXPECT_EQ(file_kind("box.imu.npy"), "imu.npy");
  EXPECT_EQ(file_kind("timeline.npy"), "clip");
  EXPECT_EQ(file_kind("clip.json"), "clip");
  EXPECT_EQ(file_kind("inputs/rig.yaml"), "clip");
}

TEST(Sizing, TableTellsFramesAndStorage) {
  // 10 frames in 20 core seconds: 1,800 an hour; 5 MB for 10 frames: 500 MB for 1,000.
  const Probe probe{"street", 10, 20, 10, true, {{"rgb.png", 4'000'000}, {"clip", 1'000'000}}};
  const std::string table = sizing_table({probe});
  EXPECT_NE(table.find("1800"), std::string::npos) << table;
  EXPECT_NE(table.find("500.0"), std::string::npos) << table;
  EXPECT_NE(table.find("556 core-hours, 500.0 GB"), std::string::npos) << table;
}

}  // namespace
}  // namespace oddroad::farm
