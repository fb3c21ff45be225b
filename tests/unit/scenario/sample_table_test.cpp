// Tables of what was drawn.
#include "engine/scenario/sample_table.h"

#include <algorithm>
#include <cmath>

#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class SampleTableTest : public ScenarioTest {
 protected:
  SampleTable table(const std::string& text, std::uint32_t count) const {
    const Scenario scenario = good(text);
    std::vector<Variant> variants;
    for (std::uint32_t i = 0; i < count; ++i) variants.push_back(draw(scenario, i));
    return make_sample_table(scenario, variants);
  }
};

TEST_F(SampleTableTest, HasEveryParameterOfEverySample) {
  const SampleTable t = table(kGood, 30);
  ASSERT_EQ(t.columns.size(), 4u);
  EXPECT_EQ(t.columns[0].name, "v_ego");
  EXPECT_EQ(t.columns[0].unit, "m/s");
  EXPECT_EQ(t.columns[0].numbers.size(), 30u);
  EXPECT_TRUE(t.columns[2].is_word);
  EXPECT_EQ(t.columns[2].options, (std::vector<std::string>{"van.panel", "car.sedan"}));
  EXPECT_EQ(t.columns[3].options.size(), 3u);
  // Classes of equal probability: fifths of 20 .. 50 km/h.
  EXPECT_NEAR(t.columns[0].edges.at(0) * 3.6, 26, 1e-9);
  for (const SampleColumn& column : t.columns) {
    for (std::size_t k = 0; k < 30; ++k) EXPECT_LT(column.class_of(k), column.classes());
  }
  const std::string csv = to_csv(t);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 31);
  EXPECT_EQ(csv.substr(0, csv.find('\n')), "index,attempt,v_ego [m/s],ttc [s],van,impact");
  const std::string text = to_text(t);
  EXPECT_NE(text.find("van.panel "), std::string::npos) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 5);
}

TEST_F(SampleTableTest, AnglesAreInDegrees) {
  const std::string text = with(
      kGood, "params:\n",
      "params:\n  sun: -6 .. 30 deg\n  turn: {choice: [45 deg, 90 deg]}\n  spin: 10 .. 20 deg/s\n");
  const Scenario scenario = good(text);
  const SampleTable t = table(text, 20);
  ASSERT_EQ(t.columns.size(), 7u);
  EXPECT_EQ(t.columns[0].unit, "deg");
  EXPECT_NEAR(t.columns[0].edges.at(0), -6 + 36 / 5.0, 1e-9);
  EXPECT_EQ(t.columns[1].options, (std::vector<std::string>{"45 deg", "90 deg"}));
  EXPECT_EQ(t.columns[2].unit, "deg/s");
  for (std::uint32_t i = 0; i < 20; ++i) {
    const double drawn_rad = draw(scenario, i).parameter_values.at("sun");
    EXPECT_NEAR(t.columns[0].numbers[i], drawn_rad * 180 / M_PI, 1e-9);
    EXPECT_LT(t.columns[1].class_of(i), 2u);
    EXPECT_GE(t.columns[2].numbers[i], 10);
  }
  EXPECT_EQ(to_csv(t).substr(0, 49), "index,attempt,sun [deg],turn [deg],spin [deg/s],v");
}

TEST_F(SampleTableTest, PairsThatOccur) {
  SampleColumn a, b;
  a.is_word = b.is_word = true;
  a.options = {"x", "y"};
  b.options = {"1", "2", "3"};
  a.words = {"x", "x", "y", "x"};
  b.words = {"1", "2", "3", "1"};
  EXPECT_DOUBLE_EQ(pair_coverage({}, a, b), 3.0 / 6);
  const SampleTable rows =
      table(with(kGood, "{method: random,", "{method: sobol, cover: [van, impact],"), 6);
  EXPECT_EQ(pair_coverage(rows, rows.columns[2], rows.columns[3]), 1);
}

// What may not come is not missing, even where only several rules together exclude it.
TEST_F(SampleTableTest, PairsThatAreForbiddenAreNotMissed) {
  const std::string text = with(
      with(kGood, "params:\n",
           "params:\n  beam: {choice: [low, high]}\n  road: {choice: {dry: 1, ice: 0, damp: 1, "
           "wet: 1}}\n  lamps: {choice: [on, off]}\n"),
      "{method: random,",
      "{method: sobol, cover: [beam, road, lamps], forbid: [{beam: high, road: wet}, "
      "{beam: low, lamps: off}],");
  const SampleTable t = table(text, 8);
  const SampleColumn &beam = t.columns[0], &road = t.columns[1], &lamps = t.columns[2];
  using Pairs = std::set<std::pair<std::size_t, std::size_t>>;
  EXPECT_EQ(t.excluded.at({"beam", "road"}), (Pairs{{1, 2}}));
  EXPECT_EQ(t.excluded.at({"road", "beam"}), (Pairs{{2, 1}}));
  // Wet roads have low beams, and with those the lamps are on.
  EXPECT_EQ(t.excluded.at({"road", "lamps"}), (Pairs{{2, 1}}));
  EXPECT_EQ(t.excluded.count({"van", "beam"}), 0u);
  EXPECT_EQ(pair_coverage(t, beam, road), 1);
  EXPECT_EQ(pair_coverage(t, lamps, beam), 1);
  EXPECT_EQ(pair_coverage(t, road, lamps), 1);
  const SampleTable few = table(text, 2);
  EXPECT_LE(pair_coverage(few, few.columns[0], few.columns[1]), 2 / 5.0);
}

TEST_F(SampleTableTest, WeightsAreNoParameters) {
  const SampleTable t = table(with(kGood, "seed: 7}", "seed: 7, balance: {van: even}}") +
                                  "rare: {event: ego->child.hit, tilt: {ttc: {shift: -1}}}\n",
                              20);
  std::vector<std::string> worth;
  for (const SampleColumn& column : t.columns) {
    if (column.is_worth) worth.push_back(column.name);
  }
  EXPECT_EQ(worth, (std::vector<std::string>{"balance.log_density", "balance.log_weight",
                                             "rare.log_density", "rare.log_weight"}));
  EXPECT_NE(to_csv(t).find(",rare.log_weight"), std::string::npos);  // whoever weighs needs them
}

TEST_F(SampleTableTest, ConstantsAndExpressionsHaveTheirPlace) {
  std::string text = with(kGood, "params:\n", "params:\n  fixed: 3 m\n  kind: car.sedan\n");
  text = with(text, "require:", "  twice: 2 * $v_ego\nrequire:");
  const SampleTable t = table(text, 12);
  ASSERT_EQ(t.columns.size(), 7u);
  EXPECT_EQ(t.columns[0].classes(), 1u);
  EXPECT_EQ(t.columns[1].classes(), 1u);
  EXPECT_EQ(t.columns[6].unit, "m/s");
  EXPECT_EQ(t.columns[6].classes(), 5u);
  EXPECT_FALSE(to_text(t).empty());
}

// A count that follows from a draw has the classes that it takes, not five widths of which most
// would be missing from every pair.
TEST_F(SampleTableTest, FewValuesAreClassesOfTheirOwn) {
  const std::string text =
      with(kGood, "require:", "  boxed: {given: $van, cases: {van.panel: 1}, else: 0}\nrequire:");
  const SampleTable t = table(text, 40);
  const SampleColumn& boxed = t.columns.back();
  EXPECT_EQ(boxed.name, "boxed");
  EXPECT_EQ(boxed.options, (std::vector<std::string>{"0", "1"}));
}

}  // namespace
}  // namespace oddroad::scenario
