// shade_view MAP.xodr OUT.png [--sun DEG] [--azimuth DEG] [--clouds C] [--turbidity T]
//   [--size WxH] [--focal PX] [--at X,Y] [--heading DEG] [--ahead M] [--repeat N] [--seed S]
//   [--bare]
// One picture of a street with cars and people as the camera sensor makes it, with times per stage.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>

#include <spng.h>

#include "engine/asset/catalog.h"
#include "engine/road/locator.h"
#include "engine/stage/stage.h"
#include "render/cast/embree_scene.h"
#include "render/raster/raster_visibility.h"
#include "render/shade/vulkan_shading.h"
#include "sensors/camera/camera_chain.h"
#include "sensors/camera/color.h"
#include "sensors/camera/samples.h"
#include "tests/tools/model_sheet.h"

using namespace oddroad;
using math::Vec3d;

namespace {

double now_ms() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

struct Options {
  std::map<std::string, std::string> values;
  [[nodiscard]] double number(const std::string& key, double fallback) const {
    const auto it = values.find(key);
    return it == values.end() ? fallback : std::atof(it->second.c_str());
  }
};

bool write_png(const std::string& path, const capture::Image<capture::Rgb8>& image) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return false;
  spng_ctx* ctx = spng_ctx_new(SPNG_CTX_ENCODER);
  spng_set_png_file(ctx, file);
  spng_ihdr ihdr{};
  ihdr.width = static_cast<std::uint32_t>(image.width_px);
  ihdr.height = static_cast<std::uint32_t>(image.height_px);
  ihdr.bit_depth = 8;
  ihdr.color_type = SPNG_COLOR_TYPE_TRUECOLOR;
  spng_set_ihdr(ctx, &ihdr);
  const int rc = spng_encode_image(ctx, image.pixels.data(), image.pixels.size() * 3, SPNG_FMT_PNG,
                                   SPNG_ENCODE_FINALIZE);
  spng_ctx_free(ctx);
  std::fclose(file);
  return rc == 0;
}

struct Place {
  const char* type;
  double ahead, left, yaw_deg;
  const char* mode;
};
constexpr Place kPlaces[] = {
    {"car.hatchback", 9, 3.4, 180, ""},
    {"car.sedan", 14.5, -5.2, 2, ""},
    {"van.panel", 22, -5.2, 1, ""},
    {"car.hatchback", 30, -5.3, 0, ""},
    {"car.sedan", 45, -1.7, 0, ""},
    {"pedestrian.adult", 8, -3.2, 100, "walk"},
    {"pedestrian.child", 12, -1.0, 90, "run"},
    {"pedestrian.adult", 16, 7.0, 190, "walk"},
    {"pedestrian.adult", 25, 0.5, 80, "walk"},
    {"cone", 6, 1.2, 0, ""},
    {"box", 7, -0.6, 30, ""},
};

void add_actors(world::SceneWindow& window, const Vec3d& at, double heading, std::uint64_t seed) {
  const Vec3d ahead(std::cos(heading), std::sin(heading), 0);
  const Vec3d left(-ahead.y, ahead.x, 0);
  for (const Place& p : kPlaces) {
    asset::ModelRequest request;
    for (const std::string& type : asset::catalog_types()) {
      if (type == p.type || type == std::string("prop.") + p.type ||
          (type.find(p.type) != std::string::npos && request.type.empty())) {
        request.type = type;
      }
    }
    if (request.type.empty()) continue;
    request.seed = seed++;
    const auto model = asset::make_model(request);
    if (!model) {
      std::fprintf(stderr, "%s\n", core::to_string(model.error()).c_str());
      continue;
    }
    asset::Articulation a;
    if (*p.mode) {
      const bool run = std::string(p.mode) == "run";
      a.mode = run ? asset::Articulation::Mode::kRun : asset::Articulation::Mode::kWalk;
      a.walk_weight = 1;
      a.run_weight = run ? 1 : 0;
      a.speed_mps = run ? 3 : 1.4;
      a.phase = 0.13 * static_cast<double>(seed % 7);
    }
    tools::place(
        window, *model,
        math::to_affine(math::Pose{math::from_yaw_pitch_roll(heading + p.yaw_deg * M_PI / 180),
                                   at + ahead * p.ahead + left * p.left}),
        a);
  }
}

