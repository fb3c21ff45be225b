#include "engine/asset/mesh_tools.h"

#include <algorithm>
#include <cmath>

#include <glm/gtc/matrix_transform.hpp>

#include "engine/core/check.h"

namespace oddroad::asset {

namespace {

Vec3f unit(const Vec3f& v, const Vec3f& otherwise = {0, 0, 1}) {
  const float length = glm::length(v);
  return length > 1e-12f ? v / length : otherwise;
}

float polygon_area(std::span<const Vec2f> p) {
  float twice = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const Vec2f& a = p[i];
    const Vec2f& b = p[(i + 1) % p.size()];
    twice += a.x * b.y - a.y * b.x;
  }
  return 0.5f * twice;
}

// A lid over one ring. The ring is projected on its own mean plane for triangulation.
void add_cap(TriangleMesh& mesh, const Ring& ring, bool forward, std::uint16_t material) {
  Vec3f area(0);
  for (std::size_t i = 0; i < ring.size(); ++i) {
    area += glm::cross(ring[i] - ring[0], ring[(i + 1) % ring.size()] - ring[0]);
  }
  if (glm::length(area) < 1e-12f) return;
  const Affine3f T = frame_along(ring[0], area, ring[1] - ring[0]);
  const Affine3f T_inverse = T.inverse();
  std::vector<Vec2f> flat;
  for (const Vec3f& p : ring) flat.emplace_back(T_inverse.point(p));
  const Vec3f normal = forward ? unit(area) : -unit(area);
  const auto base = static_cast<std::uint32_t>(mesh.positions.size());
  for (std::size_t i = 0; i < ring.size(); ++i) mesh.add_vertex(ring[i], normal, flat[i]);
  for (const auto& [a, b, c] : triangulate(flat)) {
    if (forward) {
      mesh.add_triangle(base + a, base + b, base + c, material);
    } else {
      mesh.add_triangle(base + a, base + c, base + b, material);
    }
  }
}

float orient(const Vec2f& a, const Vec2f& b, const Vec2f& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool is_ear(std::span<const Vec2f> p, const std::vector<std::uint32_t>& left, std::size_t i) {
  const std::size_t n = left.size();
  const Vec2f& a = p[left[(i + n - 1) % n]];
  const Vec2f& b = p[left[i]];
  const Vec2f& c = p[left[(i + 1) % n]];
  if (orient(a, b, c) <= 0) return false;
  for (std::size_t k = 0; k < n; ++k) {
    const Vec2f& q = p[left[k]];
    if (q == a || q == b || q == c) continue;
    if (orient(a, b, q) >= 0 && orient(b, c, q) >= 0 && orient(c, a, q) >= 0) return false;
  }
  return true;
}

// One Catmull-Rom span from b to c, centripetal parameters, sampled without its first point.
template <typename Vec>
void add_span(std::vector<Vec>& out, const Vec& a, const Vec& b, const Vec& c, const Vec& d,
              float max_step) {
  const auto knot = [](const Vec& p, const Vec& q) {
    return std::max(std::sqrt(glm::length(q - p)), 1e-6f);
  };
  const float t1 = knot(a, b);
  const float t2 = t1 + knot(b, c);
  const float t3 = t2 + knot(c, d);
  const int steps = std::max(1, static_cast<int>(std::ceil(glm::length(c - b) / max_step)));
  for (int k = 1; k < steps; ++k) {
    const float t = t1 + (t2 - t1) * static_cast<float>(k) / static_cast<float>(steps);
    const Vec a1 = a * ((t1 - t) / t1) + b * (t / t1);
    const Vec a2 = b * ((t2 - t) / (t2 - t1)) + c * ((t - t1) / (t2 - t1));
    const Vec a3 = c * ((t3 - t) / (t3 - t2)) + d * ((t - t2) / (t3 - t2));
    const Vec b1 = a1 * ((t2 - t) / t2) + a2 * (t / t2);
    const Vec b2 = a2 * ((t3 - t) / (t3 - t1)) + a3 * ((t - t1) / (t3 - t1));
    out.push_back(b1 * ((t2 - t) / (t2 - t1)) + b2 * ((t - t1) / (t2 - t1)));
  }
  out.push_back(c);
}

template <typename Vec>
std::vector<Vec> spline_through(std::span<const Vec> points, std::span<const char> corner,
                                float max_step) {
  std::vector<Vec> out;
  if (points.empty()) return out;
  out.push_back(points[0]);
  const auto is_corner = [&](std::size_t i) {
    return i == 0 || i + 1 == points.size() || (i < corner.size() && corner[i] != 0);
  };
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Vec before = is_corner(i) ? 2.0f * points[i] - points[i + 1] : points[i - 1];
    const Vec after = is_corner(i + 1) ? 2.0f * points[i + 1] - points[i] : points[i + 2];
    add_span(out, before, points[i], points[i + 1], after, max_step);
  }
  return out;
}

}  // namespace

