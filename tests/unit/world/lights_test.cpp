#include "engine/world/lights.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/asset/catalog.h"
#include "engine/world/lamp_looks.h"

namespace oddroad::world {
namespace {

Actor car(const Lamps& lamps, const math::Pose& pose) {
  Actor out;
  out.id = core::InstanceId(4);
  out.model = *asset::make_model({"car.sedan", 2, {}, {}});
  ActorState state;
  state.T_world_actor = pose;
  state.lamps = lamps;
  out.states.assign(200, state);
  return out;
}

std::vector<Light> lights_of(const Lamps& lamps, std::int64_t stamp_ns, bool keep_left = false,
                             const math::Pose& pose = {}) {
  std::vector<Light> out;
  add_lights(car(lamps, pose), stamp_ns, keep_left, out);
  return out;
}

TEST(Lights, ShineAsTheLampsAreSwitched) {
  Lamps lamps;
  EXPECT_TRUE(lights_of(lamps, 0).empty());
  lamps.beam = Lamps::Beam::kPosition;
  EXPECT_EQ(lights_of(lamps, 0).size(), 2u);  // tail lamps
  lamps.beam = Lamps::Beam::kLow;
  EXPECT_EQ(lights_of(lamps, 0).size(), 4u);
  lamps.beam = Lamps::Beam::kHigh;
  EXPECT_EQ(lights_of(lamps, 0).size(), 6u);
  lamps.beam = Lamps::Beam::kOff;
  lamps.indicator_left = true;
  EXPECT_EQ(lights_of(lamps, 400'000'000).size(), 0u);  // the dark half of a flash
  for (const Light& light : lights_of(lamps, 0)) {
    EXPECT_GT(light.position.y, 0);
    EXPECT_EQ(light.instance.value, 4);
  }
}

TEST(Lights, BeaconsFlashAllAround) {
  Actor engine = car({}, {});
  engine.model = *asset::make_model({"truck.fire", 1, {{"beacon", 1}}, {}});
  bool ahead = false;
  bool behind = false;
  int dark = 0;
  for (std::int64_t stamp = 0; stamp < 1'000'000'000; stamp += kStepNs) {
    std::vector<Light> out;
    add_lights(engine, stamp, false, out);
    dark += out.empty();
    for (const Light& light : out) {
      ahead = ahead || light.axis.x > 0;
      behind = behind || light.axis.x < 0;
      EXPECT_GT(light.candela.z, light.candela.x) << "blue";
      EXPECT_GT(light.position.z, 2);
    }
  }
  EXPECT_TRUE(ahead && behind);
  EXPECT_GT(dark, 20);
  EXPECT_LT(dark, 95);
}

TEST(Lights, GoWithTheirCarrier) {
  Lamps lamps;
  lamps.beam = Lamps::Beam::kLow;
  const math::Pose pose = math::pose_xyz_yaw(100, 50, 7, M_PI / 2);
  for (const Light& light : lights_of(lamps, 0, false, pose)) {
    const bool ahead = light.beam == ODDROAD_BEAM_LOW;
    EXPECT_NEAR(light.axis.y, ahead ? 1 : -1, 1e-9);
    EXPECT_GT((light.position.y - 51) * light.axis.y, 0);
    EXPECT_NEAR(light.ground_z_m, 7, 1e-9);
    EXPECT_GT(light.position.z, 7.4);
  }
}

// Where traffic keeps left, the high side of the cut-off is on the left.
TEST(Lights, MirrorTheirBeamsWhereTrafficKeepsLeft) {
  Lamps lamps;
  lamps.beam = Lamps::Beam::kLow;
  const math::Vec3d left = glm::normalize(math::Vec3d(1, .1, .01));
  const math::Vec3d right = glm::normalize(math::Vec3d(1, -.1, .01));
  const Light as_usual = lights_of(lamps, 0).front();
  const Light mirrored = lights_of(lamps, 0, true).front();
  ASSERT_EQ(as_usual.beam, std::uint32_t{ODDROAD_BEAM_LOW});
  EXPECT_GT(intensity(as_usual, right).y, 10 * intensity(as_usual, left).y);
  EXPECT_FLOAT_EQ(intensity(as_usual, right).y, intensity(mirrored, left).y);
  EXPECT_FLOAT_EQ(intensity(as_usual, left).y, intensity(mirrored, right).y);
}

TEST(Lights, StreetLampsAndSignals) {
  StaticThing thing;
  thing.id = core::InstanceId(60'000);
  thing.model = *asset::make_model({"street_lamp", 0, {{"height", 8}, {"arm", 1.5}}, {}});
  std::vector<Light> out;
  add_lights(thing, SignalState::kOff, false, out);
  EXPECT_TRUE(out.empty());
  add_lights(thing, SignalState::kOff, true, out);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_LT(out[0].axis.z, -.98);
  EXPECT_GT(out[0].position.z, 7.5);
  // Towards the road there is light, towards the house behind little.
  const math::Vec3d to_road = glm::normalize(math::Vec3d(1, 0, -1));
  const math::Vec3d to_house = glm::normalize(math::Vec3d(-1.2, 0, -1));
  EXPECT_GT(intensity(out[0], to_road).y, 5 * intensity(out[0], to_house).y);

  thing.model = *asset::make_model({"signal.vehicle3", 0, {}, {}});
  for (const auto& [state, lamps] :
       {std::pair(SignalState::kOff, 0u), std::pair(SignalState::kGreen, 1u),
        std::pair(SignalState::kRedYellow, 2u)}) {
    out.clear();
    add_lights(thing, state, false, out);
    EXPECT_EQ(out.size(), lamps);
  }
}

TEST(Lights, BurnInTheDark) {
  Environment environment;
  environment.sun_elevation_rad = .1;
  EXPECT_FALSE(lamps_on(environment));
  EXPECT_FALSE(headlamps_wanted(environment));
  environment.fog_visibility_m = 80;
  EXPECT_FALSE(lamps_on(environment));
  EXPECT_TRUE(headlamps_wanted(environment));
  environment.fog_visibility_m = 0;
  environment.sun_elevation_rad = .05;
  EXPECT_TRUE(lamps_on(environment));
  EXPECT_TRUE(headlamps_wanted(environment));
  environment.street_lights = StreetLights::kOff;
  EXPECT_FALSE(lamps_on(environment));
  EXPECT_TRUE(headlamps_wanted(environment));
  environment.sun_elevation_rad = .7;
  environment.street_lights = StreetLights::kOn;
  EXPECT_TRUE(lamps_on(environment));
  EXPECT_FALSE(headlamps_wanted(environment));
}

}  // namespace
}  // namespace oddroad::world
