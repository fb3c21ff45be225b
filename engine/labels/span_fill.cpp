#include "engine/labels/span_fill.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "render/scene/deform.h"

namespace oddroad::labels {

using math::Vec3d;

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
// Pixels are looked for this much farther than the corners reach: where borders cross rows is
// worked out another way.
constexpr double kSlackPx = 1e-3;

// A vertex seen from the camera.
struct Corner {
  Vec3d p;  // camera frame
  // Where it lies ahead, whole numbers: the first column and row whose centres are not before its
  // image point; the last ones whose centres are not behind it, negated. A triangle has the least
  // of each.
  std::array<float, 4> reach;
  std::uint8_t beyond = 0;  // borders of the rect, as bits, on whose far side it lies
  static constexpr std::uint8_t kBehind = 16;
};

// The edges of a triangle: where they cross the row through the centres of pixels y. Triangles on
// both sides of an edge get the same place, to the last bit.
class Borders {
 public:
  // The triangle is where d . e >= 0.
  void add(const Vec3d& e, const math::CameraModel& camera) {
    if (e.x == 0) {
      flat_[flats_++] = {e.y * (0.5 - camera.cy_px) / camera.fy_px + e.z, e.y / camera.fy_px};
      return;
    }
    const double slope = camera.fx_px * (e.y / e.x) / camera.fy_px;
    const Line line{camera.cx_px - camera.fx_px * (e.z / e.x) - slope * (0.5 - camera.cy_px),
                    -slope};
    if (e.x > 0) {
      low_[lows_++] = line;
    } else {
      high_[highs_++] = line;
    }
  }
  // From where to where the triangle reaches, in pixels from the image's left side.
  [[nodiscard]] std::pair<double, double> span(int y) const {
    double low = -kNever, high = kNever;
    for (int k = 0; k < lows_; ++k) low = std::max(low, low_[k].at(y));
    for (int k = 0; k < highs_; ++k) high = std::min(high, high_[k].at(y));
    for (int k = 0; k < flats_; ++k) {
      if (flat_[k].at(y) < 0) high = -kNever;
    }
    return {low, high};
  }

 private:
  struct Line {
    double offset, step;
    [[nodiscard]] double at(int y) const { return offset + step * y; }
  };
  std::array<Line, 3> low_, high_, flat_;
  int lows_ = 0, highs_ = 0, flats_ = 0;
};

// Fills the triangles of one thing.
class SpanFiller {
 public:
  SpanFiller(const math::CameraModel& camera, Silhouette& out)
      : camera_(camera),
        out_(out),
        low_(camera.direction(out.rect.x0, out.rect.y0)),
        high_(camera.direction(out.rect.x1, out.rect.y1)) {}

  [[nodiscard]] Corner corner(const Vec3d& p) const {
    Corner c{p, 0, 0};
    if (p.x < low_.x * p.z) c.beyond |= 1;
    if (p.x > high_.x * p.z) c.beyond |= 2;
    if (p.y < low_.y * p.z) c.beyond |= 4;
    if (p.y > high_.y * p.z) c.beyond |= 8;
    if (p.z > 0) {
      const double ahead = 1 / p.z;
      const double x_px = camera_.fx_px * (p.x * ahead) + camera_.cx_px - 0.5;
      const double y_px = camera_.fy_px * (p.y * ahead) + camera_.cy_px - 0.5;
      c.reach = {whole_from(x_px - kSlackPx), whole_from(y_px - kSlackPx),
                 whole_from(-x_px - kSlackPx), whole_from(-y_px - kSlackPx)};
    } else {
      c.beyond |= Corner::kBehind;
    }
    return c;
  }

  void fill(const Corner& a, const Corner& b, const Corner& c) {
    if ((a.beyond & b.beyond & c.beyond) != 0) return;
    const PixelRect reach = reach_of(a, b, c);
    if (reach.empty() || hidden(reach)) return;
    const std::array<Vec3d, 3> edges{glm::cross(b.p, c.p), glm::cross(c.p, a.p),
                                     glm::cross(a.p, b.p)};
    const double volume = glm::dot(a.p, edges[0]);
    if (volume == 0) return;  // seen along its plane
    Borders borders;
    for (const Vec3d& e : edges) borders.add(volume < 0 ? -e : e, camera_);
    for (int y = reach.y0; y < reach.y1; ++y) fill_row(borders, y);
  }

