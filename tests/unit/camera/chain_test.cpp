// The whole chain against what its settings promise.
#include <cmath>

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "engine/core/random.h"
#include "sensors/camera/camera_chain.h"
#include "sensors/camera/colour_temperature.h"
#include "sensors/camera/photometry.h"
#include "sensors/camera/tone.h"

namespace oddroad {
namespace {

using camera::CameraChain;
using camera::CameraSettings;
using math::Vec3f;
using Radiance = capture::Image<Vec3f>;

constexpr int kWidth = 96, kHeight = 64;

// Without noise, falloff, stray light and blur: what is left is exact.
CameraSettings plain() {
  CameraSettings s;
  s.camera.width_px = kWidth;
  s.camera.height_px = kHeight;
  s.camera.fx_px = s.camera.fy_px = 1e6;  // no angle to speak of
  s.camera.cx_px = kWidth / 2.0;
  s.camera.cy_px = kHeight / 2.0;
  s.optics.vignetting = s.optics.bloom = s.optics.veiling_glare = s.optics.chromatic_shift = 0;
  s.optics.blur_centre_px = s.optics.blur_corner_px = 0;
  s.sensor.hot_pixels = 0;
  s.image.denoise = s.image.sharpen = s.image.shading_correction = 0;
  s.white_balance.fixed_kelvin = 6504;
  s.exposure.compensation_ev = s.image.contrast = 0;
  s.noise = false;
  return s;
}

camera::Shot shoot(const CameraSettings& settings, const Radiance& radiance, std::uint64_t key = 1,
                   bool raw = false) {
  CameraChain chain(settings);
  return chain.deliver(radiance, chain.expose(radiance, 0), {0, key, true, raw});
}

capture::Rgb8 middle(const capture::Image<capture::Rgb8>& image) {
  return image.at(image.width_px / 2, image.height_px / 2);
}

TEST(Chain, LambertPlateGivesTheNumberOfTheDataSheet) {
  // Albedo 0.5 under 2000 lux, f/2.8, 4 ms: E = pi L T / (4 N^2) on the chip.
  CameraSettings s = plain();
  s.optics.f_number = 2.8;
  s.sensor.full_well_e = 100000;
  s.exposure.fixed = camera::FixedExposure{4e-3, 2};
  const double luminance = 0.5 * 2000 / M_PI;
  const auto shot =
      shoot(s, Radiance(kWidth, kHeight, Vec3f(static_cast<float>(luminance))), 1, true);
  const double lux = M_PI * luminance * s.optics.transmission / (4 * 2.8 * 2.8);
  const double electrons = lux * 4e-3 * 1.1e16 * camera::kFilterShare * 9e-12 * 0.65;
  const double number = 168 + electrons * 2 * (4095 - 168) / 100000;
  EXPECT_NEAR(shot.raw.at(kWidth / 2 + 1, kHeight / 2), number, 1);  // green of RGGB's first row
  // And in the picture: the level through the tone curve.
  const double level = electrons * 2 / 100000;
  EXPECT_NEAR(middle(shot.rgb).y, camera::tone_code(level, 1, s.image), 1);
}

TEST(Chain, ExposureValueSaturatesAtItsLuminance) {
  // L = 1.2 * 2^EV fills the well: 12 bits read 4095; ISO 12232 says ISO = 100 N^2 / (t 2^EV).
  CameraSettings s = plain();
  s.exposure.fixed_ev100 = 9;
  const auto at = [&](double share) {
    const auto l = static_cast<float>(share * 1.2 * std::exp2(9.0));
    return shoot(s, Radiance(kWidth, kHeight, Vec3f(l)), 1, true)
        .raw.at(kWidth / 2 + 1, kHeight / 2);
  };
  EXPECT_NEAR(at(0.5), 168 + 0.5 * (4095 - 168), 2);
  EXPECT_NEAR(at(0.98), 168 + 0.98 * (4095 - 168), 2);
  EXPECT_EQ(at(1.5), 4095);
  const auto e = shoot(s, Radiance(kWidth, kHeight, Vec3f(100))).exposure;
  EXPECT_NEAR(e.ev100, 9, 1e-9);
  EXPECT_NEAR(e.iso, 100 * 1.8 * 1.8 / (e.time_s * 512), 1e-9 * e.iso);
}

TEST(Chain, AutomaticExposurePutsGreyAtMidGrey) {
  const auto shot = shoot(plain(), Radiance(kWidth, kHeight, Vec3f(1000)));
  EXPECT_NEAR(middle(shot.rgb).y, camera::tone_code(0.125 / 1.2, 1, plain().image), 1.5);
}

TEST(Chain, ColoursComeBackThroughTheFilters) {
  // sRGB paint of level (0.4, 0.1, 0.2) under D65: filters, balance and matrix undo each other.
  CameraSettings s = plain();
  s.exposure.fixed_ev100 = 9;
  const auto full = static_cast<float>(1.2 * 512);
  const auto shot = shoot(s, Radiance(kWidth, kHeight, Vec3f(0.4f, 0.1f, 0.2f) * full));
  EXPECT_NEAR(middle(shot.rgb).x, camera::tone_code(0.4, 1, s.image), 2);
  EXPECT_NEAR(middle(shot.rgb).y, camera::tone_code(0.1, 1, s.image), 2);
  EXPECT_NEAR(middle(shot.rgb).z, camera::tone_code(0.2, 1, s.image), 2);
}

TEST(Chain, OverexposedLightIsWhiteWhateverItsColour) {
  CameraSettings s = plain();
  s.exposure.fixed_ev100 = 9;
  const auto shot = shoot(s, Radiance(kWidth, kHeight, Vec3f(9000, 6000, 3000)));
  EXPECT_EQ(middle(shot.rgb), capture::Rgb8(255, 255, 255));
}

TEST(Chain, WhiteBalanceMakesAGreyCardGreyUnderAnyLamp) {
  for (const double kelvin : {3000.0, 4000.0, 5500.0, 7500.0}) {
    const Vec3f light(camera::light_of_temperature(kelvin));
    CameraSettings s = plain();
    const Radiance card(kWidth, kHeight, light * 500.0f);
    s.white_balance = {};
    const auto automatic = shoot(s, card);
    EXPECT_NEAR(automatic.exposure.white_kelvin, kelvin, 0.03 * kelvin);
    for (const auto& c : {middle(automatic.rgb)}) {
      EXPECT_NEAR(c.x, c.y, 3) << kelvin;
      EXPECT_NEAR(c.z, c.y, 3) << kelvin;
    }
    s.white_balance.fixed_kelvin = kelvin;
    const auto fixed = middle(shoot(s, card).rgb);
    EXPECT_NEAR(fixed.x, fixed.y, 2) << kelvin;
    EXPECT_NEAR(fixed.z, fixed.y, 2) << kelvin;
    if (kelvin > 3500) continue;
    s.white_balance.fixed_kelvin = 6500;  // daylight film under a lamp
    const auto warm = middle(shoot(s, card).rgb);
    EXPECT_GT(warm.x, warm.z + 40);
  }
}

TEST(Chain, MixedLightIsNeitherPinkNorGreen) {
  // A lamp and the blue sky together lie off the line of lights, on its pink side.
  const Vec3f light(camera::light_of_temperature(3000) + camera::light_of_temperature(12000));
  CameraSettings s = plain();
  const Radiance card(kWidth, kHeight, light * 250.0f);
  s.white_balance = {};
  const auto automatic = middle(shoot(s, card).rgb);
  EXPECT_NEAR(automatic.x, automatic.y, 3);
  EXPECT_NEAR(automatic.z, automatic.y, 3);
  s.white_balance.fixed_kelvin = shoot(s, card).exposure.white_kelvin;
  const auto untinted = middle(shoot(s, card).rgb);
  EXPECT_GT(untinted.x, untinted.y + 5);
  EXPECT_GT(untinted.z, untinted.y + 5);
}

TEST(Chain, WarmthLeavesAShareOfALampsColour) {
  CameraSettings s = plain();
  s.white_balance = {};
  s.white_balance.warmth = 0.4;
  const auto kelvin_under = [&](double kelvin) {
    const Vec3f light(camera::light_of_temperature(kelvin));
    return shoot(s, Radiance(kWidth, kHeight, light * 500.0f)).exposure.white_kelvin;
  };
  // 60 % of the way from 6500 K in reciprocal kelvin; daylight is followed all the way.
  const double wanted = 1 / (1 / 6500.0 + 0.6 * (1 / 3500.0 - 1 / 6500.0));
  EXPECT_NEAR(kelvin_under(3500), wanted, 0.03 * wanted);
  EXPECT_NEAR(kelvin_under(7500), 7500, 0.03 * 7500);
}

TEST(Chain, LimitsOfWhiteBalanceLeaveSodiumWarm) {
  CameraSettings s = plain();
  s.white_balance = {};
  const Vec3f light(camera::light_of_temperature(2400));
  const auto shot = shoot(s, Radiance(kWidth, kHeight, light * 500.0f));
  EXPECT_NEAR(shot.exposure.white_kelvin, 2800, 1e-6);
  EXPECT_GT(middle(shot.rgb).x, middle(shot.rgb).z + 10);
}

TEST(Chain, FlatFieldStaysFlatThroughLensAndMosaic) {
  for (const auto mosaic : {camera::Mosaic::kRggb, camera::Mosaic::kBggr, camera::Mosaic::kGrbg,
                            camera::Mosaic::kGbrg, camera::Mosaic::kNone}) {
    for (const auto method : {camera::Demosaic::kBilinear, camera::Demosaic::kMalvar}) {
      CameraSettings s;
      s.camera = plain().camera;
      s.optics.vignetting = 0;
      s.sensor.mosaic = mosaic;
      s.image.demosaic = method;
      s.noise = false;
      const auto shot = shoot(s, Radiance(kWidth, kHeight, Vec3f(300, 250, 200)));
      for (const auto& p : shot.rgb.pixels) {
        for (int c = 0; c < 3; ++c) EXPECT_NEAR(p[c], middle(shot.rgb)[c], 1);
      }
    }
  }
}

Radiance ramp() {
  Radiance out(kWidth, kHeight);
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) out.at(x, y) = Vec3f(40.0f + x, 60.0f + y, 90.0f);
  }
  return out;
}