std::vector<std::array<std::uint32_t, 3>> triangulate(std::span<const Vec2f> polygon) {
  std::vector<std::array<std::uint32_t, 3>> out;
  if (polygon.size() < 3) return out;
  std::vector<std::uint32_t> left(polygon.size());
  for (std::uint32_t i = 0; i < left.size(); ++i) left[i] = i;
  std::size_t i = 0;
  std::size_t misses = 0;
  while (left.size() > 3) {
    const std::size_t n = left.size();
    i %= n;
    // A full round without an ear means a self-touching outline: cut anyway, never loop for ever.
    if (misses > n || is_ear(polygon, left, i)) {
      out.push_back({left[(i + n - 1) % n], left[i], left[(i + 1) % n]});
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(i));
      misses = 0;
    } else {
      ++misses;
      ++i;
    }
  }
  out.push_back({left[0], left[1], left[2]});
  return out;
}

std::vector<Vec2f> spline(std::span<const Vec2f> points, std::span<const char> corner,
                          float max_step) {
  return spline_through(points, corner, max_step);
}

std::vector<Vec3f> spline(std::span<const Vec3f> points, std::span<const char> corner,
                          float max_step) {
  return spline_through(points, corner, max_step);
}

std::vector<Vec2f> circle(float radius, int sides) {
  std::vector<Vec2f> out;
  for (int i = 0; i < sides; ++i) {
    const float a = 2 * kPi * static_cast<float>(i) / static_cast<float>(sides);
    out.emplace_back(radius * std::cos(a), radius * std::sin(a));
  }
  return out;
}

std::vector<Vec2f> rounded_rectangle(float width, float height, float radius, int corner_steps) {
  std::vector<Vec2f> out;
  const Vec2f half(0.5f * width - radius, 0.5f * height - radius);
  const Vec2f sign[4] = {{1, 1}, {-1, 1}, {-1, -1}, {1, -1}};
  for (int c = 0; c < 4; ++c) {
    for (int k = 0; k <= corner_steps; ++k) {
      const float a = 0.5f * kPi *
                      (static_cast<float>(c) +
                       static_cast<float>(k) / static_cast<float>(std::max(corner_steps, 1)));
      out.push_back(sign[c] * half + radius * Vec2f(std::cos(a), std::sin(a)));
      if (radius <= 0) break;
    }
  }
  return out;
}

Affine3f translation(const Vec3f& t) {
  return {glm::mat3(1.0f), t};
}

Affine3f rotation(const Vec3f& axis, float angle_rad) {
  return {glm::mat3(glm::rotate(glm::mat4(1.0f), angle_rad, unit(axis))), Vec3f(0)};
}

Affine3f scaling(const Vec3f& s) {
  Affine3f out;
  for (int c = 0; c < 3; ++c) out.linear[c][c] = s[c];
  return out;
}

Affine3f frame_along(const Vec3f& origin, const Vec3f& direction, const Vec3f& hint) {
  const Vec3f z = unit(direction);
  Vec3f x = hint - z * glm::dot(hint, z);
  if (glm::length(x) < 1e-4f * glm::length(hint) + 1e-9f) {
    const Vec3f other = std::abs(z.x) < 0.7f ? Vec3f(1, 0, 0) : Vec3f(0, 1, 0);
    x = other - z * glm::dot(other, z);
  }
  x = unit(x);
  return {glm::mat3(x, glm::cross(z, x), z), origin};
}

TriangleMesh transformed(const TriangleMesh& mesh, const Affine3f& T) {
  TriangleMesh out;
  out.append(mesh, T);
  return out;
}

