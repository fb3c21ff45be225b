// stage_sheet MAP.xodr OUT.png [X Y [HEADING_DEG [RADIUS]]]: a bird's-eye view and views at eye
// level of the static world around a place of the map.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "engine/road/locator.h"
#include "engine/stage/stage.h"
#include "tests/tools/model_sheet.h"

using namespace oddroad;

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: stage_sheet MAP.xodr OUT.png [X Y [HEADING_DEG [RADIUS]]]\n");
    return 64;
  }
  const auto map = road::load_opendrive(argv[1]);
  const auto ontology = capture::load_ontology(ODDROAD_SOURCE_DIR "/assets/ontology.yaml");
  if (!map || !ontology) {
    std::fprintf(stderr, "%s\n", core::to_string(!map ? map.error() : ontology.error()).c_str());
    return 66;
  }
  stage::StageOptions options;
  const road::Road& first = map->roads.front();
  options.origin_map = first.surface(0, .4 * first.length_m, 0);
  double heading = first.frame(.4 * first.length_m).heading_rad;
  if (argc > 4) {
    options.origin_map = {std::atof(argv[3]), std::atof(argv[4]), 0};
    const auto place = road::RoadLocator(*map).to_road(options.origin_map.x, options.origin_map.y);
    if (place) {
      options.origin_map = map->roads[static_cast<std::size_t>(place->road)].surface(
          place->section, place->s_m, place->t_m);
    }
  }
  if (argc > 5) heading = std::atof(argv[5]) * M_PI / 180;
  if (argc > 6) options.radius_m = std::atof(argv[6]);
  const auto begin = std::chrono::steady_clock::now();
  const auto stage = stage::build_stage(*map, *ontology, options);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!stage) {
    std::fprintf(stderr, "%s\n", core::to_string(stage.error()).c_str());
    return 66;
  }
  world::SceneWindow window;
  std::map<std::string, int> kinds;
  std::set<const asset::Model*> models;
  std::size_t unique = 0;
  std::size_t drawn = 0;
  for (const world::StaticThing& thing : stage->things) {
    std::size_t triangles = 0;
    for (const auto& part : thing.model->parts) triangles += part.mesh->triangle_count();
    if (models.insert(thing.model.get()).second) unique += triangles;
    drawn += triangles;
    ++kinds[thing.model->class_name];
    tools::place(window, thing.model, thing.T_world_model);
  }
  std::printf("%zu things, %zu models, %zu unique triangles, %zu drawn, %.2f s\n",
              stage->things.size(), models.size(), unique, drawn, seconds);
  for (const auto& [kind, count] : kinds) std::printf("  %s %d\n", kind.c_str(), count);
  const math::Vec3d ahead(std::cos(heading), std::sin(heading), 0);
  const math::Vec3d left(-ahead.y, ahead.x, 0);
  tools::write_views(
      window,
      {{1.5 * left * -1.0 + math::Vec3d(0, 0, 1.6), 20.0 * ahead + math::Vec3d(0, 0, 1.4), 70},
       {-6.0 * ahead + 5.0 * left + math::Vec3d(0, 0, 2.2), 10.0 * ahead - 4.0 * left, 60},
       {-60.0 * ahead + 25.0 * left + math::Vec3d(0, 0, 40), 15.0 * ahead, 55},
       {-5.0 * ahead + math::Vec3d(0, 0, 260), math::Vec3d(0), 60}},
      960, 600, 2, argv[2]);
  return 0;
}
