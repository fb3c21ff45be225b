// glTF 2.0: the container, and the copy for the importer.
#include <cstring>

#include "engine/asset/gltf_geometry.h"
#include "engine/asset/gltf_materials.h"

namespace oddroad::asset {
namespace {

constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kChunkHeaderBytes = 8;
constexpr std::uint32_t kJsonChunk = 0x4e4f534a;
constexpr std::uint32_t kBinaryChunk = 0x004e4942;

struct Container {
  std::string_view json;
  std::optional<std::string_view> binary;
};

std::uint32_t word_at(std::string_view bytes, std::size_t at) {
  std::uint32_t out = 0;
  std::memcpy(&out, bytes.data() + at, sizeof out);  // both are little-endian
  return out;
}

core::Result<Container> open_container(std::string_view bytes, const std::string& file) {
  if (!bytes.starts_with("glTF")) return Container{bytes, std::nullopt};
  const auto failed = [&](const std::string& what) {
    return core::fail_at({file}, what);
  };
  if (bytes.size() < kHeaderBytes + kChunkHeaderBytes) return failed("the file is truncated");
  if (word_at(bytes, 4) != 2) {
    return failed("GLB version 2 is read, this is " + std::to_string(word_at(bytes, 4)));
  }
  if (word_at(bytes, 8) > bytes.size()) {
    return failed("the file is truncated: it has " + std::to_string(bytes.size()) + " of " +
                  std::to_string(word_at(bytes, 8)) + " bytes");
  }
  Container out;
  std::size_t at = kHeaderBytes;
  for (int chunk = 0; at + kChunkHeaderBytes <= bytes.size(); ++chunk) {
    const std::size_t length = word_at(bytes, at);
    const std::uint32_t kind = word_at(bytes, at + 4);
    at += kChunkHeaderBytes;
    if (length > bytes.size() - at) return failed("a chunk of the GLB ends beyond the file");
    if (chunk == 0 && kind != kJsonChunk) return failed("the GLB does not start with its JSON");
    if (chunk == 0) out.json = bytes.substr(at, length);
    if (chunk == 1 && kind == kBinaryChunk) out.binary = bytes.substr(at, length);
    at += length;
  }
  return out;
}

// The copy for the importer: one JSON and one file a buffer.
core::Result<MeshSource> rewrite(GltfJson& document, GltfFiles& files) {
  std::vector<std::uint64_t> sizes;
  for (const std::string& buffer : files.buffers()) sizes.push_back(buffer.size());
  GltfGeometry geometry(document, sizes);
  GltfMaterials materials(document, files);
  Json copy = geometry.rewrite();
  MeshSource source;
  for (const std::uint64_t index : geometry.materials()) {
    copy["materials"].push_back({{"name", std::to_string(source.materials.size())}});
    source.materials.push_back(materials.read(index));
  }
  if (document.problems().has_errors()) return tl::unexpected(document.problems());
  for (std::size_t i = 0; i < files.buffers().size(); ++i) {
    const std::string name = std::to_string(i) + ".bin";
    std::string& bytes = source.files[name] = std::move(files.buffers()[i]);
    bytes.resize(bytes.size() + GltfAccessors::kPadding);
    copy["buffers"].push_back({{"uri", name}, {"byteLength", bytes.size()}});
  }
  source.triangles = geometry.triangles();
  source.entry = "model.gltf";
  source.files[source.entry] = copy.dump();
  return source;
}

}  // namespace

core::Result<MeshSource> read_gltf(const std::string& bytes, SourceFolder& folder) {
  const auto container = open_container(bytes, folder.model_path());
  if (!container) return core::forward_error(container);
  auto document = GltfJson::parse(container->json, folder.model_path());
  if (!document) return core::forward_error(document);
  GltfFiles files(*document, container->binary, folder);
  files.read_buffers();
  if (document->problems().has_errors()) return tl::unexpected(document->problems());
  return rewrite(*document, files);
}

}  // namespace oddroad::asset
