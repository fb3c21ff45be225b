#include "sensors/ins/imu.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/common/test_world.h"

namespace oddroad {
namespace {

using math::Vec3d;

constexpr double kG = 9.80665;

// Speeds up, brakes, turns and rolls: smooth functions of time, at the states' 10 ms.
math::Pose wild_pose(double t) {
  return {math::from_yaw_pitch_roll(0.8 * std::sin(0.9 * t), 0.05 * std::sin(3 * t),
                                    0.04 * std::cos(2.5 * t)),
          {12 * t + 1.5 * std::sin(1.1 * t), 2 * std::sin(0.7 * t), 0.05 * std::sin(4 * t)}};
}

world::Actor actor_on(const std::function<math::Pose(double)>& pose, double seconds) {
  tests::TestWorld world;
  world::Actor actor = world.timeline().actors[0];
  actor.states.clear();
  for (int k = 0; k <= std::lround(100 * seconds); ++k) {
    world::ActorState s;
    s.T_world_actor = pose(0.01 * k);
    actor.states.push_back(s);
  }
  return actor;
}

core::YamlNode yaml(const std::string& text) {
  return *core::parse_yaml(text, "rig.yaml");
}
core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}

ins::ImuSettings exact(double rate_hz) {
  ins::ImuSettings s;
  s.model.rate_hz = rate_hz;
  s.noise = false;
  return s;
}

TEST(Imu, AtRestFeelsGravityUpwards) {
  const auto still = actor_on(
      [](double) {
        return math::Pose{math::from_yaw_pitch_roll(1, 0, 0.1), {}};
      },
      1);
  const ins::SmoothPath path(still);
  const auto s = ins::simulate_imu(exact(200), path, {}, kG, 0, 1'000'000'000, 1).samples;
  ASSERT_EQ(s.size(), 201u);
  EXPECT_EQ(s[3].stamp_ns, 15'000'000);
  EXPECT_NEAR(s[3].force_mps2.y, kG * std::sin(0.1), 1e-9);
  EXPECT_NEAR(s[3].force_mps2.z, kG * std::cos(0.1), 1e-9);
  EXPECT_NEAR(glm::length(s[3].rate_rps), 0, 1e-12);
}

TEST(Imu, IntegratingItWithoutNoiseGivesThePathBack) {
  const auto actor = actor_on(wild_pose, 6);
  const ins::SmoothPath path(actor);
  const math::Pose mount{math::from_yaw_pitch_roll(0.2, 0.1, -0.3), {0.8, -0.2, 0.6}};
  const std::int64_t period = 2'500'000;
  const auto s = ins::simulate_imu(exact(400), path, mount, kG, 0, 6'000'000'000, 1).samples;
  const ins::Kinematics start = ins::mounted(path.at(0), mount);
  Vec3d p = start.position_m, v = start.velocity_mps;
  glm::dquat q = start.rotation;
  const double dt = 1e-9 * static_cast<double>(period);
  for (std::size_t k = 0; k + 1 < s.size(); ++k) {
    const Vec3d w = 0.5 * (s[k].rate_rps + s[k + 1].rate_rps) * dt;
    const Vec3d a0 = q * s[k].force_mps2 - Vec3d(0, 0, kG);
    const double angle = glm::length(w);
    if (angle > 0) q = glm::normalize(q * glm::angleAxis(angle, w / angle));
    const Vec3d a1 = q * s[k + 1].force_mps2 - Vec3d(0, 0, kG);
    p += v * dt + (2.0 * a0 + a1) * (dt * dt / 6);
    v += 0.5 * (a0 + a1) * dt;
  }
  const ins::Kinematics end = ins::mounted(path.at(6'000'000'000), mount);
  EXPECT_LT(glm::length(p - end.position_m), 2e-3);  // after 73 m
  EXPECT_LT(glm::length(v - end.velocity_mps), 1e-3);
  EXPECT_GT(std::abs(glm::dot(q, end.rotation)), 1 - 1e-9);
}

// Allan deviation of white noise falls as N / sqrt(tau) (IEEE Std 952).
TEST(Imu, WhiteNoiseHasItsSpectralDensity) {
  const auto still = actor_on(
      [](double) {
        return math::Pose();
      },
      1);
  world::Actor long_life = still;
  long_life.states.assign(20'001, still.states.front());  // 200 s
  const ins::SmoothPath path(long_life);
  ins::ImuSettings s;
  s.model.rate_hz = 200;
  s.model.gyro.density = 2e-4;
  s.model.accelerometer.density = 2e-3;
  const auto out = ins::simulate_imu(s, path, {}, kG, 0, 200'000'000'000, 7).samples;
  for (const std::size_t n : {1u, 20u, 100u}) {
    double sum = 0, before = 0;
    std::size_t count = 0;
    for (std::size_t k = 0; k + n <= out.size(); k += n) {
      double mean = 0;
      for (std::size_t i = 0; i < n; ++i) mean += out[k + i].rate_rps.z / double(n);
      if (k > 0) sum += 0.5 * (mean - before) * (mean - before), ++count;
      before = mean;
    }
    const double tau = double(n) / 200;
    EXPECT_NEAR(std::sqrt(sum / double(count)) / (2e-4 / std::sqrt(tau)), 1,
                4 / std::sqrt(2.0 * double(count)))
        << n;
  }
}

TEST(Imu, BiasWalksWithTheRootOfTime) {
  const auto still = actor_on(
      [](double) {
        return math::Pose();
      },
      4);
  const ins::SmoothPath path(still);
  ins::ImuSettings s;
  s.model.rate_hz = 100;
  s.model.gyro.walk = 1e-3;
  s.model.gyro.turn_on = 0.01;
  double start2 = 0, walked2 = 0;
  constexpr int kClips = 400;
  for (int clip = 0; clip < kClips; ++clip) {
    const auto out = ins::simulate_imu(s, path, {}, kG, 0, 4'000'000'000, 100 + clip).samples;
    start2 += std::pow(out.front().rate_bias_rps.x, 2);
    walked2 += std::pow(out.back().rate_bias_rps.x - out.front().rate_bias_rps.x, 2);
    EXPECT_NEAR(out[9].rate_rps.x, out[9].rate_bias_rps.x, 1e-15);
  }
  EXPECT_NEAR(std::sqrt(start2 / kClips) / 0.01, 1, 0.12);
  EXPECT_NEAR(std::sqrt(walked2 / kClips) / (1e-3 * 2), 1, 0.12);
}

TEST(Imu, SaturatesAndCountsInSteps) {
  const auto spinning = actor_on(
      [](double t) {
        return math::Pose{math::from_yaw_pitch_roll(3 * t), {}};
      },
      1);
  const ins::SmoothPath path(spinning);
  ins::ImuSettings s;
  s.model.gyro.limit = 2;
  s.model.gyro.step = 0.25;
  s.model.accelerometer.step = 0.5;
  const auto out = ins::simulate_imu(s, path, {}, kG, 0, 1'000'000'000, 1).samples;
  EXPECT_EQ(out[50].rate_rps.z, 2);
  EXPECT_EQ(out[50].saturated, 1 << 5);
  EXPECT_EQ(out[50].force_mps2.z, 10);
  EXPECT_NEAR(out[50].true_rate_rps.z, 3, 1e-8);
}

TEST(Imu, FromChangesNoSampleAndKeysDo) {
  const auto actor = actor_on(wild_pose, 2);
  const ins::SmoothPath path(actor);
  const auto s = ins::parse_imu_settings(yaml("model: adis16448"), roots());
  ASSERT_TRUE(s) << core::to_string(s.error());
  const auto all = ins::simulate_imu(*s, path, {}, kG, 0, 2'000'000'000, 5).samples;
  const auto late = ins::simulate_imu(*s, path, {}, kG, 1'000'000'000, 2'000'000'000, 5).samples;
  const auto other = ins::simulate_imu(*s, path, {}, kG, 0, 2'000'000'000, 6).samples;
  ASSERT_EQ(late.size(), 201u);
  EXPECT_EQ(late[10], all[210]);
  EXPECT_NE(other[10].rate_rps, all[10].rate_rps);
}

TEST(Imu, SettingsTellWhatIsWrong) {
  const auto s =
      ins::parse_imu_settings(yaml("model: adis16449\nrate: 5000 Hz\nnoize: true"), roots());
  ASSERT_FALSE(s);
  const std::string text = core::to_string(s.error());
  EXPECT_NE(text.find("did you mean 'adis16448'"), std::string::npos) << text;
  EXPECT_NE(text.find("1 to 1000 Hz"), std::string::npos) << text;
  EXPECT_NE(text.find("noize"), std::string::npos) << text;
}

}  // namespace
}  // namespace oddroad
