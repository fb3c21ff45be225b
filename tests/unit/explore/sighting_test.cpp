// How much of a target is seen: closed forms.
#include "engine/explore/sighting.h"

#include <cmath>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "engine/explore/measure.h"
#include "render/cast/embree_scene.h"

namespace oddroad::explore {
namespace {

using math::Vec3f;

constexpr double kFocal_px = 400;
constexpr double kEye_m = 1.5;
constexpr std::int64_t kStamp_ns = 500'000'000;

// A pinhole and a 16-beam LiDAR (2 degrees apart, 0.2 degrees a column), 1.5 m over the origin.
pipeline::Rig rig() {
  const auto path = std::filesystem::temp_directory_path() /
                    ("oddroad_sighting_" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path)
      << "schema: 1\nname: test\nsensors:\n"
         "  front: {type: camera, size: [800, 600], focal_px: [400, 400], rate: 10 Hz, "
         "mount: {x: 0 m, y: 0 m, z: 1.5 m}}\n"
         "  top: {type: lidar, model: velodyne_vlp16, rate: 10 Hz, "
         "mount: {x: 0 m, y: 0 m, z: 1.5 m}}\n";
  auto loaded = pipeline::load_rig(path.string(), {{ODDROAD_SOURCE_DIR}});
  std::filesystem::remove(path);
  EXPECT_TRUE(loaded) << core::to_string(loaded.error());
  return std::move(*loaded);
}

// A thin plate that faces back along x, its middle at the model's origin and `up` over it.
std::shared_ptr<const asset::Model> plate(double width, double height, double up) {
  auto model = std::make_shared<asset::Model>();
  model->name = "plate";
  auto mesh = std::make_shared<math::TriangleMesh>();
  const auto y = static_cast<float>(0.5 * width);
  const auto low = static_cast<float>(up - 0.5 * height),
             high = static_cast<float>(up + 0.5 * height);
  mesh->add_quad(Vec3f(0, -y, low), Vec3f(0, -y, high), Vec3f(0, y, high), Vec3f(0, y, low), 0);
  model->box = {{-0.01, -0.5 * width, up - 0.5 * height}, {0.01, 0.5 * width, up + 0.5 * height}};
  model->materials.resize(1);
  asset::Part part;
  part.mesh = mesh;
  model->parts.push_back(part);
  return model;
}

world::Actor actor(int id, const std::string& name, const math::Vec3d& at,
                   std::shared_ptr<const asset::Model> model) {
  world::Actor out;
  out.id = core::InstanceId{static_cast<std::uint16_t>(id)};
  out.name = name;
  out.model = std::move(model);
  world::ActorState state;
  state.T_world_actor.translation = at;
  out.states.assign(101, state);
  return out;
}

world::Timeline timeline(std::vector<world::Actor> others) {
  world::Timeline out;
  out.actors.push_back(actor(1, "ego", {0, 0, 0}, plate(1, 1, -20)));
  for (world::Actor& other : others) out.actors.push_back(std::move(other));
  out.end_ns = 1'000'000'000;
  return out;
}

class NoModels : public sim::ModelSource {
 public:
  core::Result<std::shared_ptr<const asset::Model>> model(const asset::ModelRequest&) override {
    return core::fail("asked for a model");
  }
};

Sighting look(world::Timeline scene) {
  static const pipeline::Rig kRig = rig();
  NoModels none;
  sim::RememberedModels models(none);
  auto rays = *cast::make_embree_factory();
  const auto target = target_ids(scene, "target");
  const auto seen = sight(scene, target, {kStamp_ns}, {kRig, models, *rays, nullptr});
  EXPECT_TRUE(seen) << core::to_string(seen.error());
  return seen ? seen->at(0) : Sighting{};
}

// w x h metres at distance d are (f w / d) x (f h / d) pixels, but for one at each edge.
TEST(Sighting, APlateHasThePixelsOfItsSize) {
  for (const double d : {8.0, 20.0, 55.0}) {
    const Sighting seen =
        look(timeline({actor(2, "target", {d, 0.3, 0}, plate(1.8, 1.4, kEye_m))}));
    const double w = kFocal_px * 1.8 / d, h = kFocal_px * 1.4 / d;
    EXPECT_GE(static_cast<double>(seen.pixels), (w - 1) * (h - 1)) << d;
    EXPECT_LE(static_cast<double>(seen.pixels), (w + 1) * (h + 1)) << d;
    EXPECT_EQ(seen.pixels, seen.alone);
    EXPECT_NEAR(seen.gap_m, d - 0.02, 1e-6);
  }
}

// Half way, a plate half as wide and as far to the left hides the left half.
TEST(Sighting, WhatStandsInBetweenHidesByTheInterceptTheorem) {
  const auto target = plate(2, 1.4, kEye_m);
  const auto screen = plate(0.5, 2, kEye_m);
  const Sighting seen = look(timeline(
      {actor(2, "target", {20, 0, 0}, target), actor(3, "screen", {10, 0.25, 0}, screen)}));
  const double h = kFocal_px * 1.4 / 20;
  EXPECT_NEAR(static_cast<double>(seen.pixels), 0.5 * static_cast<double>(seen.alone), h + 1);
  const Sighting free = look(timeline({actor(2, "target", {20, 0, 0}, target)}));
  EXPECT_EQ(free.alone, seen.alone);
  EXPECT_EQ(free.pixels, free.alone);
  EXPECT_LT(seen.points, free.points);
}

// Columns within the plate's angle times rings within its height.
TEST(Sighting, APlateHasTheBeamsOfItsAngle) {
  for (const double d : {6.0, 15.0}) {
    const Sighting seen = look(timeline({actor(2, "target", {d, 0, 0}, plate(2, 2, kEye_m))}));
    const double columns = 2 * std::atan(1 / d) * 180 / M_PI / 0.2;
    double rings = 0;
    for (int k = -15; k <= 15; k += 2) rings += std::abs(std::tan(k * M_PI / 180)) * d < 1 ? 1 : 0;
    // Outer rings see the plate less wide or at an angle: one column and one ring more or less.
    EXPECT_NEAR(static_cast<double>(seen.points), columns * rings, columns + 2 * rings) << d;
    EXPECT_GT(seen.points, 0u);
  }
  const Sighting far = look(timeline({actor(2, "target", {150, 0, 0}, plate(9, 9, kEye_m))}));
  EXPECT_EQ(far.points, 0u);  // beyond 100 m
  const Sighting behind = look(timeline({actor(2, "target", {-10, 0, 0}, plate(2, 2, kEye_m))}));
  EXPECT_EQ(behind.pixels, 0u);
  EXPECT_EQ(behind.alone, 0u);
}

TEST(Sighting, LooksAreSummedUp) {
  const std::vector<Sighting> looks = {
      {0, 30, 0, 400, 0}, {1, 20, 5, 500, 2}, {2, 15, 100, 500, 9}, {3, 9, 450, 600, 7}};
  const Seen seen = summed_up(looks, true);
  EXPECT_EQ(seen.first_m, 15);
  EXPECT_NEAR(*seen.occlusion, (1 + 0.99 + 0.8 + 0.25) / 4, 1e-12);
  EXPECT_EQ(seen.pixels, 450);
  EXPECT_EQ(seen.points, 9);
  EXPECT_FALSE(summed_up(looks, false).points);
  EXPECT_FALSE(summed_up({}, true).first_m);
  EXPECT_FALSE(summed_up({{0, 3, 0, 0, 0}}, true).occlusion);
}

}  // namespace
}  // namespace oddroad::explore
