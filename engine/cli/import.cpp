#include "engine/exchange/import.h"

#include <algorithm>

#include "engine/cli/commands.h"
#include "engine/cli/interrupt.h"
#include "engine/cli/progress.h"
#include "engine/pipeline/scenario_setup.h"

namespace oddroad::cli {
namespace {

int exit_code(exchange::ImportError::Kind kind) {
  switch (kind) {
    case exchange::ImportError::Kind::kCannotWrite:
      return kCannotWrite;
    case exchange::ImportError::Kind::kInterrupted:
      return kInterrupted;
    case exchange::ImportError::Kind::kBadInput:
      break;
  }
  return kBadInput;
}

void print(const Context& context, const std::string& out, const exchange::ImportSummary& done) {
  std::string text = out + ": " + std::to_string(done.captures) + " captures of " +
                     std::to_string(done.clips) + " clips";
  if (done.present > 0) text += ", " + std::to_string(done.present) + " clips were there";
  for (const auto& [what, n] : done.counts) text += ", " + std::to_string(n) + " " + what;
  std::fprintf(context.out, "%s\n", text.c_str());
  for (const auto& [what, n] : done.losses) {
    std::fprintf(context.err, "left behind: %lld %s\n", static_cast<long long>(n), what.c_str());
  }
}

}  // namespace

int import_command(const Context& context, const ImportCommand& options) {
  const auto& all = exchange::import_formats();
  const auto format = std::find_if(all.begin(), all.end(), [&](const auto& one) {
    return one.name == options.format;
  });
  const auto ontology = pipeline::load_ontology(context.roots);
  if (!ontology) return fail(context, ontology.error(), kBadInput);
  catch_interrupts();
  std::unique_ptr<ProgressBar> bar;
  exchange::ImportProgress progress;
  progress.started = [&](std::size_t clips) {
    bar = std::make_unique<ProgressBar>(context, clips);
  };
  progress.clip = [&](const std::string& name, std::size_t captures) {
    for (std::size_t k = 0; k < captures; ++k) bar->capture(1.0 / static_cast<double>(captures));
    bar->clip(name, captures > 0 ? std::to_string(captures) + " captures" : "there already");
    return !interrupted();
  };
  const auto done = exchange::import_dataset(options.source, *format, options.out, *ontology,
                                             ODDROAD_VERSION, progress);
  bar.reset();
  if (done) {
    print(context, options.out, *done);
    return kDone;
  }
  if (done.error().kind == exchange::ImportError::Kind::kInterrupted) {
    std::fprintf(context.err, "interrupted: %d clips were written\n", done.error().clips);
    return kInterrupted;
  }
  return fail(context, done.error().why, exit_code(done.error().kind));
}

}  // namespace oddroad::cli
