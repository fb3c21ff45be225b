#include "engine/asset/gltf_geometry.h"

#include <algorithm>

#include "engine/asset/mesh_source.h"

namespace oddroad::asset {
namespace {

constexpr int kMaxDepth = 200;
constexpr std::uint64_t kTriangles = 4, kStrip = 5, kFan = 6;
}  // namespace

const Json* base_color_texture(GltfJson& document, const Json& material, const std::string& who) {
  const Json* pbr = document.object(material, "pbrMetallicRoughness", who);
  return pbr == nullptr ? nullptr : document.object(*pbr, "baseColorTexture", who);
}

Json GltfGeometry::rewrite() {
  Json roots = Json::array();
  for (const std::uint64_t root : scene_nodes()) {
    if (const auto node = add_node(root, "scene", 0)) roots.push_back(*node);
  }
  // Vertices are counted, too: small meshes may all share a large buffer, and each gets a copy.
  if (triangles_ > kMaxImportTriangles || vertices_ > 3 * kMaxImportTriangles) {
    document_.problem("scene", "a model has at most 5 million triangles, this one has " +
                                   std::to_string(triangles_) + " with " +
                                   std::to_string(vertices_) + " vertices");
  }
  if (triangles_ == 0) document_.problem("scene", "there are no triangles in it");
  Json copy = accessors_.take();
  copy["asset"] = {{"version", "2.0"}};
  copy["scene"] = 0;
  copy["scenes"] = Json::array({{{"nodes", std::move(roots)}}});
  copy["nodes"] = std::move(clean_nodes_);
  copy["meshes"] = std::move(clean_meshes_);
  return copy;
}

// A file without scenes shows all nodes that are nobody's child.
std::vector<std::uint64_t> GltfGeometry::scene_nodes() {
  if (document_.size("scenes") > 0) {
    const auto chosen = document_.whole(document_.root(), "scene", "the glTF").value_or(0);
    const Json* scene = document_.item("scenes", chosen, "scene");
    if (scene == nullptr) return {};
    return document_.indices(*scene, "nodes", item_name("scenes", chosen));
  }
  std::set<std::uint64_t> children;
  for (std::uint64_t i = 0; i < document_.size("nodes"); ++i) {
    const Json* node = document_.item("nodes", i, item_name("nodes", i));
    if (node == nullptr) continue;
    for (const auto child : document_.indices(*node, "children", item_name("nodes", i))) {
      children.insert(child);
    }
  }
  std::vector<std::uint64_t> roots;
  for (std::uint64_t i = 0; i < document_.size("nodes"); ++i) {
    if (!children.contains(i)) roots.push_back(i);
  }
  return roots;
}

std::optional<std::size_t> GltfGeometry::add_node(std::uint64_t index, const std::string& parent,
                                                  int depth) {
  const std::string who = item_name("nodes", index);
  const Json* node = document_.item("nodes", index, parent);
  if (node == nullptr) return std::nullopt;
  if (!visited_.insert(index).second || depth > kMaxDepth) {
    document_.problem(
        who, depth > kMaxDepth ? "the nodes are nested too deeply" : "the node has two parents");
    return std::nullopt;
  }
  const std::size_t place = clean_nodes_.size();
  clean_nodes_.push_back(Json::object());
  Json clean = Json::object();
  add_transform(*node, who, clean);
  if (const auto mesh = document_.whole(*node, "mesh", who)) {
    const Mesh added = add_mesh(*mesh, who);
    triangles_ += added.triangles;
    if (added.in_copy) clean["mesh"] = *added.in_copy;
  }
  Json children = Json::array();
  for (const std::uint64_t child : document_.indices(*node, "children", who)) {
    if (const auto added = add_node(child, who, depth + 1)) children.push_back(*added);
  }
  if (!children.empty()) clean["children"] = std::move(children);
  clean_nodes_[place] = std::move(clean);
  return place;
}

void GltfGeometry::add_transform(const Json& node, const std::string& who, Json& clean) {
  const std::pair<const char*, std::size_t> members[] = {
      {"matrix", 16}, {"translation", 3}, {"rotation", 4}, {"scale", 3}};
  for (const auto& [key, count] : members) {
    if (const auto numbers = document_.numbers(node, key, count, who)) clean[key] = *numbers;
  }
}

GltfGeometry::Mesh GltfGeometry::add_mesh(std::uint64_t index, const std::string& who) {
  const auto known = meshes_.find(index);
  if (known != meshes_.end()) return known->second;
  Mesh out;
  const std::string name = item_name("meshes", index);
  const Json* mesh = document_.item("meshes", index, who);
  const Json* primitives = mesh == nullptr ? nullptr : document_.array(*mesh, "primitives", name);
  Json list = Json::array();
  if (primitives != nullptr) {
    for (const Json& primitive : *primitives) {
      const std::string place = name + "." + item_name("primitives", list.size());
      if (primitive.is_object()) add_primitive(primitive, place, list, out);
    }
  }
  if (!list.empty()) {
    out.in_copy = clean_meshes_.size();
    clean_meshes_.push_back({{"primitives", std::move(list)}});
  }
  return meshes_[index] = out;
}

void GltfGeometry::add_primitive(const Json& primitive, const std::string& who, Json& list,
                                 Mesh& mesh) {
  const std::uint64_t mode = document_.whole(primitive, "mode", who).value_or(kTriangles);
  if (mode < kTriangles || mode > kFan) return;  // points and lines
  const Json* attributes = document_.object(primitive, "attributes", who);
  if (attributes == nullptr || !attributes->contains("POSITION")) return;
  Json clean = {{"mode", mode}};
  std::uint64_t texcoord = 0;
  if (const auto material = document_.whole(primitive, "material", who)) {
    const Json* found = document_.item("materials", *material, who);
    if (found == nullptr) return;
    const std::string name = item_name("materials", *material);
    const Json* texture = base_color_texture(document_, *found, name);
    if (texture != nullptr) texcoord = document_.whole(*texture, "texCoord", name).value_or(0);
    clean["material"] = clean_material(*material);
  }
  std::uint64_t count = 0;
  add_attributes(*attributes, who, texcoord, count, clean);
  if (const auto indices = document_.whole(primitive, "indices", who)) {
    const auto accessor = accessors_.add(*indices, who, "SCALAR");
    if (!accessor) return;
    clean["indices"] = accessor->in_copy;
    count = accessor->count;
  }
  if (mode == kTriangles && count % 3 != 0) document_.problem(who, "its corners are no triangles");
  if (count < 3) return;
  mesh.triangles += mode == kTriangles ? count / 3 : count - 2;
  list.push_back(std::move(clean));
}

void GltfGeometry::add_attributes(const Json& attributes, const std::string& who,
                                  std::uint64_t texcoord, std::uint64_t& count, Json& clean) {
  const std::string uv = "TEXCOORD_" + std::to_string(texcoord);
  const std::string names[][3] = {
      {"POSITION", "POSITION", "VEC3"}, {"NORMAL", "NORMAL", "VEC3"}, {uv, "TEXCOORD_0", "VEC2"}};
  for (const auto& [from, to, type] : names) {
    const auto index = document_.whole(attributes, from.c_str(), who);
    if (!index) continue;
    const auto accessor = accessors_.add(*index, who, type);
    if (!accessor) continue;
    if (to == "POSITION") vertices_ += count = accessor->count;
    if (accessor->count != count) {
      document_.problem(who, from + " has not as many elements as POSITION");
    }
    clean["attributes"][to] = accessor->in_copy;
  }
}

std::size_t GltfGeometry::clean_material(std::uint64_t index) {
  const auto known = std::find(materials_.begin(), materials_.end(), index);
  if (known == materials_.end()) {
    materials_.push_back(index);
    return materials_.size() - 1;
  }
  return static_cast<std::size_t>(known - materials_.begin());
}

}  // namespace oddroad::asset
