#include "engine/asset/import_surface.h"

#include <charconv>
#include <cmath>
#include <exception>

#include <assimp/Importer.hpp>
#include <assimp/MemoryIOWrapper.h>
#include <assimp/postprocess.h>
#include <assimp/scene.h>

#include "engine/asset/mesh_tools.h"
#include "engine/asset/weld.h"

namespace oddroad::asset {
namespace {

using math::Affine3d;
using math::Vec3d;

constexpr std::uint32_t kUnused = UINT32_MAX;

// Assimp reads the copy only, never the disk.
class CopiedFiles : public Assimp::IOSystem {
 public:
  explicit CopiedFiles(const std::map<std::string, std::string>& files) : files_(files) {}

  bool Exists(const char* path) const override { return find(path) != nullptr; }
  char getOsSeparator() const override { return '/'; }
  Assimp::IOStream* Open(const char* path, const char* mode) override {
    const std::string* bytes = find(path);
    if (bytes == nullptr || mode[0] != 'r') return nullptr;
    return new Assimp::MemoryIOStream(reinterpret_cast<const std::uint8_t*>(bytes->data()),
                                      bytes->size());
  }
  void Close(Assimp::IOStream* stream) override { delete stream; }

 private:
  const std::string* find(std::string_view path) const {
    const auto found = files_.find(std::string(path.substr(path.rfind('/') + 1)));
    return found == files_.end() ? nullptr : &found->second;
  }
  const std::map<std::string, std::string>& files_;
};

// One mesh of the scene where a node shows it.
struct Instance {
  const aiMesh* mesh = nullptr;
  Affine3d T_model_mesh;
  std::uint16_t material = 0;
};

Affine3d affine_from(const aiMatrix4x4& m) {
  Affine3d out;
  out.linear = glm::dmat3(m.a1, m.b1, m.c1, m.a2, m.b2, m.c2, m.a3, m.b3, m.c3);
  out.translation = Vec3d(m.a4, m.b4, m.c4);
  return out;
}

Vec3d vector_from(const aiVector3D& v) {
  return {v.x, v.y, v.z};
}

bool is_finite(const Vec3d& v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

// One instance as triangles of the model.
class Piece {
 public:
  explicit Piece(const Instance& instance)
      : mesh_(*instance.mesh),
        T_model_mesh_(instance.T_model_mesh),
        normal_matrix_(glm::transpose(glm::inverse(instance.T_model_mesh.linear))),
        place_(mesh_.mNumVertices, kUnused) {
    const bool mirrored = glm::determinant(T_model_mesh_.linear) < 0;
    for (unsigned f = 0; f < mesh_.mNumFaces; ++f) {
      const aiFace& face = mesh_.mFaces[f];
      if (face.mNumIndices != 3) continue;
      const std::uint32_t a = vertex(face.mIndices[0]);
      const std::uint32_t b = vertex(face.mIndices[mirrored ? 2 : 1]);
      const std::uint32_t c = vertex(face.mIndices[mirrored ? 1 : 2]);
      out_.add_triangle(a, b, c, instance.material);
    }
    out_.remove_degenerate();
    if (!has_normals_) math::smooth_normals(out_, kSmoothCrease);
  }

  math::TriangleMesh& mesh() { return out_; }

 private:
  std::uint32_t vertex(std::uint32_t v) {
    if (place_[v] != kUnused) return place_[v];
    Vec3d n(0);
    if (mesh_.mNormals != nullptr) n = normal_matrix_ * vector_from(mesh_.mNormals[v]);
    const double length = glm::length(n);
    const bool is_direction = std::isfinite(length) && length > 0;
    has_normals_ &= is_direction;
    // Assimp counts v from the lower edge.
    const aiVector3D* uvs = mesh_.mTextureCoords[0];
    const math::Vec2f uv = uvs == nullptr ? math::Vec2f(0) : math::Vec2f(uvs[v].x, 1 - uvs[v].y);
    const Vec3d p = T_model_mesh_.point(vector_from(mesh_.mVertices[v]));
    return place_[v] =
               out_.add_vertex(math::Vec3f(p), math::Vec3f(is_direction ? n / length : n), uv);
  }

  const aiMesh& mesh_;
  Affine3d T_model_mesh_;
  glm::dmat3 normal_matrix_;
  std::vector<std::uint32_t> place_;  // of Assimp's vertices here
  bool has_normals_ = true;
  math::TriangleMesh out_;
};

class SurfaceReader {
 public:
  SurfaceReader(const aiScene& scene, const MeshSource& source) : scene_(scene), source_(source) {}

  void collect(const aiNode& node, const Affine3d& T_model_parent) {
    const Affine3d T = T_model_parent * affine_from(node.mTransformation);
    for (unsigned i = 0; i < node.mNumMeshes; ++i) {
      const aiMesh* mesh = scene_.mMeshes[node.mMeshes[i]];
      instances_.push_back({mesh, T, material_of(*mesh)});
    }
    for (unsigned i = 0; i < node.mNumChildren; ++i) collect(*node.mChildren[i], T);
  }

  // The box of all triangles, or what is wrong with them.
  std::string measure(math::Aabb& box) const {
    std::uint64_t triangles = 0;
    for (const Instance& instance : instances_) {
      const aiMesh& mesh = *instance.mesh;
      for (unsigned f = 0; f < mesh.mNumFaces; ++f) {
        const aiFace& face = mesh.mFaces[f];
        triangles += face.mNumIndices == 3;
        for (unsigned k = 0; k < face.mNumIndices && face.mNumIndices == 3; ++k) {
          std::string problem = include_vertex(instance, face.mIndices[k], box);
          if (!problem.empty()) return problem;
        }
      }
    }
    if (source_.triangles && triangles != *source_.triangles) {
      return std::to_string(*source_.triangles - triangles) +
             " triangle(s) have vertices that are not there";
    }
    return box.empty() ? "there are no triangles in it" : "";
  }

  [[nodiscard]] math::TriangleMesh surface(const Vec3d& shift) const {
    math::TriangleMesh out;
    for (Instance instance : instances_) {
      instance.T_model_mesh.translation += shift;
      Piece piece(instance);
      const bool textured = instance.material < source_.materials.size() &&
                            source_.materials[instance.material].texture >= 0;
      if (!textured) planar_uvs(piece.mesh());
      out.append(piece.mesh());
    }
    return out;
  }

 private:
  static std::string include_vertex(const Instance& instance, std::uint32_t v, math::Aabb& box) {
    const aiMesh& mesh = *instance.mesh;
    if (v >= mesh.mNumVertices) {
      return "a triangle has vertex " + std::to_string(v) + " of " +
             std::to_string(mesh.mNumVertices);
    }
    const Vec3d p = instance.T_model_mesh.point(vector_from(mesh.mVertices[v]));
    const Vec3d uv =
        mesh.mTextureCoords[0] == nullptr ? Vec3d(0) : vector_from(mesh.mTextureCoords[0][v]);
    if (!is_finite(p) || !is_finite(uv)) return "vertex " + std::to_string(v) + " is not finite";
    box.include(p);
    return "";
  }

  // The copy's materials are called by their numbers.
  [[nodiscard]] std::uint16_t material_of(const aiMesh& mesh) const {
    auto number = static_cast<std::uint16_t>(source_.materials.size());
    const aiString name = scene_.mMaterials[mesh.mMaterialIndex]->GetName();
    std::from_chars(name.C_Str(), name.C_Str() + name.length, number);
    return std::min(number, static_cast<std::uint16_t>(source_.materials.size()));
  }

  const aiScene& scene_;
  const MeshSource& source_;
  std::vector<Instance> instances_;
};

Vec3d foot_of(const math::Aabb& box) {
  return {box.centre().x, box.centre().y, box.lower.z};
}

core::Result<math::TriangleMesh> read_surface(const aiScene& scene, const MeshSource& source,
                                              const glm::dmat3& turn, const std::string& file) {
  SurfaceReader reader(scene, source);
  reader.collect(*scene.mRootNode, {turn, Vec3d(0)});
  math::Aabb box;
  const std::string problem = reader.measure(box);
  if (!problem.empty()) return core::fail_at({file}, problem);
  math::TriangleMesh mesh = reader.surface(-foot_of(box));
  weld(mesh);
  if (mesh.triangles.empty()) return core::fail_at({file}, "its triangles have no area");
  // Triangles without area are gone now; they may have been the lowest.
  const math::Vec3f rest(foot_of(mesh.bounds()));
  for (math::Vec3f& p : mesh.positions) p -= rest;
  return mesh;
}

}  // namespace

core::Result<math::TriangleMesh> import_surface(const MeshSource& source, const glm::dmat3& turn,
                                                const std::string& file) {
  try {
    Assimp::Importer importer;
    importer.SetIOHandler(new CopiedFiles(source.files));  // owned by the importer
    const aiScene* scene = importer.ReadFile(source.entry, aiProcess_Triangulate);
    if (scene == nullptr || scene->mRootNode == nullptr) {
      return core::fail_at({file}, std::string("cannot be read: ") + importer.GetErrorString());
    }
    return read_surface(*scene, source, turn, file);
  } catch (const std::exception& error) {
    return core::fail_at({file}, std::string("cannot be read: ") + error.what());
  }
}

}  // namespace oddroad::asset
