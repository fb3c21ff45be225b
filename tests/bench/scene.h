// The scene that is measured: the child behind the parked van, at instants spread over the clip.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/integration/played_clip.h"

namespace oddroad::bench {

// One instant: the window that the pipeline would build for it, its ray scene, and the view.
struct Instant {
  std::int64_t stamp_ns = 0;
  world::SceneWindow window;
  std::unique_ptr<scene::RayCaster> caster;
  scene::CameraView view;
};

std::string scenario();
std::string rig(bool with_lidar);
// Traffic, lights, crossing people, houses and trees.
std::string town_scenario();
// The same at dusk in rain, with sixty actors and more in the street.
std::string rainy_town_scenario();

class Scene {
 public:
  // With a LiDAR the windows span its sweep, and moving things move in the ray scene.
  explicit Scene(bool with_lidar, const std::string& scenario_file = scenario());

  [[nodiscard]] const tests::PlayedClip& clip() const { return clip_; }
  [[nodiscard]] const world::SceneBuilder& builder() const { return builder_; }
  [[nodiscard]] const pipeline::RigLidar& lidar() const { return clip_.setup().rig.lidars.front(); }
  [[nodiscard]] const std::vector<std::unique_ptr<Instant>>& instants() const { return instants_; }
  [[nodiscard]] const Instant& middle() const { return *instants_[instants_.size() / 2]; }

  // As the pipeline makes it: of one instant where no sensor sweeps.
  [[nodiscard]] std::unique_ptr<scene::RayCaster> make_caster(const world::SceneWindow& window,
                                                              std::int64_t stamp_ns) const;
  // First and last moment that the sensors of the rig look at around a stamp.
  [[nodiscard]] std::int64_t begin_ns(std::int64_t stamp_ns) const;
  [[nodiscard]] std::int64_t end_ns(std::int64_t stamp_ns) const;

 private:
  tests::PlayedClip clip_;
  world::SceneBuilder builder_;
  std::vector<std::unique_ptr<Instant>> instants_;
};

// Rays through pixel centres in tiles of 4x4, the order in which our own producer casts them.
scene::RayBatch primary_rays(const scene::CameraView& view);

}  // namespace oddroad::bench
