#include "engine/asset/gltf_files.h"

#include "engine/asset/uri.h"

namespace oddroad::asset {

void GltfFiles::read_buffers() {
  for (std::uint64_t i = 0; i < document_.size("buffers"); ++i) {
    const std::string who = item_name("buffers", i);
    const Json* buffer = document_.item("buffers", i, who);
    if (buffer == nullptr) return;
    const auto length = document_.required_whole(*buffer, "byteLength", who);
    const bool inside = i == 0 && binary_ && !buffer->contains("uri");
    std::optional<std::string> bytes;
    if (inside) bytes = std::string(*binary_);
    if (!inside) bytes = load(*buffer, "buffer", who);
    if (!bytes || !length) continue;
    if (bytes->size() < *length) {
      document_.problem(who, "it is truncated: it has " + std::to_string(bytes->size()) + " of " +
                                 std::to_string(*length) + " bytes");
      return;
    }
    bytes->resize(*length);  // a chunk is padded
    buffers_.push_back(std::move(*bytes));
  }
}

std::optional<std::string> GltfFiles::load(const Json& owner, const char* what,
                                           const std::string& who) {
  const auto uri = document_.text(owner, "uri", who);
  if (!uri) document_.problem(who, std::string("this ") + what + " has no uri");
  if (!uri) return std::nullopt;
  if (is_data_uri(*uri)) {
    auto bytes = decode_data_uri(*uri);
    if (!bytes) document_.problem(who, "its data URI is not whole base64");
    return bytes;
  }
  auto bytes = folder_.read(percent_decoded(*uri), what, {document_.file()});
  if (bytes) return std::move(*bytes);
  document_.problems().append(bytes.error());
  return std::nullopt;
}

std::optional<std::string> GltfFiles::view_bytes(const Json& owner, const std::string& who) {
  const auto index = document_.required_whole(owner, "bufferView", who);
  const Json* view = index ? document_.item("bufferViews", *index, who) : nullptr;
  if (view == nullptr) return std::nullopt;
  const std::string name = item_name("bufferViews", *index);
  const auto buffer = document_.required_whole(*view, "buffer", name);
  const auto length = document_.required_whole(*view, "byteLength", name);
  const std::uint64_t offset = document_.whole(*view, "byteOffset", name).value_or(0);
  if (!buffer || !length) return std::nullopt;
  const std::uint64_t bytes = *buffer < buffers_.size() ? buffers_[*buffer].size() : 0;
  if (offset <= bytes && *length <= bytes - offset) {
    return buffers_[*buffer].substr(offset, *length);
  }
  document_.problem(name, "it ends beyond its buffer");
  return std::nullopt;
}

}  // namespace oddroad::asset
