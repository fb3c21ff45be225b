// The bytes that a glTF refers to: buffers, and images in them or beside them. Internal to this
// module.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/asset/gltf_json.h"
#include "engine/asset/mesh_source.h"

namespace oddroad::asset {

class GltfFiles {
 public:
  // binary: the chunk of a GLB. Problems go to the document.
  GltfFiles(GltfJson& document, const std::optional<std::string_view>& binary, SourceFolder& folder)
      : document_(document), binary_(binary), folder_(folder) {}

  // All of them, exactly as long as they say.
  void read_buffers();
  [[nodiscard]] std::vector<std::string>& buffers() { return buffers_; }

  // What the uri of a buffer or an image stands for. `what` is for messages.
  std::optional<std::string> load(const Json& owner, const char* what, const std::string& who);
  // What the bufferView of an image holds.
  std::optional<std::string> view_bytes(const Json& owner, const std::string& who);
  [[nodiscard]] SourceFolder& folder() { return folder_; }

 private:
  GltfJson& document_;
  std::optional<std::string_view> binary_;
  SourceFolder& folder_;
  std::vector<std::string> buffers_;
};

}  // namespace oddroad::asset
