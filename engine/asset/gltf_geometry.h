// Nodes and meshes of a glTF, checked and rewritten: the copy holds only triangles that the scene
// shows. Internal to this module.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/asset/gltf_accessors.h"

namespace oddroad::asset {

class GltfGeometry {
 public:
  // buffer_bytes: as GltfAccessors.
  GltfGeometry(GltfJson& document, std::vector<std::uint64_t> buffer_bytes)
      : document_(document), accessors_(document, std::move(buffer_bytes)) {}

  // The copy, without buffers and materials. Problems go to the document; it is of no use then.
  Json rewrite();
  // The materials that the scene shows; their places here are their numbers in the copy.
  [[nodiscard]] const std::vector<std::uint64_t>& materials() const { return materials_; }
  // Of all instances, once rewritten.
  [[nodiscard]] std::uint64_t triangles() const { return triangles_; }

 private:
  struct Mesh {
    std::optional<std::size_t> in_copy;  // none: nothing to show
    std::uint64_t triangles = 0;
  };

  std::vector<std::uint64_t> scene_nodes();
  // Number of the node in the copy.
  std::optional<std::size_t> add_node(std::uint64_t index, const std::string& who, int depth);
  void add_transform(const Json& node, const std::string& who, Json& clean);
  Mesh add_mesh(std::uint64_t index, const std::string& who);
  void add_primitive(const Json& primitive, const std::string& who, Json& list, Mesh& mesh);
  void add_attributes(const Json& attributes, const std::string& who, std::uint64_t texcoord,
                      std::uint64_t& count, Json& clean);
  std::size_t clean_material(std::uint64_t index);

  GltfJson& document_;
  GltfAccessors accessors_;
  std::set<std::uint64_t> visited_;
  std::map<std::uint64_t, Mesh> meshes_;
  std::vector<std::uint64_t> materials_;
  std::uint64_t triangles_ = 0;
  std::uint64_t vertices_ = 0;
  Json clean_nodes_ = Json::array();
  Json clean_meshes_ = Json::array();
};

// The object that says how the base colour's texture is used: nullptr where there is none.
const Json* base_color_texture(GltfJson& document, const Json& material, const std::string& who);

}  // namespace oddroad::asset
