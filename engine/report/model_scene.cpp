#include "engine/report/model_scene.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/bicycle.h"

namespace oddroad::report {
namespace {

using ModelPtr = std::shared_ptr<const asset::Model>;

constexpr double kFloor_m = 400;
constexpr double kLineShare = 0.02;    // of a step
constexpr double kLineHeight = 0.002;  // of a step: above the floor

void place(world::SceneWindow& window, const ModelPtr& model) {
  const core::InstanceId id(static_cast<std::uint16_t>(window.instances.size() + 1));
  world::InstanceInfo info;
  info.id = id;
  info.name = model->name;
  info.model = model.get();
  for (const asset::Part& part : model->parts) {
    world::Drawable drawable;
    drawable.instance = id;
    drawable.role = part.role;
    drawable.model = model;
    drawable.mesh = part.mesh.get();
    drawable.T_world_mesh = {math::to_float(asset::open_door(part, 0))};
    if (part.role == asset::PartRole::kSkin && model->deformer) {
      auto step = std::make_shared<world::DeformedStep>();
      model->deformer->deform({}, step->positions, step->normals);
      for (const math::Vec3f& p : step->positions) step->bounds.include(math::Vec3d(p));
      // One for each end of the window: nothing moves.
      drawable.steps = {step, step};
    }
    info.drawables.push_back(static_cast<std::uint32_t>(window.drawables.size()));
    window.drawables.push_back(std::move(drawable));
  }
  window.instances.push_back(std::move(info));
}

void add_strip(math::TriangleMesh& mesh, double x0, double y0, double x1, double y1, double z) {
  const auto at = [&](double x, double y) {
    return math::Vec3f(static_cast<float>(x), static_cast<float>(y), static_cast<float>(z));
  };
  mesh.add_quad(at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), z > 0 ? 1 : 0);
}

ModelPtr floor_model(const math::Aabb& box, double grid_m) {
  auto mesh = std::make_shared<math::TriangleMesh>();
  add_strip(*mesh, -kFloor_m, -kFloor_m, kFloor_m, kFloor_m, 0);
  const double reach =
      grid_m * (5 + std::ceil(std::max({std::abs(box.lower.x), std::abs(box.lower.y),
                                        std::abs(box.upper.x), std::abs(box.upper.y)}) /
                              grid_m));
  const double half = 0.5 * kLineShare * grid_m, z = kLineHeight * grid_m;
  for (double at = -reach; at <= reach + 0.5 * grid_m; at += grid_m) {
    add_strip(*mesh, at - half, -reach, at + half, reach, z);
    add_strip(*mesh, -reach, at - half, reach, at + half, z);
  }
  auto model = std::make_shared<asset::Model>();
  model->name = "floor";
  model->materials.resize(2);
  model->materials[0].base_color = math::Vec3f(0.42f);
  model->materials[1].base_color = math::Vec3f(0.16f);
  asset::Part part;
  part.name = "floor";
  part.mesh = std::move(mesh);
  model->parts.push_back(std::move(part));
  return model;
}

}  // namespace

core::Result<std::vector<ModelPtr>> models_of(const asset::ModelRequest& request) {
  const auto composite = asset::composite_of(request);
  const std::vector<asset::ModelRequest> requests =
      composite ? std::vector{composite->mount, composite->rider} : std::vector{request};
  std::vector<ModelPtr> out;
  for (const asset::ModelRequest& one : requests) {
    auto made = asset::make_model(one);
    if (!made) return core::forward_error(made);
    out.push_back(std::move(*made));
  }
  return out;
}

math::Aabb bounds_of(const std::vector<ModelPtr>& models) {
  math::Aabb box;
  for (const ModelPtr& model : models) box.include(asset::rest_bounds(*model, true));
  return box;
}

world::SceneWindow model_scene(const std::vector<ModelPtr>& models, double grid_m) {
  world::SceneWindow window;
  window.end_ns = world::kStepNs;
  window.environment.cloud_cover = 1;
  window.environment.sun_elevation_rad = 0.8;
  window.environment.sun_azimuth_rad = 0.9;
  for (const ModelPtr& model : models) place(window, model);
  place(window, floor_model(bounds_of(models), grid_m));
  return window;
}

}  // namespace oddroad::report
