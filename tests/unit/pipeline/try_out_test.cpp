// Mistakes that show only with the map open and a few samples drawn.
#include "engine/pipeline/try_out.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace oddroad::pipeline {
namespace {

namespace fs = std::filesystem;

const std::string kCrossing = R"(schema: 1
name: try-out
rig: rigs/kitti.yaml
map: maps/town_street.xodr
params:
  v_ego: 20 .. 40 km/h
  tall: 1.5 .. 1.95 m
site: {straight_for: 110 m}
actors:
  ego:
    type: car.hatchback
    at: {site: start, lane: driving}
    drive: {speed: $v_ego}
  adult:
    type: pedestrian.adult
    size: {height: $tall}
    at: {ahead_of: ego, by: 40 m, lane: driving, lateral: -4 m, facing: road}
)";

class TryOut : public ::testing::Test {
 protected:
  void SetUp() override {
    file_ = fs::temp_directory_path() / ("oddroad_try_out_" + std::to_string(::getpid()) + ".yaml");
  }
  void TearDown() override { fs::remove(file_); }

  // Problems of the crossing with `from` replaced by `to`, "line:column: text" each.
  std::string problems(const std::string& from, const std::string& to) const {
    std::string text = kCrossing;
    text.replace(text.find(from), from.size(), to);
    std::ofstream(file_) << text;
    const auto roots = core::make_search_roots("", "", ODDROAD_SOURCE_DIR);
    const auto setup = load_setup(file_.string(), roots, {});
    if (!setup) return core::to_string(setup.error());
    const auto ontology = load_ontology(roots);
    EXPECT_TRUE(ontology);
    std::string all = core::to_string(try_out(*setup, *ontology));
    const std::string prefix = file_.string() + ":";
    for (std::size_t at = all.find(prefix); at != std::string::npos; at = all.find(prefix)) {
      all.erase(at, prefix.size());
    }
    return all;
  }

  fs::path file_;
};

TEST_F(TryOut, FindsNothingWhereSamplesCanBeHad) {
  EXPECT_EQ(problems("name", "name"), "");
  // Turned away half of the time.
  EXPECT_EQ(problems("site:", "require: [$v_ego > 30 km/h]\nsite:"), "");
}

TEST_F(TryOut, ASiteThatIsNowhereOnTheMap) {
  const std::string found = problems("110 m", "9 km");
  EXPECT_TRUE(found.starts_with("8:1: error: site not found on town_street.xodr: no ")) << found;
}

TEST_F(TryOut, AnActorBeyondTheEndOfTheMap) {
  const std::string found = problems("by: 40 m", "by: 4 km");
  EXPECT_TRUE(found.starts_with("17:")) << found;
  EXPECT_NE(found.find("could not be placed"), std::string::npos) << found;
  EXPECT_EQ(found.find('\n'), std::string::npos) << found;
}

TEST_F(TryOut, BoundsThatNothingMeets) {
  EXPECT_EQ(problems("site:", "require: [$v_ego > 50 km/h]\nsite:"),
            "8:11: error: variant 0: acceptance rate below 1 %: none of 100 attempts passed; 100 "
            "failed '$v_ego > 50 km/h'");
}

TEST_F(TryOut, NumbersThatLeaveTheirLimits) {
  const std::string speed = problems("v_ego: 20", "v_ego: -20");
  EXPECT_TRUE(speed.starts_with("13:20: error: 'actors.ego.drive.speed' is -")) << speed;
  EXPECT_NE(speed.find("expected 0 m/s to 120 m/s; so it is in sample "), std::string::npos);
  EXPECT_EQ(speed.find('\n'), std::string::npos) << speed;
  // Both ends of what a size is drawn from.
  for (const char* range : {"1.0 .. 1.8 m", "1.6 .. 2.6 m"}) {
    const std::string size = problems("1.5 .. 1.95 m", range);
    EXPECT_TRUE(size.starts_with("14:3: error: ")) << size;
    EXPECT_NE(size.find("height"), std::string::npos) << size;
  }
}

TEST_F(TryOut, AllAtOnce) {
  const std::string found =
      problems("v_ego: 20 .. 40 km/h\n  tall: 1.5", "v_ego: -20 .. 40 km/h\n  tall: 1.0");
  EXPECT_NE(found.find("13:20: "), std::string::npos) << found;
  EXPECT_NE(found.find("14:3: "), std::string::npos) << found;
}

}  // namespace
}  // namespace oddroad::pipeline
