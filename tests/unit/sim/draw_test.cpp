#include "engine/sim/draw.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/draw_samples.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using ::testing::HasSubstr;

TEST(Draw, ShowsActorsWaysEventsAndLegend) {
  const Street street;
  Setting setting;
  const scenario::Variant v = child_behind_van(10, 2.9, 1.6, 0.5);
  const auto timeline = simulate(v, *street.graph, setting.context);
  ASSERT_TRUE(timeline);
  const std::string svg = draw_svg(v, *timeline, *street.graph);
  EXPECT_THAT(svg, HasSubstr("<svg"));
  EXPECT_THAT(svg, HasSubstr("</svg>"));
  for (const char* text : {"ego (car.hatchback)", "van (van.panel)", "child (pedestrian.child)",
                           "child.run started at", "ego hit child at", "2 s", "20 m"}) {
    EXPECT_THAT(svg, HasSubstr(text));
  }
  EXPECT_EQ(svg, draw_svg(v, *timeline, *street.graph));
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

// A child before egos of different speeds, and an ego alone.
struct Samples {
  Samples() {
    for (const double speed : {8.0, 10.0, 12.0}) {
      variants.push_back(child_behind_van(speed, 2.9, 1.6, 0.5));
    }
    variants.push_back(ego_only(10));
    for (const scenario::Variant& v : variants) {
      auto timeline = simulate(v, *street.graph, setting.context);
      EXPECT_TRUE(timeline);
      timelines.push_back(std::move(*timeline));
    }
    for (std::size_t k = 0; k < variants.size(); ++k) {
      runs.push_back({static_cast<std::uint32_t>(k + 5), &variants[k], &timelines[k]});
    }
  }
  Street street;
  Setting setting;
  std::vector<scenario::Variant> variants;
  std::vector<world::Timeline> timelines;
  std::vector<SampleRun> runs;
};

TEST(Draw, LaysSamplesOverEachOther) {
  const Samples samples;
  const std::string svg = draw_samples_svg(samples.runs, *samples.street.graph);
  EXPECT_EQ(count(svg, "<svg"), 1u);
  EXPECT_EQ(count(svg, "</svg>"), 1u);
  EXPECT_THAT(svg, HasSubstr("samples 5 .. 8"));
  EXPECT_THAT(svg, HasSubstr("child.run started in 3 of 4, "));
  EXPECT_EQ(count(svg, "<title>sample 6: child.run started at "), 3u);  // the line, both ends
  for (const auto& run : samples.runs) {
    const std::string sample = "sample " + std::to_string(run.sample);
    EXPECT_THAT(svg, HasSubstr("<title>" + sample + ": ego</title>"));
    for (const world::TimelineEvent& event : run.timeline->events) {
      if (event.what.find("hit") != std::string::npos) {
        EXPECT_THAT(svg, HasSubstr(sample + ": " + event.what + " at"));
      }
    }
  }
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg, draw_samples_svg(samples.runs, *samples.street.graph));
}

TEST(Draw, WhatIsFarApartGetsPicturesOfItsOwn) {
  Samples samples;
  const auto one = draw_samples_svg({samples.runs[3]}, *samples.street.graph);
  EXPECT_EQ(count(one, "<svg"), 1u);
  // The same drive in a place 300 m farther along.
  for (world::Actor& actor : samples.timelines[3].actors) {
    for (world::ActorState& state : actor.states) state.T_world_actor.translation.x += 300;
  }
  const auto two = draw_samples_svg(samples.runs, *samples.street.graph);
  EXPECT_EQ(count(two, "<svg"), 3u);
  EXPECT_EQ(count(two, "</svg>"), 3u);
  EXPECT_THAT(two, HasSubstr("samples 5 .. 7"));
  EXPECT_THAT(two, HasSubstr("samples 8"));
  EXPECT_THAT(two, HasSubstr("child.run started in 3 of 3, "));
}

}  // namespace
}  // namespace oddroad::sim
