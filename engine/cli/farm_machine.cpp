#include "engine/cli/farm_machine.h"

#include <filesystem>

#include "engine/core/sha256.h"
#include "render/kernels/isa.h"

namespace oddroad::cli {

core::Result<farm::Software> software_here() {
  const auto hash = core::sha256_file("/proc/self/exe");
  if (!hash) return core::forward_error(hash);
  return farm::Software{ODDROAD_VERSION, *hash, kernels::processor_class()};
}

std::string maker_of(const Machine& machine) {
  const auto here = software_here();
  if (!here) return {};
  std::string out = here->version + " " + here->hash.substr(0, 16) + " " +
                    (machine.isa.empty() ? here->isa : machine.isa);
  if (machine.device) {
    out += " " + machine.device->info().name + " " + machine.device->info().driver;
  }
  return out;
}

core::Result<Machine> machine_of(const farm::PlanHeader& header) {
  BackEndChoice choice;
  choice.device = header.device;
  choice.visibility = header.visibility;
  choice.colour = header.shading != "none";
  choice.shade = choice.colour ? header.shading : "auto";
  choice.isa = header.pinned_isa;
  return choose_machine(choice);
}

core::Result<pipeline::ScenarioSetup> load_planned(const farm::PlanHeader& header,
                                                   const farm::PlanScenario& scenario,
                                                   const Context& context) {
  std::string file = scenario.file;
  if (!std::filesystem::exists(file) && !scenario.library_name.empty()) {
    const auto found = core::resolve_path(scenario.library_name, "", context.roots);
    if (!found) return core::forward_error(found);
    file = *found;
  }
  auto setup = pipeline::load_setup(file, context.roots, header.overrides);
  if (!setup) return setup;
  if (setup->scenario.content_hash != scenario.content_hash) {
    return core::fail_at({file}, "has changed since the plan was made, or a file that it reads has",
                         "make a new plan");
  }
  return setup;
}

}  // namespace oddroad::cli
