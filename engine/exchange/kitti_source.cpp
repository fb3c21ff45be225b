#include "engine/exchange/kitti_source.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>

#include "engine/core/suggest.h"
#include "engine/dataset/file_io.h"
#include "engine/exchange/imported.h"
#include "engine/exchange/kitti_options.h"
#include "engine/exchange/number_lines.h"

namespace oddroad::exchange {
namespace {

static_assert(std::endian::native == std::endian::little, "points are read as they lie");

struct Matrix {
  core::SourceLocation where;
  std::vector<double> values;
};
using Matrices = std::map<std::string, Matrix>;

std::string key_of(std::string word) {
  if (!word.empty() && word.back() == ':') word.pop_back();
  static const std::map<std::string, std::string> tracking = {
      {"R_rect", "R0_rect"}, {"Tr_velo_cam", "Tr_velo_to_cam"}, {"Tr_imu_velo", "Tr_imu_to_velo"}};
  const auto it = tracking.find(word);
  return it == tracking.end() ? word : it->second;
}

Matrices read_matrices(const std::vector<WordLine>& lines, core::Diagnostics& problems) {
  Matrices out;
  for (const WordLine& line : lines) {
    const std::string key = key_of(line.words.front().text);
    const std::size_t count = key == "R0_rect" ? 9 : 12;
    if (line.words.size() != count + 1) {
      problems.error(line.where, key + " has " + std::to_string(line.words.size() - 1) +
                                     " numbers, not " + std::to_string(count));
      continue;
    }
    if (out.contains(key)) {
      problems.error(line.where, key + " stands there twice");
      continue;
    }
    Matrix& matrix = out[key];
    matrix.where = line.where;
    for (std::size_t i = 1; i <= count; ++i) {
      matrix.values.push_back(read_number(line.words[i], "an element of " + key, problems));
    }
  }
  return out;
}

const Matrix* find(const Matrices& all, const std::string& key, const std::string& file,
                   core::Diagnostics& problems) {
  const auto it = all.find(key);
  if (it != all.end()) return &it->second;
  problems.error({file}, "there is no line '" + key + ":'");
  return nullptr;
}

// Rows of 3 or 4 columns.
math::Pose rigid(const Matrix& m, const std::string& key, core::Diagnostics& problems) {
  const std::size_t columns = m.values.size() / 3;
  math::Affine3d a;
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 3; ++c) {
      a.linear[static_cast<int>(c)][static_cast<int>(r)] = m.values[r * columns + c];
    }
    if (columns == 4) a.translation[static_cast<int>(r)] = m.values[r * columns + 3];
  }
  const glm::dmat3 square = glm::transpose(a.linear) * a.linear;
  double off = 0;
  for (int c = 0; c < 3; ++c) {
    for (int r = 0; r < 3; ++r) off = std::max(off, std::abs(square[c][r] - (c == r ? 1 : 0)));
  }
  if (off > 1e-3 || glm::determinant(a.linear) < 0) {
    problems.error(m.where, key + " is no rotation: its axes are not of length 1 at right angles");
    return {};
  }
  return math::to_pose(a);
}

KittiEye eye(const Matrix& m, const std::string& key, core::Diagnostics& problems) {
  const auto& p = m.values;
  KittiEye out{p[0], p[5], p[2], p[6], {}};
  if (!(out.fx > 0 && out.fy > 0) || p[1] != 0 || p[4] != 0 || p[8] != 0 || p[9] != 0 ||
      p[10] != 1) {
    problems.error(m.where, key + " is no K [I | t]: focal lengths above 0, no skew, 0 0 1 below");
    return {};
  }
  out.t_eye_rect.z = p[11];
  out.t_eye_rect.x = (p[3] - out.cx * p[11]) / out.fx;
  out.t_eye_rect.y = (p[7] - out.cy * p[11]) / out.fy;
  return out;
}

// From h, w, l, the centre of the bottom and rotation_y.
math::OrientedBox box_of(const double (&v)[15]) {
  const double h = v[8], w = v[9], l = v[10], ry = v[14];
  math::Affine3d axes;
  axes.linear = glm::dmat3(math::Vec3d(std::cos(ry), 0, -std::sin(ry)),
                           math::Vec3d(std::sin(ry), 0, std::cos(ry)), math::Vec3d(0, -1, 0));
  axes.translation = {v[11], v[12] - 0.5 * h, v[13]};
  return {math::to_pose(axes), {l, w, h}};
}

