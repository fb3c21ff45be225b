#include "engine/exchange/export.h"

#include <algorithm>

#include "engine/cli/commands.h"
#include "engine/cli/interrupt.h"
#include "engine/cli/progress.h"

namespace oddroad::cli {
namespace {

int exit_code(exchange::ExportError::Kind kind) {
  return kind == exchange::ExportError::Kind::kCannotWrite ? kCannotWrite : kBadInput;
}

void print(const Context& context, const std::string& out, const exchange::ExportSummary& done) {
  std::string text = out + ": " + std::to_string(done.frames) + " frames of " +
                     std::to_string(done.clips) + " clips";
  for (const auto& [what, n] : done.counts) text += ", " + std::to_string(n) + " " + what;
  std::fprintf(context.out, "%s\n", text.c_str());
  for (const auto& [what, n] : done.losses) {
    std::fprintf(context.err, "left out: %lld %s\n", static_cast<long long>(n), what.c_str());
  }
}

}  // namespace

int export_command(const Context& context, const ExportCommand& options) {
  const auto& all = exchange::formats();
  const auto format = std::find_if(all.begin(), all.end(), [&](const auto& one) {
    return one.name == options.format;
  });
  exchange::ExportOptions chosen;
  chosen.thresholds = {options.min_visibility, options.min_lidar_points};
  chosen.classes = options.classes;
  if (!options.split.empty()) {
    const auto split = exchange::parse_split(options.split);
    if (!split) return fail(context, split.error(), kUsage);
    chosen.split = *split;
  }
  catch_interrupts();
  std::unique_ptr<ProgressBar> bar;
  exchange::ExportProgress progress;
  progress.started = [&](std::size_t clips) {
    bar = std::make_unique<ProgressBar>(context, clips);
  };
  progress.frame = [&](double share_of_clip) {
    bar->capture(share_of_clip);
    return !interrupted();
  };
  progress.clip = [&](const std::string& name, std::size_t frames) {
    bar->clip(name, std::to_string(frames) + " frames");
  };
  const auto done =
      exchange::export_dataset(options.dataset, *format, options.out, chosen, progress);
  bar.reset();
  if (!done && done.error().kind == exchange::ExportError::Kind::kInterrupted) {
    std::fprintf(context.err, "interrupted: %s was not written\n", options.out.c_str());
    return kInterrupted;
  }
  if (!done) return fail(context, done.error().why, exit_code(done.error().kind));
  print(context, options.out, *done);
  return kDone;
}

}  // namespace oddroad::cli
