// Small worlds with known motion.
#pragma once

#include <cmath>
#include <functional>
#include <memory>

#include "engine/world/scene_window.h"

namespace oddroad::world::testing {

inline std::shared_ptr<const math::TriangleMesh> small_mesh() {
  auto mesh = std::make_shared<math::TriangleMesh>();
  mesh->add_quad({0, -1, 0}, {1, -1, 0}, {1, 1, 0}, {0, 1, 0}, 0);
  return mesh;
}

// A body and one steered wheel of 0.3 m radius at x = 2.5, y = 0.7.
inline std::shared_ptr<asset::Model> car_model() {
  auto model = std::make_shared<asset::Model>();
  model->name = "car.test";
  asset::Part body;
  body.mesh = small_mesh();
  asset::Part wheel;
  wheel.role = asset::PartRole::kWheel;
  wheel.mesh = small_mesh();
  wheel.T_model_part.translation = {2.5, 0.7, 0.3};
  wheel.wheel_radius_m = 0.3;
  wheel.steered = true;
  model->parts = {body, wheel};
  return model;
}

// Lifts all vertices by travelled_m.
class Lift : public asset::Deformer {
 public:
  explicit Lift(std::shared_ptr<const math::TriangleMesh> mesh) : mesh_(std::move(mesh)) {}
  void deform(const asset::Articulation& a, std::vector<math::Vec3f>& positions,
              std::vector<math::Vec3f>& normals) const override {
    positions = mesh_->positions;
    normals = mesh_->normals;
    for (math::Vec3f& p : positions) p.z += static_cast<float>(a.travelled_m);
  }
  [[nodiscard]] double phase_per_metre(double) const override { return 1; }

 private:
  std::shared_ptr<const math::TriangleMesh> mesh_;
};

inline std::shared_ptr<asset::Model> person_model() {
  auto model = std::make_shared<asset::Model>();
  model->name = "pedestrian.test";
  asset::Part skin;
  skin.role = asset::PartRole::kSkin;
  skin.mesh = small_mesh();
  model->parts = {skin};
  model->deformer = std::make_shared<Lift>(skin.mesh);
  return model;
}

inline Actor make_actor(int id, std::shared_ptr<const asset::Model> model, int steps,
                        const std::function<void(double, ActorState&)>& motion) {
  Actor actor;
  actor.id = core::InstanceId(static_cast<std::uint16_t>(id));
  actor.name = "actor" + std::to_string(id);
  actor.model = std::move(model);
  for (int k = 0; k <= steps; ++k) {
    ActorState state;
    motion(0.01 * k, state);
    actor.states.push_back(state);
  }
  return actor;
}

}  // namespace oddroad::world::testing
