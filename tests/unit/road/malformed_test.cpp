// Broken maps: an error or warnings with their place, never a crash, a hang or endless memory. What
// parses is built: lane graph, objects, signals, checks, the locator.
#include "road_fixture.h"

#include <cmath>
#include <ctime>
#include <fstream>
#include <iterator>

#include "engine/core/random.h"
#include "engine/road/check.h"
#include "engine/road/locator.h"

namespace oddroad::road {
namespace {

using namespace testing;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kSlowness = 10;
#else
constexpr double kSlowness = 1;
#endif
constexpr double kLongest_s = 5 * kSlowness;

struct Outcome {
  bool usable = false;
  std::size_t warnings = 0;
  double seconds = 0;
};

// Reads the text and builds everything that can be built of it.
Outcome survive(const std::string& text) {
  const std::clock_t begin = std::clock();  // of this process: others on the machine do not count
  Outcome out;
  const auto map = parse_opendrive(text, "broken.xodr");
  if (map) {
    const MapCheck check = check_map(*map);
    out.usable = true;
    out.warnings = check.warnings.items().size();
    for (const core::Diagnostic& d : check.warnings.items()) {
      EXPECT_EQ(d.severity, core::Severity::kWarning);
      EXPECT_EQ(d.where.file, "broken.xodr");
    }
    const RoadLocator locator(*map);
    const Road& road = map->roads.front();
    const math::Vec3d p = road.position(0.5 * road.length_m, 0.5);
    EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z));
    (void)locator.to_road(p);
    const math::Aabb bounds = map->bounds();
    EXPECT_TRUE(bounds.empty() || std::isfinite(bounds.size().x));
  } else {
    out.warnings = map.error().items().size();
    EXPECT_TRUE(map.error().has_errors());
    EXPECT_EQ(map.error().items().back().where.file, "broken.xodr");
  }
  out.seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  EXPECT_LT(out.seconds, kLongest_s);
  return out;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string one(const std::string& plan, const std::string& lanes, const std::string& more = "",
                const std::string& length = "100") {
  return one_road(length, plan, lanes, more);
}

TEST(Malformed, EveryCutFileIsAnErrorWithItsPlace) {
  for (const auto& path : files_in(std::filesystem::path(ODDROAD_SOURCE_DIR) / "scenarios/maps")) {
    const std::string text = read(path);
    const std::size_t stride = std::max<std::size_t>(1, text.size() / 300);
    for (std::size_t n = 0; n < text.size() - 20; n += stride) {
      const auto map = parse_opendrive(text.substr(0, n), "cut.xodr");
      ASSERT_FALSE(map.has_value()) << n;
      const core::SourceLocation& where = map.error().items().front().where;
      EXPECT_EQ(where.file, "cut.xodr");
      if (n > 100) {
        EXPECT_GT(where.line, 0) << n;
      }
    }
  }
}

TEST(Malformed, NumbersThatNoMapHas) {
  const std::vector<std::string> numbers = {"nan",   "inf",    "-inf", "1e300", "-1e300", "1e12",
                                            "-1e12", "1e-300", "-1",   "0",     "",       "abc",
                                            "1e9",   "0x10",   "1,5",  "--3",   "1e-9"};
  for (const std::string& x : numbers) {
    const auto geometry_of = [&](const std::string& shape) {
      return "<geometry s=\"" + x + "\" x=\"" + x + "\" y=\"" + x + "\" hdg=\"" + x +
             "\" length=\"100\">" + shape + "</geometry>";
    };
    survive(one(geometry_of("<line/>"), two_lanes()));
    for (const std::string& shape :
         {"<arc curvature=\"" + x + "\"/>",
          "<spiral curvStart=\"" + x + "\" curvEnd=\"" + x + "\"/>",
          "<spiral curvStart=\"0\" curvEnd=\"" + x + "\"/>",
          "<poly3 a=\"" + x + "\" b=\"" + x + "\" c=\"" + x + "\" d=\"" + x + "\"/>",
          "<paramPoly3 aU=\"" + x + "\" bU=\"" + x + "\" cU=\"" + x + "\" dU=\"" + x +
              "\" aV=\"0\" bV=\"" + x + "\" cV=\"" + x + "\" dV=\"" + x + "\"/>"}) {
      survive(one(geometry("100", shape), two_lanes()));
      survive(one(geometry(x, shape), two_lanes(), "", x));
    }
    const std::string abcd = " a=\"" + x + "\" b=\"" + x + "\" c=\"" + x + "\" d=\"" + x + "\"/>";
    const std::string s = " s=\"" + x + "\"" + abcd;
    const std::string s0 = " s=\"0\"" + abcd;
    for (const std::string& at : {s, s0}) {
      survive(one(geometry("100", "<line/>"), "<laneOffset" + at + two_lanes(),
                  "<elevationProfile><elevation" + at +
                      "</elevationProfile><lateralProfile>"
                      "<superelevation" +
                      at + "<crossfall" + at + "<shape t=\"" + x + "\"" + at +
                      "<crossSectionSurface><tOffset><coefficients" + at +
                      "</tOffset><surfaceStrips><strip id=\"1\"><width><coefficients" + at +
                      "</width><cubic><coefficients" + at +
                      "</cubic></strip></surfaceStrips></crossSectionSurface></lateralProfile>"));
    }
    survive(one(geometry("100", "<line/>"),
                "<laneSection s=\"" + x +
                    "\"><center><lane id=\"0\"/></center><right><lane id=\"-1\" "
                    "type=\"driving\"><width sOffset=\"" +
                    x + "\"" + abcd + "<border sOffset=\"0\"" + abcd + "<height sOffset=\"" + x +
                    "\" inner=\"" + x + "\" outer=\"" + x + "\"/><speed sOffset=\"" + x +
                    "\" max=\"" + x + "\"/><roadMark sOffset=\"" + x +
                    "\" type=\"broken\" width=\"" + x + "\"><type width=\"" + x +
                    "\"><line length=\"" + x + "\" space=\"" + x + "\" tOffset=\"" + x +
                    "\" sOffset=\"" + x + "\"/></type></roadMark></lane></right></laneSection>"));
    const std::string sizes = "length=\"" + x + "\" width=\"" + x + "\" height=\"" + x +
                              "\" radius=\"" + x + "\" hdg=\"" + x + "\" pitch=\"" + x +
                              "\" roll=\"" + x + "\" zOffset=\"" + x + "\"";
    survive(one(geometry("100", "<line/>"), two_lanes(),
                "<objects><object id=\"1\" type=\"crosswalk\" s=\"" + x + "\" t=\"" + x + "\" " +
                    sizes + "/><object id=\"2\" type=\"tree\" s=\"1\" t=\"1\" " + sizes +
                    "><repeat s=\"" + x + "\" length=\"" + x + "\" distance=\"" + x +
                    "\" tStart=\"" + x + "\" tEnd=\"" + x + "\" heightStart=\"" + x +
                    "\" zOffsetEnd=\"" + x + "\"/><repeat s=\"0\" length=\"100\" distance=\"" + x +
                    "\"/><outlines><outline><cornerLocal u=\"" + x + "\" v=\"" + x + "\" z=\"" + x +
                    "\" height=\"" + x + "\"/><cornerRoad s=\"" + x + "\" t=\"" + x + "\" dz=\"" +
                    x + "\"/></outline></outlines></object><tunnel s=\"" + x + "\" length=\"" + x +
                    "\"/></objects><signals><signal id=\"1\" type=\"274\" subtype=\"" + x +
                    "\" s=\"" + x + "\" t=\"" + x + "\" value=\"" + x + "\" " + sizes +
                    "/><signal id=\"2\" type=\"206\" s=\"9\" t=\"1\" " + sizes +
                    "><positionInertial x=\"" + x + "\" y=\"" + x + "\" z=\"" + x +
                    "\"/><validity fromLane=\"" + x + "\" toLane=\"" + x +
                    "\"/></signal></signals>"));
    if (HasFailure()) FAIL() << "at number " << x;
  }
}

TEST(Malformed, LinksInCirclesAndToNowhere) {
  const auto road = [](const std::string& id, const std::string& to, const std::string& junction) {
    return "<road id=\"" + id + "\" junction=\"" + junction +
           "\" length=\"10\"><link><predecessor elementType=\"road\" elementId=\"" + to +
           "\" contactPoint=\"end\"/><successor elementType=\"road\" elementId=\"" + to +
           "\" contactPoint=\"start\"/></link><planView>" + geometry("10", "<line/>") +
           "</planView><lanes>" + two_lanes() + "</lanes></road>";
  };
  // A road that follows itself, two that follow each other at both ends, a ring.
  EXPECT_TRUE(survive("<OpenDRIVE>" + road("a", "a", "-1") + "</OpenDRIVE>").usable);
  EXPECT_TRUE(
      survive("<OpenDRIVE>" + road("a", "b", "J") + road("b", "a", "J") + "</OpenDRIVE>").usable);
  std::string ring;
  for (int i = 0; i < 2000; ++i) {
    ring += road(std::to_string(i), std::to_string((i + 1) % 2000), i % 3 == 0 ? "J" : "-1");
  }
  EXPECT_TRUE(survive("<OpenDRIVE>" + ring + "</OpenDRIVE>").usable);
  EXPECT_GT(survive("<OpenDRIVE>" + road("a", "zz", "-1") + "</OpenDRIVE>").warnings, 1U);
  // One lane with thousands of successors.
  std::string fan = road("hub", "x", "-1");
  for (int i = 0; i < 3000; ++i) fan += road("f" + std::to_string(i), "hub", "J");
  EXPECT_TRUE(survive("<OpenDRIVE>" + fan + "</OpenDRIVE>").usable);
}

TEST(Malformed, SameIdsAndWrongLanes) {
  const std::string lane = "<lane id=\"-1\" type=\"driving\">" + width("-3") + "</lane>";
  const Outcome out = survive(
      "<OpenDRIVE><road id=\"1\" length=\"10\"><planView>" + geometry("10", "<line/>") +
      "</planView><lanes><laneSection s=\"0\"><left><lane id=\"-1\"/><lane id=\"x\"/><lane "
      "id=\"7\"/>"
      "</left><center><lane id=\"3\"/></center><right>" +
      lane + lane +
      "</right></laneSection></lanes></road><road id=\"1\" length=\"10\"/><road length=\"10\"/>"
      "<junction id=\"1\"/><junction id=\"1\"/></OpenDRIVE>");
  EXPECT_TRUE(out.usable);
  EXPECT_GE(out.warnings, 9U);
}

std::string repeated(const std::string& text, int n) {
  std::string out;
  out.reserve(text.size() * static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) out += text;
  return out;
}

TEST(Malformed, AHundredThousandRecords) {
  constexpr int kMany = 100000;
  std::string plan;
  std::string elevation;
  std::string sections;
  for (int i = 0; i < kMany; ++i) {
    const std::string s = std::to_string(0.01 * i);
    plan += "<geometry s=\"" + s + "\" x=\"" + s +
            "\" y=\"0\" hdg=\"0\" length=\"0.01\"><line/></geometry>";
    elevation += "<elevation s=\"" + s + "\" a=\"0\" b=\"0\" c=\"0\" d=\"0\"/>";
    sections += "<laneSection s=\"" + s +
                "\"><center><lane id=\"0\"/></center><right><lane id=\"-1\" "
                "type=\"driving\">" +
                width("3") + "</lane></right></laneSection>";
  }
  const std::string line = geometry("1000", "<line/>");
  EXPECT_TRUE(survive(one(plan, two_lanes(), "", "1000")).usable);
  EXPECT_TRUE(survive(one(line, two_lanes(),
                          "<elevationProfile>" + elevation + "</elevationProfile>", "1000"))
                  .usable);
  EXPECT_TRUE(survive(one(line, sections, "", "1000")).usable);
  const std::string lanes =
      repeated("<lane id=\"-1\" type=\"driving\"/><lane id=\"-2\" type=\"driving\">" + width("3") +
                   "</lane>",
               kMany / 2);
  EXPECT_TRUE(survive(one(line, "<laneSection s=\"0\"><right>" + lanes + "</right></laneSection>",
                          "", "1000"))
                  .usable);
  const std::string objects = repeated(
      "<object id=\"1\" type=\"pole\" s=\"1\" t=\"1\"><repeat s=\"0\" length=\"1000\" "
      "distance=\"1e-9\"/><repeat s=\"0\" length=\"1000\" distance=\"0.011\"/></object>",
      kMany);
  EXPECT_TRUE(survive(one(line, two_lanes(), "<objects>" + objects + "</objects>", "1000")).usable);
  const std::string signals = repeated(
      "<signal id=\"1\" type=\"206\" country=\"DE\" s=\"5\" t=\"1\"/><signalReference "
      "id=\"1\" s=\"3\"/>",
      kMany);
  EXPECT_TRUE(survive(one(line, two_lanes(), "<signals>" + signals + "</signals>", "1000")).usable);
  const std::string marks = repeated("<roadMark sOffset=\"0\" type=\"solid\"/>", kMany);
  EXPECT_TRUE(survive(one(line,
                          "<laneSection s=\"0\"><right><lane id=\"-1\" type=\"driving\">" +
                              width("3") + marks + "</lane></right></laneSection>",
                          "", "1000"))
                  .usable);
}

TEST(Malformed, ManyLanesInManySections) {
  std::string lanes;
  for (int id = 1; id <= 64; ++id) {
    lanes += "<lane id=\"-" + std::to_string(id) + "\" type=\"driving\">" + width("3") + "</lane>";
  }
  std::string sections;
  for (int i = 0; i < 800; ++i) {
    sections +=
        "<laneSection s=\"" + std::to_string(i) + "\"><right>" + lanes + "</right></laneSection>";
  }
  EXPECT_TRUE(survive(one(geometry("1000", "<line/>"), sections, "", "1000")).usable);
}

TEST(Malformed, LongRoadsOfManyTurns) {
  std::string lanes;
  for (int id = 1; id <= 64; ++id) {
    lanes += "<lane id=\"-" + std::to_string(id) + "\" type=\"driving\">" + width("50") + "</lane>";
  }
  const std::string section = "<laneSection s=\"0\"><right>" + lanes + "</right></laneSection>";
  EXPECT_TRUE(
      survive(one(geometry("199000", "<arc curvature=\"0.005\"/>"), section, "", "199000")).usable);
  EXPECT_TRUE(survive(one(geometry("199000", "<spiral curvStart=\"-0.005\" curvEnd=\"0.005\"/>"),
                          two_lanes(), "", "199000"))
                  .usable);
}

TEST(Malformed, DeepNestingAndEntities) {
  EXPECT_FALSE(survive(repeated("<a>", 200000)).usable);
  const std::string deep = repeated("<a>", 100000) + repeated("</a>", 100000);
  EXPECT_TRUE(survive(one(geometry("100", "<line/>"), two_lanes(),
                          "<objects><object id=\"1\" type=\"tree\" s=\"1\" t=\"1\">" + deep +
                              "</object></objects>"))
                  .usable);
  EXPECT_FALSE(
      survive("<!DOCTYPE x [<!ENTITY a \"0123456789\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
              "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><OpenDRIVE><road id=\"&c;\"/></OpenDRIVE>")
          .usable);
  EXPECT_FALSE(survive(std::string(1000, '\0')).usable);
  EXPECT_FALSE(survive("\xff\xfe<\0O\0").usable);
}

// A map with one thing changed: a number, a name, an element left out or said twice.
std::string mutated(const std::string& text, core::RandomStream& random) {
  static const std::vector<std::string> values = {"nan", "1e300", "-1", "0", "1e-9", "",
                                                  "abc", "-1e9",  "99", "1", "0.5",  "true"};
  std::string out = text;
  const int changes = 1 + static_cast<int>(random.uniform() * 4);
  for (int i = 0; i < changes; ++i) {
    const auto at = static_cast<std::size_t>(random.uniform() * static_cast<double>(out.size()));
    if (random.uniform() < 0.8) {
      const std::size_t open = out.find("=\"", at);
      const std::size_t close = open == std::string::npos ? open : out.find('"', open + 2);
      if (close == std::string::npos) continue;
      const auto pick =
          static_cast<std::size_t>(random.uniform() * static_cast<double>(values.size()));
      out.replace(open + 2, close - open - 2, values[pick]);
    } else {
      const std::size_t open = out.find('<', at);
      const std::size_t close = open == std::string::npos ? open : out.find("/>", open);
      if (close == std::string::npos || close - open > 400) continue;
      const std::string element = out.substr(open, close + 2 - open);
      if (element.find('>') != element.size() - 1) continue;
      if (random.uniform() < 0.5) {
        out.erase(open, element.size());
      } else {
        out.insert(open, element);
      }
    }
  }
  return out;
}

TEST(Malformed, MutatedMaps) {
  std::vector<std::filesystem::path> maps = collected_maps();
  for (const auto& own : files_in(std::filesystem::path(ODDROAD_SOURCE_DIR) / "scenarios/maps")) {
    maps.push_back(own);
  }
  double longest = 0;
  for (const auto& path : maps) {
    const std::string text = read(path);
    const int tries = std::max(3, static_cast<int>(4e6 / static_cast<double>(text.size() + 40000)));
    core::RandomStream random(1, path.filename().string());
    for (int i = 0; i < std::min(60, tries); ++i) {
      longest = std::max(longest, survive(mutated(text, random)).seconds);
      if (HasFailure()) FAIL() << path << " mutation " << i;
    }
  }
  std::printf("longest %.2f s\n", longest);
}

}  // namespace
}  // namespace oddroad::road
