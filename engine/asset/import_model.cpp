#include "engine/asset/import_model.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "engine/asset/import_surface.h"
#include "engine/asset/mesh_source.h"
#include "engine/asset/prop.h"
#include "engine/core/check.h"

namespace oddroad::asset {
namespace {

constexpr double kSmallest_m = 0.001;
constexpr double kLargest_m = 100;

// Columns are where the file's axes point to in the model: x forward, y left, z up.
glm::dmat3 turn_of(const ModelFile& file) {
  const glm::dmat3 up_is_z(1);
  const glm::dmat3 up_is_y(0, 1, 0, 0, 0, 1, 1, 0, 0);
  return file.scale * (file.up_axis == 'y' ? up_is_y : up_is_z);
}

// A slip of units is far outside of this.
std::string size_problem(const math::Vec3d& size) {
  const double most = std::max({size.x, size.y, size.z});
  if (most >= kSmallest_m && most <= kLargest_m) return "";
  char text[160];
  std::snprintf(text, sizeof text,
                "the model is %.4g x %.4g x %.4g m, expected 0.001 to 100 m in its longest side",
                size.x, size.y, size.z);
  return text;
}

}  // namespace

core::Result<std::shared_ptr<const Model>> import_model(const ModelFile& file) {
  ODDROAD_CHECK(file.up_axis == 'y' || file.up_axis == 'z');
  auto source = read_mesh_source(file.path);
  if (!source) return core::forward_error(source);
  auto mesh = import_surface(*source, turn_of(file), file.path);
  if (!mesh) return core::forward_error(mesh);
  const std::string problem = size_problem(mesh->bounds().size());
  if (!problem.empty()) {
    return core::fail_at({file.path}, problem, "`scale` is metres per unit of the file");
  }
  // For triangles that have none.
  source->materials.push_back(Material{.name = "default"});
  for (Material& material : source->materials) {
    material.reflectance_905nm = static_cast<float>(file.reflectance_905nm);
  }
  Model model = single_part_model(std::filesystem::path(file.path).filename().string(),
                                  file.class_name, std::move(*mesh), std::move(source->materials));
  model.textures = std::move(source->textures);
  return std::make_shared<const Model>(std::move(model));
}

core::Result<std::vector<std::string>> files_of_model(const std::string& path) {
  auto source = read_mesh_source(path);
  if (!source) return core::forward_error(source);
  return std::move(source->read);
}

}  // namespace oddroad::asset