int fail(const core::Diagnostics& d) {
  std::fprintf(stderr, "%s\n", core::to_string(d).c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 64;
  Options options;
  for (int i = 3; i < argc; ++i) {
    const std::string key = argv[i] + 2;
    options.values[key] = key == "bare" || i + 1 >= argc ? "1" : argv[++i];
  }
  const auto map = road::load_opendrive(argv[1]);
  const auto ontology = capture::load_ontology(ODDROAD_SOURCE_DIR "/assets/ontology.yaml");
  if (!map) return fail(map.error());
  if (!ontology) return fail(ontology.error());
  stage::StageOptions stage_options;
  const road::Road& first = map->roads.front();
  stage_options.origin_map = first.surface(0, .4 * first.length_m, 0);
  double heading = first.frame(.4 * first.length_m).heading_rad;
  world::SceneWindow window;
  if (!options.values.count("bare")) {
    const auto stage = stage::build_stage(*map, *ontology, stage_options);
    if (!stage) return fail(stage.error());
    for (const world::StaticThing& thing : stage->things) {
      tools::place(window, thing.model, thing.T_world_model);
    }
  } else {
    tools::place_ground(window);
  }
  const double side = options.number("side", -1.8);
  const Vec3d left0(-std::sin(heading), std::cos(heading), 0);
  const Vec3d forward0(std::cos(heading), std::sin(heading), 0);
  add_actors(window, Vec3d(0), heading, static_cast<std::uint64_t>(options.number("seed", 1)));
  window.end_ns = world::kStepNs;
  window.environment.sun_elevation_rad = options.number("sun", 35) * M_PI / 180;
  window.environment.sun_azimuth_rad = options.number("azimuth", 60) * M_PI / 180 + heading;
  window.environment.cloud_cover = options.number("clouds", 0.3);
  window.environment.turbidity = options.number("turbidity", 3);
  window.environment.sky_seed = static_cast<std::uint64_t>(options.number("sky", 1));

  int w = 1280;
  int h = 720;
  if (options.values.count("size")) std::sscanf(options.values["size"].c_str(), "%dx%d", &w, &h);
  const double focal = options.number("focal", 0.8 * w);
  const double turn = heading + options.number("heading", 0) * M_PI / 180;
  const double pitch = options.number("pitch", 0) * M_PI / 180;
  scene::CameraView view;
  view.camera = {w, h, focal, focal, w / 2.0, h * options.number("cy", 0.46)};
  const Vec3d forward(std::cos(turn) * std::cos(pitch), std::sin(turn) * std::cos(pitch),
                      std::sin(pitch));
  const Vec3d right(std::sin(turn), -std::cos(turn), 0);
  view.T_world_camera.linear = glm::dmat3(right, glm::cross(forward, right), forward);
  view.T_world_camera.translation = left0 * side + forward0 * options.number("ahead", 0) +
                                    Vec3d(0, 0, options.number("height", 1.6));

  auto device = vulkan::Device::create(
      {.select = "auto", .validation = options.values.count("validation") > 0});
  if (!device) return fail(device.error());
  auto raster = raster::RasterVisibility::create(*device);
  if (!raster) return fail(raster.error());
  shade::ShadingOptions shading_options;
  shading_options.sky = [](const world::Environment& e) {
    const double begin = now_ms();
    shade::SkyMap sky = shade::bake_sky(e);
    std::printf("sky %.1f ms\n", now_ms() - begin);
    return sky;
  };
  auto shading = shade::VulkanShading::create(*device, shading_options);
  if (!shading) return fail(shading.error());
  auto factory = cast::make_embree_factory();
  if (!factory) return fail(factory.error());
  const auto caster = (*factory)->create(window);

  capture::Image<math::Vec3f> radiance;
  for (int i = 0; i < static_cast<int>(options.number("repeat", 1)); ++i) {
    const double t0 = now_ms();
    const auto record = (*raster)->render(window, view);
    if (!record) return fail(record.error());
    const double t1 = now_ms();
    if (auto ok = (*raster)->render_depth_only(window, view); !ok) return fail(ok.error());
    const double t2 = now_ms();
    const camera::SampleSet samples = camera::make_samples(window, view, *caster, *record);
    const double t3 = now_ms();
    const auto shaded = (*shading)->shade(window, view, samples.samples);
    if (!shaded) return fail(shaded.error());
    const double t4 = now_ms();
    std::printf(
        "raster %.1f ms, depth only %.1f, samples+occlusion %.1f, shading %.1f (%zu samples)\n",
        t1 - t0, t2 - t1, t3 - t2, t4 - t3, samples.samples.size());
    auto image = camera::radiance_image(window, view, *caster, *record, **shading);
    if (!image) return fail(image.error());
    radiance = std::move(*image);
  }
  camera::CameraSettings settings;
  settings.camera = view.camera;
  settings.noise = false;
  if (options.values.count("ev")) settings.exposure.fixed_ev100 = options.number("ev", 14);
  camera::CameraChain chain(settings);
  const capture::Exposure exposure = chain.expose(radiance, 0);
  Vec3d mean(0);
  for (const auto& p : radiance.pixels) mean += Vec3d(p) / double(radiance.pixels.size());
  std::printf("EV %.2f, mean radiance %.0f %.0f %.0f\n", exposure.ev100, mean.x, mean.y, mean.z);
  for (const std::string& m : (*device)->validation_messages())
    std::printf("VALIDATION %s\n", m.c_str());
  return write_png(argv[2], chain.deliver(radiance, exposure, {}).rgb) ? 0 : 73;
}
