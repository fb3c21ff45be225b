// Every encoder against its reader: nothing is lost, equal input gives equal bytes, and no
// truncation or damage is ever read as data or crashes.
#include <cmath>
#include <functional>

#include <gmock/gmock.h>

#include "engine/core/random.h"
#include "engine/dataset/calibration_json.h"
#include "engine/dataset/exr.h"
#include "engine/dataset/frame_json.h"
#include "engine/dataset/jpeg.h"
#include "engine/dataset/pcd.h"
#include "engine/dataset/png.h"
#include "engine/dataset/timeline_npy.h"
#include "tests/unit/dataset/sample_clip.h"

namespace oddroad::dataset {
namespace {

template <typename T>
capture::Image<T> noise(int width, int height, std::uint32_t mask) {
  core::RandomStream random(1, "image");
  capture::Image<T> image(width, height);
  for (auto& pixel : image.pixels) {
    if constexpr (std::is_same_v<T, capture::Rgb8>) {
      pixel = capture::Rgb8(random.bits() & mask, random.bits() & mask, random.bits() & mask);
    } else {
      pixel = static_cast<T>(random.bits() & mask);
    }
  }
  return image;
}

// Every prefix (sampled) must be refused.
void expect_truncations_fail(const std::string& bytes,
                             const std::function<bool(const std::string&)>& reads) {
  for (std::size_t n = 0; n < bytes.size(); n += 1 + bytes.size() / 300) {
    EXPECT_FALSE(reads(bytes.substr(0, n))) << n << " of " << bytes.size();
  }
}

TEST(Png, RgbRoundTripAndTruncation) {
  const auto image = noise<capture::Rgb8>(37, 21, 255);
  const std::string bytes = encode_png(image);
  EXPECT_EQ(bytes, encode_png(image));
  const auto back = decode_png_rgb(bytes, "x.png");
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, image);
  expect_truncations_fail(bytes.substr(0, bytes.size() - 12), [](const auto& part) {
    return decode_png_rgb(part, "x").has_value();
  });
}

TEST(Png, IdsKeepAllSixteenBits) {
  auto image = noise<std::uint16_t>(64, 48, 65535);
  image.at(0, 0) = 65535;
  image.at(1, 0) = 256;
  const auto back = decode_png16(encode_png(image), "x.png");
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, image);
}

TEST(Png, ClassesRoundTrip) {
  const auto image = noise<std::uint8_t>(5, 3, 31);
  const auto back = decode_png8(encode_png(image), "x.png");
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, image);
}

TEST(Png, AnotherKindIsRefused) {
  const std::string ids = encode_png(noise<std::uint16_t>(4, 4, 65535));
  EXPECT_FALSE(decode_png_rgb(ids, "x.png"));
  EXPECT_FALSE(decode_png8(ids, "x.png"));
  EXPECT_FALSE(decode_png16("not a picture", "x.png"));
}

TEST(Exr, DepthRoundTripWithInfinity) {
  capture::Image<float> depth(33, 17, 12.25f);
  core::RandomStream random(2, "depth");
  for (auto& d : depth.pixels) d = static_cast<float>(random.uniform(0.1, 300));
  depth.at(3, 2) = std::numeric_limits<float>::infinity();
  const std::string bytes = encode_depth_exr(depth);
  EXPECT_EQ(bytes, encode_depth_exr(depth));
  const auto back = decode_depth_exr(bytes, "x.exr");
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(*back, depth);
  expect_truncations_fail(bytes, [](const auto& p) {
    return decode_depth_exr(p, "x").has_value();
  });
}

TEST(Exr, DamageNeverCrashes) {
  const std::string bytes = encode_depth_exr(capture::Image<float>(16, 16, 5.0f));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string broken = bytes;
    broken[i] = static_cast<char>(broken[i] ^ 0x55);
    (void)decode_depth_exr(broken, "x.exr");
  }
}

TEST(Jpeg, RoundTripIsCloseAndTruncationFails) {
  // A smooth picture comes back within a few codes, at quality 95 nearer than at 30.
  capture::Image<capture::Rgb8> image(61, 43);
  for (int y = 0; y < 43; ++y) {
    for (int x = 0; x < 61; ++x) image.at(x, y) = {60 + 2 * x, 200 - 3 * y, 90 + x + y};
  }
  const auto error = [&](const capture::PictureFormat& format) {
    const std::string bytes = encode_jpeg(image, format);
    EXPECT_EQ(bytes, encode_jpeg(image, format));
    const auto back = decode_jpeg(bytes, "x.jpg");
    EXPECT_TRUE(back) << core::to_string(back.error());
    double sum = 0;
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
      for (int c = 0; c < 3; ++c) sum += std::abs(back->pixels[i][c] - image.pixels[i][c]);
    }
    return sum / static_cast<double>(3 * image.pixels.size());
  };
  EXPECT_LT(error({true, 95, 444}), 1.5);
  EXPECT_LT(error({true, 90, 420}), 3);
  EXPECT_GT(error({true, 20, 420}), error({true, 95, 420}));
  expect_truncations_fail(encode_jpeg(image, {true, 90, 422}), [](const auto& part) {
    return decode_jpeg(part, "x").has_value();
  });
  EXPECT_FALSE(decode_jpeg(encode_png(image), "x.jpg"));
}

