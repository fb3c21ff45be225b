// person_sheet [--keypoints] OUT.png TYPE stand|walk|run|ride|face|crowd [SEED] [SPEED]: people
// from all sides, in the phases of their gait, on a bicycle, close up, or many of them.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/asset/bicycle.h"
#include "engine/asset/person.h"
#include "tests/tools/sheet_marks.h"

namespace {

using oddroad::asset::Articulation;
using oddroad::asset::ModelRequest;
using oddroad::math::Affine3d;
using oddroad::math::Vec3d;
using oddroad::tools::SheetView;
using ModelPtr = std::shared_ptr<const oddroad::asset::Model>;

ModelPtr make(const ModelRequest& request) {
  const auto model = oddroad::asset::is_bicycle_type(request.type)
                         ? oddroad::asset::make_bicycle(request)
                         : oddroad::asset::make_person(request);
  if (!model) std::fprintf(stderr, "%s\n", oddroad::core::to_string(model.error()).c_str());
  return model ? *model : nullptr;
}

std::vector<SheetView> around(const Vec3d& target, double distance) {
  std::vector<SheetView> views;
  for (const Vec3d& d : {Vec3d(1, 0, .1), Vec3d(.8, .7, .15), Vec3d(0, -1, .1), Vec3d(-1, 0, .1)}) {
    views.push_back({target + glm::normalize(d) * distance, target, 22});
  }
  return views;
}

}  // namespace

int main(int argc, char** argv) {
  const bool keypoints = argc > 1 && std::string(argv[1]) == "--keypoints";
  if (keypoints) --argc, ++argv;
  if (argc < 4) return 64;
  const std::string type = argv[2];
  const std::string mode = argv[3];
  const std::uint64_t seed = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 1;
  oddroad::world::SceneWindow window;
  oddroad::tools::place_ground(window);
  std::vector<oddroad::tools::SheetMark> marks;
  const auto place = [&](const ModelPtr& model, const Affine3d& T, const Articulation& pose) {
    oddroad::tools::place(window, model, T, pose);
    if (!keypoints) return;
    const auto more = oddroad::tools::marks_of(*model, T, pose);
    marks.insert(marks.end(), more.begin(), more.end());
  };
  Articulation a;
  if (mode == "crowd") {
    for (int i = 0; i < 16; ++i) {
      const ModelPtr model = make({type, seed + i, {}});
      if (!model) return 66;
      a.phase = .13 * i;
      a.speed_mps = 1.35;
      a.walk_weight = i % 3 == 0 ? 0 : 1;
      place(model, {glm::dmat3(1), Vec3d(i % 2 * .8, (i - 7.5) * .75, 0)}, a);
    }
    const SheetView far{{13, 0, 1.6}, {0, 0, .9}, 50};
    return oddroad::tools::write_views(window, {far}, 1600, 480, 1, argv[1], marks) ? 0 : 73;
  }
  if (mode == "ride") {
    const auto parts = oddroad::asset::composite_of({"bicycle.cyclist", seed, {}});
    const ModelPtr bicycle = make(parts->mount);
    const ModelPtr rider = make(parts->rider);
    if (!bicycle || !rider) return 66;
    a.phase = argc > 5 ? std::atof(argv[5]) : 0;
    a.mode = Articulation::Mode::kCycle;
    place(bicycle, {}, {});
    place(rider, {}, a);
    const Vec3d c(.5, 0, .9);
    const std::vector<SheetView> views{{c + Vec3d(0, -5, .2), c, 24},
                                       {c + Vec3d(4, -3, .6), c, 24},
                                       {c + Vec3d(5, 0, .4), c, 24},
                                       {c + Vec3d(-4, 3, .6), c, 24}};
    return oddroad::tools::write_views(window, views, 640, 640, 2, argv[1], marks) ? 0 : 73;
  }
  const ModelPtr model = make({type, seed, {}});
  if (!model) return 66;
  std::printf("%s: %zu triangles, %.3f m, box %.3f x %.3f x %.3f\n", type.c_str(),
              model->parts[0].mesh->triangle_count(), model->height_m, model->length_m(),
              model->width_m(), model->box.size().z);
  if (mode == "walk" || mode == "run") {
    a.speed_mps = argc > 5 ? std::atof(argv[5]) : (mode == "run" ? 3.0 : 1.4);
    a.walk_weight = 1;
    a.run_weight = mode == "run" ? 1 : 0;
    std::vector<SheetView> views;
    for (int i = 0; i < 8; ++i) {
      a.phase = i / 8.0;
      const double x = 7.4 * (i - 3.5);
      Affine3d T;
      T.translation = {x, 0, 0};
      place(model, T, a);
      const double h = model->height_m;
      const Vec3d c(x, 0, h * .5);
      views.push_back({c + Vec3d(.25, -2.7, .2) * h, c, 24});
    }
    return oddroad::tools::write_views(window, views, 400, 560, 4, argv[1], marks) ? 0 : 73;
  }
  place(model, {}, a);
  if (mode == "face") {
    const Vec3d c(0, 0, model->height_m - .13);
    return oddroad::tools::write_views(window, around(c, 1.1), 480, 480, 4, argv[1], marks) ? 0
                                                                                            : 73;
  }
  const Vec3d c(0, 0, model->height_m * .5);
  return oddroad::tools::write_views(window, around(c, 1.75 * model->height_m), 400, 800, 4,
                                     argv[1], marks)
             ? 0
             : 73;
}
