// What a clip records of its scenario is enough to make it again, without the library around it.
#include "engine/pipeline/clip_source.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/core/paths.h"

namespace oddroad::pipeline {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

bool is_scenario(const fs::path& file) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("map:") || line.starts_with("like:")) return true;
  }
  return false;
}

// With a name that no folder of the library has and no roots to search.
TEST(ClipSource, EveryScenarioIsReadAgainFromWhatItsClipsKeep) {
  const fs::path library = fs::path(ODDROAD_SOURCE_DIR) / "scenarios";
  const auto roots = core::make_search_roots("", "", ODDROAD_SOURCE_DIR);
  const fs::path folder =
      fs::temp_directory_path() / ("oddroad_clip_source_" + std::to_string(::getpid()));
  int read = 0;
  for (const auto& entry : fs::recursive_directory_iterator(library)) {
    if (entry.path().extension() != ".yaml" || !is_scenario(entry.path())) continue;
    SCOPED_TRACE(entry.path().filename().string());
    const auto scenario = scenario::load_scenario(entry.path().string(), roots);
    ASSERT_TRUE(scenario) << core::to_string(scenario.error());
    const auto source = clip_source(*scenario);
    ASSERT_TRUE(source) << core::to_string(source.error());
    fs::remove_all(folder);
    write(folder / "scenario.yaml", source->scenario_yaml);
    for (const auto& [name, bytes] : source->inputs) write(folder / "inputs" / name, bytes);
    const auto again = scenario::load_scenario((folder / "scenario.yaml").string(), {});
    ASSERT_TRUE(again) << core::to_string(again.error());
    EXPECT_EQ(again->content_hash, scenario->content_hash);
    ++read;
  }
  fs::remove_all(folder);
  EXPECT_GT(read, 100);
}

}  // namespace
}  // namespace oddroad::pipeline
