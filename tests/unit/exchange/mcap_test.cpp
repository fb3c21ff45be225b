// The bytes of MCAP files and of their messages. tests/integration/check_mcap.py reads whole files
// and plants mistakes; here is what a rendered clip does not have.
#include <cmath>
#include <csignal>
#include <cstring>

#include <sys/resource.h>
#include <zstd.h>

#include "engine/exchange/foxglove_messages.h"
#include "engine/exchange/foxglove_schemas.h"
#include "engine/exchange/mcap_messages.h"
#include "engine/exchange/motion_messages.h"
#include "engine/exchange/protobuf.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

std::string bytes(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) out += static_cast<char>(value);
  return out;
}

// Examples of protobuf.dev/programming-guides/encoding.
TEST(Protobuf, BytesAreThoseOfTheEncodingGuide) {
  EXPECT_EQ(Protobuf().varint(1, 150).bytes(), bytes({0x08, 0x96, 0x01}));
  EXPECT_EQ(Protobuf().text(2, "testing").bytes(), bytes({0x12, 0x07}) + "testing");
  EXPECT_EQ(Protobuf().message(3, Protobuf().varint(1, 150)).bytes(),
            bytes({0x1a, 0x03, 0x08, 0x96, 0x01}));
  EXPECT_EQ(Protobuf().fixed32(4, 0x01020304).bytes(), bytes({0x25, 4, 3, 2, 1}));
  EXPECT_EQ(Protobuf().number(1, 1).bytes(), bytes({0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f}));
  EXPECT_EQ(Protobuf().numbers(6, {0, 1}).bytes(),
            bytes({0x32, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f}));
  EXPECT_EQ(Protobuf().varint(16, 1).bytes(), bytes({0x80, 0x01, 0x01})) << "two bytes of key";
}

TEST(Protobuf, WhatIsTakenAsGivenIsLeftOutButForElementsOfLists) {
  EXPECT_EQ(Protobuf().varint(1, 0).fixed32(2, 0).number(3, 0).text(4, "").numbers(5, {}).bytes(),
            "");
  EXPECT_EQ(Protobuf().number(3, -0.0).bytes().size(), 9u);
  EXPECT_EQ(Protobuf().message(1, {}).element(2, "").bytes(), bytes({0x0a, 0, 0x12, 0}));
}

