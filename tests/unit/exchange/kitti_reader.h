// A reader of the KITTI object layout that shares nothing with the exporter: written from the
// format's description, the way development kits read it (calibration by line number, labels by
// column, occluded as an integer).
#pragma once

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace oddroad::test {

struct KittiRow {
  char type[32] = {};
  double truncated = 0;
  int occluded = 0;
  double alpha = 0, left = 0, top = 0, right = 0, bottom = 0;
  double h = 0, w = 0, l = 0, x = 0, y = 0, z = 0, ry = 0;
  [[nodiscard]] bool is(const char* name) const { return std::strcmp(type, name) == 0; }
};

using Point3 = std::array<double, 3>;

// A 3x4 or 3x3 matrix of the calibration file.
struct KittiMatrix {
  std::string key;
  std::vector<double> values;
  [[nodiscard]] Point3 operator()(const Point3& p) const {
    const std::size_t columns = values.size() / 3;
    Point3 out{};
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t c = 0; c < 3; ++c) out[r] += values[r * columns + c] * p[c];
      if (columns == 4) out[r] += values[r * 4 + 3];
    }
    return out;
  }
};

struct KittiFrame {
  std::vector<KittiRow> rows;
  std::vector<KittiMatrix> calibration;  // P0 P1 P2 P3 R0_rect Tr_velo_to_cam Tr_imu_to_velo
  std::vector<std::array<float, 4>> points;

  [[nodiscard]] Point3 velo_to_rect(const Point3& p) const {
    return calibration[4](calibration[5](p));
  }
  // Pixel in image k of a point in the rectified camera 0 frame.
  [[nodiscard]] std::array<double, 2> project(std::size_t k, const Point3& rect) const {
    const Point3 h = calibration[k](rect);
    return {h[0] / h[2], h[1] / h[2]};
  }
};

// The eight corners by the development kit's formula.
inline std::array<Point3, 8> kitti_corners(const KittiRow& row) {
  std::array<Point3, 8> out{};
  for (std::size_t i = 0; i < 8; ++i) {
    const double x = ((i & 1) ? 0.5 : -0.5) * row.l;
    const double y = (i & 4) ? -row.h : 0;
    const double z = ((i & 2) ? 0.5 : -0.5) * row.w;
    out[i] = {std::cos(row.ry) * x + std::sin(row.ry) * z + row.x, y + row.y,
              -std::sin(row.ry) * x + std::cos(row.ry) * z + row.z};
  }
  return out;
}

// False if anything is not as the format says.
inline bool read_kitti_frame(const std::filesystem::path& training, const std::string& name,
                             KittiFrame& out) {
  std::ifstream labels(training / "label_2" / (name + ".txt"));
  std::ifstream calib(training / "calib" / (name + ".txt"));
  std::ifstream velodyne(training / "velodyne" / (name + ".bin"), std::ios::binary);
  if (!labels || !calib || !velodyne) return false;
  for (std::string line; std::getline(labels, line);) {
    KittiRow r;
    if (std::sscanf(line.c_str(), "%31s %lf %d %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf",
                    r.type, &r.truncated, &r.occluded, &r.alpha, &r.left, &r.top, &r.right,
                    &r.bottom, &r.h, &r.w, &r.l, &r.x, &r.y, &r.z, &r.ry) != 15) {
      return false;
    }
    out.rows.push_back(r);
  }
  for (std::string line; std::getline(calib, line) && !line.empty();) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) return false;
    KittiMatrix matrix{line.substr(0, colon), {}};
    std::istringstream numbers(line.substr(colon + 2));
    for (std::string number; std::getline(numbers, number, ' ');) {
      matrix.values.push_back(std::stod(number));
    }
    out.calibration.push_back(matrix);
  }
  for (std::array<float, 4> p; velodyne.read(reinterpret_cast<char*>(p.data()), sizeof p);) {
    out.points.push_back(p);
  }
  return velodyne.gcount() == 0 && out.calibration.size() == 7;
}

// Rings by the rule readers use: a new ring starts where the azimuth falls back past +x.
inline std::vector<std::vector<std::array<float, 4>>> split_rings(const KittiFrame& frame) {
  std::vector<std::vector<std::array<float, 4>>> rings(1);
  double before = -1;
  for (const auto& p : frame.points) {
    double azimuth = std::atan2(p[1], p[0]);
    if (azimuth < 0) azimuth += 2 * M_PI;
    if (azimuth < before - M_PI) rings.emplace_back();
    rings.back().push_back(p);
    before = azimuth;
  }
  return rings;
}

}  // namespace oddroad::test
