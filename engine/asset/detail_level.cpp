#include "engine/asset/detail_level.h"

#include <limits>
#include <map>

#include "engine/asset/mesh_pieces.h"
#include "engine/asset/simplify_solid.h"
#include "engine/asset/thin_leaves.h"
#include "engine/core/random.h"

namespace oddroad::asset {
namespace {

using math::TriangleMesh;
constexpr double kWorthwhile = 0.9;  // share of the triangles that a level may keep

// A mesh sorted into what each way of simplifying takes, by material.
struct Sorted {
  std::map<std::uint16_t, std::vector<std::vector<std::uint32_t>>> leaves;
  std::map<std::uint16_t, std::vector<std::uint32_t>> solids;
};

Sorted sort_out(const TriangleMesh& mesh, const std::vector<Material>& materials,
                const std::vector<std::uint32_t>& places) {
  Sorted out;
  for (auto& piece : connected_pieces(mesh, places)) {
    const std::uint16_t material = mesh.material[piece.front()];
    if (piece.size() <= 2 && materials[material].pattern == Pattern::kLeaf) {
      out.leaves[material].push_back(std::move(piece));
    } else {
      for (const std::uint32_t t : piece) out.solids[mesh.material[t]].push_back(t);
    }
  }
  for (auto it = out.leaves.begin(); it != out.leaves.end();) {
    if (it->second.size() >= kFewestLeaves) {
      ++it;
      continue;
    }
    for (const auto& piece : it->second) {
      out.solids[it->first].insert(out.solids[it->first].end(), piece.begin(), piece.end());
    }
    it = out.leaves.erase(it);
  }
  return out;
}

// Materials whose surface meets another material's.
std::vector<bool> shares_border(const TriangleMesh& mesh, const std::vector<std::uint32_t>& places,
                                std::size_t materials) {
  constexpr std::uint16_t kNone = 0xffff;
  std::vector<std::uint16_t> owner(mesh.positions.size(), kNone);
  std::vector<bool> out(materials);
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    for (const std::uint32_t v : mesh.triangles[t]) {
      std::uint16_t& first = owner[places[v]];
      if (first == kNone) first = mesh.material[t];
      if (first != mesh.material[t]) out[first] = out[mesh.material[t]] = true;
    }
  }
  return out;
}

// The outermost vertices in the model frame stay, named by a triangle or not: they are the box.
void keep_outermost(const Part& part, TriangleMesh& out) {
  const TriangleMesh& mesh = *part.mesh;
  for (int axis = 0; axis < 3; ++axis) {
    for (const double side : {-1.0, 1.0}) {
      std::size_t best = 0;
      double farthest = -std::numeric_limits<double>::infinity();
      for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
        const double at = side * part.T_model_part.point(math::Vec3d(mesh.positions[v]))[axis];
        if (at > farthest) {
          farthest = at;
          best = v;
        }
      }
      out.add_vertex(mesh.positions[best], mesh.normals[best], mesh.uvs[best]);
    }
  }
}

std::shared_ptr<TriangleMesh> coarser(const Model& model, const Part& part, double error_m) {
  const TriangleMesh& mesh = *part.mesh;
  const std::vector<std::uint32_t> places = first_at_place(mesh);
  const Sorted sorted = sort_out(mesh, model.materials, places);
  const std::vector<bool> locked = shares_border(mesh, places, model.materials.size());
  auto out = std::make_shared<TriangleMesh>();
  for (const auto& [material, triangles] : sorted.solids) {
    append_simplified(mesh, triangles, error_m, locked[material], *out);
  }
  for (const auto& [material, leaves] : sorted.leaves) {
    const std::uint64_t key = core::hash64(model.name + "/" + part.name, material);
    append_thinned(mesh, leaves, error_m, key, *out);
  }
  return out;
}

}  // namespace

std::size_t triangle_count(const Model& model) {
  std::size_t out = 0;
  for (const Part& part : model.parts) out += part.mesh->triangle_count();
  return out;
}

std::shared_ptr<const Model> make_level(const std::shared_ptr<const Model>& full, int level) {
  if (level <= 0 || full->deformer) return full;
  auto out = std::make_shared<Model>(*full);
  // Parts that share a mesh, as wheels do, go on sharing one.
  std::map<const TriangleMesh*, std::shared_ptr<TriangleMesh>> made;
  for (const Part& part : full->parts) {
    auto& mesh = made[part.mesh.get()];
    if (!mesh) mesh = coarser(*full, part, level_error_m(level));
    keep_outermost(part, *mesh);
  }
  for (Part& part : out->parts) part.mesh = made[part.mesh.get()];
  const auto before = static_cast<double>(triangle_count(*full));
  if (static_cast<double>(triangle_count(*out)) > kWorthwhile * before) return full;
  return out;
}

}  // namespace oddroad::asset