TriangleMesh mirrored_y(const TriangleMesh& mesh) {
  return transformed(mesh, scaling({1, -1, 1}));
}

TriangleMesh flipped(const TriangleMesh& mesh) {
  TriangleMesh out = mesh;
  for (Vec3f& n : out.normals) n = -n;
  for (auto& t : out.triangles) std::swap(t[1], t[2]);
  return out;
}

void set_material(TriangleMesh& mesh, std::uint16_t material) {
  std::fill(mesh.material.begin(), mesh.material.end(), material);
}

void planar_uvs(TriangleMesh& mesh) {
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    const Vec3f& p = mesh.positions[i];
    const Vec3f n = glm::abs(mesh.normals[i]);
    if (n.z >= n.x && n.z >= n.y) {
      mesh.uvs[i] = {p.x, p.y};
    } else if (n.x >= n.y) {
      mesh.uvs[i] = {p.y, p.z};
    } else {
      mesh.uvs[i] = {p.x, p.z};
    }
  }
}

double signed_volume(const TriangleMesh& mesh) {
  double six = 0;
  for (const auto& [a, b, c] : mesh.triangles) {
    const math::Vec3d p(mesh.positions[a]);
    six += glm::dot(p, glm::cross(math::Vec3d(mesh.positions[b]), math::Vec3d(mesh.positions[c])));
  }
  return six / 6;
}

TriangleMesh loft(std::span<const Ring> rings, std::uint16_t material, const LoftOptions& options) {
  TriangleMesh mesh;
  if (rings.size() < 2) return mesh;
  const std::size_t count = rings[0].size();
  const std::size_t columns = options.closed_rings ? count + 1 : count;
  std::vector<float> along(count, 0.0f);
  for (std::size_t r = 0; r < rings.size(); ++r) {
    ODDROAD_CHECK_OP(rings[r].size(), ==, count);
    float around = 0;
    for (std::size_t k = 0; k < columns; ++k) {
      const Vec3f& p = rings[r][k % count];
      if (k > 0) around += glm::length(p - rings[r][k - 1]);
      if (r > 0 && k < count) along[k] += glm::length(p - rings[r - 1][k]);
      mesh.add_vertex(p, {0, 0, 1}, {around, along[k % count]});
    }
  }
  for (std::size_t r = 0; r + 1 < rings.size(); ++r) {
    for (std::size_t k = 0; k + 1 < columns; ++k) {
      const auto a = static_cast<std::uint32_t>(r * columns + k);
      const auto c = static_cast<std::uint32_t>((r + 1) * columns + k);
      mesh.add_triangle(a, a + 1, c + 1, material);
      mesh.add_triangle(a, c + 1, c, material);
    }
  }
  mesh.remove_degenerate();
  math::smooth_normals(mesh, options.crease_rad);
  if (options.cap_begin && options.closed_rings) add_cap(mesh, rings.front(), false, material);
  if (options.cap_end && options.closed_rings) add_cap(mesh, rings.back(), true, material);
  mesh.remove_degenerate();
  return mesh;
}

TriangleMesh box(const Vec3f& centre, const Vec3f& size, std::uint16_t material, float bevel) {
  const std::vector<Vec2f> outline = {{-0.5f * size.x, -0.5f * size.y},
                                      {0.5f * size.x, -0.5f * size.y},
                                      {0.5f * size.x, 0.5f * size.y},
                                      {-0.5f * size.x, 0.5f * size.y}};
  if (bevel <= 0) {
    return extrude(outline, -0.5f * size.z, 0.5f * size.z, translation(centre), material);
  }
  const float b = std::min(bevel, 0.49f * std::min({size.x, size.y, size.z}));
  const Vec2f h(0.5f * size.x, 0.5f * size.y);
  const std::vector<Vec2f> cut = {{-h.x + b, -h.y}, {h.x - b, -h.y}, {h.x, -h.y + b},
                                  {h.x, h.y - b},   {h.x - b, h.y},  {-h.x + b, h.y},
                                  {-h.x, h.y - b},  {-h.x, -h.y + b}};
  const std::vector<Vec2f> inset = {{-h.x + b, -h.y + b}, {h.x - b, -h.y + b}, {h.x - b, -h.y + b},
                                    {h.x - b, h.y - b},   {h.x - b, h.y - b},  {-h.x + b, h.y - b},
                                    {-h.x + b, h.y - b},  {-h.x + b, -h.y + b}};
  const float z = 0.5f * size.z;
  std::vector<Ring> rings(4);
  const float level[4] = {-z, -z + b, z - b, z};
  for (int r = 0; r < 4; ++r) {
    const auto& outline_r = (r == 0 || r == 3) ? inset : cut;
    for (const Vec2f& p : outline_r) rings[r].push_back(centre + Vec3f(p, level[r]));
  }
  TriangleMesh mesh =
      loft(rings, material, {.cap_begin = false, .cap_end = false, .crease_rad = 0.1f});
  for (const bool top : {false, true}) {
    const Ring& ring = rings[top ? 3 : 0];
    add_cap(mesh, {ring[0], ring[2], ring[4], ring[6]}, top, material);
  }
  return mesh;
}

