// Site search on maps, written here and shared, and the scenarios that ship.
#include <filesystem>

#include "engine/scenario/site_search.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

// A straight town street of 200 m: a driving lane each way, then parking and pavement on the right
// of s; the parking lane is narrower than 1 m from s = 150 m on.
const char* const kStreet = R"(<OpenDRIVE><header revMajor="1" revMinor="7"/>
<road id="9" length="200" junction="-1"><type s="0" type="town"/>
<planView><geometry s="0" x="0" y="0" hdg="0" length="200"><line/></geometry></planView>
<lanes><laneSection s="0">
<left><lane id="1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane></left>
<center><lane id="0" type="none"/></center>
<right><lane id="-1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane>
<lane id="-2" type="parking"><width sOffset="0" a="2.2" b="0" c="0" d="0"/>
<width sOffset="150" a="0.5" b="0" c="0" d="0"/></lane>
<lane id="-3" type="sidewalk"><width sOffset="0" a="2" b="0" c="0" d="0"/></lane></right>
</laneSection></lanes></road></OpenDRIVE>)";

class SiteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto parsed = road::parse_opendrive(kStreet, "street.xodr");
    ASSERT_TRUE(parsed) << core::to_string(parsed.error());
    map_ = std::make_unique<road::RoadMap>(std::move(*parsed));
    graph_ = std::make_unique<road::LaneGraph>(*map_);
  }
  [[nodiscard]] core::Result<std::vector<Site>> find(const SiteQuery& query) const {
    return RoadSiteFinder(*graph_).find(query);
  }
  [[nodiscard]] std::string reason(const SiteQuery& query) const {
    const auto found = find(query);
    return found ? "found" : found.error().items().at(0).message;
  }

  std::unique_ptr<road::RoadMap> map_;
  std::unique_ptr<road::LaneGraph> graph_;
};

TEST_F(SiteTest, StretchesHaveWhatIsAskedAllAlong) {
  const auto both = find({.road_type = "town", .length_m = 100, .straight = true});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->size(), 20u);  // starts at 5, 15, ... 95 m, either way
  const auto parking = find({.length_m = 100, .straight = true, .has_lanes = {"parking"}});
  ASSERT_TRUE(parking);
  ASSERT_EQ(parking->size(), 5u);  // 5, ..., 45 m, to the right only
  EXPECT_EQ(parking->front(), (Site{"9", 5, -1, 100}));
  EXPECT_EQ(parking->back(), (Site{"9", 45, -1, 100}));
  EXPECT_TRUE(find({.length_m = 50, .has_lanes = {"opposite", "sidewalk"}}));
  const auto against = find({.length_m = 190});
  ASSERT_TRUE(against);
  ASSERT_EQ(against->size(), 2u);
  for (const Site& site : *against) EXPECT_NEAR(site.s_m, site.lane_id < 0 ? 5 : 195, 1e-6);
}

TEST_F(SiteTest, RememberedAnswersAreThoseOfAFreshFinder) {
  const RoadSiteFinder finder(*graph_);
  const SiteQuery street{.road_type = "town", .length_m = 100, .straight = true};
  const SiteQuery parking{.length_m = 100, .straight = true, .has_lanes = {"parking"}};
  const SiteQuery nowhere{.length_m = 5000};
  for (const SiteQuery& query : {street, street, parking, street, nowhere, nowhere, parking}) {
    const auto found = finder.find(query), fresh = find(query);
    ASSERT_EQ(found.has_value(), fresh.has_value());
    if (found) {
      EXPECT_EQ(*found, *fresh);
    } else {
      EXPECT_EQ(core::to_string(found.error()), core::to_string(fresh.error()));
    }
  }
}

TEST_F(SiteTest, OneLineSaysWhyThereIsNone) {
  EXPECT_EQ(reason({.length_m = 180, .straight = true, .has_lanes = {"parking"}}),
            "site not found on street.xodr: no driving lane with a parking lane beside it that "
            "stays straight for 180 m (the longest is 140 m with the lanes beside it)");
  EXPECT_EQ(reason({.length_m = 300}),
            "site not found on street.xodr: no driving lane without junction for 300 m (the "
            "longest is 195 m without junction)");
  EXPECT_EQ(
      reason({.road_type = "motorway", .length_m = 50}),
      "site not found on street.xodr: no driving lane of a motorway road without junction for "
      "50 m (there is none on a motorway road)");
  EXPECT_NE(reason({.length_m = 50, .has_lanes = {"sidewalk", "biking", "parking", "shoulder"}})
                .find("(no driving lane has a biking lane or a shoulder lane beside it)"),
            std::string::npos);
  EXPECT_NE(reason({.length_m = 50, .min_lanes = 2}).find("2 driving lanes side by side"),
            std::string::npos);
  EXPECT_NE(reason({.length_m = 50, .min_lane_width_m = 4}).find("of that width"),
            std::string::npos);
  EXPECT_TRUE(find({.length_m = 50, .min_radius_m = 1000}));
}

TEST(SharedMaps, AnswerOrSayWhy) {
  const std::filesystem::path folder = std::filesystem::path(ODDROAD_SHARED_DIR) / "data/xodr";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no shared maps here";
  for (const char* name :
       {"e6mini", "fabriksgatan", "curves_elevation", "soderleden", "Town01",
        "straight_500m_roadmarks", "parking_demo", "StraightRoad_NCAP_Roadmarks"}) {
    const auto map = road::load_opendrive(folder / (std::string(name) + ".xodr"));
    ASSERT_TRUE(map) << core::to_string(map.error());
    const road::LaneGraph graph(*map);
    const RoadSiteFinder finder(graph);
    for (const SiteQuery& query : {SiteQuery{.length_m = 100, .straight = true},
                                   SiteQuery{.road_type = "town",
                                   .length_m = 120,
                                   .straight = true,
                                   .has_lanes = {"parking", "sidewalk", "opposite"}}}) {
      const auto found = finder.find(query);
      if (!found) {
        const std::string why = found.error().items().at(0).message;
        EXPECT_EQ(why.find('\n'), std::string::npos);
        EXPECT_NE(why.find(name), std::string::npos);
        RecordProperty(std::string(name) + (query.has_lanes.empty() ? "_plain" : "_street"), why);
        continue;
      }
      for (const Site& site : *found) {
        EXPECT_TRUE(graph.at(site.road_id, site.s_m, site.lane_id)) << name;
      }
    }
  }
}

TEST(ShippedScenarios, AreFineAndDraw) {
  const std::filesystem::path folder = std::filesystem::path(ODDROAD_SOURCE_DIR) / "scenarios/vru";
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    ++seen;
    const auto scenario = load_scenario(entry.path().string(), {});
    ASSERT_TRUE(scenario) << core::to_string(scenario.error());
    EXPECT_TRUE(scenario->warnings.empty()) << core::to_string(scenario->warnings);
    const auto map = road::load_opendrive(scenario->map_path);
    ASSERT_TRUE(map) << core::to_string(map.error());
    const road::LaneGraph graph(*map);
    const RoadSiteFinder sites(graph);
    for (std::uint32_t i = 0; i < 20; ++i) {
      const auto variant = draw_variant(*scenario, scenario->sample.seed, i, sites, nullptr);
      EXPECT_TRUE(variant) << core::to_string(variant.error());
    }
  }
  EXPECT_GE(seen, 2);
}

}  // namespace
}  // namespace oddroad::scenario