TEST(Chain, SameKeySameBytesAnotherKeyOthers) {
  CameraSettings s = plain();
  s.noise = true;
  const auto a = shoot(s, ramp(), 7, true);
  const auto b = shoot(s, ramp(), 7, true);
  EXPECT_EQ(a.rgb, b.rgb);
  EXPECT_EQ(a.raw, b.raw);
  EXPECT_FALSE(a.raw == shoot(s, ramp(), 8, true).raw);
  s.sensor.serial = 99;  // another chip: another pattern
  EXPECT_FALSE(a.raw == shoot(s, ramp(), 7, true).raw);
}

TEST(Chain, WorkersChangeNoByte) {
  CameraSettings s;
  s.camera = {640, 360, 500, 500, 320, 180};
  s.sensor.hdr_ratio = 16;
  Radiance picture(640, 360);
  core::RandomStream random(3, "picture");
  for (auto& p : picture.pixels) {
    p = Vec3f(static_cast<float>(std::exp(random.uniform(0, 12))), 500, 90);
  }
  std::vector<camera::Shot> shots;
  for (const std::size_t workers : {1u, 2u, 7u}) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, workers);
    shots.push_back(shoot(s, picture, 5, true));
  }
  for (const auto& shot : shots) {
    EXPECT_EQ(shot.rgb, shots[0].rgb);
    EXPECT_EQ(shot.raw, shots[0].raw);
    EXPECT_EQ(shot.exposure, shots[0].exposure);
  }
}

