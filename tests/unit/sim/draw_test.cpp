#include "engine/sim/draw.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace oddroad::sim
