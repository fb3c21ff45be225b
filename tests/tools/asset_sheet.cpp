// asset_sheet [--keypoints] [NUMBER=VALUE...] TYPE OUT.png [SEED] [walk|run|cycle PHASE]: six views
// of a catalog model.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "engine/asset/catalog.h"
#include "tests/tools/model_sheet.h"

int main(int argc, char** argv) {
  const bool keypoints = argc > 1 && std::string(argv[1]) == "--keypoints";
  if (keypoints) --argc, ++argv;
  oddroad::asset::ModelRequest request;
  while (argc > 1 && std::strchr(argv[1], '=') != nullptr) {
    const char* value = std::strchr(argv[1], '=');
    request.numbers[std::string(argv[1], static_cast<std::size_t>(value - argv[1]))] =
        std::atof(value + 1);
    --argc, ++argv;
  }
  if (argc < 3) {
    std::fprintf(stderr,
                 "usage: asset_sheet [--keypoints] TYPE OUT.png [SEED] [walk|run|cycle PHASE]\n");
    return 64;
  }
  request.type = argv[1];
  if (argc > 3) request.seed = std::strtoull(argv[3], nullptr, 10);
  const auto model = oddroad::asset::make_model(request);
  if (!model) {
    std::fprintf(stderr, "%s\n", oddroad::core::to_string(model.error()).c_str());
    return 66;
  }
  oddroad::asset::Articulation a;
  if (argc > 5) {
    const std::string mode = argv[4];
    a.phase = std::atof(argv[5]);
    a.walk_weight = mode == "walk" || mode == "run" ? 1 : 0;
    a.run_weight = mode == "run" ? 1 : 0;
    a.speed_mps = mode == "run" ? 3 : 1.4;
    a.mode = mode == "run"    ? oddroad::asset::Articulation::Mode::kRun
             : mode == "walk" ? oddroad::asset::Articulation::Mode::kWalk
                              : oddroad::asset::Articulation::Mode::kCycle;
  }
  std::size_t triangles = 0;
  for (const auto& part : (*model)->parts) triangles += part.mesh->triangle_count();
  std::printf("%s: %zu triangles, %.3f x %.3f x %.3f m\n", argv[1], triangles, (*model)->length_m(),
              (*model)->width_m(), (*model)->box.size().z);
  return oddroad::tools::write_model_sheet(*model, argv[2], a, keypoints) ? 0 : 73;
}
