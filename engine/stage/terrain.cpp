#include "engine/stage/terrain.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/random.h"
#include "engine/stage/structures.h"
#include "engine/stage/surface.h"

namespace oddroad::stage {

namespace {

using math::TriangleMesh;
using math::Vec2d;
using math::Vec3d;
using math::Vec3f;

constexpr double kGrid_m = 4;
constexpr double kMargin_m = 40;
constexpr double kBelowRoad_m = 0.08;
constexpr double kValley_m = 5.5;  // under bridges, where nothing else says how deep
constexpr double kDeck_m = 2.5;    // a border this far above the ground is a bridge, not a bank

// Gentle hills: a few sines of unlike direction and length, in [-1, 1].
double hills(const Vec2d& p, double phase) {
  const double a = std::sin(.021 * p.x + .013 * p.y + phase);
  const double b = std::sin(.017 * p.y - .026 * p.x + 2.1 * phase);
  const double c = std::sin(.063 * p.x + .071 * p.y - phase);
  return .45 * a + .4 * b + .15 * c;
}

}  // namespace

Terrain::Terrain(const std::vector<Run>& runs, const Vec2d& centre, const StageOptions& options)
    : centre_(centre), half_m_(options.radius_m + kMargin_m), horizon_m_(options.horizon_m) {
  cells_ = static_cast<int>(std::ceil(2 * half_m_ / kGrid_m));
  half_m_ = .5 * cells_ * kGrid_m;
  phase_ = core::RandomStream(options.seed, "stage/terrain").uniform(0, 6);
  for (const Run& run : runs) {
    if (run.structure != nullptr) {
      structures_.emplace_back(run);
      continue;
    }
    double last = -1e9;
    for (const Station& st : run.stations) {
      if (st.s_m - last < 6 && &st != &run.stations.back()) continue;
      last = st.s_m;
      borders_.push_back(st.points.front().position);
      borders_.push_back(st.points.back().position);
    }
  }
  heights_.resize(static_cast<std::size_t>((cells_ + 1) * (cells_ + 1)));
  for (int y = 0; y <= cells_; ++y) {
    for (int x = 0; x <= cells_; ++x) z(x, y) = shaped(node(x, y), undisturbed(node(x, y)));
  }
  keep_below(runs);
}

Vec2d Terrain::node(int x, int y) const {
  return centre_ - half_m_ + kGrid_m * Vec2d(x, y);
}

double& Terrain::z(int x, int y) {
  return heights_[static_cast<std::size_t>(y * (cells_ + 1) + x)];
}

double Terrain::z(int x, int y) const {
  return heights_[static_cast<std::size_t>(y * (cells_ + 1) + x)];
}

// Border heights spread by inverse distance, falling gently away, with hills from 15 m on.
double Terrain::undisturbed(const Vec2d& p) const {
  double weights = 0;
  double sum = 0;
  double nearest = 1e18;
  for (const Vec3d& b : borders_) {
    const Vec2d d = Vec2d(b) - p;
    const double d2 = glm::dot(d, d);
    const double w = 1 / ((d2 + 4) * (d2 + 4));
    weights += w;
    sum += w * b.z;
    nearest = std::min(nearest, d2);
  }
  if (!(weights > 0)) return 0;
  const double distance = std::sqrt(nearest);
  const double rolling = std::clamp((distance - 15) / 120, 0.0, 1.0);
  return sum / weights - kBelowRoad_m - .012 * std::min(distance, 400.0) +
         rolling * (2.5 * hills(p, phase_) + 1.2);
}

double Terrain::shaped(const Vec2d& p, double height) const {
  constexpr double kReach_m = 60;
  for (const StructureLine& line : structures_) {
    if (!line.is_near(p, kReach_m)) continue;
    const StructureLine::Beside beside = line.beside(p);
    const StructureSection& section = beside.section;
    const double from_end = std::min(section.from_start_m, section.to_end_m);
    if (line.is_bridge()) {
      if (!beside.within) continue;
      const double beyond = std::max(0.0, beside.aside_m - section.half_width_m() - 4);
      const double fall = std::min(kValley_m, .8 * from_end);
      height = std::min(height, section.low_m() - kBelowRoad_m - fall + .35 * beyond);
    } else {
      const double crown = tunnel_crown_m(line, section) + kTunnelShell_m;
      const double cover = std::min(1.0 + .3 * from_end, 8.0);
      const double beyond = std::max(0.0, beside.aside_m - section.half_width_m() - 4);
      height = std::max(height, section.high_m() + crown + cover - .5 * beyond);
    }
  }
  return height;
}

bool Terrain::in_tunnel(const std::array<Vec3d, 3>& corners) const {
  for (const StructureLine& line : structures_) {
    if (line.is_bridge() || !line.is_near(Vec2d(corners[0]), 10)) continue;
    constexpr int kPieces = 4;
    for (int i = 0; i <= kPieces; ++i) {
      for (int k = 0; i + k <= kPieces; ++k) {
        const double u = static_cast<double>(i) / kPieces, v = static_cast<double>(k) / kPieces;
        const Vec3d p = (1 - u - v) * corners[0] + u * corners[1] + v * corners[2];
        const StructureLine::Beside beside = line.beside(Vec2d(p));
        if (!beside.within || beside.aside_m > beside.section.half_width_m() + kTunnelWalk_m + .2)
          continue;
        const double up = p.z - beside.section.low_m();
        if (up > -.06 && up < tunnel_crown_m(line, beside.section) + .3) return true;
      }
    }
  }
  return false;
}

// Lowers every node of a cell that touches a road under the lowest surface there. A point of the
// road is at most 1.5 m from a sample and 5.7 m from the corners of its cell.
void Terrain::keep_below(const std::vector<Run>& runs) {
  const double reach = kGrid_m * std::sqrt(2.0) + 1.5;
  const auto press = [&](const Vec3d& p) {
    const Vec2d g = (Vec2d(p) - centre_ + half_m_) / kGrid_m;
    const int r = static_cast<int>(std::ceil(reach / kGrid_m));
    for (int y = std::max(0, static_cast<int>(g.y) - r);
         y <= std::min(cells_, static_cast<int>(g.y) + r + 1); ++y) {
      for (int x = std::max(0, static_cast<int>(g.x) - r);
           x <= std::min(cells_, static_cast<int>(g.x) + r + 1); ++x) {
        if (glm::length(node(x, y) - Vec2d(p)) > reach) continue;
        z(x, y) = std::min(z(x, y), p.z - kBelowRoad_m);
      }
    }
  };
  for (const Run& run : runs) {
    if (run.structure != nullptr) continue;
    for (std::size_t i = 0; i + 1 < run.stations.size(); ++i) {
      for (std::size_t k = 0; k < run.strips.size(); ++k) {
        const Vec3d& a = run.stations[i].points[k].position;
        const Vec3d& b = run.stations[i].points[k + 1].position;
        const Vec3d& c = run.stations[i + 1].points[k].position;
        const Vec3d& d = run.stations[i + 1].points[k + 1].position;
        const int n = std::max(1, static_cast<int>(std::ceil(glm::length(c - a) / 2)));
        const int m = std::max(1, static_cast<int>(std::ceil(glm::length(b - a) / 2)));
        for (int u = 0; u <= n; ++u) {
          for (int v = 0; v <= m; ++v) {
            const double fu = static_cast<double>(u) / n;
            const double fv = static_cast<double>(v) / m;
            press((1 - fu) * ((1 - fv) * a + fv * b) + fu * ((1 - fv) * c + fv * d));
          }
        }
      }
    }
  }
}

double Terrain::height(const Vec2d& p) const {
  const Vec2d g = (p - centre_ + half_m_) / kGrid_m;
  const int x = static_cast<int>(std::floor(g.x));
  const int y = static_cast<int>(std::floor(g.y));
  if (x < 0 || y < 0 || x >= cells_ || y >= cells_) return undisturbed(p);
  const double u = g.x - x;
  const double v = g.y - y;
  // The two triangles of mesh(): split along the diagonal from (0, 0) to (1, 1).
  if (u >= v) {
    return z(x, y) + u * (z(x + 1, y) - z(x, y)) + v * (z(x + 1, y + 1) - z(x + 1, y));
  }
  return z(x, y) + v * (z(x, y + 1) - z(x, y)) + u * (z(x + 1, y + 1) - z(x, y + 1));
}

// Earth on the first metres of a tube, in place of ground that would run through it.
void Terrain::add_backfill(TriangleMesh& mesh, std::array<Vec3d, 3> corners) const {
  for (Vec3d& p : corners) {
    for (const StructureLine& line : structures_) {
      if (line.is_bridge() || !line.is_near(Vec2d(p), 10)) continue;
      const StructureSection section = line.beside(Vec2d(p)).section;
      const double top = tunnel_crown_m(line, section) + kTunnelShell_m + .2;
      p.z = std::max(p.z, section.high_m() + top);
    }
  }
  const auto at = [&](const Vec3d& p) {
    return mesh.add_vertex(Vec3f(p), {0, 0, 1}, math::Vec2f(Vec2d(p)));
  };
  const std::uint32_t a = at(corners[0]), b = at(corners[1]), c = at(corners[2]);
  mesh.add_triangle(a, b, c, kGroundGrass);
}

TriangleMesh Terrain::mesh() const {
  TriangleMesh out;
  const auto add = [&](const Vec2d& p, double height) {
    return out.add_vertex(Vec3f(Vec3d(p, height)), {0, 0, 1}, math::Vec2f(p));
  };
  for (int y = 0; y <= cells_; ++y) {
    for (int x = 0; x <= cells_; ++x) add(node(x, y), z(x, y));
  }
  const auto index = [&](int x, int y) {
    return static_cast<std::uint32_t>(y * (cells_ + 1) + x);
  };
  for (int y = 0; y < cells_; ++y) {
    for (int x = 0; x < cells_; ++x) {
      for (const auto& [b, c] : {std::pair(index(x + 1, y), index(x + 1, y + 1)),
                                 std::pair(index(x + 1, y + 1), index(x, y + 1))}) {
        const std::uint32_t a = index(x, y);
        const std::array<Vec3d, 3> corners = {Vec3d(out.positions[a]), Vec3d(out.positions[b]),
                                              Vec3d(out.positions[c])};
        if (in_tunnel(corners)) {
          add_backfill(out, corners);
        } else {
          out.add_triangle(a, b, c, kGroundGrass);
        }
      }
    }
  }
  // Beyond the grid: squares that grow outwards from its rim, rim vertices shared.
  std::vector<std::uint32_t> rim;
  for (int x = 0; x < cells_; ++x) rim.push_back(index(x, 0));
  for (int y = 0; y < cells_; ++y) rim.push_back(index(cells_, y));
  for (int x = cells_; x > 0; --x) rim.push_back(index(x, cells_));
  for (int y = cells_; y > 0; --y) rim.push_back(index(0, y));
  const std::vector<std::uint32_t> first = rim;
  const double end = 1 + horizon_m_ / half_m_;
  for (const double f : {.04, .12, .25, .45, .7, 1.0}) {
    const double scale = 1 + f * (end - 1);
    std::vector<std::uint32_t> next;
    for (const std::uint32_t i : first) {
      const Vec2d p = centre_ + scale * (Vec2d(Vec3d(out.positions[i])) - centre_);
      next.push_back(add(p, undisturbed(p)));
    }
    for (std::size_t k = 0; k < rim.size(); ++k) {
      const std::size_t l = (k + 1) % rim.size();
      out.add_triangle(rim[k], next[k], next[l], kGroundMeadow);
      out.add_triangle(rim[k], next[l], rim[l], kGroundMeadow);
    }
    rim = std::move(next);
  }
  return out;
}

void Terrain::add_verges(TriangleMesh& mesh, const Run& run, const Occupancy& occupied) const {
  if (run.structure != nullptr) return;
  const std::size_t n = run.stations.size();
  for (const bool left : {true, false}) {
    const double side = left ? 1 : -1;
    const std::size_t strip = left ? 0 : run.strips.size() - 1;
    struct Rib {
      std::array<Vec3d, 3> p;
      bool usable = false;
    };
    std::vector<Rib> ribs(n);
    for (std::size_t i = 0; i < n; ++i) {
      const Station& st = run.stations[i];
      const Vec3d border = (left ? st.points.front() : st.points.back()).position;
      const Vec2d out = side * st.left;
      const auto at = [&](double d) {
        return Vec2d(border) + d * out;
      };
      double width = 2.5;
      const double drop = border.z - height(at(width));
      width = std::clamp(1.5 + 1.6 * drop, 1.5, 5.5);
      // As far as no other road is in the way. The first half metre may still be this road's raster
      // cell.
      while (width > .7 && !occupied.disc_is_free(at(.5 * (width + .8)), .5 * (width - .8) + .01,
                                                  kCoverPaved | kCoverGreenLane)) {
        width *= .6;
      }
      Rib& rib = ribs[i];
      rib.usable = width > .7 || occupied.disc_is_free(at(.75), .2, kCoverPaved | kCoverGreenLane);
      width = std::max(width, .5);
      if (drop > kDeck_m) {
        // A bridge: the side of the deck.
        rib.p = {border, border - Vec3d(0, 0, .4), border - Vec3d(0, 0, .8)};
        rib.usable = true;
        continue;
      }
      const double low = std::min(height(at(width)), border.z - .03) - .06;
      const double shoulder = std::min(.4, .4 * width);
      rib.p = {border, Vec3d(at(shoulder), std::max(border.z - .025, low)), Vec3d(at(width), low)};
    }
    for (std::size_t i = 0; i + 1 < n; ++i) {
      if (!ribs[i].usable || !ribs[i + 1].usable || run.is_hidden(strip, i)) continue;
      for (int k = 0; k < 2; ++k) {
        const Vec3f a(ribs[i].p[k]), b(ribs[i + 1].p[k]), c(ribs[i + 1].p[k + 1]),
            d(ribs[i].p[k + 1]);
        const std::uint16_t material =
            k == 0 && is_carriageway(run.strips[strip]) ? kGroundVerge : kGroundGrass;
        if (left) {
          mesh.add_quad(a, b, c, d, material);
        } else {
          mesh.add_quad(b, a, d, c, material);
        }
        for (std::size_t v = mesh.positions.size() - 4; v < mesh.positions.size(); ++v) {
          mesh.uvs[v] = math::Vec2f(mesh.positions[v]);
        }
      }
    }
  }
}

}  // namespace oddroad::stage
