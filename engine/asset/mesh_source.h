// What a model file says, checked: the guard in front of Assimp. Assimp 5.2 reads beyond its
// buffers when a glTF's numbers do not fit together or an OBJ's faces name what is not there, so it
// never sees the file itself: it gets a copy in memory that holds only what is needed and fits.
// Materials and textures do not go through it at all. Internal to this module.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/asset/material.h"
#include "engine/core/result.h"

namespace oddroad::asset {

inline constexpr std::uint64_t kMaxImportTriangles = 5'000'000;
// A broken file has as many problems as it has lines; nobody reads more than these.
inline constexpr std::size_t kMaxProblems = 20;

struct MeshSource {
  std::string entry;                         // which of `files` is the model
  std::map<std::string, std::string> files;  // by name without folder
  std::vector<Material> materials;           // material "7" of the copy is materials[7]
  std::vector<Texture> textures;
  std::vector<std::string> read;  // absolute paths, in order
  // How many triangles have to come out of it: of a glTF. Assimp drops those whose vertices do not
  // exist without a word; an OBJ's are checked beforehand, and its polygons may be degenerate.
  std::optional<std::uint64_t> triangles;
};

// Files named by a model, and the textures decoded so far.
class SourceFolder {
 public:
  explicit SourceFolder(const std::string& model_path) : model_path_(model_path) {}

  // The bytes of the model itself.
  core::Result<std::string> read_model();
  // The bytes of a file relative to the model. `what` ("texture", ...) and `where` are for errors:
  // no such file, no regular file, more than half a gigabyte in all.
  core::Result<std::string> read(const std::string& name, const std::string& what,
                                 const core::SourceLocation& where);
  [[nodiscard]] bool has(const std::string& name) const;

  // Index into `textures` of a file, decoded once.
  core::Result<std::int32_t> texture_file(const std::string& name,
                                          const core::SourceLocation& where);
  // The same for bytes inside another file; `name` tells them apart.
  core::Result<std::int32_t> texture_bytes(const std::string& name, const std::string& bytes);

  [[nodiscard]] const std::string& model_path() const { return model_path_; }
  // Hands over what was read.
  void finish(MeshSource& source);

 private:
  core::Result<std::string> read_path(const std::string& path, const core::SourceLocation& where,
                                      const std::string& what);
  [[nodiscard]] std::string path_of(const std::string& name) const;

  std::string model_path_;
  std::vector<std::string> read_;
  std::vector<Texture> textures_;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t texels_ = 0;
};

// By the extension of the path. Errors: as import_model's, those of the surface itself left out.
core::Result<MeshSource> read_mesh_source(const std::string& path);

core::Result<MeshSource> read_gltf(const std::string& bytes, SourceFolder& folder);
core::Result<MeshSource> read_obj(const std::string& text, SourceFolder& folder);

}  // namespace oddroad::asset
