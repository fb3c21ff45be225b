// Small worlds for tests: boxes and walls with a moving ego, seen through real scene windows.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "engine/asset/model.h"
#include "engine/math/camera_model.h"
#include "engine/world/scene_window.h"
#include "engine/world/timeline.h"

namespace oddroad::tests {

inline std::shared_ptr<const asset::Model> model_of(math::TriangleMesh mesh,
                                                    float reflectance = 0.5f) {
  auto model = std::make_shared<asset::Model>();
  model->materials.resize(1);
  model->materials[0].reflectance_905nm = reflectance;
  model->parts.push_back({"body",
                          asset::PartRole::kBody,
                          std::make_shared<const math::TriangleMesh>(std::move(mesh)),
                          {},
                          0,
                          false});
  model->box = asset::rest_bounds(*model, true);
  return model;
}

// An axis-aligned box from lower to upper.
inline math::TriangleMesh box_mesh(const math::Vec3f& a, const math::Vec3f& b) {
  math::TriangleMesh m;
  m.add_quad({a.x, a.y, a.z}, {a.x, b.y, a.z}, {b.x, b.y, a.z}, {b.x, a.y, a.z}, 0);
  m.add_quad({a.x, a.y, b.z}, {b.x, a.y, b.z}, {b.x, b.y, b.z}, {a.x, b.y, b.z}, 0);
  m.add_quad({a.x, a.y, a.z}, {b.x, a.y, a.z}, {b.x, a.y, b.z}, {a.x, a.y, b.z}, 0);
  m.add_quad({b.x, b.y, a.z}, {a.x, b.y, a.z}, {a.x, b.y, b.z}, {b.x, b.y, b.z}, 0);
  m.add_quad({a.x, b.y, a.z}, {a.x, a.y, a.z}, {a.x, a.y, b.z}, {a.x, b.y, b.z}, 0);
  m.add_quad({b.x, a.y, a.z}, {b.x, b.y, a.z}, {b.x, b.y, b.z}, {b.x, a.y, b.z}, 0);
  return m;
}

// A wall in the plane x = distance that fills any view.
inline math::TriangleMesh wall_mesh(float x, float half = 200) {
  math::TriangleMesh m;
  m.add_quad({x, half, -half}, {x, -half, -half}, {x, -half, half}, {x, half, half}, 0);
  return m;
}

// Timeline (actor 0 is the ego, id 1) and static things; both live as long as this.
class TestWorld {
 public:
  TestWorld() { add_actor("ego", model_of(box_mesh({-1, -1, 0}, {3, 1, 1})), {}); }

  // Starts at `start` and moves with constant velocity and yaw rate for one second.
  core::InstanceId add_actor(const std::string& name, std::shared_ptr<const asset::Model> model,
                             const math::Pose& start, const math::Vec3d& velocity = {0, 0, 0},
                             double yaw_rate = 0) {
    world::Actor actor;
    actor.id = core::InstanceId(static_cast<std::uint16_t>(timeline_.actors.size() + 1));
    actor.name = name;
    actor.type = "test";
    actor.class_id = core::ClassId(7);
    actor.model = std::move(model);
    for (int k = 0; k <= 100; ++k) {
      world::ActorState state;
      const double t = 0.01 * k;
      state.T_world_actor = {start.rotation * math::from_yaw_pitch_roll(yaw_rate * t),
                             start.translation + velocity * t};
      state.velocity_mps = velocity;
      state.yaw_rate_rps = yaw_rate;
      actor.states.push_back(state);
    }
    timeline_.actors.push_back(std::move(actor));
    timeline_.end_ns = 1'000'000'000;
    return timeline_.actors.back().id;
  }

  core::InstanceId add_static(const std::string& name, std::shared_ptr<const asset::Model> model,
                              bool labelled_box = true) {
    world::StaticThing thing;
    thing.id = core::InstanceId(static_cast<std::uint16_t>(65535 - stage_.things.size()));
    thing.name = name;
    thing.class_id = core::ClassId(9);
    thing.model = std::move(model);
    thing.labelled_box = labelled_box;
    stage_.things.push_back(std::move(thing));
    return stage_.things.back().id;
  }

  world::Timeline& timeline() { return timeline_; }
  world::StaticWorld& stage() { return stage_; }
  [[nodiscard]] world::SceneWindow window(std::int64_t begin_ns, std::int64_t end_ns) const {
    return world::SceneBuilder(timeline_, stage_).window(begin_ns, end_ns);
  }

 private:
  world::Timeline timeline_;
  world::StaticWorld stage_;
};

// Camera at `position`, looking along world x.
inline math::Affine3d looking_forward(const math::Vec3d& position) {
  const glm::dmat3 R(math::Vec3d(0, -1, 0), math::Vec3d(0, 0, -1), math::Vec3d(1, 0, 0));
  return {R, position};
}

inline math::CameraModel small_camera() {
  return {160, 96, 120, 120, 80.3, 47.6};
}

}  // namespace oddroad::tests
