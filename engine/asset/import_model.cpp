#include "engine/asset/import_model.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "engine/asset/import_surface.h"
#include "engine/asset/mesh_source.h"
#include "engine/asset/model_description.h"
#include "engine/asset/prop.h"
#include "engine/core/check.h"
#include "engine/core/suggest.h"

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

void set(float& value, const std::optional<double>& changed) {
  if (changed) value = static_cast<float>(*changed);
}

// All changes for which there is no material, at once.
core::Diagnostics change_materials(const std::vector<MaterialChange>& changes,
                                   std::vector<Material>& materials) {
  core::Diagnostics problems;
  std::vector<std::string> names;
  for (const Material& material : materials) names.push_back(material.name);
  for (const MaterialChange& change : changes) {
    bool found = false;
    for (Material& material : materials) {
      if (material.name != change.name) continue;
      found = true;
      set(material.reflectance_905nm, change.reflectance_905nm);
      set(material.retro_905nm, change.retro_905nm);
      set(material.roughness, change.roughness);
      set(material.metallic, change.metallic);
      material.base_color = change.color.value_or(material.base_color);
    }
    if (found) continue;
    problems.error(change.where, "the model has no material '" + change.name + "'",
                   core::did_you_mean(change.name, names));
  }
  return problems;
}

core::Result<std::shared_ptr<const Model>> import_plain(
    const ModelFile& file, const std::vector<MaterialChange>& changes) {
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
  core::Diagnostics wrong = change_materials(changes, source->materials);
  if (wrong.has_errors()) return tl::unexpected<core::Diagnostics>(std::move(wrong));
  Model model = single_part_model(std::filesystem::path(file.path).filename().string(),
                                  file.class_name, std::move(*mesh), std::move(source->materials));
  model.textures = std::move(source->textures);
  return std::make_shared<const Model>(std::move(model));
}

}  // namespace

core::Result<std::shared_ptr<const Model>> import_model(const ModelFile& file) {
  if (!is_description(file.path)) return import_plain(file, {});
  const auto description = load_description(file.path);
  if (!description) return core::forward_error(description);
  ModelFile plain = file;
  plain.path = description->model.path;
  return import_plain(plain, description->materials);
}

core::Result<std::vector<std::string>> files_of_model(const std::string& path) {
  if (is_description(path)) {
    const auto description = load_description(path);
    if (!description) return core::forward_error(description);
    auto files = files_of_model(description->model.path);
    if (files) files->insert(files->begin(), path);
    return files;
  }
  auto source = read_mesh_source(path);
  if (!source) return core::forward_error(source);
  return std::move(source->read);
}

}  // namespace oddroad::asset
