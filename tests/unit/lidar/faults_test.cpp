// One fault of each kind shows, and is recorded.
#include "engine/core/yaml.h"
#include "sensors/lidar/fault_settings.h"
#include "sensors/lidar/lidar_settings.h"
#include "tests/unit/lidar/sweeps.h"

namespace oddroad {
namespace {

using capture::PointCause;
using capture::RayEnd;

tests::TestWorld room() {
  tests::TestWorld world;
  world.add_static("sphere", tests::model_of(tests::sphere_mesh(15), tests::matt(0.3f)));
  return world;
}

lidar::LidarSettings with(lidar::FaultSettings fault) {
  lidar::Effects effects = lidar::Effects::none();
  effects.detection = true;
  auto settings = tests::device("velodyne_hdl64e_s2", effects);
  settings.faults.push_back(std::move(fault));
  return settings;
}

std::size_t ended(const capture::LidarRays& rays, RayEnd end) {
  std::size_t n = 0;
  for (const auto e : rays.end) n += e == static_cast<std::uint8_t>(end) ? 1 : 0;
  return n;
}

TEST(Faults, DirtBlocksItsPatchAndNothingElse) {
  lidar::FaultSettings dirt;
  dirt.azimuth_rad = 0.5;
  dirt.elevation_rad = -0.15;
  dirt.width_rad = 0.6;
  dirt.height_rad = 0.5;
  dirt.transmission = 0;
  const auto sweep = tests::swept(room(), with(dirt));
  EXPECT_GT(ended(sweep.rays, RayEnd::kBlocked), 1000u);
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    const double azimuth = std::atan2(sweep.cloud.y_m[i], sweep.cloud.x_m[i]);
    const double elevation = std::asin(sweep.cloud.z_m[i] / sweep.cloud.range_m[i]);
    // Half a beam (12 mm at 5 cm) is soft, and lasers sit off the middle.
    EXPECT_FALSE(std::abs(azimuth - 0.5) < 0.3 - 0.15 && std::abs(elevation + 0.15) < 0.25 - 0.15);
  }
  const lidar::Scanner scanner(with(dirt));
  ASSERT_EQ(scanner.faults_at(0).size(), 1u);
  EXPECT_EQ(scanner.faults_at(0)[0].type, "dirt");
  EXPECT_EQ(scanner.faults_at(0)[0].parameters.at("width_rad"), 0.6);
}

TEST(Faults, MissingRingsAreDead) {
  lidar::FaultSettings missing;
  missing.type = lidar::FaultType::kMissingRings;
  missing.rings = {5, 40};
  const auto sweep = tests::swept(room(), with(missing));
  const auto per_ring = sweep.rays.size() / 64;
  EXPECT_EQ(ended(sweep.rays, RayEnd::kDead), 2 * per_ring);
  for (const auto ring : sweep.cloud.ring) EXPECT_TRUE(ring != 5 && ring != 40);
}

TEST(Faults, MisalignedDeviceSeesTheWorldTurned) {
  lidar::FaultSettings turned;
  turned.type = lidar::FaultType::kMisaligned;
  turned.yaw_rad = 0.02;
  tests::TestWorld world;
  world.add_static("wall", tests::model_of(tests::wall_mesh(20), tests::matt(0.5f)));
  const auto sweep = tests::swept(world, with(turned));
  ASSERT_GT(sweep.cloud.size(), 1000u);
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    const double x = std::cos(0.02) * sweep.cloud.x_m[i] - std::sin(0.02) * sweep.cloud.y_m[i];
    EXPECT_NEAR(x, 20, 1e-3);
  }
}

TEST(Faults, InterferenceComesAtItsShare) {
  lidar::FaultSettings other;
  other.type = lidar::FaultType::kInterference;
  other.share = 0.01;
  const tests::TestWorld sky;
  const auto sweep = tests::swept(sky, with(other));
  const double n = static_cast<double>(sweep.rays.size());
  const auto crossed = static_cast<double>(tests::count_of(sweep.cloud, PointCause::kCrosstalk));
  EXPECT_NEAR(crossed / n, 0.01, 5 * std::sqrt(0.01 / n));
}

TEST(Faults, EndWithTheirTime) {
  lidar::FaultSettings missing;
  missing.type = lidar::FaultType::kMissingRings;
  missing.rings = {5};
  missing.to_ns = tests::kSweepStampNs;
  EXPECT_EQ(ended(tests::swept(room(), with(missing)).rays, RayEnd::kDead), 0u);
}

TEST(Body, TakesTheBeamsThatMeetItAndNoOthers) {
  // The ego's box reaches to z = 1 under a device at 1.2.
  const math::Pose mount{{1, 0, 0, 0}, {1, 0, 1.2}};
  auto settings = tests::device("velodyne_hdl64e_s2");
  const auto open = tests::swept(room(), settings, mount);
  settings.ego_body = capture::EgoBody::kMasked;
  const auto masked = tests::swept(room(), settings, mount);
  EXPECT_EQ(ended(open.rays, RayEnd::kBlocked), 0u);
  const std::size_t blocked = ended(masked.rays, RayEnd::kBlocked);
  EXPECT_GT(blocked, 5000u);
  EXPECT_EQ(open.cloud.size(), masked.cloud.size() + blocked);
  for (std::size_t i = 0; i < masked.rays.size(); ++i) {
    if (masked.rays.end[i] == static_cast<std::uint8_t>(RayEnd::kBlocked)) {
      EXPECT_EQ(masked.rays.range_m[i], 0);
    }
  }
}