TriangleMesh cylinder(const Vec3f& a, const Vec3f& b, float radius_a, float radius_b, int sides,
                      std::uint16_t material, bool caps) {
  const Vec3f path[2] = {a, b};
  const float radii[2] = {radius_a, radius_b};
  return tube(path, radii, sides, material, caps);
}

TriangleMesh tube(std::span<const Vec3f> path, std::span<const float> radii, int sides,
                  std::uint16_t material, bool caps) {
  const std::size_t n = path.size();
  if (n < 2) return {};
  const bool closed = n > 3 && path.front() == path.back();
  std::vector<Ring> rings(n);
  Vec3f hint(0);
  for (std::size_t i = 0; i < n; ++i) {
    const Vec3f in =
        i > 0 ? path[i] - path[i - 1] : (closed ? path[n - 1] - path[n - 2] : Vec3f(0));
    const Vec3f out = i + 1 < n ? path[i + 1] - path[i] : (closed ? path[1] - path[0] : Vec3f(0));
    const Vec3f direction = unit(unit(in, Vec3f(0)) + unit(out, Vec3f(0)), unit(in + out));
    if (i == 0) hint = std::abs(direction.z) < 0.9f ? Vec3f(0, 0, 1) : Vec3f(1, 0, 0);
    const Affine3f frame = frame_along(path[i], direction, hint);
    hint = frame.linear[0];
    const float radius = radii[radii.size() == 1 ? 0 : i];
    for (const Vec2f& p : circle(radius, sides)) rings[i].push_back(frame.point(Vec3f(p, 0)));
  }
  // A closed planar path comes back to its first frame; a twisted one is joined as it comes.
  if (closed) rings.back() = rings.front();
  const float crease =
      sides <= 4 ? 0.5f : std::max(kSmoothCrease, 2.2f * kPi / static_cast<float>(sides));
  return loft(rings, material,
              {.cap_begin = caps && !closed && radii.front() > 0,
               .cap_end = caps && !closed && radii.back() > 0,
               .crease_rad = crease});
}

TriangleMesh ellipsoid(const Vec3f& centre, const Vec3f& radii, int segments, int rings,
                       std::uint16_t material) {
  std::vector<Vec2f> profile;
  for (int r = 0; r <= rings; ++r) {
    const float a = kPi * (static_cast<float>(r) / static_cast<float>(rings) - 0.5f);
    profile.emplace_back(r == 0 || r == rings ? 0.0f : std::cos(a), std::sin(a));
  }
  const TriangleMesh sphere = lathe(profile, material, {.segments = segments, .crease_rad = kPi});
  TriangleMesh out = transformed(sphere, translation(centre) * scaling(radii));
  const float mean = (radii.x + radii.y + radii.z) / 3;
  for (Vec2f& uv : out.uvs) uv *= mean;
  return out;
}