TEST(Exr, RadianceKeepsTheSun) {
  capture::Image<math::Vec3f> image(5, 3, math::Vec3f(0.001f, 1e4f, 1.6e9f));
  const auto back = decode_radiance_exr(encode_radiance_exr(image), "x.exr");
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, image);
}

TEST(Pcd, RoundTripAndHeader) {
  auto frame = test::sample_lidar_frame(test::sample_calibration().lidars[0], 0, 300'000'000);
  const std::string bytes = encode_pcd(frame.cloud);
  const auto back = decode_pcd(bytes, "x.pcd");
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(*back, frame.cloud);
  EXPECT_GT(back->size(), 1000u);
  EXPECT_NE(bytes.find("\nDATA binary\n"), std::string::npos);
  expect_truncations_fail(bytes, [](const auto& p) {
    return decode_pcd(p, "x").has_value();
  });
  EXPECT_FALSE(decode_pcd(bytes + "x", "x.pcd"));
}

// Each optional kind with and without the other.
TEST(Pcd, FieldsOfOptionalKinds) {
  for (const bool geometry : {false, true}) {
    capture::PointCloud cloud =
        test::sample_lidar_frame(test::sample_calibration().lidars[0], 0, 300'000'000).cloud;
    const std::size_t n = geometry ? cloud.size() : 0;
    cloud.true_range_m.assign(n, 7.25f);
    cloud.normal.assign(n, {0, 0, 1});
    cloud.incidence_rad.assign(n, 0.5f);
    cloud.velocity_mps.assign(n, {1, 2, 3});
    cloud.material.assign(n, 9);
    for (std::size_t i = 0; i < cloud.size(); ++i) {
      cloud.compensated_m.emplace_back(0.1f * static_cast<float>(i), -cloud.y_m[i], 3.5f);
    }
    const std::string bytes = encode_pcd(cloud);
    EXPECT_NE(bytes.find(" cause compensated_x compensated_y compensated_z"), std::string::npos);
    const auto back = decode_pcd(bytes, "x.pcd");
    ASSERT_TRUE(back) << core::to_string(back.error());
    EXPECT_EQ(back->compensated_m, cloud.compensated_m);
    EXPECT_EQ(back->normal, cloud.normal);
    EXPECT_EQ(back->cause, cloud.cause);
  }
}

TEST(Pcd, EmptyCloud) {
  const auto back = decode_pcd(encode_pcd({}), "x.pcd");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->size(), 0u);
}

TEST(Pcd, HugeCountIsRefused) {
  std::string bytes = encode_pcd({});
  const auto set = [&](const std::string& key) {
    const auto at = bytes.find(key + " 0");
    bytes.replace(at, key.size() + 2, key + " 614891469123651721");
  };
  set("WIDTH");
  set("POINTS");
  EXPECT_FALSE(decode_pcd(bytes, "x.pcd"));
}

