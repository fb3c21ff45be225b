// A scenario that is fine, to be broken one line at a time, and a map that has one site.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/scenario/draw.h"

namespace oddroad::scenario {

class OneSite : public SiteFinder {
 public:
  [[nodiscard]] core::Result<std::vector<Site>> find(const SiteQuery& query) const override {
    return std::vector<Site>{{"1", 10, -1, query.length_m}, {"1", 20, -1, query.length_m}};
  }
};

class ScenarioTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("oddroad_scenario_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "m.xodr") << "map";
    std::ofstream(folder_ / "r.yaml") << "rig";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string file() const { return (folder_ / "s.yaml").string(); }

  core::Result<Scenario> parse(const std::string& text,
                               const std::vector<std::string>& overrides = {}) const {
    return parse_scenario(text, file(), {}, overrides);
  }
  Scenario good(const std::string& text, const std::vector<std::string>& overrides = {}) const {
    const auto scenario = parse(text, overrides);
    EXPECT_TRUE(scenario) << (scenario ? "" : core::to_string(scenario.error()));
    return scenario.value_or(Scenario{});
  }
  // All problems, "line:column: message; hint" each on its line.
  std::string problems(const std::string& text,
                       const std::vector<std::string>& overrides = {}) const {
    const auto scenario = parse(text, overrides);
    if (scenario) return "fine";
    std::string all = core::to_string(scenario.error());
    const std::string prefix = file() + ":";
    for (std::size_t at = all.find(prefix); at != std::string::npos; at = all.find(prefix)) {
      all.erase(at, prefix.size());
    }
    for (std::size_t at = all.find("error: "); at != std::string::npos; at = all.find("error: ")) {
      all.erase(at, 7);
    }
    return all;
  }
  static Variant draw(const Scenario& scenario, std::uint32_t index, std::uint64_t seed = 7) {
    const auto variant = draw_variant(scenario, seed, index, OneSite(), nullptr);
    EXPECT_TRUE(variant) << (variant ? "" : core::to_string(variant.error()));
    return variant.value_or(Variant{});
  }

  std::filesystem::path folder_;
};

// `text` with its first `from` replaced.
inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

inline const std::string kGood = R"(schema: 1
name: test-crossing
rig: r.yaml
map: m.xodr
params:
  v_ego: 20 .. 50 km/h
  ttc: {normal: 1.6 s, sd: 0.5 s, in: 0.8 .. 3.0 s}
  van: {choice: [van.panel, car.sedan]}
  impact: {choice: {25 %: 1, 50 %: 2, 75 %: 1}}
require:
  - $v_ego * $ttc > 6 m
site: {road_type: town, straight_for: 120 m, has_lane: parking}
environment:
  sun: {elevation: 10 deg, azimuth: 0 .. 360 deg}
actors:
  ego:
    type: car.hatchback
    at: {site: start, lane: driving}
    drive: {speed: $v_ego, react: none}
  van:
    type: $van
    at: {ahead_of: ego, by: 60 m, lane: parking}
  child:
    type: pedestrian.child
    size: {height: 1.05 .. 1.35 m}
    at: {beside: van, end: front, gap: 0.2 .. 1.2 m, facing: road}
    do:
      - run: {when: ego->child.path_ttc <= $ttc, across: ego.lane, speed: 3 m/s, aim: $impact}
  parked:
    type: {choice: [car.sedan, car.hatchback]}
    many: 4
    at: {along: van, lane: parking, gaps: 0.8 .. 3 m}
end: {any: [ego->child.hit, child.crossed for 2 s, time > 20 s]}
record: {rate: 10 Hz}
sample: {method: random, count: 8, seed: 7}
)";

}  // namespace oddroad::scenario
