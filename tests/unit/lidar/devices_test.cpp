// Every device against its own table: the angles come back out of the real shots.
#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "engine/core/yaml.h"
#include "sensors/lidar/model_file.h"
#include "sensors/lidar/shot_pattern.h"
#include "tests/unit/lidar/beam_rows.h"

namespace oddroad {
namespace {

using lidar::LidarModel;
using lidar::Shot;
using tests::BeamRow;
using tests::cell;

constexpr double kDegree = M_PI / 180;

core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}

LidarModel load(const std::string& name) {
  const auto model = lidar::load_lidar_model(name, roots());
  EXPECT_TRUE(model.has_value()) << core::to_string(model.error());
  return model ? *model : LidarModel{};
}

std::string setting(const std::string& name, const std::string& key) {
  const auto root =
      core::load_yaml(std::string(ODDROAD_SOURCE_DIR) + "/assets/lidar/" + name + ".yaml");
  EXPECT_TRUE(root.has_value());
  return root && root->find(key) ? root->find(key)->text() : "";
}

// Rows in order of elevation: row r is ring r.
std::vector<BeamRow> rings(const std::string& name) {
  auto rows = tests::beam_rows(setting(name, "table"));
  std::stable_sort(rows.begin(), rows.end(), [](const BeamRow& a, const BeamRow& b) {
    return cell(a, "elevation_deg") < cell(b, "elevation_deg");
  });
  return rows;
}

bool begins(const std::string& text, const std::string& with) {
  return text.compare(0, with.size(), with) == 0;
}

class Device : public testing::TestWithParam<std::string> {};

TEST_P(Device, ShotsLeaveAtTheAnglesOfTheTable) {
  const LidarModel model = load(GetParam());
  if (!model.rotors.empty()) GTEST_SKIP() << "aimed by rotors, see RosetteTest";
  const auto rows = rings(GetParam());
  // Velodyne's driver subtracts from a clockwise azimuth; Hesai and Ouster add to one.
  const double sense = begins(GetParam(), "hesai") || begins(GetParam(), "ouster") ? -1 : 1;
  const lidar::ShotPattern pattern(model.scan(), model.beams);
  std::vector<Shot> room;
  double worst_deg = 0;
  for (const Shot& shot : pattern.shots(0, room)) {
    ASSERT_LT(shot.ring, rows.size());
    const double share = double(shot.offset_ns) / double(pattern.scan().sweep_ns);
    const double head = model.turn_rad / 2 - model.turn_rad * share;
    const math::Vec3d d(shot.direction);
    const double azimuth = math::wrap_angle(std::atan2(d.y, d.x) - head) / kDegree;
    const double elevation = std::atan2(d.z, std::hypot(d.x, d.y)) / kDegree;
    const double off = azimuth - sense * cell(rows[shot.ring], "azimuth_offset_deg");
    worst_deg = std::max({worst_deg, std::abs(math::wrap_angle(off * kDegree)) / kDegree,
                          std::abs(elevation - cell(rows[shot.ring], "elevation_deg"))});
  }
  EXPECT_LT(worst_deg, 1e-4);
}

TEST_P(Device, ShotsAreNamedOnceAndComeInTime) {
  const LidarModel model = load(GetParam());
  const lidar::ShotPattern pattern(model.scan(), model.beams);
  const auto& scan = pattern.scan();
  std::vector<Shot> room;
  std::set<std::pair<std::uint32_t, std::uint16_t>> names;
  for (const Shot& shot : pattern.shots(0, room)) {
    EXPECT_TRUE(names.emplace(shot.column, shot.ring).second);
    EXPECT_LT(shot.column, scan.columns);
    EXPECT_GE(shot.offset_ns, scan.column_ns(shot.column));
    EXPECT_LE(shot.offset_ns, scan.begin_ns + scan.columns_ns);
  }
  EXPECT_EQ(names.size(), pattern.size());
}

TEST_P(Device, HasPlausibleNumbers) {
  const LidarModel model = load(GetParam());
  EXPECT_EQ(model.name, GetParam());
  EXPECT_TRUE(model.rates.contains(10));
  EXPECT_GE(model.range_max_m, model.range_10_m);
  EXPECT_GE(model.optics.pulse_ns, 3);
  EXPECT_LE(model.optics.pulse_ns, 10);
  EXPECT_FALSE(model.return_modes.empty());
  EXPECT_EQ(model.returns_max > 1, std::count(model.return_modes.begin(), model.return_modes.end(),
                                              lidar::ReturnMode::kDual) > 0);
}

INSTANTIATE_TEST_SUITE_P(All, Device, testing::ValuesIn(lidar::lidar_model_names(roots())),
                         [](const auto& device) {
                           return device.param;
                         });

TEST(Devices, FireAsManyShotsASecondAsTheDataSheetsSay) {
  struct Expected {
    const char* name;
    double per_s;
    double within;
  };
  // Velodyne's data sheets round; the firing cycles are those of the manuals.
  for (const auto& [name, per_s, within] :
       std::vector<Expected>{{"velodyne_vlp16", 300'000, 0.04},
                             {"velodyne_vlp16_hires", 300'000, 0.04},
                             {"velodyne_hdl32e", 695'000, 0.002},
                             {"velodyne_vlp32c", 600'000, 0.04},
                             {"velodyne_hdl64e_s2", 1'333'000, 0.001},
                             {"velodyne_hdl64e_s3", 1'111'000, 0.001},
                             {"velodyne_vls128", 2'400'000, 0.001},
                             {"hesai_pandar40p", 720'000, 0},
                             {"hesai_pandar64", 1'152'000, 0},
                             {"hesai_xt16", 320'000, 0},
                             {"hesai_xt32", 640'000, 0},
                             {"hesai_xt32m", 640'000, 0},
                             {"hesai_qt64", 384'000, 0},
                             {"hesai_qt128", 864'000, 0},
                             {"hesai_pandar128e3x", 2'304'000, 0},
                             {"hesai_pandar128e3x_highres", 3'456'000, 0},
                             {"hesai_ot128", 2'304'000, 0},
                             {"hesai_ot128_highres", 3'456'000, 0.021},
                             {"hesai_at128", 1'536'000, 0},
                             {"hesai_jt128", 1'152'000, 0},
                             {"ouster_os0_128", 1'310'720, 0},
                             {"ouster_os1_64", 655'360, 0},
                             {"ouster_os1_32_gradient", 327'680, 0},
                             {"livox_mid40", 100'000, 0},
                             {"livox_avia_like", 240'000, 0},
                             {"livox_hap_like", 452'000, 0},
                             {"waymo_like_top", 1'696'000, 0},
                             {"waymo_like_short", 1'200'000, 0}}) {
    const LidarModel model = load(name);
    const lidar::ShotPattern pattern(model.scan(), model.beams);
    EXPECT_NEAR(double(pattern.size()) * model.rate_hz, per_s, within * per_s + 1e-6) << name;
  }
}

TEST(Devices, Ot128InHighResolutionFiresTheMiddleInEveryColumn) {
  const LidarModel model = load("hesai_ot128_highres");
  const auto rows = rings("hesai_ot128_highres");
  EXPECT_EQ(model.scan().columns, 3600u);
  const lidar::ShotPattern pattern(model.scan(), model.beams);
  std::vector<Shot> room;
  std::vector<std::array<int, 2>> fired(rows.size());
  const std::string column[2] = {"fire_time_us_highres_az0", "fire_time_us_highres_az1"};
  for (const Shot& shot : pattern.shots(0, room)) {
    const int state = static_cast<int>(shot.column % 2);
    ++fired[shot.ring][state];
    // The earliest of the table is at 0 already.
    EXPECT_NEAR(double(shot.offset_ns - pattern.scan().column_ns(shot.column)),
                1000 * cell(rows[shot.ring], column[state]), 0.5);
  }
  int both = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (int state = 0; state < 2; ++state) {
      EXPECT_EQ(fired[r][state], rows[r].at(column[state]).empty() ? 0 : 1800) << r;
    }
    if (fired[r][0] > 0 && fired[r][1] > 0) {
      ++both;
      EXPECT_LT(std::abs(cell(rows[r], "elevation_deg")), 8);
    }
  }
  EXPECT_EQ(both, 68);
}

TEST(Devices, At128FiresForwardOnly) {
  const LidarModel model = load("hesai_at128");
  const lidar::ShotPattern pattern(model.scan(), model.beams);
  EXPECT_EQ(pattern.scan().columns, 1200u);
  EXPECT_EQ(pattern.scan().begin_ns, 25'000'000);
  std::vector<Shot> room;
  double first = 0, last = 0;
  for (const Shot& shot : pattern.shots(0, room)) {
    const double azimuth = std::atan2(shot.direction.y, shot.direction.x) / kDegree;
    EXPECT_LT(std::abs(azimuth), 60 + 2.5);
    if (shot.column == 0) first = azimuth;
    if (shot.column == 1199) last = azimuth;
  }
  EXPECT_GT(first, 57);
  EXPECT_LT(last, -57);
}

}  // namespace
}  // namespace oddroad
