#include "engine/cli/commands.h"
#include "engine/road/road_map.h"
#include "engine/road/tools.h"

namespace oddroad::cli {
namespace {

// Runs `use` on a loaded map.
template <typename Use>
int with_map(const Context& context, const std::string& path, const Use& use) {
  const auto file = core::resolve_path(path, "", context.roots);
  if (!file) return fail(context, file.error(), kBadInput);
  const auto map = road::load_opendrive(*file);
  if (!map) return fail(context, map.error(), kBadInput);
  return use(*map);
}

}  // namespace

int road_info_command(const Context& context, const std::string& path) {
  return with_map(context, path, [&](const road::RoadMap& map) {
    std::fputs(road::road_info(map).c_str(), context.out);
    return kDone;
  });
}

int road_sample_command(const Context& context, const std::string& path, double step_m) {
  return with_map(context, path, [&](const road::RoadMap& map) {
    std::fputs(road::road_sample_csv(map, step_m).c_str(), context.out);
    return kDone;
  });
}

int road_draw_command(const Context& context, const std::string& path, const std::string& out) {
  return with_map(context, path, [&](const road::RoadMap& map) {
    print(context, map.warnings);
    const auto written = write_file(out, road::road_draw_svg(map));
    if (!written) return fail(context, written.error(), kCannotWrite);
    return static_cast<int>(kDone);
  });
}

}  // namespace oddroad::cli
