// Settings and presets of cameras.
#include <gtest/gtest.h>

#include "engine/capture/camera_presets.h"
#include "sensors/camera/camera_settings.h"

namespace oddroad {
namespace {

core::Result<camera::CameraSettings> parse(const std::string& yaml) {
  const auto node = core::parse_yaml(yaml, "rig.yaml");
  EXPECT_TRUE(node.has_value());
  return camera::parse_camera_settings(*node, "front");
}

TEST(Presets, AllAreSettings) {
  ASSERT_GE(capture::camera_presets().size(), 8u);
  for (const std::string& name : capture::camera_presets()) {
    const auto s = parse("{preset: " + name + ", size: [320, 200]}");
    ASSERT_TRUE(s.has_value()) << name << ": " << core::to_string(s.error());
    EXPECT_EQ(s->camera.width_px, 320) << name;
  }
}

TEST(Presets, OwnKeysReplaceTheirs) {
  const auto s = parse("{preset: kitti, sensor: {read_noise: 3}, exposure: 12, rate: 5 Hz}");
  ASSERT_TRUE(s.has_value()) << core::to_string(s.error());
  EXPECT_EQ(s->camera.width_px, 1242);
  EXPECT_NEAR(s->camera.cx_px, 609.5593, 1e-9);
  EXPECT_EQ(s->sensor.read_noise_e, 3);
  EXPECT_EQ(s->sensor.full_well_e, 13000);
  EXPECT_EQ(s->exposure.fixed_ev100, 12);
  EXPECT_EQ(s->rate_hz, 5);
  const auto wide = parse("{preset: kitti, fov: 90 deg}");
  ASSERT_TRUE(wide.has_value());
  EXPECT_NEAR(wide->camera.fx_px, 621, 1e-9);
  EXPECT_NEAR(wide->camera.cx_px, 621, 1e-9);
  const auto back = parse("{preset: nuscenes_back}");
  ASSERT_TRUE(back.has_value());
  EXPECT_NEAR(back->camera.fx_px, 809.2, 1e-9);
  EXPECT_EQ(back->sensor.full_well_e, 8000);
}

TEST(Presets, AnUnknownOneIsNamedWithAGuess) {
  const auto s = parse("{preset: nuscene}");
  ASSERT_FALSE(s.has_value());
  EXPECT_NE(core::to_string(s.error()).find("nuscenes"), std::string::npos);
  EXPECT_NE(core::to_string(s.error()).find("rig.yaml:1:"), std::string::npos);
}

TEST(CameraSettings, EveryWrongValueIsReportedAtOnce) {
  const auto s = parse(
      "size: [1280, 720]\nfov: 60 deg\noptics: {f_number: 0.1, blur_centre: 3}\n"
      "sensor: {pixel: 3 m, bits: 9.5, mosaic: rgbg}\nexposure: {time_min: 3 s, lift: 9}\n"
      "white_balance: 100\nimage: {tone: bright, quality: 101, chroma: 411, white: 0}\n"
      "faults: [{type: dirt}, {type: frozen, from: 2 s, to: 1 s}, {share: 1}]\n");
  ASSERT_FALSE(s.has_value());
  const std::string text = core::to_string(s.error());
  for (const char* part :
       {"'f_number' lies between", "'blur_centre' lies between", "'pixel' lies between",
        "'bits' is a whole number", "mosaic", "'time_min' lies between", "'white_balance' is auto",
        "tone", "'quality' lies between", "'lift' lies between", "'white' lies between",
        "'chroma' is 420", "dirt", "ends before it begins", "needs a 'type'"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(CameraSettings, ExposuresOfAllKinds) {
  const auto fixed = parse("{size: [64, 64], fov: 60 deg, exposure: {time: 4 ms, gain: 2}}");
  ASSERT_TRUE(fixed.has_value()) << core::to_string(fixed.error());
  EXPECT_NEAR(fixed->exposure.fixed->time_s, 4e-3, 1e-12);
  EXPECT_EQ(fixed->exposure.fixed->gain, 2);
  const auto automatic = parse(
      "{size: [64, 64], fov: 60 deg, image: {white: 3.5},"
      " exposure: {compensation: 0.5, metering: full, delay: 3, lift: 0.8}}");
  ASSERT_TRUE(automatic.has_value()) << core::to_string(automatic.error());
  EXPECT_FALSE(automatic->exposure.fixed || automatic->exposure.fixed_ev100);
  EXPECT_EQ(automatic->exposure.delay_frames, 3);
  EXPECT_EQ(automatic->exposure.lift_ev, 0.8);
  EXPECT_EQ(automatic->image.white_ev, 3.5);
  EXPECT_FALSE(fixed->image.white_ev.has_value());
  EXPECT_FALSE(automatic->exposure.lower_two_thirds);
  EXPECT_FALSE(parse("{size: [64, 64], fov: 60 deg, exposure: {gain: 2}}").has_value());
}

TEST(CameraSettings, SerialNumbersAreTheCamerasOwn) {
  const auto node = core::parse_yaml("{size: [64, 64], fov: 60 deg}", "rig.yaml");
  const auto a = camera::parse_camera_settings(*node, "left");
  const auto b = camera::parse_camera_settings(*node, "right");
  EXPECT_NE(a->sensor.serial, b->sensor.serial);
  EXPECT_EQ(a->sensor.serial, camera::parse_camera_settings(*node, "left")->sensor.serial);
}

}  // namespace
}  // namespace oddroad
