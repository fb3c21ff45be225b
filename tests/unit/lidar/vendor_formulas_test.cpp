// Points by the formulas of the makers, a second way to each ray.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "sensors/lidar/model_file.h"
#include "sensors/lidar/shot_pattern.h"
#include "tests/unit/lidar/beam_rows.h"

namespace oddroad {
namespace {

using lidar::LidarModel;
using lidar::Shot;
using math::Vec3d;
using tests::BeamRow;
using tests::cell;

constexpr double kDegree = M_PI / 180;

LidarModel load(const std::string& name) {
  const auto model = lidar::load_lidar_model(name, {{ODDROAD_SOURCE_DIR}});
  EXPECT_TRUE(model.has_value()) << core::to_string(model.error());
  return *model;
}

std::vector<BeamRow> rings(const std::string& table) {
  auto rows = tests::beam_rows(table);
  std::stable_sort(rows.begin(), rows.end(), [](const BeamRow& a, const BeamRow& b) {
    return cell(a, "elevation_deg") < cell(b, "elevation_deg");
  });
  return rows;
}

Vec3d along(const Shot& shot, double distance_m) {
  return Vec3d(shot.origin) + Vec3d(shot.direction) * distance_m;
}

// Ouster's sensor documentation, "Lidar Range to XYZ": the LiDAR frame looks to the connector, its
// x axis is our -x.
TEST(VendorFormulas, OusterXyz) {
  for (const char* name : {"ouster_os0_128", "ouster_os1_128_rev7", "ouster_os2_128"}) {
    for (const std::uint32_t columns : {512u, 1024u, 2048u}) {
      LidarModel model = load(name);
      model.columns = columns;
      const auto rows = rings(std::string(name) + ".csv");
      const lidar::ShotPattern pattern(model.scan(), model.beams);
      std::vector<Shot> room;
      double worst_m = 0;
      for (const Shot& shot : pattern.shots(0, room)) {
        const BeamRow& row = rows[shot.ring];
        const double n = cell(row, "forward_offset_m");
        EXPECT_GT(n, 0.01);
        const double r = 40;
        const double encoder = 2 * M_PI * (1 - double(shot.column) / columns);
        const double azimuth = -2 * M_PI * cell(row, "azimuth_offset_deg") / 360;
        const double phi = cell(row, "elevation_deg") * kDegree;
        const Vec3d p((r - n) * std::cos(encoder + azimuth) * std::cos(phi) + n * std::cos(encoder),
                      (r - n) * std::sin(encoder + azimuth) * std::cos(phi) + n * std::sin(encoder),
                      (r - n) * std::sin(phi));
        const Vec3d ours = along(shot, r - n);
        worst_m = std::max(worst_m, glm::length(Vec3d(-p.x, -p.y, p.z) - ours));
      }
      EXPECT_LT(worst_m, 2e-5) << name << " " << columns;
    }
  }
}

// Destaggering by the shifts of Ouster's metadata, or by the azimuth offsets, is the same up to a
// constant and rounding.
TEST(VendorFormulas, OusterPixelShifts) {
  struct Case {
    const char* table;
    double columns;  // of the mode the metadata was made in
  };
  for (const auto& [table, columns] : std::vector<Case>{{"ouster_os0_128", 1024},
                                                        {"ouster_os0_128_rev7", 512},
                                                        {"ouster_os1_64", 1024},
                                                        {"ouster_os1_64_ah", 1024},
                                                        {"ouster_os1_128", 1024},
                                                        {"ouster_os1_128_rev7", 1024},
                                                        {"ouster_os2_128", 1024},
                                                        {"ouster_os2_128_rev7", 512},
                                                        {"ouster_os1_32_gradient", 1024}}) {
    double least = 1e9, most = -1e9;
    for (const BeamRow& row : tests::beam_rows(std::string(table) + ".csv")) {
      const double ours = cell(row, "azimuth_offset_deg") * columns / 360;
      least = std::min(least, cell(row, "pixel_shift") - ours);
      most = std::max(most, cell(row, "pixel_shift") - ours);
    }
    EXPECT_LT(most - least, 1.5) << table;
  }
}

// ros-drivers/velodyne and the HDL-64E manual: a rotational correction that is taken off the
// clockwise azimuth, lever arms across and along; x right, y forward there.
TEST(VendorFormulas, VelodyneXyz) {
  for (const char* name : {"velodyne_hdl64e_s2", "velodyne_hdl64e_s3", "velodyne_vlp16",
                           "velodyne_vlp32c", "velodyne_vls128"}) {
    const LidarModel model = load(name);
    const auto rows = rings(std::string(name) + ".csv");
    const lidar::ShotPattern pattern(model.scan(), model.beams);
    std::vector<Shot> room;
    double worst_m = 0;
    for (const Shot& shot : pattern.shots(0, room)) {
      const BeamRow& row = rows[shot.ring];
      const double distance = 30;
      const double rotation = 2 * M_PI * double(shot.offset_ns) / 1e8 + M_PI;  // from the rear
      const double a = rotation - cell(row, "azimuth_offset_deg") * kDegree;
      const double e = cell(row, "elevation_deg") * kDegree;
      const double v = cell(row, "vert_offset_m"), h = cell(row, "horiz_offset_m");
      const double flat = distance * std::cos(e) - v * std::sin(e);
      const double right = flat * std::sin(a) - h * std::cos(a);
      const double forward = flat * std::cos(a) + h * std::sin(a);
      const double up = distance * std::sin(e) + v * std::cos(e);
      worst_m = std::max(worst_m, glm::length(Vec3d(forward, -right, up) - along(shot, distance)));
    }
    EXPECT_LT(worst_m, 2e-5) << name;
  }
}

// Hesai's manuals: azimuth of the block, plus the correction, plus what the head turns until the
// channel fires; clockwise from y, x right.
TEST(VendorFormulas, HesaiXyz) {
  for (const char* name : {"hesai_pandar64", "hesai_qt64", "hesai_xt32_unit", "hesai_jt128"}) {
    const LidarModel model = load(name);
    const auto rows = rings(std::string(name) + ".csv");
    double earliest = 1e9;
    for (const BeamRow& row : rows) earliest = std::min(earliest, cell(row, "fire_time_us"));
    const lidar::ShotPattern pattern(model.scan(), model.beams);
    std::vector<Shot> room;
    double worst_m = 0;
    for (const Shot& shot : pattern.shots(0, room)) {
      const BeamRow& row = rows[shot.ring];
      const double block = 180 + 360.0 * shot.column / pattern.scan().columns;
      const double azimuth = block + cell(row, "azimuth_offset_deg") +
                             3600e-6 * (cell(row, "fire_time_us") - earliest);
      const double e = cell(row, "elevation_deg") * kDegree, a = azimuth * kDegree;
      const Vec3d p(30 * std::cos(e) * std::sin(a), 30 * std::cos(e) * std::cos(a),
                    30 * std::sin(e));
      worst_m = std::max(worst_m, glm::length(Vec3d(p.y, -p.x, p.z) - along(shot, 30)));
    }
    EXPECT_LT(worst_m, 2e-5) << name;
  }
}

}  // namespace
}  // namespace oddroad
