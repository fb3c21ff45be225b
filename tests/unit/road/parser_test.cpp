#include "road_fixture.h"

#include <fstream>
#include <iterator>

#include "engine/road/tools.h"

namespace oddroad::road {
namespace {

using namespace testing;

const std::string kLine = geometry("100", "<line/>");

bool warns(const RoadMap& map, const std::string& part) {
  for (const core::Diagnostic& d : map.warnings.items()) {
    if (d.message.find(part) != std::string::npos) return true;
  }
  return false;
}

TEST(Parser, ReadsAWellFormedRoadWithoutWarning) {
  const RoadMap map = parsed(one_road("100", kLine, two_lanes()));
  EXPECT_TRUE(map.warnings.empty()) << core::to_string(map.warnings);
  ASSERT_EQ(map.roads.size(), 1U);
  EXPECT_EQ(map.roads[0].sections[0].lanes.size(), 3U);
  EXPECT_EQ(map.find_road("1"), &map.roads[0]);
  EXPECT_EQ(map.find_road("2"), nullptr);
}

TEST(Parser, NamesLineAndColumnOfMalformedXml) {
  const auto map = parse_opendrive("<OpenDRIVE>\n  <road id=\"1\" <oops/>\n</OpenDRIVE>", "a.xodr");
  ASSERT_FALSE(map.has_value());
  ASSERT_EQ(map.error().items().size(), 1U);
  const core::SourceLocation& where = map.error().items()[0].where;
  EXPECT_EQ(where.file, "a.xodr");
  EXPECT_EQ(where.line, 2);
  EXPECT_GT(where.column, 2);
}

TEST(Parser, RefusesWhatIsNoMap) {
  EXPECT_FALSE(parse_opendrive("", "a").has_value());
  EXPECT_FALSE(parse_opendrive("<OpenSCENARIO/>", "a").has_value());
  EXPECT_FALSE(parse_opendrive("<OpenDRIVE/>", "a").has_value());
  EXPECT_FALSE(load_opendrive("/nowhere/at/all.xodr").has_value());
  EXPECT_FALSE(load_opendrive(ODDROAD_SOURCE_DIR).has_value());
}

TEST(Parser, AllProblemsOfAnUnusableMapAreTold) {
  const auto map = parse_opendrive(
      "<OpenDRIVE><header/><road id=\"\"/><road id=\"2\"><planView/></road></OpenDRIVE>", "a");
  ASSERT_FALSE(map.has_value());
  EXPECT_GE(map.error().items().size(), 3U);
}

TEST(Parser, MendsAndTells) {
  EXPECT_TRUE(warns(parsed(one_road("100", kLine, "")), "without lane section"));
  EXPECT_TRUE(warns(parsed(one_road("90", kLine, two_lanes())), "geometry ends at"));
  EXPECT_TRUE(warns(parsed(one_road("oops", kLine, two_lanes())), "no usable number"));
  EXPECT_TRUE(warns(parsed(one_road("nan", kLine, two_lanes())), "no usable number"));
  EXPECT_TRUE(warns(
      parsed(one_road("100", kLine + geometry("1e-9", "<line/>", "100"), two_lanes())), "dropped"));
  EXPECT_TRUE(warns(parsed(one_road("100", kLine, two_lanes(), "", "rule=\"XYZ\"")), "rule"));
  EXPECT_TRUE(warns(parsed(one_road("100", geometry("100", "<helix/>"), two_lanes())), "shape"));
  const std::string gap =
      kLine + "<geometry s=\"100\" x=\"101\" y=\"0\" hdg=\"0\" length=\"5\"><line/></geometry>";
  EXPECT_TRUE(warns(parsed(one_road("105", gap, two_lanes())), "jumps"));
}

TEST(Parser, AbsentRangeOfParamPoly3MeansNormalized) {
  const std::string poly =
      "<paramPoly3 aU=\"0\" bU=\"100\" cU=\"0\" dU=\"0\" aV=\"0\" bV=\"0\" cV=\"0\" dV=\"0\"/>";
  const RoadMap map = parsed(one_road("100", geometry("100", poly), two_lanes()));
  EXPECT_NEAR(map.roads[0].position(100, 0).x, 100, 1e-9);
  EXPECT_TRUE(map.warnings.empty());
}

TEST(Parser, SingleSidedSectionKeepsTheOtherSide) {
  const std::string wider =
      "<laneSection s=\"40\" singleSide=\"true\"><center><lane id=\"0\"/></center>"
      "<right><lane id=\"-1\" type=\"driving\">" +
      width("3.5") + "</lane><lane id=\"-2\" type=\"parking\">" + width("2") +
      "</lane></right></laneSection>";
  const RoadMap map = parsed(one_road("100", kLine, two_lanes() + wider));
  ASSERT_EQ(map.roads[0].sections.size(), 2U);
  EXPECT_EQ(map.roads[0].sections[1].leftmost_id(), 1);
  EXPECT_EQ(map.roads[0].sections[1].rightmost_id(), -2);
  EXPECT_DOUBLE_EQ(map.roads[0].sections[0].end_m, 40);
}

TEST(Parser, SpeedsAndTypesAreConverted) {
  const std::string type =
      "<type s=\"0\" type=\"town\"><speed max=\"50\" unit=\"km/h\"/></type>"
      "<type s=\"60\" type=\"rural\"><speed max=\"30\" unit=\"mph\"/></type>"
      "<type s=\"80\" type=\"motorway\"><speed max=\"no limit\"/></type>";
  const RoadMap map = parsed(one_road("100", kLine, two_lanes(), type));
  const Road& road = map.roads[0];
  EXPECT_EQ(road.type_at(10), "town");
  EXPECT_NEAR(road.speed_limit_mps(10), 50 / 3.6, 1e-12);
  EXPECT_NEAR(road.speed_limit_mps(70, -1), 13.4112, 1e-12);
  EXPECT_EQ(road.type_at(99), "motorway");
  EXPECT_EQ(road.speed_limit_mps(99), 0);
}

TEST(Parser, MarksThatOnlyHaveATypeGetTheirStripes) {
  const auto mark_of = [](const std::string& attributes) {
    const std::string lanes =
        "<laneSection s=\"0\"><center><lane id=\"0\" type=\"none\"><roadMark sOffset=\"0\" " +
        attributes + "/></lane></center></laneSection>";
    return parsed(one_road("100", geometry("100", "<line/>"), lanes))
        .roads[0]
        .sections[0]
        .lanes[0]
        .marks[0];
  };
  EXPECT_TRUE(mark_of("type=\"none\"").lines.empty());
  EXPECT_EQ(mark_of("type=\"solid\"").lines.size(), 1U);
  EXPECT_GT(mark_of("type=\"broken\"").lines[0].space_m, 0);
  EXPECT_DOUBLE_EQ(mark_of("type=\"solid\" weight=\"bold\"").lines[0].width_m, 0.25);
  const RoadMark both = mark_of("type=\"broken solid\" width=\"0.1\"");
  ASSERT_EQ(both.lines.size(), 2U);
  // On lane 0 the first word is the left line.
  EXPECT_GT(both.lines[0].t_offset_m, 0);
  EXPECT_GT(both.lines[0].space_m, 0);
  EXPECT_EQ(both.lines[1].space_m, 0);
}

TEST(Parser, TruncatedFilesNeverCrash) {
  std::ifstream in(own_map("town_street"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  ASSERT_GT(text.size(), 1000U);
  for (std::size_t n = 0; n < text.size(); n += 7) {
    const auto map = parse_opendrive(std::string_view(text).substr(0, n), "cut.xodr");
    if (n + 20 < text.size()) {
      EXPECT_FALSE(map.has_value()) << n;
    }
  }
}

TEST(Parser, BrokenNumbersNeverCrash) {
  std::ifstream in(own_map("town_street"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::vector<std::string> values = {"", "-1", "1e300", "nan", "x", "0", "-1e9", "1e-300"};
  std::size_t which = 0;
  for (std::size_t at = text.find("=\""); at != std::string::npos; at = text.find("=\"", at + 2)) {
    const std::size_t end = text.find('"', at + 2);
    if (++which % 7 != 0) continue;  // a seventh of the attributes; coprime to the values
    const std::string changed =
        text.substr(0, at + 2) + values[which % values.size()] + text.substr(end);
    const auto map = parse_opendrive(changed, "broken.xodr");
    if (!map) continue;
    EXPECT_FALSE(road_info(*map).empty());
    EXPECT_FALSE(road_draw_svg(*map).empty());
    EXPECT_FALSE(road_sample_csv(*map, 1000).empty());
  }
}

}  // namespace
}  // namespace oddroad::road
