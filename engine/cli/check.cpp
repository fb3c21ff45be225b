#include "engine/asset/model_description.h"
#include "engine/cli/commands.h"
#include "engine/core/yaml.h"
#include "engine/pipeline/rig.h"
#include "engine/pipeline/try_out.h"

namespace oddroad::cli {

namespace {

enum class FileKind { kScenario, kParts, kRig, kModel };

// By the keys that only one of them has.
FileKind kind_of(const std::string& file) {
  const auto root = core::load_yaml(file);
  if (!root || !root->is_map()) return FileKind::kScenario;
  const auto has = [&](const char* key) {
    return root->find(key) != nullptr;
  };
  if (has("actors") || has("like")) return FileKind::kScenario;
  if (has("sensors")) return FileKind::kRig;
  if (has("file")) return FileKind::kModel;
  return has("schema") || has("name") ? FileKind::kScenario : FileKind::kParts;
}

core::Diagnostics check_rig(const Context& context, const std::string& path) {
  const auto rig = pipeline::load_rig(path, context.roots);
  return rig ? core::Diagnostics() : rig.error();
}

// The file, then what it takes beside it, then what comes of it: each only where all before is
// well.
core::Diagnostics check_scenario(const Context& context, const std::string& file,
                                 const std::vector<std::string>& overrides) {
  core::Diagnostics problems = scenario::check_scenario(file, context.roots, overrides);
  if (problems.has_errors()) return problems;
  const auto setup = pipeline::load_setup(file, context.roots, overrides);
  const auto ontology = pipeline::load_ontology(context.roots);
  if (!setup) problems.append(setup.error());
  if (!ontology) problems.append(ontology.error());
  if (setup && ontology) problems.append(pipeline::try_out(*setup, *ontology));
  return problems;
}

// What was checked, for the line that says that all is fine.
const char* check(const Context& context, const std::string& file,
                  const std::vector<std::string>& overrides, core::Diagnostics& problems) {
  switch (kind_of(file)) {
    case FileKind::kRig:
      problems = check_rig(context, file);
      return "fine, a rig";
    case FileKind::kModel:
      if (const auto model = asset::load_description(file); !model) problems = model.error();
      return "fine, a description of a model";
    case FileKind::kParts:
      return "parts of scenarios (no name, no actors): checked with the scenarios that use them";
    case FileKind::kScenario:
      break;
  }
  problems = check_scenario(context, file, overrides);
  return "fine";
}

}  // namespace

int check_command(const Context& context, const std::vector<std::string>& files,
                  const std::vector<std::string>& overrides) {
  bool wrong = false;
  for (const std::string& file : files) {
    core::Diagnostics problems;
    const char* fine = check(context, file, overrides, problems);
    print(context, problems);
    wrong |= problems.has_errors();
    if (!problems.has_errors()) std::fprintf(context.out, "%s: %s\n", file.c_str(), fine);
  }
  return wrong ? kBadInput : kDone;
}

}  // namespace oddroad::cli
