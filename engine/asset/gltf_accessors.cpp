#include "engine/asset/gltf_accessors.h"

namespace oddroad::asset {
namespace {

constexpr std::uint64_t kByte = 5121, kShort = 5123, kInt = 5125, kFloat = 5126;

std::uint64_t component_bytes(std::uint64_t type) {
  if (type == kByte) return 1;
  return type == kShort ? 2 : 4;
}

}  // namespace

Json GltfAccessors::take() {
  return {{"accessors", std::move(clean_accessors_)}, {"bufferViews", std::move(clean_views_)}};
}

std::optional<GltfAccessors::Accessor> GltfAccessors::add(std::uint64_t index,
                                                          const std::string& parent,
                                                          const std::string& type) {
  const std::string who = item_name("accessors", index);
  const Json* accessor = document_.item("accessors", index, parent);
  if (accessor == nullptr) return std::nullopt;
  const auto component = document_.required_whole(*accessor, "componentType", who);
  const auto count = document_.required_whole(*accessor, "count", who);
  const std::string found = document_.text(*accessor, "type", who).value_or("nothing");
  if (!component || !count) return std::nullopt;
  const bool is_index = type == "SCALAR";
  const bool fits = is_index ? *component == kByte || *component == kShort || *component == kInt
                             : *component == kFloat;
  if (found != type || !fits || accessor->contains("sparse")) {
    document_.problem(who, std::string("expected a plain ") + type + " of " +
                               (is_index ? "unsigned integers" : "floats"));
    return std::nullopt;
  }
  const std::uint64_t parts = is_index ? 1 : type == "VEC3" ? 3 : 2;
  const auto view = add_view(*accessor, who, *count, parts * component_bytes(*component));
  if (!view) return std::nullopt;
  const std::size_t place = clean_accessors_.size();
  clean_accessors_.push_back({{"bufferView", *view},
                              {"byteOffset", 0},
                              {"componentType", *component},
                              {"count", *count},
                              {"type", type}});
  return Accessor{place, *count};
}

// A view of its own for every accessor, so that both sizes can be compared with the buffer at once.
std::optional<std::size_t> GltfAccessors::add_view(const Json& accessor, const std::string& who,
                                                   std::uint64_t count,
                                                   std::uint64_t element_bytes) {
  const auto index = document_.required_whole(accessor, "bufferView", who);
  if (!index) return std::nullopt;
  const Json* view = document_.item("bufferViews", *index, who);
  if (view == nullptr) return std::nullopt;
  const std::string name = item_name("bufferViews", *index);
  const auto buffer = document_.required_whole(*view, "buffer", name);
  const auto length = document_.required_whole(*view, "byteLength", name);
  const std::uint64_t offset = document_.whole(*view, "byteOffset", name).value_or(0);
  const std::uint64_t inner = document_.whole(accessor, "byteOffset", who).value_or(0);
  const std::uint64_t stride = document_.whole(*view, "byteStride", name).value_or(element_bytes);
  if (!buffer || !length) return std::nullopt;
  if (*buffer >= buffer_bytes_.size()) {
    document_.problem(name, "there is no " + item_name("buffers", *buffer));
    return std::nullopt;
  }
  // Written so that no sum can wrap around: every term is held to the size of the buffer first.
  const std::uint64_t bytes = buffer_bytes_[*buffer];
  if (offset > bytes || *length > bytes - offset) {
    document_.problem(name, "it ends beyond its buffer of " + std::to_string(bytes) + " bytes");
    return std::nullopt;
  }
  const bool strides = stride >= element_bytes && stride <= kPadding - 4;
  if (count == 0 || count > bytes || !strides || inner > *length ||
      (count - 1) * stride + element_bytes > *length - inner) {
    document_.problem(who, strides ? std::to_string(count) + " elements do not fit in " + name
                                   : "byteStride " + std::to_string(stride) + " cannot be");
    return std::nullopt;
  }
  Json clean = {
      {"buffer", *buffer}, {"byteOffset", offset + inner}, {"byteLength", count * stride}};
  if (stride != element_bytes) clean["byteStride"] = stride;
  clean_views_.push_back(std::move(clean));
  return clean_views_.size() - 1;
}

}  // namespace oddroad::asset
