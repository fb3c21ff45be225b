#include "engine/cli/commands.h"
#include "engine/road/check.h"
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

int road_check_command(const Context& context, const std::vector<std::string>& maps, bool all) {
  constexpr int kOfAKind = 3;
  int code = kDone;
  for (const std::string& path : maps) {
    const int one = with_map(context, path, [&](const road::RoadMap& map) {
      const road::MapCheck check = road::check_map(map);
      print(context, all ? check.warnings : road::shortened(check.warnings, kOfAKind));
      std::fputs((check.summary + "\n").c_str(), context.out);
      return kDone;
    });
    if (one != kDone) {
      std::fputs((path + ": not usable\n").c_str(), context.out);
      code = one;
    }
  }
  return code;
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
