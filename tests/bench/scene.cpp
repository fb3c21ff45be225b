#include "tests/bench/scene.h"

#include <limits>

namespace oddroad::bench {
namespace {

constexpr int kInstants = 4;

}  // namespace

std::string scenario() {
  return tests::source("scenarios/vru/child-behind-parked-van.yaml");
}

std::string town_scenario() {
  return tests::source("scenarios/traffic/junction-with-lights.yaml");
}

std::string rainy_town_scenario() {
  return tests::source("tests/bench/data/town_rain_dusk.yaml");
}

std::string rig(bool with_lidar) {
  return tests::source(with_lidar ? "tests/bench/data/camera_hdl64e.yaml"
                                  : "tests/bench/data/camera.yaml");
}

Scene::Scene(bool with_lidar, const std::string& scenario_file)
    : clip_(scenario_file, 0, {"rig=" + rig(with_lidar)}),
      builder_(clip_.timeline(), clip_.stage()) {
  const pipeline::RigCamera& camera = clip_.setup().rig.cameras.front();
  for (int k = 1; k <= kInstants; ++k) {
    auto at = std::make_unique<Instant>();
    at->stamp_ns = clip_.timeline().end_ns / (kInstants + 1) * k;
    at->window = builder_.window(begin_ns(at->stamp_ns), end_ns(at->stamp_ns));
    at->caster = make_caster(at->window, at->stamp_ns);
    at->view = {
        camera.settings.camera,
        world::pose_at(*at->window.ego, at->stamp_ns) * math::to_affine(camera.T_ego_camera),
        at->stamp_ns};
    instants_.push_back(std::move(at));
  }
}

std::unique_ptr<scene::RayCaster> Scene::make_caster(const world::SceneWindow& window,
                                                     std::int64_t stamp_ns) const {
  return clip_.setup().rig.lidars.empty() ? clip_.rays().create_at(window, stamp_ns)
                                          : clip_.rays().create(window);
}

std::int64_t Scene::begin_ns(std::int64_t stamp_ns) const {
  return clip_.setup().rig.lidars.empty() ? stamp_ns : lidar().scanner.begin_ns(stamp_ns);
}

std::int64_t Scene::end_ns(std::int64_t stamp_ns) const {
  return clip_.setup().rig.lidars.empty() ? stamp_ns : lidar().scanner.end_ns(stamp_ns);
}

scene::RayBatch primary_rays(const scene::CameraView& view) {
  constexpr int kTile = 4;
  scene::RayBatch rays;
  rays.resize(static_cast<std::size_t>(view.camera.width_px) * view.camera.height_px);
  std::size_t i = 0;
  for (int y0 = 0; y0 < view.camera.height_px; y0 += kTile) {
    for (int x0 = 0; x0 < view.camera.width_px; x0 += kTile) {
      for (int k = 0; k < kTile * kTile; ++k) {
        rays.set(i++, view.T_world_camera.translation,
                 view.T_world_camera.vector(
                     view.camera.direction(x0 + k % kTile + 0.5, y0 + k / kTile + 0.5)),
                 view.stamp_ns, std::numeric_limits<float>::infinity());
      }
    }
  }
  return rays;
}

}  // namespace oddroad::bench
