// Accessors of a glTF, checked and rewritten: every byte that the copy refers to is there. Internal
// to this module.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/asset/gltf_json.h"

namespace oddroad::asset {

class GltfAccessors {
 public:
  // A view of the copy covers count x stride bytes, as the importer asks for; behind the last
  // element these may be more than the file has. Buffers of the copy are longer by this.
  static constexpr std::uint64_t kPadding = 256;

  struct Accessor {
    std::size_t in_copy = 0;  // its number there
    std::uint64_t count = 0;
  };

  // buffer_bytes: what is there of each buffer, without padding.
  GltfAccessors(GltfJson& document, std::vector<std::uint64_t> buffer_bytes)
      : document_(document), buffer_bytes_(std::move(buffer_bytes)) {}

  // type: SCALAR (indices), VEC2 or VEC3 (floats). Nullopt: a problem of the document.
  std::optional<Accessor> add(std::uint64_t index, const std::string& parent,
                              const std::string& type);
  // {accessors, bufferViews} of the copy.
  Json take();

 private:
  std::optional<std::size_t> add_view(const Json& accessor, const std::string& who,
                                      std::uint64_t count, std::uint64_t element_bytes);

  GltfJson& document_;
  std::vector<std::uint64_t> buffer_bytes_;
  Json clean_accessors_ = Json::array();
  Json clean_views_ = Json::array();
};

}  // namespace oddroad::asset
