#include "render/shade/surface_mesh.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include <glm/gtc/packing.hpp>

#include "engine/core/parallel.h"
#include "engine/core/random.h"

namespace oddroad::shade {

using math::Vec2f;
using math::Vec3f;

namespace {

constexpr float kLargestPaneM = 8;

float as_float(std::uint32_t bits) {
  return std::bit_cast<float>(bits);
}

// Octahedral map of the unit sphere (Meyer et al. 2010).
float packed_normal(const Vec3f& normal) {
  const float sum = std::abs(normal.x) + std::abs(normal.y) + std::abs(normal.z);
  const Vec3f n = sum > 0 ? normal / sum : Vec3f(0, 0, 1);
  Vec2f e(n.x, n.y);
  if (n.z < 0) {
    e = Vec2f((1 - std::abs(n.y)) * (n.x >= 0 ? 1.f : -1.f),
              (1 - std::abs(n.x)) * (n.y >= 0 ? 1.f : -1.f));
  }
  return as_float(glm::packSnorm2x16(e));
}

// The pane that a window's triangles form: its extent along a level and an upright axis.
struct Pane {
  Vec3f side{0};
  Vec3f up{0};
  Vec2f lower{1e30f};
  Vec2f upper{-1e30f};

  [[nodiscard]] Vec2f flat(const Vec3f& p) const { return {glm::dot(side, p), glm::dot(up, p)}; }
  void set_axes(const Vec3f& normal) {
    const Vec3f level = glm::cross(Vec3f(0, 0, 1), normal);
    const float length = glm::length(level);
    side = length > 1e-3f ? level / length : Vec3f(1, 0, 0);
    up = glm::normalize(glm::cross(normal, side));
  }
};

std::vector<Pane> find_panes(const math::TriangleMesh& mesh, const asset::Model& model,
                             const std::vector<std::uint32_t>& piece) {
  std::vector<Pane> panes(mesh.triangles.size());
  for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
    if (model.materials[mesh.material[t]].pattern != asset::Pattern::kGlassWindow) continue;
    Pane& pane = panes[piece[t]];
    const auto& c = mesh.triangles[t];
    if (pane.side == Vec3f(0)) {
      const Vec3f normal = glm::cross(mesh.positions[c[1]] - mesh.positions[c[0]],
                                      mesh.positions[c[2]] - mesh.positions[c[0]]);
      pane.set_axes(glm::length(normal) > 0 ? glm::normalize(normal) : Vec3f(1, 0, 0));
    }
    for (const std::uint32_t v : c) {
      pane.lower = glm::min(pane.lower, pane.flat(mesh.positions[v]));
      pane.upper = glm::max(pane.upper, pane.flat(mesh.positions[v]));
    }
  }
  return panes;
}

}  // namespace

std::vector<std::uint32_t> pieces_of(const math::TriangleMesh& mesh) {
  // Union of vertices, then the first triangle of each set names it.
  std::vector<std::uint32_t> parent(mesh.positions.size());
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](std::uint32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
  };
  for (const auto& t : mesh.triangles) {
    for (int k = 1; k < 3; ++k) {
      const std::uint32_t a = root(t[0]);
      const std::uint32_t b = root(t[k]);
      parent[std::max(a, b)] = std::min(a, b);
    }
  }
  constexpr std::uint32_t kNone = 0xffffffffu;
  std::vector<std::uint32_t> first(mesh.positions.size(), kNone);
  std::vector<std::uint32_t> out(mesh.triangles.size());
  for (std::uint32_t t = 0; t < out.size(); ++t) {
    std::uint32_t& name = first[root(mesh.triangles[t][0])];
    if (name == kNone) name = t;
    out[t] = name;
  }
  return out;
}

std::vector<shaders::ShadeTriangle> make_triangles(const math::TriangleMesh& mesh,
                                                   const asset::Model& model) {
  const auto uses = [&](asset::Pattern pattern) {
    return std::any_of(model.materials.begin(), model.materials.end(),
                       [&](const asset::Material& m) {
                         return m.pattern == pattern;
                       });
  };
  const bool windows = uses(asset::Pattern::kGlassWindow);
  std::vector<std::uint32_t> piece;
  std::vector<Pane> panes;
  if (windows || uses(asset::Pattern::kLeaf)) piece = pieces_of(mesh);
  if (windows) panes = find_panes(mesh, model, piece);

  std::vector<shaders::ShadeTriangle> out(mesh.triangles.size());
  for (std::uint32_t t = 0; t < out.size(); ++t) {
    const auto& c = mesh.triangles[t];
    const std::uint32_t hash =
        piece.empty() ? 0 : static_cast<std::uint32_t>(core::hash64(piece[t], 7) & 0xffffu);
    const std::uint32_t word = mesh.material[t] | hash << 16;
    std::array<Vec2f, 3> uv{};
    float pane_bits = 0;
    const bool window =
        windows && model.materials[mesh.material[t]].pattern == asset::Pattern::kGlassWindow;
    for (int k = 0; k < 3; ++k) uv[k] = c[k] < mesh.uvs.size() ? mesh.uvs[c[k]] : Vec2f(0);
    if (window) {
      const Pane& pane = panes[piece[t]];
      const Vec2f size = glm::max(pane.upper - pane.lower, Vec2f(1e-3f));
      for (int k = 0; k < 3; ++k) uv[k] = (pane.flat(mesh.positions[c[k]]) - pane.lower) / size;
      pane_bits = as_float(glm::packUnorm2x16(size / kLargestPaneM));
    }
    out[t].uv01 = {uv[0].x, uv[0].y, uv[1].x, uv[1].y};
    out[t].uv2_word = {uv[2].x, uv[2].y, as_float(word), pane_bits};
  }
  return out;
}

void place_corners(const math::TriangleMesh& mesh, std::span<const Vec3f> positions,
                   std::span<const Vec3f> normals, std::span<shaders::ShadeTriangle> triangles) {
  core::parallel_chunks(triangles.size(), 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t != end; ++t) {
      for (int k = 0; k < 3; ++k) {
        const std::uint32_t v = mesh.triangles[t][k];
        const Vec3f normal = v < normals.size() ? normals[v] : Vec3f(0, 0, 1);
        triangles[t].corner[k] = glm::vec4(positions[v], packed_normal(normal));
      }
    }
  });
}

}  // namespace oddroad::shade
