// rare: draws on purpose where something rare happens, with weights.
#include <cmath>

#include "engine/core/random.h"
#include "engine/scenario/tilt.h"
#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {
namespace {

class Rare : public ScenarioTest {
 protected:
  static std::string text(const std::string& rare) { return kGood + "rare: " + rare + "\n"; }
};

const std::string kTilted =
    "{event: ego->child.hit, tilt: {v_ego: {shift: 1.5, spread: 0.9}, ttc: {shift: -1}}}";

TEST_F(Rare, TiltsMoveWhatTheyNameAndNothingElse) {
  const Scenario plain = good(kGood), tilted = good(text(kTilted));
  double plain_mean = 0, tilted_mean = 0;
  int as_they_are = 0;
  constexpr std::uint32_t kCount = 400;
  for (std::uint32_t k = 0; k < kCount; ++k) {
    const Variant a = draw(plain, k), b = draw(tilted, k);
    if (a.attempt != 0 || b.attempt != 0) continue;
    EXPECT_EQ(a.parameters.at("van"), b.parameters.at("van"));
    EXPECT_EQ(a.parameters.at("impact"), b.parameters.at("impact"));
    plain_mean += a.parameter_values.at("v_ego") / kCount;
    tilted_mean += b.parameter_values.at("v_ego") / kCount;
    as_they_are += a.parameter_values.at("v_ego") == b.parameter_values.at("v_ego") ? 1 : 0;
  }
  EXPECT_GT(tilted_mean, plain_mean + 1);
  EXPECT_NEAR(as_they_are, 40, 25);  // a tenth
  EXPECT_EQ(draw(tilted, 3).parameter_values.count("rare.log_weight"), 1u);
  EXPECT_EQ(draw(plain, 3).parameter_values.count("rare.log_weight"), 0u);
}

TEST_F(Rare, WeightsLeadBackToNature) {
  // Without `require`, weights average to 1 and weighted draws to the natural mean: v_ego is even
  // from 20 to 50 km/h.
  const Scenario tilted = good(with(text(kTilted), "require:\n  - $v_ego * $ttc > 6 m\n", ""));
  double sum = 0, squares = 0, weighted = 0, weighted_squares = 0;
  constexpr std::uint32_t kCount = 3000;
  for (std::uint32_t k = 0; k < kCount; ++k) {
    const Variant v = draw(tilted, k);
    const double w = std::exp(v.parameter_values.at("rare.log_weight"));
    const double apart = v.parameter_values.at("v_ego") - 35 / 3.6;
    EXPECT_LE(w, 10 + 1e-9);  // 1 / natural
    sum += w / kCount;
    squares += w * w / kCount;
    weighted += w * apart / kCount;
    weighted_squares += w * w * apart * apart / kCount;
  }
  EXPECT_NEAR(sum, 1, 4 * std::sqrt((squares - sum * sum) / kCount));
  EXPECT_NEAR(weighted, 0, 4 * std::sqrt(weighted_squares / kCount));
}

TEST_F(Rare, WithoutTiltsNothingChanges) {
  const Scenario named = good(text("{event: ego->child.hit}"));
  EXPECT_EQ(named.rare->over.size(), 4u);  // all that is drawn
  const Variant v = draw(named, 5);
  EXPECT_EQ(v.parameter_values.at("rare.log_weight"), 0);
  EXPECT_EQ(v.parameter_values.at("v_ego"), draw(good(kGood), 5).parameter_values.at("v_ego"));
  ASSERT_TRUE(v.rare_event);
  EXPECT_EQ(v.rare_event->quantity, "hit");
}

// E[w] under natural draws by Simpson's rule, for one tilt.
double share_by_quadrature(const TiltPlan& plan) {
  constexpr int kSteps = 40'000;
  constexpr double kFar = 12, kStep = 2 * kFar / kSteps;
  double sum = 0;
  for (int k = 0; k <= kSteps; ++k) {
    const double z = -kFar + kStep * k;
    const Densities d = densities(plan, {z});
    const double weight = k == 0 || k == kSteps ? 1 : k % 2 == 1 ? 4 : 2;
    sum += weight * std::exp(d.log_natural + d.log_weight());
  }
  return 1 / (sum * kStep / 3);
}

TEST_F(Rare, TheEffectiveShareFollowsFromTheTilts) {
  for (const double natural : {0.001, 0.03, 0.1, 0.5}) {
    for (const double shift : {0.0, 0.5, 1.5, 3.0, 6.0}) {
      for (const double spread : {0.1, 0.9, 2.0}) {
        const TiltPlan plan{{{"params.v", shift, spread}}, natural};
        const double share = expected_effective_share(plan);
        EXPECT_NEAR(share, share_by_quadrature(plan), 0.1 * share)
            << natural << " " << shift << " " << spread;
        EXPECT_GE(share, natural * (1 - 1e-9));
      }
    }
  }
  // Two independent ones as seen in draws.
  const Scenario tilted = good(with(text(kTilted), "require:\n  - $v_ego * $ttc > 6 m\n", ""));
  std::vector<double> log_weights;
  for (std::uint32_t k = 0; k < 4000; ++k) {
    log_weights.push_back(draw(tilted, k).parameter_values.at("rare.log_weight"));
  }
  const double seen = effective_share(log_weights);
  EXPECT_NEAR(expected_effective_share(tilted.sample.tilt), seen, 0.1 * seen);
}

TEST_F(Rare, TiltsThatSayNothingAreRefused) {
  const auto rare = [&](const std::string& tilt, const std::string& natural) {
    return problems(
        text("{event: ego->child.hit, tilt: {v_ego: " + tilt + "}, natural: " + natural + "}"));
  };
  EXPECT_EQ(rare("{shift: 6, spread: 0.1}", "0.1 %"),
            "36:37: tilt: the effective sample size is 0.1 % of the samples, below 5 %; a larger "
            "'natural' share, smaller shifts or wider spreads");
  EXPECT_EQ(rare("{shift: 6, spread: 0.1}", "6 %"), "fine");
  EXPECT_EQ(rare("{shift: 0.5}", "0.1 %"), "fine");
}

TEST_F(Rare, TellsWhatIsWrong) {
  EXPECT_EQ(problems(text("{over: [ttc]}")), "36:7: rare: key 'event' is missing");
  EXPECT_EQ(problems(text("{event: ego->child.hit, over: [tcc]}")),
            "36:38: unknown parameter '$tcc'; did you mean 'ttc'?");
  EXPECT_EQ(problems(text("{event: ego->child.hit, natural: 0 %}")),
            "36:40: natural: expected a share between 0 and 1");
  EXPECT_EQ(problems(text("{event: ego->child.hit, over: [ttc], tilt: {v_ego: {shift: 1}}}")),
            "36:51: tilt: 'v_ego' is not in 'over'");
  EXPECT_EQ(problems(text("{event: ego->child.hit, tilt: {ttc: {spread: 0}}}")),
            "36:52: spread: expected 0.01 to 4");
  EXPECT_EQ(problems(with(text(kTilted), "method: random", "method: random, cover: all")),
            "36:37: tilt: does not go with rows: sample.cover or method grid");
}

}  // namespace
}  // namespace oddroad::scenario
