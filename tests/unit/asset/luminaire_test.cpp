#include "engine/asset/luminaire.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/asset/catalog.h"

namespace oddroad::asset {
namespace {

// Candela of the low beam at a point of the measuring screen, degrees to the right and up.
double low(double right_deg, double up_deg) {
  return shaders::low_beam_candela(static_cast<float>(-std::tan(right_deg * M_PI / 180)),
                                   static_cast<float>(std::tan(up_deg * M_PI / 180)));
}

// UN R112 / R149, class B, traffic on the right.
TEST(LowBeam, KeepsTheRule) {
  EXPECT_LE(low(-3.43, .57), 350) << "B50L: the eyes of who comes towards it";
  EXPECT_GE(low(1.15, -.57), 10'100) << "75R";
  EXPECT_LE(low(-3.43, -.57), 10'600) << "75L";
  EXPECT_LE(low(-3.43, -.86), 13'200) << "50L";
  EXPECT_GE(low(1.72, -.86), 10'100) << "50R";
  EXPECT_GE(low(0, -.86), 5'100) << "50V";
  EXPECT_GE(low(-9, -1.72), 1'700) << "25L";
  EXPECT_GE(low(9, -1.72), 1'700) << "25R";
  for (double h = -5.14; h <= 5.14; h += .1) {
    for (double v = -1.72; v <= -.86; v += .05) EXPECT_GE(low(h, v), 2'500) << "zone IV";
  }
  for (double h = -45; h <= 45; h += .25) {
    for (double v = -30; v <= -1.72; v += .1) {
      EXPECT_LE(low(h, v), 17'600) << "zone I " << h << " " << v;
    }
    // Zone III: above the horizon, on the right above a line that rises by 15 degrees.
    const double edge = h > 0 ? h * std::tan(15 * M_PI / 180) : 0;
    for (double v = edge; v < 30; v += .1) EXPECT_LE(low(h, v), 625) << "zone III " << h;
  }
}

// R112 6.2.2: the cut-off must be sharp enough to aim by and soft enough not to flicker:
// 0.13 <= G <= 0.40, the steepest fall of log10 of the intensity over a tenth of a degree.
TEST(LowBeam, CutOffIsSharp) {
  double steepest = 0;
  for (double v = -2; v < 1; v += .01) {
    steepest = std::max(steepest, std::log10(low(-2.5, v) / low(-2.5, v + .1)));
  }
  EXPECT_GE(steepest, .13);
  EXPECT_LE(steepest, .40);
}

TEST(HighBeam, IsBrightestWhereItAims) {
  const auto both = [](double right, double up) {
    const auto y = static_cast<float>(-right);
    const auto z = static_cast<float>(up);
    return shaders::low_beam_candela(y, z) + shaders::high_beam_candela(y, z);
  };
  double most = 0;
  for (double y = -.3; y <= .3; y += .005) {
    for (double z = -.2; z <= .2; z += .005) most = std::max<double>(most, both(y, z));
  }
  EXPECT_GE(most, 40'500);
  EXPECT_LE(most, 215'000);
  EXPECT_GE(both(0, 0), .8 * most);
}

TEST(Beams, FluxOfLobesHasItsClosedForm) {
  for (const double n : {1.0, 3.0, 8.0}) {
    EXPECT_NEAR(beam_flux(ODDROAD_BEAM_COSINE, n), 2 * M_PI / (n + 1), .01) << n;
  }
  const double low_beam = beam_flux(ODDROAD_BEAM_LOW, 1);
  EXPECT_GT(low_beam, 500);  // halogen gives 600 to 700 lm to the road, LED 1,000 and more
  EXPECT_LT(low_beam, 1500);
}

TEST(StreetBeam, LightsTheRoadEvenly) {
  // A post of 8 m, 9,600 lm: straight down, and between two posts 30 m apart.
  const double candela = street_candela(9600);
  const auto lux = [&](double along, double to_road) {
    const math::Vec3d way(to_road, along, -8);
    const double d2 = glm::dot(way, way);
    const math::Vec3d d = way / std::sqrt(d2);
    return candela *
           shaders::beam_value(ODDROAD_BEAM_STREET, 1, static_cast<float>(-d.z),
                               static_cast<float>(-d.x), static_cast<float>(d.y)) *
           -d.z / d2;
  };
  const double below = lux(0, 2);
  const double between = 2 * lux(15, 2);
  EXPECT_GT(below, 10);
  EXPECT_LT(below, 60);
  EXPECT_GT(between / below, .35);  // EN 13201: longitudinal uniformity
  EXPECT_EQ(lux(0, -30), 0);        // not into bedrooms
}

TEST(BlackBody, WhiteIsWhiteAndSodiumIsOrange) {
  const math::Vec3f white = black_body(6504);
  EXPECT_NEAR(white.x, 1, .05);
  EXPECT_NEAR(white.y, 1, .03);
  EXPECT_NEAR(white.z, 1, .06);
  const math::Vec3f warm = black_body(2000);
  EXPECT_GT(warm.x, 1.8);
  EXPECT_LT(warm.z, .2);
}

// Every vehicle says where its lamps are: in pairs, on its skin, looking out.
class VehicleLamps : public ::testing::TestWithParam<const char*> {};

TEST_P(VehicleLamps, SitWhereTheirLensesAre) {
  const auto made = make_model({GetParam(), 3, {}, {}});
  ASSERT_TRUE(made.has_value());
  const Model& model = **made;
  std::map<std::string, int> count;
  for (const Luminaire& l : model.luminaires) {
    ++count[l.lamp];
    EXPECT_NEAR(glm::length(l.axis), 1, 1e-9);
    EXPECT_GT(l.position_m.z, .2) << l.lamp;
    EXPECT_LT(l.position_m.z, 3.6) << l.lamp;
    const double middle = .5 * (model.box.lower.x + model.box.upper.x);
    EXPECT_GT((l.position_m.x - middle) * l.axis.x, 0) << l.lamp << " looks out";
    EXPECT_GT(l.radius_m, .005) << l.lamp;
    EXPECT_LT(l.radius_m, .4) << l.lamp;
  }
  EXPECT_EQ(count["head"], count["high"]);
  EXPECT_EQ(count["head"], 2) << GetParam();
  EXPECT_GE(count["tail"], 2);
  EXPECT_GE(count["brake"], 2);
  EXPECT_GE(count["indicator_left"], 1);
  EXPECT_EQ(count["indicator_left"], count["indicator_right"]);
}

// What the lenses of a lamp emit over their area is what the luminaires send along their axes.
TEST_P(VehicleLamps, LookAsBrightAsTheyShine) {
  const auto made = make_model({GetParam(), 3, {}, {}});
  ASSERT_TRUE(made.has_value());
  const Model& model = **made;
  for (const Lamp& lamp : model.lamps) {
    if (lamp.name != "brake" && lamp.name != "tail") continue;
    double area = 0;
    for (const Part& part : model.parts) {
      for (std::size_t t = 0; t < part.mesh->triangles.size(); ++t) {
        if (part.mesh->material[t] != lamp.off) continue;
        const auto& c = part.mesh->triangles[t];
        const auto& p = part.mesh->positions;
        const math::Vec3f n = glm::cross(p[c[1]] - p[c[0]], p[c[2]] - p[c[0]]);
        area += std::max(0., -.5 * part.T_model_part.vector(math::Vec3d(n)).x);
      }
    }
    double candela = 0;
    for (const Luminaire& l : model.luminaires) {
      if (l.lamp == lamp.name) candela += l.candela.x;
    }
    EXPECT_NEAR(model.materials[lamp.on].emission_cd_m2.x * area / candela, 1, .1) << lamp.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Catalog, VehicleLamps,
                         ::testing::Values("car.hatchback", "car.sedan", "car.estate", "car.suv",
                                           "van.panel", "truck.rigid", "bus.city"));

}  // namespace
}  // namespace oddroad::asset
