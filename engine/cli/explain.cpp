#include "engine/scenario/explain.h"

#include "engine/cli/commands.h"
#include "engine/scenario/scenario.h"

namespace oddroad::cli {

int explain_command(const Context& context, const std::string& file,
                    const std::vector<std::string>& overrides) {
  const auto scenario = scenario::load_scenario(file, context.roots, overrides);
  if (!scenario) return fail(context, scenario.error(), kBadInput);
  print(context, scenario->warnings);
  std::fputs(scenario::explain(scenario->resolved, file).c_str(), context.out);
  return kDone;
}

}  // namespace oddroad::cli