TEST(Body, AnswersWhereItIsRecorded) {
  const math::Pose mount{{1, 0, 0, 0}, {1, 0, 1.2}};
  auto settings = tests::device("ouster_os1_128");
  settings.model.range_min_m = 0;
  const auto open = tests::swept(room(), settings, mount);
  settings.ego_body = capture::EgoBody::kMasked;
  const auto masked = tests::swept(room(), settings, mount);
  settings.ego_body = capture::EgoBody::kRecorded;
  const auto sweep = tests::swept(room(), settings, mount);

  // Every shot that a mask loses answers from the box, every other one as without it.
  const std::size_t own = tests::count_of(sweep.cloud, PointCause::kEgo);
  EXPECT_GT(own, 5000u);
  EXPECT_EQ(own, ended(masked.rays, RayEnd::kBlocked));
  ASSERT_EQ(sweep.cloud.size(), open.cloud.size());
  for (std::size_t i = 0; i < sweep.cloud.size(); ++i) {
    if (sweep.cloud.cause[i] != static_cast<std::uint8_t>(PointCause::kEgo)) {
      EXPECT_EQ(sweep.cloud.range_m[i], open.cloud.range_m[i]);
      EXPECT_NE(sweep.cloud.instance[i], 1);
      continue;
    }
    EXPECT_EQ(sweep.cloud.instance[i], 1);
    // Its roof is level, 0.2 m below the device, and ends 2 m before, behind and 1 m beside it.
    EXPECT_NEAR(sweep.cloud.z_m[i], -0.2, 1e-5);
    EXPECT_LE(std::abs(sweep.cloud.x_m[i]), 2 + 1e-5);
    EXPECT_LE(std::abs(sweep.cloud.y_m[i]), 1 + 1e-5);
  }
}

TEST(Body, NearerThanTheDeviceReportsIsOutOfRange) {
  const math::Pose mount{{1, 0, 0, 0}, {1, 0, 1.2}};
  auto settings = tests::device("velodyne_hdl64e_s2");  // from 0.9 m
  settings.ego_body = capture::EgoBody::kRecorded;
  const auto sweep = tests::swept(room(), settings, mount);
  EXPECT_GT(ended(sweep.rays, RayEnd::kOutOfRange), 1000u);
  EXPECT_GT(tests::count_of(sweep.cloud, PointCause::kEgo), 1000u);
  for (const float range : sweep.cloud.range_m) EXPECT_GE(range, 0.9f);
}

core::Result<lidar::LidarSettings> parse(const std::string& text) {
  const auto node = core::parse_yaml(text, "rig.yaml");
  EXPECT_TRUE(node.has_value());
  return lidar::parse_lidar_settings(*node, {{ODDROAD_SOURCE_DIR}});
}

TEST(Settings, EverythingThatCanBeSaid) {
  const auto s = parse(R"(
model: velodyne_vls128
returns: dual
effects: {air: false, noise: false}
rain_law: goodin
fog_law: hahner
faults:
  - {type: dirt, azimuth: 20 deg, width: 30 deg, height: 20 deg, transmission: 30 %}
  - {type: missing_rings, rings: [3, 17], from: 1 s, to: 2 s}
)");
  ASSERT_TRUE(s.has_value()) << core::to_string(s.error());
  EXPECT_EQ(s->returns, lidar::ReturnMode::kDual);
  EXPECT_FALSE(s->effects.air);
  EXPECT_TRUE(s->effects.glass);
  EXPECT_EQ(s->laws.rain, lidar::RainLaw::kGoodin);
  EXPECT_EQ(s->laws.fog, lidar::FogLaw::kHahner);
  ASSERT_EQ(s->faults.size(), 2u);
  EXPECT_NEAR(s->faults[0].transmission, 0.3, 1e-12);
  EXPECT_EQ(s->faults[1].rings, (std::vector<int>{3, 17}));
  EXPECT_EQ(parse("{model: velodyne_vls128, effects: none}")->effects, lidar::Effects::none());
}

TEST(Settings, AllMistakesAtOnceWithTheirPlace) {
  const auto s = parse(R"(
model: velodyne_vls128
returns: first
effects: {airr: false}
rain_law: gooddin
faults:
  - {type: dirt, width: 30 m}
  - {type: missing_rings, rings: [a]}
  - {typ: dirt}
)");
  ASSERT_FALSE(s.has_value());
  std::vector<int> lines;
  for (const auto& item : s.error().items()) lines.push_back(item.where.line);
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  EXPECT_EQ(lines, (std::vector<int>{3, 4, 5, 7, 8, 9})) << core::to_string(s.error());
}

}  // namespace
}  // namespace oddroad
