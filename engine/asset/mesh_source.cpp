#include "engine/asset/mesh_source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "engine/asset/texture_file.h"

namespace oddroad::asset {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 29;
constexpr std::size_t kMaxMaterials = 4096;  // meshes count them with 16 bits
constexpr std::uint64_t kMaxTexels = std::uint64_t{1} << 26;

std::string lower_extension(const std::string& path) {
  std::string out = fs::path(path).extension().string();
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return out;
}

}  // namespace

std::string SourceFolder::path_of(const std::string& name) const {
  std::error_code ignored;
  const fs::path beside = fs::path(model_path_).parent_path() / name;
  return fs::absolute(beside, ignored).lexically_normal().string();
}

bool SourceFolder::has(const std::string& name) const {
  std::error_code ignored;
  return fs::is_regular_file(path_of(name), ignored);
}

core::Result<std::string> SourceFolder::read_path(const std::string& path,
                                                  const core::SourceLocation& where,
                                                  const std::string& what) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return core::fail_at(where, what + " not found", "looked for " + path);
  }
  const std::uint64_t size = fs::file_size(path, error);
  if (error) return core::fail_at({path}, "cannot read the file");
  bytes_read_ += size;
  if (bytes_read_ > kMaxBytes) {
    return core::fail_at({path}, "a model and its files have at most 512 MiB");
  }
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return core::fail_at({path}, "cannot read the file");
  }
  if (std::find(read_.begin(), read_.end(), path) == read_.end()) read_.push_back(path);
  return bytes;
}

core::Result<std::string> SourceFolder::read_model() {
  const std::string path = path_of(fs::path(model_path_).filename().string());
  return read_path(path, {model_path_}, "the model file was");
}

core::Result<std::string> SourceFolder::read(const std::string& name, const std::string& what,
                                             const core::SourceLocation& where) {
  return read_path(path_of(name), where, what + " '" + name + "'");
}

core::Result<std::int32_t> SourceFolder::texture_file(const std::string& name,
                                                      const core::SourceLocation& where) {
  const std::string path = path_of(name);
  for (std::size_t i = 0; i < textures_.size(); ++i) {
    if (textures_[i].name == path) return static_cast<std::int32_t>(i);
  }
  const auto bytes = read(name, "texture", where);
  if (!bytes) return core::forward_error(bytes);
  return texture_bytes(path, *bytes);
}

core::Result<std::int32_t> SourceFolder::texture_bytes(const std::string& name,
                                                       const std::string& bytes) {
  for (std::size_t i = 0; i < textures_.size(); ++i) {
    if (textures_[i].name == name) return static_cast<std::int32_t>(i);
  }
  auto decoded = decode_texture(bytes, name);
  if (!decoded) return core::forward_error(decoded);
  texels_ += std::uint64_t{decoded->width_px} * decoded->height_px;
  if (texels_ > kMaxTexels) {
    return core::fail_at({model_path_}, "the textures of a model have at most 2^26 pixels");
  }
  decoded->name = name;
  textures_.push_back(std::move(*decoded));
  return static_cast<std::int32_t>(textures_.size() - 1);
}

void SourceFolder::finish(MeshSource& source) {
  source.textures = std::move(textures_);
  source.read = std::move(read_);
  // Equal files give equal models wherever they lie.
  for (Texture& texture : source.textures) {
    texture.name = fs::path(texture.name).filename().string();
  }
}

core::Result<MeshSource> read_mesh_source(const std::string& path) {
  const std::string kind = lower_extension(path);
  const bool is_gltf = kind == ".gltf" || kind == ".glb";
  if (!is_gltf && kind != ".obj") {
    return core::fail_at({path}, "models are read from .gltf, .glb and .obj files");
  }
  SourceFolder folder(path);
  const auto bytes = folder.read_model();
  if (!bytes) return core::forward_error(bytes);
  if (bytes->empty()) return core::fail_at({path}, "the model file is empty");
  auto source = is_gltf ? read_gltf(*bytes, folder) : read_obj(*bytes, folder);
  if (!source) return source;
  if (source->materials.size() > kMaxMaterials) {
    return core::fail_at({path}, "a model has at most 4096 materials, this one has " +
                                     std::to_string(source->materials.size()));
  }
  folder.finish(*source);
  return source;
}

}  // namespace oddroad::asset
