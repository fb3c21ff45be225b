#include "engine/asset/vehicle_outline.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/check.h"

namespace oddroad::asset {

using math::Vec2d;

namespace {

Vec2d at(const OutlinePoint& p) {
  return {p.x_m, p.z_m};
}

// Point between b and c; a and d shape the tangents (Barry and Goldman's pyramid, alpha = 1/2).
Vec2d catmull_rom(Vec2d a, Vec2d b, Vec2d c, Vec2d d, double u) {
  const auto step = [](Vec2d p, Vec2d q) {
    return std::sqrt(std::max(glm::distance(p, q), 1e-9));
  };
  const double t1 = step(a, b);
  const double t2 = t1 + step(b, c);
  const double t3 = t2 + step(c, d);
  const double t = t1 + u * (t2 - t1);
  const auto mix = [t](Vec2d p, Vec2d q, double tp, double tq) {
    return p * ((tq - t) / (tq - tp)) + q * ((t - tp) / (tq - tp));
  };
  const Vec2d ab = mix(a, b, 0, t1);
  const Vec2d bc = mix(b, c, t1, t2);
  const Vec2d cd = mix(c, d, t2, t3);
  return mix(mix(ab, bc, 0, t2), mix(bc, cd, t1, t3), t1, t2);
}

}  // namespace

std::vector<Vec2d> trace_outline(const std::vector<OutlinePoint>& points, int steps_per_span,
                                 bool closed) {
  const auto count = static_cast<int>(points.size());
  const auto point = [&](int i) {
    return at(points[static_cast<std::size_t>((i + count) % count)]);
  };
  const auto corner = [&](int i) {
    if (!closed && (i <= 0 || i >= count - 1)) return true;
    return points[static_cast<std::size_t>((i + count) % count)].corner;
  };
  std::vector<Vec2d> out;
  const int spans = closed ? count : count - 1;
  for (int i = 0; i < spans; ++i) {
    const Vec2d b = point(i);
    const Vec2d c = point(i + 1);
    // At a corner the missing neighbour is the mirror image of the next point: no bend into it.
    const Vec2d a = corner(i) ? 2.0 * b - c : point(i - 1);
    const Vec2d d = corner(i + 1) ? 2.0 * c - b : point(i + 2);
    for (int k = 0; k < steps_per_span; ++k) {
      out.push_back(catmull_rom(a, b, c, d, static_cast<double>(k) / steps_per_span));
    }
  }
  if (!closed) out.push_back(point(count - 1));
  return out;
}

namespace {

// Rounds corners of an open polyline over 30 mm either side.
std::vector<Vec2d> rounded(const std::vector<Vec2d>& line) {
  std::vector<Vec2d> out{line.front()};
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    const Vec2d before = line[i - 1] - line[i];
    const Vec2d after = line[i + 1] - line[i];
    const double reach = std::min({0.03, 0.5 * glm::length(before), 0.5 * glm::length(after)});
    if (glm::dot(glm::normalize(before), glm::normalize(after)) < -0.985) {
      out.push_back(line[i]);
      continue;
    }
    const Vec2d a = line[i] + reach * glm::normalize(before);
    const Vec2d b = line[i] + reach * glm::normalize(after);
    for (int k = 0; k <= 4; ++k) {  // quadratic Bezier arc
      const double t = k / 4.0;
      out.push_back((1 - t) * (1 - t) * a + 2 * t * (1 - t) * line[i] + t * t * b);
    }
  }
  out.push_back(line.back());
  return out;
}

}  // namespace

Silhouette::Silhouette(const VehicleShape& shape) {
  polygon_ = rounded(trace_outline(shape.top, 4, false));
  top_count_ = polygon_.size();
  for (std::size_t i = 1; i < top_count_; ++i) {
    if (polygon_[i].y > polygon_[summit_].y) summit_ = i;
  }
  const double sill = shape.sill_z_m;
  const Vec2d tail = polygon_.back();
  if (tail.y > sill + 0.02) polygon_.push_back({tail.x + 0.03, sill + 0.005});
  polygon_.push_back({tail.x + 0.10, sill});
  polygon_.push_back({shape.from_front(0.03), sill});
  const double lip = std::min(sill + 0.06 * shape.height_m, polygon_.front().y - 0.02);
  if (lip > sill) polygon_.push_back({shape.from_front(0.004), lip});
  bound_segments();
}

void Silhouette::bound_segments() {
  const std::size_t n = polygon_.size();
  ODDROAD_CHECK_OP(n, <=, kGroup * kMostGroups);
  const auto before = [&](std::size_t i) {
    return polygon_[(i + n - 1) % n];
  };
  for (std::size_t i = 0; i < n; ++i) {
    const Vec2d along = before(i) - polygon_[i];
    segments_.push_back({polygon_[i], along, glm::dot(along, along)});
  }
  for (std::size_t first = 0; first < n; first += kGroup) {
    const std::size_t last = std::min(first + kGroup, n);
    Group group{first, last, polygon_[first], polygon_[first], before(first).y, before(last).y};
    for (std::size_t i = first; i < last; ++i) {
      for (const Vec2d& p : {polygon_[i], before(i)}) {
        group.lower = glm::min(group.lower, p);
        group.upper = glm::max(group.upper, p);
      }
    }
    groups_.push_back(group);
  }
}

