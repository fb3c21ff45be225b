// Models from files as actors: one id and the class asked for, in images and in sweeps alike.
#include <fstream>

#include "engine/labels/objects.h"
#include "render/scene/pixel_images.h"
#include "tests/integration/played_clip.h"

namespace oddroad::tests {
namespace {

struct Prop {
  const char* file;
  const char* keys;  // of `model:`, after the file
  const char* class_name;
  double height_m;
};

const Prop kProps[] = {
    {"BoxTextured.gltf", ", class: debris", "debris", 1.0},
    {"2CylinderEngine.glb", ", scale: 0.002", "unknown", 0.546},
    {"spider.obj", ", scale: 0.02, class: animal", "animal", 1.593},
    {"WusonOBJ.obj", ", scale: 0.8, class: animal, reflectance: 70 %", "animal", 1.2}};

std::string scenario_with(const std::string& model, const std::string& keys) {
  return "schema: 1\nname: prop\nrig: " + source("tests/integration/data/quick_rig.yaml") +
         "\nmap: " + source("scenarios/maps/town_street.xodr") + R"(
site: {road_type: town, straight_for: 60 m}
environment: {sun: {elevation: 40 deg, azimuth: 200 deg}, clouds: few}
actors:
  ego:
    type: car.hatchback
    at: {site: start, lane: driving}
    drive: {model: constant, speed: 20 km/h, react: none}
  prop:
    model: {file: ')" +
         model + "'" + keys + R"(}
    at: {ahead_of: ego, by: 9 m}
end: time > 0.45 s
record: {rate: 10 Hz}
)";
}

std::string shared_model(const char* name) {
  return std::filesystem::absolute(std::string(ODDROAD_SHARED_DIR "/data/meshes/") + name);
}

class Props : public testing::TestWithParam<Prop> {};

TEST_P(Props, AppearInImageAndSweepWithOneId) {
  const Prop& prop = GetParam();
  const std::string file = shared_model(prop.file);
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not there";
  const Scratch scratch;
  std::ofstream(scratch / "prop.yaml") << scenario_with(file, prop.keys);
  const PlayedClip clip(scratch / "prop.yaml", 0);
  ASSERT_EQ(clip.timeline().actors.size(), 2u);
  const world::Actor& actor = clip.timeline().actors[1];
  EXPECT_EQ(actor.id, core::InstanceId(2));
  EXPECT_EQ(actor.type, prop.file);
  EXPECT_EQ(actor.class_id, clip.ontology().find(std::string(prop.class_name))->id);
  EXPECT_NEAR(actor.model->height_m, prop.height_m, 0.02 * prop.height_m);
  EXPECT_EQ(actor.states.front().T_world_actor, actor.states.back().T_world_actor);

  const world::SceneBuilder builder(clip.timeline(), clip.stage());
  const std::int64_t stamp = 200'000'000;
  const auto& lidar = clip.setup().rig.lidars.front();
  const auto window = builder.window(lidar.scanner.begin_ns(stamp), lidar.scanner.end_ns(stamp));
  const auto caster = clip.rays().create(window);
  const auto& camera = clip.setup().rig.cameras.front();
  const scene::CameraView view{
      camera.settings.camera,
      world::pose_at(*window.ego, stamp) * math::to_affine(camera.T_ego_camera), stamp};
  const auto record = caster->record(view);
  const auto ids = scene::instance_image(window, record);
  const auto classes = scene::class_image(window, record);
  std::size_t pixels = 0;
  for (std::size_t i = 0; i < ids.pixels.size(); ++i) {
    if (ids.pixels[i] != actor.id.value) continue;
    ++pixels;
    EXPECT_EQ(classes.pixels[i], actor.class_id.value);
  }

  const auto cloud = lidar.scanner.sweep(window, *caster, lidar.T_ego_lidar, {stamp, 1, 1}).cloud;
  const math::OrientedBox box = labels::world_box(window, *window.find(actor.id), stamp);
  const auto T_world_lidar = [&](std::int64_t t) {
    return world::pose_at(*window.ego, t) * math::to_affine(lidar.T_ego_lidar);
  };
  std::size_t points = 0;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    if (cloud.instance[i] != actor.id.value) continue;
    ++points;
    EXPECT_EQ(cloud.class_id[i], actor.class_id.value);
    const math::Vec3d p(cloud.x_m[i], cloud.y_m[i], cloud.z_m[i]);
    EXPECT_TRUE(box.contains(T_world_lidar(stamp + cloud.time_offset_ns[i]).point(p), 0.15));
  }
  std::printf("%s: %zu pixels, %zu points, %.2f x %.2f x %.2f m\n", prop.file, pixels, points,
              actor.model->length_m(), actor.model->width_m(), actor.model->height_m);
  EXPECT_GT(pixels, 50u);
  EXPECT_GT(points, 20u);
}

INSTANTIATE_TEST_SUITE_P(Shared, Props, testing::ValuesIn(kProps));

TEST(PropCheck, ABrokenModelIsReportedWhereTheScenarioNamesIt) {
  const Scratch scratch;
  std::ofstream(scratch / "box.obj") << "v 0 0 0\nv 1 0 0\nf 1 2 3\n";
  std::ofstream(scratch / "prop.yaml") << scenario_with("box.obj", "");
  const auto ran = run_cli({"check", scratch / "prop.yaml"});
  EXPECT_EQ(ran.code, cli::kBadInput);
  EXPECT_NE(ran.err.find("prop.yaml:13:19: error: "), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("box.obj:3: face corner '3': there is no v '3'"), std::string::npos)
      << ran.err;
}

}  // namespace
}  // namespace oddroad::tests
