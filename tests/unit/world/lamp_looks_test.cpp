#include "engine/world/lamp_looks.h"

#include <gtest/gtest.h>

#include "engine/asset/catalog.h"

namespace oddroad::world {
namespace {

TEST(LampLooks, IndicatorsFlashNinetyTimesAMinute) {
  Lamps lamps;
  lamps.indicator_left = true;
  int changes = 0;
  bool before = lit_lamps(lamps, 0) != 0;
  for (std::int64_t t = 0; t < 60'000'000'000; t += 10'000'000) {
    const bool now = lit_lamps(lamps, t) == kLeftLit;
    changes += now != before;
    before = now;
  }
  EXPECT_NEAR(changes / 2.0, 90, 1);
}

TEST(LampLooks, BrakesOutshineTailLampsAndWaitForNobody) {
  Lamps lamps;
  lamps.beam = Lamps::Beam::kLow;
  lamps.brake = true;
  EXPECT_EQ(lit_lamps(lamps, 12345), kHeadLit | kTailLit | kBrakeLit);
}

TEST(LampLooks, BeaconsFlashTwiceASecondInPairsWhereThereAreAny) {
  asset::Model model;
  EXPECT_EQ(lit_lamps(model, {}, 0), 0);
  model.lamps.push_back({"beacon", 0, 1, 0});
  int pulses = 0;
  bool before = false;
  for (std::int64_t t = 0; t < 10'000'000'000; t += 10'000'000) {
    const bool now = lit_lamps(model, {}, t) == kBeaconLit;
    pulses += now && !before;
    before = now;
  }
  EXPECT_EQ(pulses, 40);
  EXPECT_EQ(names_of(kBeaconLit), std::vector<std::string>{"beacon"});
}

// Every vehicle of the catalog that has lamps: what is lit glows, on its side only, and nothing
// else of the model changes.
TEST(LampLooks, LightWhatTheyNameAndNothingElse) {
  for (const char* type : {"car.hatchback", "truck.rigid", "bus.city"}) {
    const auto model = asset::make_model({type, 1, {}, {}});
    ASSERT_TRUE(model.has_value());
    LampLooks looks;
    EXPECT_EQ(looks.look(*model, 0), *model);
    const auto left = looks.look(*model, kLeftLit);
    EXPECT_EQ(left, looks.look(*model, kLeftLit));
    ASSERT_EQ(left->parts.size(), (*model)->parts.size());
    int lit = 0;
    for (std::size_t p = 0; p < left->parts.size(); ++p) {
      const auto& a = *(*model)->parts[p].mesh;
      const auto& b = *left->parts[p].mesh;
      EXPECT_EQ(a.positions, b.positions);
      EXPECT_EQ(a.triangles, b.triangles);
      for (std::size_t t = 0; t < a.material.size(); ++t) {
        if (a.material[t] == b.material[t]) continue;
        ++lit;
        const auto middle = left->parts[p].T_model_part.point(
            math::Vec3d(a.positions[a.triangles[t][0]] + a.positions[a.triangles[t][1]] +
                        a.positions[a.triangles[t][2]]) /
            3.0);
        EXPECT_GT(middle.y, 0) << type;
      }
    }
    EXPECT_GT(lit, 3) << type;
  }
}

}  // namespace
}  // namespace oddroad::world
