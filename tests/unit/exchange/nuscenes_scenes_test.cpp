// What holds for several scenes of one export together.
#include <set>

#include <nlohmann/json.hpp>

#include "engine/exchange/import.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::int64_t kUsualStartUs = 1577836800'000000;  // 2020-01-01

struct ThreeScenes {
  test::TemporaryFolder folder;
  fs::path set = folder.path() / "set", out = folder.path() / "out";

  ThreeScenes() {
    for (const std::uint32_t index : {3u, 4u, 5u}) test::write_sample_clip(set, 2, index);
    send(set, out);
  }
  static void send(const fs::path& from, const fs::path& to) {
    const auto done =
        export_dataset(from, test::format_named("nuscenes"), to, {{{"train", 0.5}, {"val", 0.5}}});
    EXPECT_TRUE(done) << core::to_string(done.error().why);
  }
};

Json table(const fs::path& out, const std::string& name) {
  return Json::parse(*dataset::read_file(out / "v1.0-oddroad" / (name + ".json")));
}

// First and last stamp of each scene, in the order of the table.
std::vector<std::pair<std::int64_t, std::int64_t>> spans(const fs::path& out) {
  std::vector<std::pair<std::int64_t, std::int64_t>> all;
  const Json samples = table(out, "sample"), data = table(out, "sample_data");
  for (const Json& scene : table(out, "scene")) {
    std::pair<std::int64_t, std::int64_t> span{INT64_MAX, 0};
    for (const Json& sample : samples) {
      if (sample.at("scene_token") != scene.at("token")) continue;
      for (const Json& one : data) {
        if (one.at("sample_token") != sample.at("token")) continue;
        span.first = std::min(span.first, one.at("timestamp").get<std::int64_t>());
        span.second = std::max(span.second, one.at("timestamp").get<std::int64_t>());
      }
    }
    all.push_back(span);
  }
  return all;
}

// Development kits sort scenes by their first stamp and, where two are equal, fail.
TEST(Nuscenes, ScenesFollowOneAnother) {
  const ThreeScenes e;
  const auto all = spans(e.out);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].first, kUsualStartUs + 200000) << "the first camera of the first scene";
  for (std::size_t k = 1; k < all.size(); ++k) {
    EXPECT_GT(all[k].first, all[k - 1].second + 1'000'000);
    EXPECT_EQ((all[k].first - all[0].first) % 1'000'000, 0) << "whole seconds later";
  }
}

// And come back as clips of these dates, which a second export does not move.
TEST(Nuscenes, ScenesKeepTheirTimesAndMapsThroughAnImport) {
  const ThreeScenes e;
  const fs::path back = e.folder.path() / "back", again = e.folder.path() / "again";
  const auto format =
      std::find_if(import_formats().begin(), import_formats().end(), [](const ImportTraits& one) {
        return one.name == "nuscenes";
      });
  const auto done =
      import_dataset(e.out, *format, back, test::sample_header().ontology, "0.1.0-test");
  ASSERT_TRUE(done) << core::to_string(done.error().why);
  const auto all = spans(e.out);
  const auto clips = dataset::DatasetReader::open(back)->clips();
  ASSERT_EQ(clips.size(), 3u);
  for (std::size_t k = 0; k < 3; ++k) {
    const auto clip = dataset::ClipReader::open(clips[k]);
    ASSERT_TRUE(clip);
    EXPECT_EQ(clip->info().map_name, "town.xodr");
    EXPECT_EQ(clip->timeline().environment.start_utc_s, all[k].first / 1'000'000);
  }
  ThreeScenes::send(back, again);
  const auto moved = spans(again);
  ASSERT_EQ(moved.size(), 3u);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_LE(std::abs(moved[k].first - all[k].first), 200000);
}

// Readers draw all ego poses of a location on the map of one of its scenes.
TEST(Nuscenes, EveryGlobalFrameIsALocationWithItsMap) {
  const ThreeScenes e;
  std::set<std::string> locations, maps;
  for (const Json& scene : table(e.out, "scene")) {
    for (const Json& log : table(e.out, "log")) {
      if (log.at("token") != scene.at("log_token")) continue;
      locations.insert(log.at("location"));
      EXPECT_EQ(log.at("location"), "town.xodr/" + scene.at("name").get<std::string>());
      for (const Json& map : table(e.out, "map")) {
        if (map.at("log_tokens") == Json::array({log.at("token")})) maps.insert(map.at("filename"));
      }
    }
  }
  EXPECT_EQ(locations.size(), 3u);
  EXPECT_EQ(maps.size(), 3u);
}

// nuscenes/utils/splits.py: these name scenes of the original, and loaders refuse them for any
// other version.
TEST(Nuscenes, SplitsHaveNamesThatTheKitLeavesFree) {
  const ThreeScenes e;
  std::multiset<std::string> named, scenes;
  const Json splits = table(e.out, "splits");
  for (const auto& [split, list] : splits.items()) {
    for (const char* taken :
         {"train", "val", "test", "mini_train", "mini_val", "train_detect", "train_track"}) {
      EXPECT_NE(split, taken);
    }
    for (const Json& name : list) named.insert(name.get<std::string>());
  }
  EXPECT_TRUE(splits.contains("oddroad_train") && splits.contains("oddroad_val"));
  for (const Json& scene : table(e.out, "scene"))
    scenes.insert(scene.at("name").get<std::string>());
  EXPECT_EQ(named, scenes) << "each in one split";
}

}  // namespace
}  // namespace oddroad::exchange
