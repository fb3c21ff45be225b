#include "engine/cli/commands.h"
#include "engine/pipeline/rig.h"
#include "engine/scenario/scenario.h"

namespace oddroad::cli {

int check_command(const Context& context, const std::vector<std::string>& files,
                  const std::vector<std::string>& overrides) {
  bool wrong = false;
  for (const std::string& file : files) {
    core::Diagnostics problems = scenario::check_scenario(file, context.roots, overrides);
    // Sensor settings are opaque to the scenario; each sensor reads its own.
    if (const auto loaded = scenario::load_scenario(file, context.roots, overrides)) {
      const auto rig = pipeline::load_rig(loaded->rig_path, context.roots);
      if (!rig) problems.append(rig.error());
    }
    print(context, problems);
    wrong |= problems.has_errors();
    if (!problems.has_errors()) std::fprintf(context.out, "%s: fine\n", file.c_str());
  }
  return wrong ? kBadInput : kDone;
}

}  // namespace oddroad::cli
