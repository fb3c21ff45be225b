// parade_sheet OUT.png COLUMNS ITEM...: one cell an item, each at the distance that fits it.
//   ITEM  TYPE[,seed=N][,NUMBER=VALUE...][@MODE[:PHASE]][/VIEW]
//   MODE  walk trot gallop run fly cycle lie supine side look door; VIEW s(ide) f(ront) r(ear)
//   q(uarter) b(ack quarter) t(op) L(eft) l(eft quarter)
// Composites stand with their rider on.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/asset/bicycle.h"
#include "engine/asset/catalog.h"
#include "tests/tools/model_sheet.h"

namespace {

using namespace oddroad;
using Articulation = asset::Articulation;

struct Item {
  asset::ModelRequest request;
  std::string mode;
  double phase = 0;
  char view = 'q';
};

Item parse(std::string text) {
  Item item;
  if (const auto at = text.find('/'); at != std::string::npos) {
    item.view = text[at + 1];
    text.resize(at);
  }
  if (const auto at = text.find('@'); at != std::string::npos) {
    item.mode = text.substr(at + 1);
    text.resize(at);
    if (const auto colon = item.mode.find(':'); colon != std::string::npos) {
      item.phase = std::atof(item.mode.c_str() + colon + 1);
      item.mode.resize(colon);
    }
  }
  std::size_t begin = text.find(',');
  item.request.type = text.substr(0, begin);
  while (begin != std::string::npos) {
    const auto end = text.find(',', begin + 1);
    const std::string pair = text.substr(begin + 1, end - begin - 1);
    const auto equals = pair.find('=');
    const std::string key = pair.substr(0, equals);
    const double value = std::atof(pair.c_str() + equals + 1);
    if (key == "seed") {
      item.request.seed = static_cast<std::uint64_t>(value);
    } else {
      item.request.numbers[key] = value;
    }
    begin = end;
  }
  return item;
}

// Speeds at which such a gait looks natural, by Froude number of a hip at half the height.
Articulation articulation_of(const Item& item, const asset::Model& model) {
  Articulation a;
  a.phase = item.phase;
  const double hip = .75 * model.height_m;
  const auto speed = [&](double froude) {
    return std::sqrt(froude * 9.81 * hip);
  };
  const std::string& m = item.mode;
  if (m == "walk" || m == "trot" || m == "gallop" || m == "run" || m == "fly") {
    a.mode = m == "walk" ? Articulation::Mode::kWalk : Articulation::Mode::kRun;
    a.walk_weight = 1;
    a.run_weight = m == "walk" ? 0 : m == "gallop" ? 2 : 1;
    a.speed_mps = m == "walk" ? speed(.2) : m == "trot" ? speed(1.2) : m == "gallop" ? speed(7) : 3;
  } else if (m == "cycle") {
    a.mode = Articulation::Mode::kCycle;
  } else if (m == "lie" || m == "supine" || m == "side") {
    a.rest = m == "lie"      ? Articulation::Rest::kProne
             : m == "supine" ? Articulation::Rest::kSupine
                             : Articulation::Rest::kSide;
    a.rest_weight = item.phase > 0 ? item.phase : 1;
  } else if (m == "look") {
    a.look_yaw_rad = item.phase;
    a.look_pitch_rad = .3;
  } else if (m == "door") {
    a.door_rad = item.phase;
  }
  return a;
}

math::Vec3d direction_of(char view) {
  switch (view) {
    case 'L':
      return {0, 1, .10};
    case 'l':
      return {-.5, 1, .35};
    case 's':
      return {0, -1, .10};
    case 'f':
      return {1, 0, .12};
    case 'r':
      return {-1, 0, .12};
    case 't':
      return {.02, 0, 1};
    case 'b':
      return {-1, .8, .35};
    default:
      return {1, -.8, .35};
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 64;
  world::SceneWindow window;
  tools::place_ground(window);
  std::vector<tools::SheetView> views;
  double x = -280;
  for (int i = 3; i < argc; ++i) {
    const Item item = parse(argv[i]);
    std::vector<asset::ModelRequest> requests = {item.request};
    if (const auto both = asset::composite_of(item.request)) requests = {both->mount, both->rider};
    math::Aabb box;
    std::vector<std::shared_ptr<const asset::Model>> models;
    for (const auto& request : requests) {
      const auto model = asset::make_model(request);
      if (!model) {
        std::fprintf(stderr, "%s\n", core::to_string(model.error()).c_str());
        return 66;
      }
      box.include(asset::rest_bounds(**model, true));
      models.push_back(*model);
    }
    x += .5 * box.size().x + 1.5;
    std::size_t triangles = 0;
    for (const auto& model : models) {
      for (const auto& part : model->parts) triangles += part.mesh->triangle_count();
      tools::place(window, model, {glm::dmat3(1), math::Vec3d(x, x, 0)},
                   articulation_of(item, *model));
    }
    std::printf("%s: %zu triangles, %.3f x %.3f x %.3f m\n", argv[i], triangles, box.size().x,
                box.size().y, box.size().z);
    const math::Vec3d c = box.centre() + math::Vec3d(x, x, 0);
    const double far = .55 * glm::length(box.size()) / std::sin(12 * M_PI / 180);
    views.push_back({c + glm::normalize(direction_of(item.view)) * far, c, 24});
    x += .5 * box.size().x + 1.5;
  }
  return tools::write_views(window, views, 320, 260, std::atoi(argv[2]), argv[1]) ? 0 : 73;
}
