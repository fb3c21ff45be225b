// Footprints, several echoes, panes, mirrors and sheeting.
#include "sensors/lidar/echoes.h"

#include <algorithm>

#include "engine/core/random.h"
#include "sensors/lidar/footprint.h"
#include "sensors/lidar/receiver.h"
#include "sensors/lidar/stray.h"
#include "sensors/lidar/surface_optics.h"
#include "tests/unit/lidar/sweeps.h"

namespace oddroad {
namespace {

using capture::PointCause;
using lidar::Effects;

Effects only_footprints() {
  Effects e = Effects::none();
  e.divergence = true;
  return e;
}

// A plate in front of a wall, both square to x.
tests::TestWorld plate_before_wall(float plate_x, float wall_x) {
  tests::TestWorld world;
  math::TriangleMesh plate;
  plate.add_quad({plate_x, 1, -1}, {plate_x, -1, -1}, {plate_x, -1, 1}, {plate_x, 1, 1}, 0);
  world.add_static("wall", tests::model_of(tests::wall_mesh(wall_x), tests::matt(0.5f)));
  world.add_static("plate", tests::model_of(plate, tests::matt(0.5f)));
  return world;
}

TEST(Footprint, WeightsAreTheWholeLight) {
  EXPECT_NEAR(lidar::axis_weight(lidar::kRingRays) + lidar::kRingRays * lidar::ring_weight(), 1,
              1e-12);
  lidar::LidarOptics optics;
  optics.divergence_h_rad = 3e-3;
  optics.divergence_v_rad = 1.5e-3;
  const math::Vec3d axis = glm::normalize(math::Vec3d(3, 1, -0.4));
  double widest = 0, highest = 0;
  for (int k = 0; k < lidar::kRingRays; ++k) {
    const math::Vec3d d = lidar::Ring(axis, optics).ray(k);
    EXPECT_NEAR(glm::length(d), 1, 1e-12);
    const math::Vec3d left = glm::normalize(math::Vec3d(-axis.y, axis.x, 0));
    widest = std::max(widest, std::abs(glm::dot(d, left)));
    highest = std::max(highest, std::abs(glm::dot(d, glm::cross(axis, left))));
  }
  EXPECT_NEAR(widest, 0.6 * 1.5e-3, 1e-8);
  EXPECT_NEAR(highest, 0.6 * 0.75e-3, 1e-8);
}

TEST(Echoes, PointsBetweenTwoPlatesCloserThanThePulse) {
  const auto settings = tests::device("velodyne_vls128", only_footprints());
  const double pulse = lidar::pulse_length_m(settings.model);
  const auto sweep = tests::swept(plate_before_wall(20, 20 + 0.6f), settings);
  ASSERT_GT(pulse, 0.7);
  EXPECT_GT(tests::count_of(sweep.cloud, PointCause::kMixed), 20u);
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    if (sweep.cloud.cause[i] != static_cast<std::uint8_t>(PointCause::kMixed)) continue;
    // On the line between the plates: farther than one, nearer than the other.
    EXPECT_GT(sweep.cloud.x_m[i], 20 - 0.01);
    EXPECT_LT(sweep.cloud.x_m[i], 20.6 + 0.01);
  }
  // Twice the pulse apart nothing is mixed.
  const auto apart = tests::swept(plate_before_wall(20, 20 + 2 * float(pulse)), settings);
  for (std::size_t i = 0; i < apart.cloud.size(); ++i) {
    const double x = apart.cloud.x_m[i];
    EXPECT_TRUE(x < 20.1 || x > 20 + 2 * pulse - 0.3) << x;
  }
}

TEST(Echoes, DualReportsBothSurfacesAtAnEdge) {
  auto settings = tests::device("velodyne_vls128", only_footprints());
  settings.returns = lidar::ReturnMode::kDual;
  const auto sweep = tests::swept(plate_before_wall(20, 25), settings);
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    if (sweep.cloud.echo[i] != 1) continue;
    ++pairs;
    EXPECT_EQ(sweep.cloud.ring[i], sweep.cloud.ring[i - 1]);
    EXPECT_EQ(sweep.cloud.column[i], sweep.cloud.column[i - 1]);
    EXPECT_NE(sweep.cloud.instance[i], sweep.cloud.instance[i - 1]);
  }
  EXPECT_GT(pairs, 20u);
  for (const auto& [mode, nearer] :
       {std::pair(lidar::ReturnMode::kFirst, true), std::pair(lidar::ReturnMode::kLast, false)}) {
    settings.returns = mode;
    const auto one = tests::swept(plate_before_wall(20, 25), settings);
    std::size_t plate = 0;
    for (const auto id : one.cloud.instance) plate += id == 65534 ? 1 : 0;
    const auto strongest = tests::swept(plate_before_wall(20, 25),
                                        tests::device("velodyne_vls128", only_footprints()));
    std::size_t usual = 0;
    for (const auto id : strongest.cloud.instance) usual += id == 65534 ? 1 : 0;
    EXPECT_EQ(plate > usual, nearer);
  }
}

