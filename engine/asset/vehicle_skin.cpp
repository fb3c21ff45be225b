#include "engine/asset/vehicle_skin.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace oddroad::asset {

using math::Vec2d;
using math::Vec3d;

namespace {

// Aims (y, z) of one cross-section, from the floor's middle outwards, up the side and over the
// roof to its middle.
std::vector<Vec2d> section_aims(const BodyField& field, double x) {
  const VehicleShape& s = field.shape();
  const bool van = s.style == BodyStyle::kVan;
  const double rail = field.rail_z(x);
  const double bottom = s.sill_z_m;
  const double crease = std::min(field.crease_z(x), rail - 0.05);
  const double belt = field.belt_z(x);
  std::vector<double> heights{bottom + 0.004, bottom + 0.05};
  const double low = s.sill_top_z_m;
  const int side_rows = van ? 8 : 6;
  for (int i = 0; i <= side_rows; ++i) {
    heights.push_back(low + (crease - 0.012 - low) * i / side_rows);
  }
  for (const double z : {crease + 0.006, belt - 0.004, belt + 0.022}) heights.push_back(z);
  const double base = belt + 0.022;
  const double above = std::max(rail - base, 0.03);
  const int upper_rows = van ? 7 : 5;
  for (int i = 1; i < upper_rows; ++i) heights.push_back(base + above * i / upper_rows);
  const double nominal = base + above;
  std::vector<Vec2d> aims;
  const double floor = field.half_width(x, bottom);
  for (const double y : {0.0, 0.35, 0.7, 0.93}) aims.push_back({y * floor, bottom});
  for (double z : heights) {
    if (z > crease) z = crease + (z - crease) * (rail - crease) / (nominal - crease);
    aims.push_back({field.half_width(x, z), z});
  }
  const double edge = field.half_width(x, rail);
  const double top = field.silhouette().top_z(x);
  for (const double y : {1.0, .96, .90, .82, .73, .63, .54, .46, .38, .28, .15, 0.0}) {
    aims.push_back({y * edge, rail + (top - rail) * (1 - y * y)});
  }
  return aims;
}

class Grid {
 public:
  explicit Grid(const BodyField& field) : field_(field) {}

  void add_column(const std::vector<Vec3d>& from, const std::vector<Vec3d>& aims) {
    std::vector<std::uint32_t> column;
    for (std::size_t row = 0; row < aims.size(); ++row) {
      column.push_back(add(from[row], aims[row], row == 0 || row + 1 == aims.size()));
    }
    if (!previous_.empty()) join(column);
    previous_ = std::move(column);
  }

  // Closes the grid to a point; first: the column that comes next starts there.
  void add_pole(const Vec3d& from, const Vec3d& aim, std::size_t rows) {
    std::vector<std::uint32_t> column(rows, add(from, aim, true));
    if (!previous_.empty()) join(column);
    previous_ = std::move(column);
  }

  BodySkin take() { return std::move(skin_); }

 private:
  std::uint32_t add(const Vec3d& from, const Vec3d& aim, bool middle) {
    Vec3d p = field_.hit(from, glm::normalize(aim - from));
    if (middle) p.y = 0;
    skin_.positions.push_back(p);
    skin_.normals.push_back(field_.normal(p));
    return static_cast<std::uint32_t>(skin_.positions.size() - 1);
  }

  void triangle(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    if (a == b || b == c || c == a) return;
    skin_.triangles.push_back({a, c, b});
    skin_.tags.push_back(0);
  }

  // Columns run from the nose to the tail, rows from the floor over the left side to the roof.
  void join(const std::vector<std::uint32_t>& column) {
    const auto& p = skin_.positions;
    for (std::size_t i = 0; i + 1 < column.size(); ++i) {
      const std::uint32_t a = previous_[i], b = previous_[i + 1];
      const std::uint32_t c = column[i + 1], d = column[i];
      // The shorter diagonal.
      if (glm::distance(p[a], p[c]) <= glm::distance(p[b], p[d])) {
        triangle(a, b, c);
        triangle(a, c, d);
      } else {
        triangle(a, b, d);
        triangle(b, c, d);
      }
    }
  }

  const BodyField& field_;
  BodySkin skin_;
  std::vector<std::uint32_t> previous_;
};

// One end of the body, seen from the end of the spine: rings on the face, then the corner.
struct EndCap {
  const BodyField& field;
  Vec3d spine;
  double face_x;

  // ring in (0, 1]: share of the section on the face; back in [0, 1): way from face to spine end.
  void column(Grid& grid, const std::vector<Vec2d>& section, double ring, double back) const {
    std::vector<Vec3d> from(section.size(), spine);
    std::vector<Vec3d> aims;
    const double x = face_x + back * (spine.x - face_x);
    for (const Vec2d& aim : section) {
      aims.emplace_back(x, ring * aim.x, spine.z + ring * (aim.y - spine.z));
    }
    grid.add_column(from, aims);
  }
};

void add_middle(Grid& grid, const BodyField& field, double x_front, double x_rear, double z) {
  const VehicleShape& s = field.shape();
  const double pitch = s.style == BodyStyle::kVan ? 0.11 : 0.080;
  const int columns = static_cast<int>(std::ceil((x_front - x_rear) / pitch));
  for (int i = 0; i <= columns; ++i) {
    const double x = x_front + (x_rear - x_front) * i / columns;
    const auto section = section_aims(field, x);
    std::vector<Vec3d> aims;
    for (const Vec2d& aim : section) aims.emplace_back(x, aim.x, aim.y);
    grid.add_column(std::vector<Vec3d>(section.size(), {x, 0, z}), aims);
  }
}

}  // namespace

BodySkin build_half_skin(const BodyField& field) {
  const VehicleShape& s = field.shape();
  const double z = (s.style == BodyStyle::kVan ? 0.28 : 0.36) * s.height_m;
  const EndCap front{field, {s.from_front(0.10), 0, z}, s.nose_x_m() + 0.02};
  const EndCap rear{field, {s.from_front(0.90), 0, z}, -s.rear_overhang_m - 0.02};
  const auto nose = section_aims(field, front.spine.x);
  const auto tail = section_aims(field, rear.spine.x);
  constexpr std::array kRings = {.18, .34, .48, .60, .70, .79, .87, .94};
  constexpr std::array kBack = {.0, .10, .22, .36, .52, .68, .84};
  Grid grid(field);
  grid.add_pole(front.spine, {front.face_x, 0, z}, nose.size());
  for (const double r : kRings) front.column(grid, nose, r, 0);
  for (const double b : kBack) front.column(grid, nose, 1, b);
  add_middle(grid, field, front.spine.x, rear.spine.x, z);
  for (auto b = kBack.end(); b != kBack.begin();) rear.column(grid, tail, 1, *--b);
  for (auto r = kRings.end(); r != kRings.begin();) rear.column(grid, tail, *--r, 0);
  grid.add_pole(rear.spine, {rear.face_x, 0, z}, tail.size());
  return grid.take();
}

}  // namespace oddroad::asset