TEST(Chain, HdrKeepsWhatOneExposureLoses) {
  CameraSettings s = plain();
  s.image.tone = camera::Tone::kFilmic;
  s.exposure.fixed_ev100 = 9;
  s.sensor.hdr_ratio = 16;
  const auto at = [&](float level) {
    return middle(shoot(s, Radiance(kWidth, kHeight, Vec3f(level * 614.4f))).rgb).y;
  };
  EXPECT_LT(at(1), at(4));
  EXPECT_LT(at(4), at(12));
  EXPECT_EQ(at(17), 255);
}

TEST(Chain, FaultsShowAndAreRecorded) {
  CameraSettings s = plain();
  const auto fault = [](camera::FaultType type, double amount, std::int64_t from_ms,
                        std::int64_t to_ms) {
    camera::FaultSettings out;
    out.type = type;
    out.amount = amount;
    out.from_ns = from_ms * 1'000'000;
    out.to_ns = to_ms * 1'000'000;
    return out;
  };
  s.faults = {fault(camera::FaultType::kFrozen, 0, 200, 300),
              fault(camera::FaultType::kDropped, 1, 400, 500),
              fault(camera::FaultType::kRowDropout, 0.5, 600, 700),
              fault(camera::FaultType::kHotPixels, 0.01, 800, 900)};
  s.noise = true;
  CameraChain chain(s);
  std::vector<camera::Shot> shots;
  for (int k = 0; k < 10; ++k) {
    const std::int64_t stamp = k * 100'000'000ll;
    shots.push_back(chain.deliver(ramp(), chain.expose(ramp(), stamp),
                                  {stamp, static_cast<std::uint64_t>(k), true, true}));
  }
  EXPECT_TRUE(shots[0].faults.empty());
  EXPECT_EQ(shots[2].rgb, shots[1].rgb);  // frozen
  EXPECT_EQ(shots[2].faults.front().type, "frozen");
  EXPECT_EQ(shots[2].faults.front().from_ns, 200'000'000);
  EXPECT_NEAR(shots[2].faults.front().parameters.at("shown_s"), 0.1, 1e-12);
  EXPECT_FALSE(shots[3].rgb == shots[1].rgb);
  EXPECT_TRUE(shots[4].rgb.empty() && shots[4].raw.empty());  // dropped
  EXPECT_EQ(shots[4].faults.front().type, "dropped");
  int dark = 0;
  for (int y = 0; y < kHeight; ++y) dark += shots[6].raw.at(3, y) == s.sensor.black_level_dn;
  EXPECT_NEAR(dark, kHeight / 2, 14);
  const auto hot = std::count(shots[8].raw.pixels.begin(), shots[8].raw.pixels.end(), 4095);
  EXPECT_NEAR(static_cast<double>(hot), 0.01 * kWidth * kHeight, 8);
  EXPECT_EQ(shots[8].faults.front().parameters.at("share"), 0.01);
}