TriangleMesh lathe(std::span<const Vec2f> profile, std::uint16_t material,
                   const LatheOptions& options) {
  // Rings run along the profile and are lofted around, so that the seam keeps its own uvs. Seen
  // against the direction of travel (counter-clockwise about z), the profile runs the other way
  // round than loft wants, hence the reversal.
  std::vector<Ring> rings;
  const bool full = options.sweep_rad >= 2 * kPi - 1e-4f;
  for (int s = 0; s <= options.segments; ++s) {
    const float a = full && s == options.segments
                        ? options.begin_rad
                        : options.begin_rad + options.sweep_rad * static_cast<float>(s) /
                                                  static_cast<float>(options.segments);
    Ring ring;
    for (const Vec2f& p : profile) {
      ring.emplace_back(p.x * std::cos(a), p.x * std::sin(a), p.y);
    }
    std::reverse(ring.begin(), ring.end());
    rings.push_back(std::move(ring));
  }
  return loft(rings, material, {.closed_rings = false, .crease_rad = options.crease_rad});
}

TriangleMesh extrude(std::span<const Vec2f> polygon, float z0, float z1, std::uint16_t material,
                     float bevel) {
  ODDROAD_CHECK_OP(polygon.size(), >=, 3u);
  ODDROAD_CHECK_OP(polygon_area(polygon), >, 0.0f);
  const std::size_t n = polygon.size();
  const auto ring_at = [&](float z, float inset) {
    Ring ring;
    for (std::size_t i = 0; i < n; ++i) {
      const Vec2f in = polygon[i] - polygon[(i + n - 1) % n];
      const Vec2f out = polygon[(i + 1) % n] - polygon[i];
      const Vec2f a = Vec2f(-in.y, in.x) / std::max(glm::length(in), 1e-9f);
      const Vec2f b = Vec2f(-out.y, out.x) / std::max(glm::length(out), 1e-9f);
      const Vec2f mitre = (a + b) / std::max(1.0f + glm::dot(a, b), 0.25f);
      ring.emplace_back(polygon[i] + inset * mitre, z);
    }
    return ring;
  };
  std::vector<Ring> rings;
  if (bevel > 0) rings.push_back(ring_at(z0, bevel));
  rings.push_back(ring_at(z0 + bevel, 0));
  rings.push_back(ring_at(z1 - bevel, 0));
  if (bevel > 0) rings.push_back(ring_at(z1, bevel));
  return loft(rings, material, {.crease_rad = 0.55f});
}

TriangleMesh extrude(std::span<const Vec2f> polygon, float z0, float z1, const Affine3f& T,
                     std::uint16_t material, float bevel) {
  return transformed(extrude(polygon, z0, z1, material, bevel), T);
}

TriangleMesh frame_prism(std::span<const Vec2f> outer, std::span<const Vec2f> inner, float z0,
                         float z1, const Affine3f& T, std::uint16_t material) {
  ODDROAD_CHECK_OP(outer.size(), ==, inner.size());
  // Four walls lofted around the section: outer side, top, inner side, bottom.
  std::vector<Ring> rings;
  for (std::size_t i = 0; i <= outer.size(); ++i) {
    const Vec2f& o = outer[i % outer.size()];
    const Vec2f& p = inner[i % inner.size()];
    rings.push_back({{o.x, o.y, z0}, {p.x, p.y, z0}, {p.x, p.y, z1}, {o.x, o.y, z1}});
  }
  return transformed(
      loft(rings, material, {.cap_begin = false, .cap_end = false, .crease_rad = 0.55f}), T);
}

TriangleMesh grid(int columns, int rows, const std::function<Vec3f(float, float)>& point,
                  std::uint16_t material, float crease_rad) {
  std::vector<Ring> lines;
  for (int r = 0; r <= rows; ++r) {
    Ring line;
    for (int c = 0; c <= columns; ++c) {
      line.push_back(point(static_cast<float>(c) / static_cast<float>(columns),
                           static_cast<float>(r) / static_cast<float>(rows)));
    }
    lines.push_back(std::move(line));
  }
  return loft(lines, material, {.closed_rings = false, .crease_rad = crease_rad});
}

TriangleMesh flat_polygon(std::span<const Vec2f> polygon, const Affine3f& T,
                          std::uint16_t material) {
  TriangleMesh mesh;
  for (const Vec2f& p : polygon) mesh.add_vertex({p, 0}, {0, 0, 1}, p);
  for (const auto& [a, b, c] : triangulate(polygon)) mesh.add_triangle(a, b, c, material);
  return transformed(mesh, T);
}

}  // namespace oddroad::asset
