#include "engine/stage/occupancy.h"

#include <algorithm>
#include <cmath>

namespace oddroad::stage {

namespace {

using math::Vec2d;

constexpr double kCell_m = 0.5;
constexpr int kBlock = 8;  // cells

// Calls visit(point) over a rectangle densely enough to touch every cell; stops when it is false.
template <typename Visit>
bool over_rectangle(const Vec2d& p, const Vec2d& forward, double length, double width,
                    const Visit& visit) {
  const Vec2d left(-forward.y, forward.x);
  const int n = std::max(1, static_cast<int>(std::ceil(length / (.6 * kCell_m))));
  const int m = std::max(1, static_cast<int>(std::ceil(width / (.6 * kCell_m))));
  for (int i = 0; i <= n; ++i) {
    for (int j = 0; j <= m; ++j) {
      const double a = length * (static_cast<double>(i) / n - .5);
      const double b = width * (static_cast<double>(j) / m - .5);
      if (!visit(p + a * forward + b * left)) return false;
    }
  }
  return true;
}

template <typename Visit>
bool over_disc(const Vec2d& p, double radius, const Visit& visit) {
  return over_rectangle(p, {1, 0}, 2 * radius, 2 * radius, [&](const Vec2d& q) {
    return glm::length(q - p) > radius + .3 * kCell_m || visit(q);
  });
}

std::uint8_t cover_of(SurfaceKind kind) {
  if (is_carriageway(kind)) return kCoverCarriageway;
  return kind == SurfaceKind::kGrass ? kCoverGreenLane : kCoverFootway;
}

}  // namespace

Occupancy::Occupancy(const Vec2d& centre, double half_m)
    : lower_(centre - half_m),
      side_(static_cast<int>(std::ceil(2 * half_m / kCell_m))),
      cells_(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_), 0),
      blocks_side_((side_ + kBlock - 1) / kBlock),
      blocks_(static_cast<std::size_t>(blocks_side_) * static_cast<std::size_t>(blocks_side_), 0) {}

std::ptrdiff_t Occupancy::cell(const Vec2d& p) const {
  const int x = static_cast<int>(std::floor((p.x - lower_.x) / kCell_m));
  const int y = static_cast<int>(std::floor((p.y - lower_.y) / kCell_m));
  if (x < 0 || y < 0 || x >= side_ || y >= side_) return -1;
  return static_cast<std::ptrdiff_t>(y) * side_ + x;
}

void Occupancy::paint(const Vec2d& p, std::uint8_t bits) {
  const std::ptrdiff_t c = cell(p);
  if (c < 0) return;
  cells_[static_cast<std::size_t>(c)] |= bits;
  const std::ptrdiff_t block = c / side_ / kBlock * blocks_side_ + c % side_ / kBlock;
  blocks_[static_cast<std::size_t>(block)] |= bits;
}

bool Occupancy::all_free(const Vec2d& p, double reach_m, std::uint8_t bits) const {
  constexpr double kRounded_m = 1e-6;
  const std::ptrdiff_t low = cell(p - (reach_m + kRounded_m));
  const std::ptrdiff_t high = cell(p + (reach_m + kRounded_m));
  if (low < 0 || high < 0) return false;
  for (std::ptrdiff_t y = low / side_ / kBlock; y <= high / side_ / kBlock; ++y) {
    for (std::ptrdiff_t x = low % side_ / kBlock; x <= high % side_ / kBlock; ++x) {
      if ((blocks_[static_cast<std::size_t>(y * blocks_side_ + x)] & bits) != 0) return false;
    }
  }
  return true;
}

void Occupancy::add_run(const Run& run) {
  for (std::size_t k = 0; k < run.strips.size(); ++k) {
    const std::uint8_t bits = cover_of(run.strips[k]);
    for (std::size_t i = 0; i + 1 < run.stations.size(); ++i) {
      if (run.is_hidden(k, i)) continue;
      const auto at = [&](std::size_t station, std::size_t point) {
        return Vec2d(run.stations[station].points[point].position);
      };
      const Vec2d a = at(i, k), b = at(i, k + 1), c = at(i + 1, k), d = at(i + 1, k + 1);
      const double along = std::max(glm::length(c - a), glm::length(d - b));
      const double across = std::max(glm::length(b - a), glm::length(d - c));
      const int n = std::max(1, static_cast<int>(std::ceil(along / (.7 * kCell_m))));
      const int m = std::max(1, static_cast<int>(std::ceil(across / (.7 * kCell_m))));
      for (int x = 0; x <= n; ++x) {
        const double u = static_cast<double>(x) / n;
        for (int y = 0; y <= m; ++y) {
          const double v = static_cast<double>(y) / m;
          paint((1 - u) * ((1 - v) * a + v * b) + u * ((1 - v) * c + v * d), bits);
        }
      }
    }
  }
}

void Occupancy::add_disc(const Vec2d& p, double radius_m, std::uint8_t bits) {
  over_disc(p, radius_m, [&](const Vec2d& q) {
    paint(q, bits);
    return true;
  });
}

void Occupancy::add_rectangle(const Vec2d& p, const Vec2d& forward, double length_m, double width_m,
                              std::uint8_t bits) {
  over_rectangle(p, forward, length_m, width_m, [&](const Vec2d& q) {
    paint(q, bits);
    return true;
  });
}

bool Occupancy::disc_is_free(const Vec2d& p, double radius_m, std::uint8_t bits) const {
  if (all_free(p, radius_m, bits)) return true;
  return over_disc(p, radius_m, [&](const Vec2d& q) {
    const std::ptrdiff_t c = cell(q);
    return c >= 0 && (cells_[static_cast<std::size_t>(c)] & bits) == 0;
  });
}

bool Occupancy::rectangle_is_free(const Vec2d& p, const Vec2d& forward, double length_m,
                                  double width_m, std::uint8_t bits) const {
  return over_rectangle(p, forward, length_m, width_m, [&](const Vec2d& q) {
    const std::ptrdiff_t c = cell(q);
    return c >= 0 && (cells_[static_cast<std::size_t>(c)] & bits) == 0;
  });
}

}  // namespace oddroad::stage
