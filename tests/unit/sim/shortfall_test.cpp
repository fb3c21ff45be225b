#include "engine/sim/shortfall.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sim/trigger.h"
#include "tests/unit/sim/fixtures.h"

namespace oddroad::sim {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using Kind = scenario::Condition::Kind;

// a at 10 m/s behind b, which stands: 50 m at first, 0.1 m less at each step.
class Approach {
 public:
  explicit Approach(const scenario::Condition& condition, int steps = 300) {
    bodies_[0].name = "a";
    bodies_[1].name = "b";
    for (Body& body : bodies_) body.footprint = {1, 1, 0.9, 0.9};
    bodies_[0].speed_mps = 10;
    bodies_[0].velocity_mps = {10, 0, 0};
    bodies_[1].position = {52, 0, 0};
    trigger_.emplace(condition, bodies_);
    for (int k = 0; k <= steps; ++k) {
      bodies_[0].position.x = 0.1 * k;
      fired_ = fired_ || trigger_->evaluate(bodies_, 0.01 * k, 0.01);
      if (fired_) return;
    }
  }
  [[nodiscard]] bool fired() const { return fired_; }
  [[nodiscard]] Shortfall why() const { return trigger_->shortfall(); }
  [[nodiscard]] std::string cause() const { return trigger_->cause(); }

 private:
  Bodies bodies_ = Bodies(2);
  std::optional<Trigger> trigger_;
  bool fired_ = false;
};

scenario::Condition both(Kind kind, const scenario::Condition& a, const scenario::Condition& b) {
  scenario::Condition out;
  out.kind = kind;
  out.terms = {a, b};
  return out;
}

TEST(Shortfall, TellsHowNearItCame) {
  // After 300 steps of 0.1 m: 20 m, which are 2 s at 10 m/s.
  const Shortfall gap = Approach(compare("a", "b", "gap", "<", 10)).why();
  EXPECT_EQ(gap.text, "a->b.gap came down to 20.00 m at 3.00 s, needed < 10.00 m");
  EXPECT_NEAR(gap.share, 1.0, 1e-6);
  const Shortfall ttc = Approach(compare("a", "b", "ttc", "<=", 1.5)).why();
  EXPECT_EQ(ttc.text, "a->b.ttc came down to 2.00 s at 3.00 s, needed <= 1.50 s");
  EXPECT_NEAR(ttc.share, 0.5 / 1.5, 1e-6);
  EXPECT_EQ(Approach(compare("a", "", "speed", ">", 20)).why().text,
            "a.speed rose to 36.0 km/h at 0.00 s, needed > 72.0 km/h");
  EXPECT_EQ(Approach(compare("b", "a", "headway", "<", 1)).why().text,
            "b->a.headway stayed infinite, needed < 1.00 s");
  EXPECT_EQ(Approach(event("a", "b", "hit")).why().text,
            "a->b.hit never happened, the gap came down to 20.00 m at 3.00 s");
}

TEST(Shortfall, TheNearestIsKeptWhenItGoesAwayAgain) {
  // They touch from step 500 on, and are 30 m apart again at the end.
  const Shortfall why = Approach(compare("a", "b", "gap", "<", -1), 840).why();
  EXPECT_EQ(why.text, "a->b.gap came down to 0.00 m at 5.00 s, needed < -1.00 m");
}

TEST(Shortfall, TooShortIsToldByItsLongestStretch) {
  scenario::Condition near = compare("a", "b", "gap", "<", 25);
  near.for_s = 2;
  const Approach run(near);
  ASSERT_FALSE(run.fired());
  // Below 25 m from step 251 on: 49 steps later the run is over.
  EXPECT_EQ(run.why().text,
            "a->b.gap < 25.00 m held for 0.49 s at most (until 3.00 s), needed for 2.00 s");
  EXPECT_NEAR(run.why().share, 1.51 / 2, 1e-6);
}

TEST(Shortfall, OfSeveralTermsThoseThatFailed) {
  const auto far = compare("a", "b", "gap", ">", 40), near = compare("a", "b", "gap", "<", 30);
  EXPECT_EQ(Approach(both(Kind::kAnd, far, near)).why().text,
            "(a->b.gap > 40.00 m and a->b.gap < 30.00 m): each was true for a while, but never all "
            "together");
  const auto hit = event("a", "b", "hit");
  EXPECT_EQ(Approach(both(Kind::kAnd, near, hit)).why().text,
            "a->b.hit never happened, the gap came down to 20.00 m at 3.00 s");
  const auto close = compare("a", "b", "gap", "<", 16);
  const Shortfall either = Approach(both(Kind::kOr, hit, close)).why();
  EXPECT_EQ(either.text,
            "a->b.hit never happened, the gap came down to 20.00 m at 3.00 s; nor: a->b.gap came "
            "down to 20.00 m at 3.00 s, needed < 16.00 "
            "m");
  EXPECT_NEAR(either.share, 0.25, 1e-6);
  // Of the end of a clip: that time is not up yet goes without saying.
  EXPECT_EQ(Approach(both(Kind::kOr, hit, compare("", "", "time", ">", 9))).why().text,
            "a->b.hit never happened, the gap came down to 20.00 m at 3.00 s");
  scenario::Condition never;
  never.kind = Kind::kNot;
  never.terms = {compare("a", "b", "gap", ">", 1)};
  EXPECT_EQ(Approach(never).why().text, "a->b.gap > 1.00 m was true throughout");
}

TEST(Shortfall, AnEdgeThatWasNone) {
  const auto edge = [](const scenario::Condition& term, double for_s = 0) {
    scenario::Condition out;
    out.kind = Kind::kBecomes;
    out.terms = {term};
    out.for_s = for_s;
    return out;
  };
  EXPECT_EQ(Approach(edge(compare("a", "", "speed", ">", 5))).why().text,
            "a.speed > 18.0 km/h was true from the start: it never became so");
  EXPECT_EQ(Approach(edge(compare("a", "b", "gap", ">", 30))).why().text,
            "a->b.gap > 30.00 m was true from the start, and not again after that: it never became "
            "so");
  EXPECT_EQ(Approach(edge(compare("a", "b", "gap", "<", 10))).why().text,
            "a->b.gap came down to 20.00 m at 3.00 s, needed < 10.00 m");
  EXPECT_EQ(Approach(edge(compare("a", "b", "gap", "<", 25), 2)).why().text,
            "a->b.gap becomes < 25.00 m held for 0.49 s at most (until 3.00 s), needed for 2.00 s");
  const Approach fired(edge(compare("a", "b", "gap", "<", 25), 0.2));
  ASSERT_TRUE(fired.fired());
  EXPECT_EQ(fired.cause(), "a->b.gap becomes < 25.00 m for 0.20 s");
  const Approach stays(edge(event("b", "", "stopped")));
  EXPECT_EQ(stays.why().text, "b.stopped was true from the start: it never became so");
}

TEST(Shortfall, TheCauseIsTheTermThatHeld) {
  const auto near = compare("a", "b", "gap", "<", 30);
  const Approach run(both(Kind::kOr, event("a", "b", "hit"), near));
  ASSERT_TRUE(run.fired());
  EXPECT_EQ(run.cause(), "a->b.gap < 30.00 m");
}

}  // namespace
}  // namespace oddroad::sim