// Fields of a message: number to the raw values, whatever their type.
std::map<int, std::vector<std::string>> fields(const std::string& message) {
  std::map<int, std::vector<std::string>> out;
  std::size_t at = 0;
  const auto varint = [&] {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<std::uint8_t>(message.at(at++));
      value |= static_cast<std::uint64_t>(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.size()) {
    const auto key = varint();
    const auto wire = key & 7;
    if (wire == 0) {
      out[static_cast<int>(key >> 3)].push_back(std::to_string(varint()));
      continue;
    }
    const auto size = wire == 1 ? 8 : wire == 5 ? 4 : varint();
    out[static_cast<int>(key >> 3)].push_back(message.substr(at, size));
    at += size;
  }
  return out;
}

template <typename T>
std::vector<T> values(const std::string& raw) {
  std::vector<T> out(raw.size() / sizeof(T));
  std::memcpy(out.data(), raw.data(), out.size() * sizeof(T));
  return out;
}

capture::CameraCalibration camera_with(math::Lens lens) {
  capture::CameraCalibration out;
  out.name = "cam";
  out.camera = {640, 480, 300, 310, 320, 240, lens, {1, 2, 3, 4, 5, 6}, {7, 8}, 1.2};
  return out;
}

TEST(Foxglove, LensesHaveTheNamesAndOrdersOfOpencv) {
  const auto of = [](math::Lens lens) {
    return fields(foxglove::camera_calibration({1'500'000'000, "cam"}, camera_with(lens)));
  };
  auto pinhole = camera_with(math::Lens::kPinhole);
  pinhole.camera.radial = {};
  pinhole.camera.tangential = {};
  const auto plain = fields(foxglove::camera_calibration({0, "cam"}, pinhole));
  EXPECT_EQ(plain.at(4).front(), "plumb_bob");
  EXPECT_EQ(values<double>(plain.at(5).front()), std::vector<double>(5));
  auto brown = of(math::Lens::kBrownConrady);
  EXPECT_EQ(brown.at(4).front(), "rational_polynomial");
  EXPECT_EQ(values<double>(brown.at(5).front()), (std::vector<double>{1, 2, 7, 8, 3, 4, 5, 6}));
  auto fish = of(math::Lens::kKannalaBrandt);
  EXPECT_EQ(fish.at(4).front(), "kannala_brandt");
  EXPECT_EQ(values<double>(fish.at(5).front()), (std::vector<double>{1, 2, 3, 4}));
  EXPECT_EQ(values<double>(fish.at(6).front()),
            (std::vector<double>{300, 0, 319.5, 0, 310, 239.5, 0, 0, 1}));
  EXPECT_EQ(values<std::uint32_t>(fish.at(2).front()), (std::vector<std::uint32_t>{640}));
  EXPECT_EQ(fish.at(9).front(), "cam");
  EXPECT_EQ(fish.at(1).front(), bytes({0x08, 1, 0x10, 0x80, 0xca, 0xb5, 0xee, 0x01}))
      << "1 s and 500,000,000 ns";
}

TEST(Foxglove, DetectionsOfRadarsAreWhole) {
  capture::RadarDetection d;
  d.x_m = 1, d.y_m = 2, d.z_m = 3, d.velocity_mps = -4, d.velocity_compensated_mps = 5;
  d.rcs_dbsm = 6, d.snr_db = 7, d.time_offset_ns = -8, d.instance = 900, d.class_id = 13;
  d.cause = 2;
  const auto message = fields(foxglove::point_cloud({0, "radar"}, {d, d}));
  const auto stride = values<std::uint32_t>(message.at(4).front()).front();
  ASSERT_EQ(message.at(6).front().size(), 2 * stride);
  const std::string second = message.at(6).front().substr(stride);
  std::map<std::string, double> found;
  for (const std::string& one : message.at(5)) {
    auto element = fields(one);
    const auto offset =
        element.contains(2) ? values<std::uint32_t>(element.at(2).front()).front() : 0;
    const std::string rest = second.substr(offset);
    const std::string type = element.at(3).front();
    found[element.at(1).front()] = type == "7"   ? values<float>(rest).front()
                                   : type == "6" ? values<std::int32_t>(rest).front()
                                   : type == "3" ? values<std::uint16_t>(rest).front()
                                                 : values<std::uint8_t>(rest).front();
  }
  EXPECT_EQ(found, (std::map<std::string, double>{{"x", 1},
                                                  {"y", 2},
                                                  {"z", 3},
                                                  {"radial_velocity_mps", -4},
                                                  {"radial_velocity_compensated_mps", 5},
                                                  {"rcs_dbsm", 6},
                                                  {"snr_db", 7},
                                                  {"time_ns", -8},
                                                  {"instance", 900},
                                                  {"class", 13},
                                                  {"cause", 2}}));
}

TEST(Foxglove, FixesAreInDegreesWithWhatTheReceiverBelieves) {
  capture::GnssFix fix;
  fix.latitude_rad = 0.25 * M_PI, fix.longitude_rad = -0.5 * M_PI, fix.height_m = 120;
  fix.sigma_h_m = 2, fix.sigma_v_m = 3;
  fix.velocity_mps = {3, 4, 0};
  ASSERT_TRUE(foxglove::has_place(fix));
  const auto message = fields(foxglove::location_fix({1, "roof"}, fix));
  const auto number = [&](int field) {
    return values<double>(message.at(field).front()).front();
  };
  EXPECT_NEAR(number(1), 45, 1e-12);
  EXPECT_NEAR(number(2), -90, 1e-12);
  EXPECT_EQ(number(3), 120);
  EXPECT_EQ(values<double>(message.at(4).front()), (std::vector<double>{2, 0, 0, 0, 2, 0, 0, 0, 9}))
      << "2 m over two axes";
  EXPECT_NEAR(number(12), 5, 1e-12);
  EXPECT_NEAR(number(13), std::atan2(3, 4), 1e-12) << "clockwise from north";
  fix.latitude_rad = NAN;
  EXPECT_FALSE(foxglove::has_place(fix));
}

TEST(Foxglove, NavigationTellsVelocitiesInTheAxesOfTheSensor) {
  capture::NavigationCalibration ins;
  ins.name = "ins";
  ins.roll_pitch_rad = 0.1, ins.heading_rad = 0.2;
  capture::NavigationSample sample;
  sample.yaw_rad = 0.5 * M_PI;  // looks north
  sample.position_m = {1, 2, 3}, sample.velocity_mps = {0, 10, 0}, sample.rate_rps = {0, 0, 0.3};
  sample.sigma_position_m = 2, sample.sigma_velocity_mps = 0.5;
  const auto message = fields(foxglove::navigation({1, "map"}, ins, sample));
  EXPECT_EQ(message.at(2).front(), "map");
  EXPECT_EQ(message.at(3).front(), "ins");
  const auto velocity = fields(message.at(5).front());
  EXPECT_NEAR(values<double>(velocity.at(1).front()).front(), 10, 1e-12) << "ahead";
  const auto turn = fields(fields(message.at(4).front()).at(2).front());
  EXPECT_NEAR(values<double>(turn.at(3).front()).front(), std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(values<double>(turn.at(4).front()).front(), std::sqrt(0.5), 1e-12);
  const auto p = values<double>(message.at(7).front());
  const std::vector<double> want = {4, 4, 4, 0.01, 0.01, 0.04};
  for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR(p[7 * k], want[k], 1e-12) << k;
  EXPECT_EQ(p.size(), 36u);
  EXPECT_EQ(values<double>(message.at(8).front())[7], 0.25);
}

TEST(Foxglove, WheelsTurnByTheirTicks) {
  capture::OdometryCalibration wheels;
  wheels.ticks_per_turn = 100;
  capture::OdometrySample sample;
  sample.ticks_fl = 50, sample.ticks_rr = 200, sample.steer_rad = -0.1, sample.speed_mps = 12;
  const auto message = fields(foxglove::wheels({1, "ego"}, wheels, sample));
  EXPECT_EQ(message.at(2).front(), "front_left");
  EXPECT_EQ(message.at(2).size(), 5u);
  const auto turned = values<double>(message.at(3).front());
  ASSERT_EQ(turned.size(), 5u);
  EXPECT_NEAR(turned[0], M_PI, 1e-12);
  EXPECT_NEAR(turned[3], 4 * M_PI, 1e-12);
  EXPECT_EQ(turned[4], -0.1);
}

TEST(Mcap, CapturesStandInTheOrderOfTime) {
  const std::vector<ClipSensor> sensors = {
      {SensorKind::kCamera, "a", {}, 0, {{0, 100}, {1, 200}}},
      {SensorKind::kLidar, "b", {}, 0, {{0, 100}, {1, 150}, {2, 250}}}};
  std::vector<std::array<std::size_t, 4>> found;
  for (const McapCapture& one : captures_by_time(sensors)) {
    found.push_back({one.sensor, one.k, one.instant, one.first});
  }
  EXPECT_EQ(found, (std::vector<std::array<std::size_t, 4>>{
                       {0, 0, 0, 1}, {1, 0, 0, 0}, {1, 1, 1, 1}, {0, 1, 2, 1}, {1, 2, 3, 1}}));
}

TEST(Mcap, IndexesLeadToTheirMessages) {
  const std::vector<mcap::Message> messages = {
      {1, 0, 10, "one"}, {2, 0, 10, std::string(5000, 'x')}, {1, 1, 11, "three"}};
  const mcap::Chunk chunk = mcap::make_chunk(messages);
  EXPECT_EQ(chunk.start_ns, 10);
  EXPECT_EQ(chunk.end_ns, 11);
  EXPECT_LT(chunk.compressed_bytes, 500u) << "compressed";
  std::string content(chunk.uncompressed_bytes, '\0');
  ASSERT_EQ(ZSTD_decompress(content.data(), content.size(),
                            chunk.bytes.data() + chunk.chunk_bytes - chunk.compressed_bytes,
                            chunk.compressed_bytes),
            content.size());
  const std::string index(chunk.bytes.substr(chunk.index_offsets.at(1)));
  EXPECT_EQ(index.front(), 7);
  const auto pairs = values<std::uint64_t>(index.substr(9 + 2 + 4, 32));
  ASSERT_EQ(pairs[0], 10u);
  ASSERT_EQ(pairs[2], 11u);
  EXPECT_EQ(content.substr(pairs[1] + 9 + 22, 3), "one");
  EXPECT_EQ(content.substr(pairs[3] + 9 + 22), "three");
  EXPECT_EQ(chunk.messages, (std::map<std::uint16_t, std::uint64_t>{{1, 2}, {2, 1}}));
}

// Of files that grow over a whole clip: a limit on their size stands for a full disk.
TEST(Mcap, AFullDiskIsToldAndLeavesNothing) {
  const test::TemporaryFolder folder;
  const fs::path out = folder.path() / "out";
  const fs::path& set = test::sample_set(2);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  for (const char* name : {"mcap", "openlabel", "exr"}) {
    const rlimit small{5000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const auto done = export_dataset(set, test::format_named(name), out);
    setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_FALSE(done) << name;
    EXPECT_EQ(done.error().kind, ExportError::Kind::kCannotWrite) << name;
    EXPECT_TRUE(fs::is_empty(folder.path())) << name;
  }
}

TEST(Mcap, ASensorMayNotHaveTheNameOfAFrame) {
  const test::TemporaryFolder folder;
  const fs::path set = folder.path() / "set";
  ASSERT_TRUE(dataset::open_for_writing(set, test::sample_header()));
  auto rig = test::sample_calibration();
  rig.cameras = {rig.cameras.front()};
  rig.cameras.front().name = "map";
  rig.lidars.clear();
  {
    auto writer = dataset::ClipWriter::create(set, test::sample_info(), rig, {"x: y\n", {}},
                                              test::sample_timeline());
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write(test::sample_camera_frame(rig.cameras.front(), 0, 200'000'000)));
    ASSERT_TRUE(writer->commit());
  }
  const auto done = export_dataset(set, test::format_named("mcap"), folder.path() / "out");
  ASSERT_FALSE(done);
  EXPECT_NE(core::to_string(done.error().why).find("the sensor 'map' has the name of another"),
            std::string::npos)
      << core::to_string(done.error().why);
  EXPECT_FALSE(fs::exists(folder.path() / "out"));
}

}  // namespace
}  // namespace oddroad::exchange