 private:
  // The pixels whose centres the triangle may hold.
  [[nodiscard]] PixelRect reach_of(const Corner& a, const Corner& b, const Corner& c) const {
    const PixelRect& r = out_.rect;
    if (((a.beyond | b.beyond | c.beyond) & Corner::kBehind) != 0) return r;
    std::array<float, 4> least;
    for (int k = 0; k < 4; ++k) {  // by value: four at once
      const float ab = a.reach[k] < b.reach[k] ? a.reach[k] : b.reach[k];
      least[k] = ab < c.reach[k] ? ab : c.reach[k];
    }
    return {std::max(static_cast<int>(least[0]), r.x0), std::max(static_cast<int>(least[1]), r.y0),
            std::min(1 - static_cast<int>(least[2]), r.x1),
            std::min(1 - static_cast<int>(least[3]), r.y1)};
  }
  // The least whole number not below a place; no image is as large as a place is cut off at.
  static float whole_from(double at) {
    const double held = std::clamp(at, -1e6, 1e6);
    const auto whole = static_cast<int>(held);
    return static_cast<float>(whole < held ? whole + 1 : whole);
  }

  // A small triangle that covers nothing new: behind others of a fine mesh, or seen in the frame.
  [[nodiscard]] bool hidden(const PixelRect& reach) const {
    constexpr std::size_t kFewPx = 64;
    if (reach.pixels() > kFewPx) return false;
    for (int y = reach.y0; y < reach.y1; ++y) {
      if (!out_.covers(y, reach.x0, reach.x1)) return false;
    }
    return true;
  }

  void fill_row(const Borders& borders, int y) {
    const auto [low, high] = borders.span(y);
    const int x0 = first_centre(low, out_.rect.x0);
    const int x1 = last_centre(high, out_.rect.x1) + 1;
    if (x0 < x1) out_.set_row(y, x0, x1);
  }

  // First pixel from `begin` on whose centre is not before a place, last one before `end` whose
  // centre is not behind it. Places may be infinite.
  static int first_centre(double at, int begin) {
    if (!(at - 0.5 > begin)) return begin;
    const auto whole = static_cast<int>(std::min(at - 0.5, 1e9));
    return whole < at - 0.5 ? whole + 1 : whole;
  }
  static int last_centre(double at, int end) {
    if (!(at - 0.5 < end - 1)) return end - 1;
    const auto whole = static_cast<int>(std::max(at - 0.5, -1e9));
    return whole > at - 0.5 ? whole - 1 : whole;
  }

  const math::CameraModel& camera_;
  Silhouette& out_;
  Vec3d low_, high_;  // directions of the rect's corners
};

}  // namespace

void fill_spans(const world::SceneWindow& window, const world::InstanceInfo& instance,
                const scene::CameraView& view, Silhouette& out) {
  SpanFiller filler(view.camera, out);
  std::vector<math::Vec3f> deformed;
  std::vector<Corner> seen;
  for (const std::uint32_t d : instance.drawables) {
    const world::Drawable& drawable = window.drawables[d];
    if (drawable.hidden_from_ego) continue;
    const auto T_camera_mesh =
        view.T_world_camera.inverse() * world::transform_at(window, drawable, view.stamp_ns);
    if (!drawable.steps.empty()) scene::positions_at(window, drawable, view.stamp_ns, deformed);
    const auto& positions = drawable.steps.empty() ? drawable.mesh->positions : deformed;
    seen.clear();
    for (const math::Vec3f& p : positions) {
      seen.push_back(filler.corner(T_camera_mesh.point(Vec3d(p))));
    }
    for (const auto& [a, b, c] : drawable.mesh->triangles) filler.fill(seen[a], seen[b], seen[c]);
  }
}

}  // namespace oddroad::labels