// Does a line from p to +x cross the chain an odd number of times?
bool Silhouette::crosses(const Group& group, const Vec2d& p) const {
  constexpr double kRounded_m = 1e-9;
  if (group.lower.y > p.y || group.upper.y <= p.y) return false;
  if (p.x > group.upper.x + kRounded_m) return false;
  if (p.x < group.lower.x - kRounded_m) return (group.begin_z > p.y) != (group.end_z > p.y);
  bool odd = false;
  for (std::size_t i = group.first; i < group.last; ++i) {
    const Vec2d a = polygon_[i];
    const Vec2d b = polygon_[i == 0 ? polygon_.size() - 1 : i - 1];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
      odd = !odd;
    }
  }
  return odd;
}

// The square of the distance.
double Silhouette::nearest2(const Group& group, const Vec2d& p) const {
  double nearest = 1e30;
  for (std::size_t i = group.first; i < group.last; ++i) {
    const auto& [from, along, length2] = segments_[i];
    const double u = glm::clamp(glm::dot(p - from, along) / length2, 0.0, 1.0);
    const Vec2d off = p - from - u * along;
    nearest = std::min(nearest, glm::dot(off, off));
  }
  return nearest;
}

double Silhouette::distance(double x_m, double z_m, double deep_m) const {
  const Vec2d p(x_m, z_m);
  std::array<double, kMostGroups> off2;  // how far off each group is at least, squared
  std::size_t first = 0;
  bool inside = false;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const Group& group = groups_[g];
    const Vec2d off = glm::max(Vec2d(0), glm::max(group.lower - p, p - group.upper));
    off2[g] = glm::dot(off, off);
    if (off2[g] < off2[first]) first = g;
    if (crosses(group, p)) inside = !inside;
  }
  if (inside && deep_m < 0 && off2[first] > deep_m * deep_m * (1 + 1e-9)) return deep_m;
  double nearest = nearest2(groups_[first], p);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    if (g == first || off2[g] > nearest * (1 + 1e-12)) continue;
    nearest = std::min(nearest, nearest2(groups_[g], p));
  }
  return inside ? -std::sqrt(nearest) : std::sqrt(nearest);
}

double Silhouette::top_z(double x_m) const {
  double best = -1;
  for (std::size_t i = 0; i + 1 < top_count_; ++i) {
    const Vec2d a = polygon_[i];
    const Vec2d b = polygon_[i + 1];
    if ((a.x - x_m) * (b.x - x_m) > 0 || a.x == b.x) continue;
    best = std::max(best, a.y + (b.y - a.y) * (x_m - a.x) / (b.x - a.x));
  }
  if (best >= 0) return best;
  return x_m > 0 ? polygon_.front().y : polygon_[top_count_ - 1].y;
}

double Silhouette::front_x_at(double z_m) const {
  for (std::size_t i = summit_; i > 0; --i) {
    const Vec2d a = polygon_[i];
    const Vec2d b = polygon_[i - 1];
    if ((a.y - z_m) * (b.y - z_m) <= 0 && a.y != b.y) {
      return a.x + (b.x - a.x) * (z_m - a.y) / (b.y - a.y);
    }
  }
  return polygon_.front().x;
}

double Silhouette::rear_x_at(double z_m) const {
  for (std::size_t i = summit_; i + 1 < top_count_; ++i) {
    const Vec2d a = polygon_[i];
    const Vec2d b = polygon_[i + 1];
    if ((a.y - z_m) * (b.y - z_m) <= 0 && a.y != b.y) {
      return a.x + (b.x - a.x) * (z_m - a.y) / (b.y - a.y);
    }
  }
  return polygon_[top_count_ - 1].x;
}

MonotoneCurve::MonotoneCurve(std::vector<Vec2d> points) : points_(std::move(points)) {
  const std::size_t n = points_.size();
  std::vector<double> secant(n - 1);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    secant[i] = (points_[i + 1].y - points_[i].y) / (points_[i + 1].x - points_[i].x);
  }
  slope_.assign(n, 0);
  slope_.front() = secant.front();
  slope_.back() = secant.back();
  for (std::size_t i = 1; i + 1 < n; ++i) {
    const double a = secant[i - 1];
    const double b = secant[i];
    slope_[i] = a * b <= 0 ? 0 : 2 * a * b / (a + b);
  }
}

double MonotoneCurve::operator()(double a) const {
  if (a <= points_.front().x) return points_.front().y;
  if (a >= points_.back().x) return points_.back().y;
  std::size_t i = 0;
  while (a > points_[i + 1].x) ++i;
  const double h = points_[i + 1].x - points_[i].x;
  const double t = (a - points_[i].x) / h;
  const double t2 = t * t;
  const double t3 = t2 * t;
  return points_[i].y * (2 * t3 - 3 * t2 + 1) + h * slope_[i] * (t3 - 2 * t2 + t) +
         points_[i + 1].y * (3 * t2 - 2 * t3) + h * slope_[i + 1] * (t3 - t2);
}

}  // namespace oddroad::asset