// Light that changes, so that exposure and white balance are on their way at every frame; a camera
// that freezes twice and loses a frame.
TEST(Chain, AnotherChainGoesOnWhereThisOneStopped) {
  CameraSettings s = plain();
  s.white_balance.fixed_kelvin.reset();
  s.noise = true;
  camera::FaultSettings frozen;
  frozen.type = camera::FaultType::kFrozen;
  frozen.from_ns = 200'000'000;
  frozen.to_ns = 500'000'000;
  camera::FaultSettings dropped = frozen;
  dropped.type = camera::FaultType::kDropped;
  dropped.amount = 1;
  dropped.from_ns = 700'000'000;
  dropped.to_ns = 800'000'000;
  s.faults = {frozen, dropped};
  CameraChain whole(s);
  std::optional<CameraChain> parts(std::in_place, s);
  for (int k = 0; k < 12; ++k) {
    const std::int64_t stamp = k * 100'000'000ll;
    Radiance light = ramp();
    for (Vec3f& pixel : light.pixels) pixel *= Vec3f(1 + k, 1, 1 + 0.3f * k);
    const auto shoot_with = [&](CameraChain& chain) {
      return chain.deliver(light, chain.expose(light, stamp),
                           {stamp, static_cast<std::uint64_t>(k), true, true});
    };
    const camera::Shot one = shoot_with(whole), other = shoot_with(*parts);
    EXPECT_EQ(one.rgb, other.rgb) << k;
    EXPECT_EQ(one.raw, other.raw) << k;
    EXPECT_EQ(one.exposure, other.exposure) << k;
    EXPECT_EQ(one.faults, other.faults) << k;
    const std::string bytes = core::to_bytes(*parts);
    parts.emplace(s);
    ASSERT_TRUE(core::from_bytes(bytes, *parts)) << k;
    CameraChain cut(s);
    EXPECT_FALSE(core::from_bytes(std::string_view(bytes).substr(1), cut)) << k;
  }
}

TEST(Chain, SoilingHidesAboutItsShareAndOverexposureIsBright) {
  CameraSettings s = plain();
  camera::FaultSettings dirt;
  dirt.amount = 0.3;
  dirt.opacity = 0.9;
  s.faults = {dirt};
  s.exposure.fixed_ev100 = 9;
  Radiance stripes(kWidth, kHeight);
  for (int x = 0; x < kWidth; ++x) {
    for (int y = 0; y < kHeight; ++y) stripes.at(x, y) = Vec3f(x % 8 < 4 ? 50.0f : 250.0f);
  }
  const auto soiled = shoot(s, stripes).rgb;
  s.faults.clear();
  const auto clean = shoot(s, stripes).rgb;
  int changed = 0;
  for (std::size_t i = 0; i < clean.pixels.size(); ++i) {
    changed += std::abs(soiled.pixels[i].y - clean.pixels[i].y) > 12;
  }
  EXPECT_NEAR(changed / static_cast<double>(clean.pixels.size()), 0.35, 0.2);
  camera::FaultSettings bright;
  bright.type = camera::FaultType::kOverexposed;
  bright.amount = 3;
  s.faults = {bright};
  EXPECT_GT(middle(shoot(s, Radiance(kWidth, kHeight, Vec3f(60))).rgb).y, 200);
}

}  // namespace
}  // namespace oddroad