TEST(Echoes, MergeKeepsTheStrongestThingAndTheMeanRange) {
  std::vector<lidar::Contribution> parts(3);
  parts[0] = {10.0, 30, PointCause::kTarget, 7, 0};
  parts[1] = {10.4, 10, PointCause::kTarget, 8, 1};
  parts[2] = {13.0, 5, PointCause::kTarget, 9, 2};
  std::vector<lidar::Echo> echoes;
  lidar::merge(parts, 0.9, echoes);
  ASSERT_EQ(echoes.size(), 2u);
  EXPECT_EQ(echoes[0].instance, 7);
  EXPECT_EQ(echoes[0].cause, PointCause::kMixed);
  EXPECT_NEAR(echoes[0].range_m, 10.1, 1e-12);
  EXPECT_EQ(echoes[0].true_range_m, 10.0);
  EXPECT_NEAR(echoes[0].snr, 40, 1e-12);
  EXPECT_EQ(echoes[1].cause, PointCause::kTarget);
}

TEST(Echoes, AreDrownedByLouderOnesWithinAPulse) {
  constexpr double kPulseM = 0.9;
  core::RandomStream random(3, "echoes");
  for (int run = 0; run < 200; ++run) {
    std::vector<lidar::Contribution> parts(1 + random.below(40));
    for (lidar::Contribution& part : parts) {
      part.range_m = random.uniform(1, 20);
      part.snr = random.uniform(1, 50);
      part.cause = PointCause::kSnow;
    }
    std::vector<double> left;
    for (const lidar::Contribution& part : parts) {
      const bool drowned = std::any_of(parts.begin(), parts.end(), [&](const auto& other) {
        return other.snr > part.snr && std::abs(other.range_m - part.range_m) < kPulseM;
      });
      if (!drowned) left.push_back(part.range_m);
    }
    std::sort(left.begin(), left.end());
    std::vector<lidar::Echo> echoes;
    lidar::merge(parts, kPulseM, echoes);
    ASSERT_EQ(echoes.size(), left.size());
    for (std::size_t k = 0; k < left.size(); ++k) EXPECT_EQ(echoes[k].range_m, left[k]);
  }
}

TEST(Panes, BeamsGoOnBehindThemAndComeBackWeaker) {
  asset::Material pane = tests::matt(0.05f);
  pane.glass = 1;
  pane.roughness = 0.05f;
  pane.transmission = math::Vec3f(0.8f);
  tests::TestWorld world;
  world.add_static("pane", tests::model_of(tests::wall_mesh(10, 3), pane));
  world.add_static("wall", tests::model_of(tests::wall_mesh(15), tests::matt(0.5f)));
  Effects effects = Effects::none();
  effects.glass = effects.detection = true;
  const auto settings = tests::device("velodyne_vls128", effects);
  const auto sweep = tests::swept(world, settings);
  std::size_t behind = 0;
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    const double y = sweep.cloud.y_m[i] / sweep.cloud.x_m[i],
                 z = sweep.cloud.z_m[i] / sweep.cloud.x_m[i];
    const bool through = std::abs(y) < 0.29 && std::abs(z) < 0.29;
    if (!through || sweep.cloud.instance[i] != 65534) continue;
    ++behind;
    EXPECT_NEAR(sweep.cloud.x_m[i], 15, 1e-4);
    // Head-on: 0.8 of what two faces let pass, there and back, of 0.5 cos(0).
    if (std::hypot(y, z) > 0.05) continue;
    const double once = 0.8 * (1 - 2 * 0.04 / 1.04);
    EXPECT_NEAR(sweep.cloud.intensity[i], 0.5 * once * once * 100 / 255, 0.012);
  }
  EXPECT_GT(behind, 500u);
  // Switched off, the pane is what is there.
  const auto off = tests::swept(world, tests::device("velodyne_vls128"));
  for (std::size_t i = 0; i < off.cloud.size(); ++i) {
    const bool inside =
        std::hypot(off.cloud.y_m[i], off.cloud.z_m[i]) < 2.5 && off.cloud.x_m[i] < 12;
    if (inside) {
      EXPECT_EQ(off.cloud.instance[i], 65535);
    }
  }
}