TEST(Labels, DoublesSurviveBitByBit) {
  FrameLabels labels;
  labels.stamp = {"cam", 4, 1'234'567'891, math::pose_xyz_yaw(0.1, 1.0 / 3, 1e-17, 2)};
  labels.in_world = test::sample_objects(0.123456789);
  labels.in_world[0].velocity_world_mps = {0.1 + 0.2, -0.0, 1e300};
  capture::ObjectInImage object;
  object.id = core::InstanceId(65535);
  object.amodal_box_unclipped = {-1e9 / 3, 0.1, std::numeric_limits<double>::infinity(), 7};
  object.visible_px = 123456789012;
  labels.in_image.push_back(object);
  labels.exposure = capture::Exposure{1.0 / 3000, 1.5, 163.75, 1.8, 11.02, 5600, {1.8, 1, 1.4}};
  labels.raw_format = capture::RawFormat{"rggb", 12, 168, 3927, 16};
  labels.faults = {{"soiling", 0, {{"coverage", 0.15}, {"opacity", 0.7}}}, {"frozen", 7, {}}};
  const std::string text = encode_labels(labels);
  const auto back = decode_labels(text, "x.json");
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(*back, labels);
  expect_truncations_fail(text.substr(0, text.size() - 1), [](const auto& p) {
    return decode_labels(p, "x").has_value();
  });
}

TEST(Labels, WrongValuesAreErrorsThatNameTheFile) {
  const std::string text = encode_labels({{"cam", 0, 0, {}}, {}, test::sample_objects(0)});
  std::string big = text;
  big.replace(big.find("\"id\": 2"), 7, "\"id\": 70000");
  const auto result = decode_labels(big, "folder/000000.json");
  ASSERT_FALSE(result);
  EXPECT_NE(core::to_string(result.error()).find("folder/000000.json"), std::string::npos);
  EXPECT_FALSE(decode_labels("[]", "x"));
  EXPECT_FALSE(decode_labels("{}", "x"));
  EXPECT_FALSE(decode_labels(text + "{}", "x"));
  EXPECT_FALSE(decode_labels(std::string(100'000, '['), "x"));
}

TEST(Labels, ErrorsSayWhatWasExpected) {
  const std::string text = encode_labels({{"cam", 0, 0, {}}, {}, test::sample_objects(0)});
  const auto error_of = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    const auto at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    const auto result = decode_labels(changed, "x");
    return result ? "" : core::to_string(result.error());
  };
  using testing::HasSubstr;
  EXPECT_THAT(error_of("\"tick\": 0", "\"tick\": 0.5"),
              HasSubstr("expected a whole number of 32 bits, found 0.5"));
  EXPECT_THAT(error_of("\"name\": ", "\"nom\": "), HasSubstr("there is no 'name'"));
  EXPECT_THAT(error_of("\"translation\": [", "\"translation\": [1, "),
              HasSubstr("expected 3 numbers, found [1"));
  EXPECT_THAT(error_of("\"translation\": [", "\"translation\": [\"far\", "),
              HasSubstr("expected a number, found \"far\""));
  EXPECT_THAT(error_of("\"sensor\": \"cam\"", "\"sensor\": [1]"),
              HasSubstr("expected text, found [1]"));
  EXPECT_THAT(error_of("\"cam\"", "\"\xff\""), HasSubstr("UTF-8"));
}

TEST(CalibrationJson, RoundTrip) {
  const auto calibration = test::sample_calibration();
  const auto back = decode_calibration(encode_calibration(calibration), "x.json");
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, calibration);
}

TEST(TimelineNpy, RoundTripAndTruncation) {
  const auto timeline = test::sample_timeline();
  const std::string bytes = encode_timeline(timeline);
  const auto back = decode_timeline(bytes, "timeline.npy");
  ASSERT_TRUE(back) << core::to_string(back.error());
  ASSERT_EQ(back->actors.size(), timeline.actors.size());
  EXPECT_EQ(back->end_ns, timeline.end_ns);
  for (std::size_t a = 0; a < timeline.actors.size(); ++a) {
    for (std::size_t k = 0; k < timeline.actors[a].states.size(); ++k) {
      EXPECT_EQ(back->actors[a].states[k].T_world_actor,
                timeline.actors[a].states[k].T_world_actor);
      EXPECT_EQ(back->actors[a].states[k].velocity_mps, timeline.actors[a].states[k].velocity_mps);
    }
  }
  expect_truncations_fail(bytes, [](const auto& p) {
    return decode_timeline(p, "x").has_value();
  });
}

TEST(TimelineNpy, ActorsThatComeAndGoKeepTheirLives) {
  auto timeline = test::sample_timeline();
  world::Actor& actor = timeline.actors[1];
  actor.states.erase(actor.states.begin(), actor.states.begin() + 30);
  actor.states.resize(40);
  actor.first_step = 30;
  const auto back = decode_timeline(encode_timeline(timeline), "timeline.npy");
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(back->end_ns, timeline.end_ns);
  EXPECT_EQ(back->actors[0].first_step, 0);
  EXPECT_EQ(back->actors[1].first_step, 30);
  ASSERT_EQ(back->actors[1].states.size(), 40u);
  EXPECT_EQ(back->actors[1].states[0].T_world_actor, actor.states[0].T_world_actor);
  EXPECT_EQ(back->actors[1].end_ns(), 690'000'000);
}

TEST(TimelineNpy, HugeShapeIsRefused) {
  std::string bytes = encode_timeline(test::sample_timeline());
  const auto at = bytes.find("(5, 101), }");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 24, "(99999999999, 99999999) }");
  EXPECT_FALSE(decode_timeline(bytes, "x"));
}

TEST(ClipInfoJson, RoundTrip) {
  auto info = test::sample_info();
  info.statics = {{core::InstanceId(65535), "road.1", core::ClassId(2)}};
  info.identity.seed = 0xffffffffffffffffull;
  info.signals = {
      {"s1", {{0, world::SignalState::kRed}, {3'000'000'000, world::SignalState::kGreen}}}};
  const auto back = decode_clip_info(encode_clip_info(info), "clip.json");
  ASSERT_TRUE(back) << core::to_string(back.error());
  EXPECT_EQ(encode_clip_info(*back), encode_clip_info(info));
  EXPECT_EQ(back->identity, info.identity);
  EXPECT_EQ(back->parameters, info.parameters);
  EXPECT_EQ(back->site, info.site);
  EXPECT_EQ(back->actors, info.actors);
  EXPECT_EQ(back->statics, info.statics);
  EXPECT_EQ(back->events, info.events);
  EXPECT_EQ(back->signals, info.signals);
  EXPECT_EQ(back->facts, info.facts);
  EXPECT_EQ(back->facts.encounters.size(), 1u);
  EXPECT_EQ(back->T_map_world, info.T_map_world);
}

}  // namespace
}  // namespace oddroad::dataset
