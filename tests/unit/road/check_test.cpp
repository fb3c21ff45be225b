// Each rule of the map check finds what breaks it, at its place, and nothing in maps that are well.
#include "engine/road/check.h"

#include "road_fixture.h"

namespace oddroad::road {
namespace {

using namespace testing;

int count(const core::Diagnostics& all, const std::string& part) {
  int n = 0;
  for (const core::Diagnostic& d : all.items()) {
    if (d.message.find(part) == std::string::npos) continue;
    EXPECT_GT(d.where.line, 0) << d.message;
    EXPECT_NE(d.message.find("road \""), std::string::npos) << d.message;
    ++n;
  }
  return n;
}

std::string piece(const std::string& id, double x, const std::string& link,
                  const std::string& lanes, const std::string& more = "") {
  return "<road id=\"" + id + "\" junction=\"-1\" length=\"50\"><link>" + link +
         "</link><planView><geometry s=\"0\" x=\"" + std::to_string(x) +
         "\" y=\"0\" hdg=\"0\" length=\"50\"><line/></geometry></planView>" + more + "<lanes>" +
         lanes + "</lanes></road>";
}

std::string one_lane(const std::string& a, const std::string& b = "0",
                     const std::string& link = "") {
  return "<laneSection s=\"0\"><center><lane id=\"0\"/></center><right><lane id=\"-1\" "
         "type=\"driving\"><link>" +
         link + "</link>" + width(a, b) + "</lane></right></laneSection>";
}

const char* const kToB = "<successor elementType=\"road\" elementId=\"b\" contactPoint=\"start\"/>";
const char* const kToA = "<predecessor elementType=\"road\" elementId=\"a\" contactPoint=\"end\"/>";

core::Diagnostics checked(const std::string& body) {
  return check_map(
             parsed("<OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/>" + body + "</OpenDRIVE>"))
      .warnings;
}

TEST(Check, OurOwnMapsAreClean) {
  const auto maps = files_in(std::filesystem::path(ODDROAD_SOURCE_DIR) / "scenarios/maps");
  ASSERT_GE(maps.size(), 2U);
  for (const auto& path : maps) {
    const auto map = load_opendrive(path);
    ASSERT_TRUE(map.has_value());
    const MapCheck check = check_map(*map);
    EXPECT_TRUE(check.warnings.empty()) << core::to_string(check.warnings);
    EXPECT_NE(check.summary.find(": usable: "), std::string::npos) << check.summary;
  }
}

TEST(Check, BordersOfJoinedLanesMeet) {
  const auto with_width = [](const std::string& second) {
    return checked(piece("a", 0, kToB, one_lane("3.5")) + piece("b", 50, kToA, one_lane(second)));
  };
  EXPECT_EQ(count(with_width("3.5"), "apart"), 0);
  EXPECT_EQ(count(with_width("3.505"), "apart"), 0);
  EXPECT_EQ(count(with_width("3.55"), "0.050 m apart"), 1);
}

TEST(Check, LinksKnowEachOther) {
  const auto warnings =
      checked(piece("a", 0, kToB, one_lane("3")) + piece("b", 50, "", one_lane("3")));
  EXPECT_EQ(count(warnings, "does not link back"), 1);
}

TEST(Check, LanesWithoutWidthAreNotLinked) {
  const auto warnings =
      checked(piece("a", 0, kToB, one_lane("3", "-0.06", "<successor id=\"-1\"/>")) +
              piece("b", 50, kToA, one_lane("3")));
  EXPECT_EQ(count(warnings, "has no width at s = 50.000 but is linked"), 1);
}

TEST(Check, NegativeWidthsAndJumpsAreTold) {
  const std::string steps =
      "<elevationProfile><elevation s=\"0\" a=\"0\" b=\"0\" c=\"0\" d=\"0\"/><elevation s=\"20\" "
      "a=\"0.5\" b=\"0\" c=\"0\" d=\"0\"/></elevationProfile>";
  const auto warnings = checked(piece("a", 0, "", one_lane("3", "-0.1"), steps));
  EXPECT_EQ(count(warnings, "m wide at s ="), 1);
  EXPECT_EQ(count(warnings, "elevation jumps by 0.500 m at s = 20.000"), 1);
}

TEST(Check, DeadEndsAndStrayRoadsOfJunctions) {
  std::string stray = piece("a", 0, "", one_lane("3"));
  stray.replace(stray.find("junction=\"-1\""), 13, "junction=\"J\"");
  const auto warnings = checked(stray);
  EXPECT_EQ(count(warnings, "belongs to junction \"J\", which does not exist"), 1);
  EXPECT_EQ(count(warnings, "leads nowhere"), 1);
}

TEST(Check, SeveralRoadsAtOneEndNeedAJunction) {
  const std::string to_a =
      "<predecessor elementType=\"road\" elementId=\"a\" contactPoint=\"end\"/>";
  const auto warnings =
      checked(piece("a", 0, kToB, one_lane("3")) + piece("b", 50, to_a, one_lane("3")) +
              piece("c", 50, to_a, one_lane("3")));
  EXPECT_EQ(count(warnings, "links, like road \"b\", to the end of road \"a\"; a junction"), 1);
}

TEST(Check, LanesOutsideLevelOnesAreLevel) {
  const auto lanes = [](const std::string& outer) {
    return "<laneSection s=\"0\"><center><lane id=\"0\"/></center><right><lane id=\"-1\" "
           "type=\"driving\" level=\"true\">" +
           width("3") + "</lane><lane id=\"-2\" type=\"sidewalk\" level=\"" + outer + "\">" +
           width("2") + "</lane></right></laneSection>";
  };
  EXPECT_EQ(count(checked(piece("a", 0, "", lanes("false"))), "but is not level"), 1);
  EXPECT_EQ(count(checked(piece("a", 0, "", lanes("true"))), "but is not level"), 0);
}

TEST(Check, ConnectionsAreSaidOnce) {
  const std::string connection =
      "<connection id=\"0\" incomingRoad=\"a\" connectingRoad=\"b\" contactPoint=\"start\"/>";
  const auto warnings = checked(
      piece("a", 0, "<successor elementType=\"junction\" elementId=\"J\"/>", one_lane("3")) +
      piece("b", 50, kToA, one_lane("3")) + "<junction id=\"J\">" + connection + connection +
      "</junction>");
  EXPECT_EQ(count(warnings, "more than once"), 1);
}

TEST(Check, ManyOfAKindAreCounted) {
  core::Diagnostics all;
  for (int i = 0; i < 10; ++i) {
    all.warning({"m", i + 1, 1},
                "road \"" + std::to_string(i) + "\": jumps by 0." + std::to_string(i) + " m");
    if (i == 4) all.warning({"m", 99, 1}, "something else");
  }
  const core::Diagnostics few = shortened(all, 3);
  ASSERT_EQ(few.items().size(), 4U);
  EXPECT_NE(few.items()[2].message.find("7 more of this kind"), std::string::npos);
  EXPECT_EQ(few.items()[3].message, "something else");
  EXPECT_EQ(shortened(all, 100).items(), all.items());
}

TEST(Check, TheCollectionIsUsable) {
  if (collected_maps().empty()) GTEST_SKIP() << "no folder data/xodr in the shared directory";
  for (const auto& path : collected_maps()) {
    const auto map = load_opendrive(path);
    ASSERT_TRUE(map.has_value());
    const MapCheck check = check_map(*map);
    std::printf("%s\n", check.summary.c_str());
    for (const core::Diagnostic& d : check.warnings.items()) {
      EXPECT_EQ(d.severity, core::Severity::kWarning);
      EXPECT_GT(d.where.line, 0) << d.message;
    }
  }
}

}  // namespace
}  // namespace oddroad::road