TEST(Mirrors, GhostsLieWhereTheImageIs) {
  // A mirror in the plane y = 2, a bright wall behind the device at x = -6.
  asset::Material mirror = tests::matt(0.0f);
  mirror.clearcoat = 0;
  mirror.metallic = 1;
  mirror.roughness = 0;
  math::TriangleMesh glass;
  glass.add_quad({-30, 2, -3}, {30, 2, -3}, {30, 2, 3}, {-30, 2, 3}, 0);
  tests::TestWorld world;
  world.add_static("mirror", tests::model_of(glass, mirror));
  world.add_static("wall", tests::model_of(tests::wall_mesh(20, 40), tests::matt(0.8f)));
  Effects effects = Effects::none();
  effects.mirrors = effects.detection = true;
  const auto sweep = tests::swept(world, tests::device("velodyne_vls128", effects));
  std::size_t ghosts = 0;
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    if (sweep.cloud.cause[i] != static_cast<std::uint8_t>(PointCause::kGhost)) continue;
    ++ghosts;
    EXPECT_EQ(sweep.cloud.instance[i], 65534);
    EXPECT_NEAR(sweep.cloud.x_m[i], 20, 1e-3);  // the image of the wall is its continuation
    EXPECT_GT(sweep.cloud.y_m[i], 2);           // behind the mirror
  }
  EXPECT_GT(ghosts, 100u);
}

TEST(Retro, SignOutshinesItsSurroundings) {
  asset::Material sheeting = tests::matt(0.4f);
  sheeting.retro_905nm = 785;
  math::TriangleMesh sign;
  sign.add_quad({30, 0.4f, -0.4f}, {30, -0.4f, -0.4f}, {30, -0.4f, 0.4f}, {30, 0.4f, 0.4f}, 0);
  tests::TestWorld world;
  world.add_static("sign", tests::model_of(sign, sheeting));
  Effects effects = Effects::none();
  effects.retro = effects.detection = true;
  const auto sweep = tests::swept(world, tests::device("velodyne_vls128", effects));
  std::size_t own = 0;
  const std::size_t halo = tests::count_of(sweep.cloud, PointCause::kBloom);
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    EXPECT_EQ(sweep.cloud.instance[i], 65535);
    if (sweep.cloud.cause[i] != static_cast<std::uint8_t>(PointCause::kTarget)) continue;
    ++own;
    EXPECT_GT(sweep.cloud.intensity[i], 0.95);
    // Early by 3 to 5 cm: 785 is 10^1.9 times what the walk begins at.
    EXPECT_NEAR(sweep.cloud.x_m[i], 30 - 0.05 * std::log10(78.5) / 2, 0.004);
  }
  EXPECT_GT(own, 20u);
  EXPECT_GT(halo, own);
  effects.retro = false;
  const auto plain = tests::swept(world, tests::device("velodyne_vls128", effects));
  EXPECT_EQ(tests::count_of(plain.cloud, PointCause::kBloom), 0u);
  EXPECT_NEAR(lidar::stray_share(0), 1e-3, 1e-12);
}

TEST(Optics, ClosedForms) {
  EXPECT_NEAR(lidar::fresnel(1, 1.5), 0.04, 1e-12);
  EXPECT_NEAR(lidar::fresnel(1, 1.33), std::pow(0.33 / 2.33, 2), 1e-12);
  EXPECT_NEAR(lidar::fresnel(0, 1.5), 1, 1e-12);
  // At Brewster's angle half of the light of the other polarisation is left.
  const double brewster = std::atan(1.5);
  const double s = std::pow((1 - 1.5 * 1.5) / (1 + 1.5 * 1.5), 2);
  EXPECT_NEAR(lidar::fresnel(std::cos(brewster), 1.5), 0.5 * s, 1e-12);
  EXPECT_NEAR(lidar::oren_nayar(1, 0.4), 1, 1e-12);
  EXPECT_GT(lidar::oren_nayar(std::cos(1.4), 0.4), 2);
  EXPECT_EQ(lidar::oren_nayar(0.3, 0), 1);
  // Wet ground is darker and mirrors.
  const lidar::Cover wet{1, 0.5, 0};
  asset::Material asphalt = tests::matt(0.106f);
  asphalt.roughness = 0.9f;
  const auto dry = lidar::respond(asphalt, 0.2, {});
  const auto film = lidar::respond(asphalt, 0.2, wet);
  EXPECT_LT(film.diffuse, 0.6f * dry.diffuse);
  EXPECT_GT(film.mirror, 0.1f);
  EXPECT_GT(lidar::respond(asphalt, 0.2, {0, 0, 1}).diffuse, 3 * dry.diffuse);
}

}  // namespace
}  // namespace oddroad