void read_row(const WordLine& line, KittiRows& out, core::Diagnostics& problems) {
  const auto& words = line.words;
  if (words.size() != 15 && words.size() != 16) {  // results have a score behind
    problems.error(line.where,
                   "a label has 15 columns, this line has " + std::to_string(words.size()));
    return;
  }
  const auto& types = kitti_types();
  if (std::find(types.begin(), types.end(), words[0].text) == types.end()) {
    problems.error(words[0].where, "KITTI has no type '" + words[0].text + "'",
                   core::did_you_mean(words[0].text, types));
    return;
  }
  if (words[0].text == "DontCare") {
    ++out.dont_care;
    return;
  }
  static constexpr const char* kColumns[] = {
      "type",   "truncated", "occluded", "alpha", "left", "top", "right",     "bottom",
      "height", "width",     "length",   "x",     "y",    "z",   "rotation_y"};
  double v[15] = {};
  for (std::size_t i = 1; i < 15; ++i) v[i] = read_number(words[i], kColumns[i], problems);
  if (v[2] != std::floor(v[2]) || words[2].text.find('.') != std::string::npos || v[2] < 0 ||
      v[2] > 3) {
    problems.error(words[2].where, "occluded is 0, 1, 2 or 3, not '" + words[2].text + "'");
  }
  for (std::size_t i = 8; i < 11; ++i) {
    if (!(v[i] > 0)) {
      problems.error(words[i].where,
                     std::string(kColumns[i]) + " is above 0, not '" + words[i].text + "'");
    }
  }
  const KittiRow row{words[0].text,
                     v[1],
                     static_cast<int>(v[2]),
                     {v[4] + 0.5, v[5] + 0.5, v[6] + 0.5, v[7] + 0.5},
                     box_of(v)};
  if (row.box.empty()) {
    problems.error(words[4].where, "left, top, right, bottom hold nothing");
  }
  out.rows.push_back(row);
}

double azimuth_from_x(float x, float y) {
  const double angle = std::atan2(static_cast<double>(y), static_cast<double>(x));
  return angle < 0 ? angle + 2 * M_PI : angle;
}

}  // namespace

core::Result<KittiRig> read_kitti_rig(const std::filesystem::path& file) {
  const auto lines = read_word_lines(file);
  if (!lines) return core::forward_error(lines);
  core::Diagnostics problems;
  const Matrices all = read_matrices(*lines, problems);
  KittiRig rig;
  if (!problems.has_errors()) {
    const auto* P2 = find(all, "P2", file.string(), problems);
    const auto* R0 = find(all, "R0_rect", file.string(), problems);
    const auto* Tr = find(all, "Tr_velo_to_cam", file.string(), problems);
    if (P2) rig.left = eye(*P2, "P2", problems);
    if (R0 && Tr) {
      rig.T_rect_velo = rigid(*R0, "R0_rect", problems) * rigid(*Tr, "Tr_velo_to_cam", problems);
    }
    if (const auto it = all.find("P3"); it != all.end()) {
      rig.right = eye(it->second, "P3", problems);
    }
    if (const auto it = all.find("Tr_imu_to_velo"); it != all.end()) {
      rig.T_velo_imu = rigid(it->second, "Tr_imu_to_velo", problems);
      rig.has_imu = true;
    }
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return rig;
}

core::Result<KittiRows> read_kitti_rows(const std::filesystem::path& file) {
  const auto lines = read_word_lines(file);
  if (!lines) return core::forward_error(lines);
  core::Diagnostics problems;
  KittiRows out;
  for (const WordLine& line : *lines) read_row(line, out, problems);
  if (problems.has_errors()) return tl::unexpected(problems);
  return out;
}

core::Result<capture::PointCloud> read_kitti_points(const std::filesystem::path& file) {
  const auto bytes = dataset::read_file(file);
  if (!bytes) return core::forward_error(bytes);
  if (bytes->size() % 16 != 0) {
    return core::fail_at({file.string()}, "has " + std::to_string(bytes->size()) +
                                              " bytes, no multiple of the 16 of a point");
  }
  capture::PointCloud cloud;
  int ring = 0;
  double before = -1;
  std::vector<int> from_above;
  for (std::size_t i = 0; i < bytes->size(); i += 16) {
    float p[4];
    std::memcpy(p, bytes->data() + i, 16);
    if (!std::isfinite(p[0]) || !std::isfinite(p[1]) || !std::isfinite(p[2]) ||
        !(p[3] >= 0 && p[3] <= 1)) {
      return core::fail_at({file.string()}, "point " + std::to_string(i / 16) +
                                                ": x, y, z and a reflectance from 0 to 1 are "
                                                "expected");
    }
    const double azimuth = azimuth_from_x(p[0], p[1]);
    ring += azimuth < before - M_PI;
    before = azimuth;
    from_above.push_back(ring);
    add_point(cloud, {p[0], p[1], p[2]}, p[3], 0);
  }
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    cloud.ring[i] = static_cast<std::uint16_t>(ring - from_above[i]);
  }
  return cloud;
}

core::Result<KittiPlane> read_kitti_plane(const std::filesystem::path& file) {
  const auto lines = read_word_lines(file);
  if (!lines) return core::forward_error(lines);
  if (lines->size() != 4 || (*lines)[3].words.size() != 4) {
    return core::fail_at({file.string(), static_cast<int>(lines->size()), 1},
                         "a plane has three lines of head and 'a b c d' below");
  }
  core::Diagnostics problems;
  double v[4];
  for (std::size_t i = 0; i < 4; ++i) {
    v[i] = read_number((*lines)[3].words[i], "an element of the plane", problems);
  }
  const math::Vec3d up(v[0], v[1], v[2]);
  if (!problems.has_errors() && std::abs(glm::length(up) - 1) > 1e-3) {
    problems.error((*lines)[3].where, "a, b, c are no direction: their length is not 1");
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return KittiPlane{up, v[3]};
}

}  // namespace oddroad::exchange
