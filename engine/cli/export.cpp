#include "engine/exchange/export.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "engine/cli/commands.h"
#include "engine/cli/interrupt.h"
#include "engine/cli/progress.h"

namespace oddroad::cli {
namespace {

int exit_code(exchange::ExportError::Kind kind) {
  return kind == exchange::ExportError::Kind::kCannotWrite ? kCannotWrite : kBadInput;
}

// Pipes, too: `--select <(...)`.
core::Result<exchange::ClipList> read_list(const std::string& file) {
  const auto all = [](std::istream& in) {
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  if (file == "-") return exchange::ClipList{all(std::cin), "standard input"};
  std::ifstream in(file, std::ios::binary);
  if (!in) return core::fail_at({file}, std::string("cannot read: ") + std::strerror(errno));
  return exchange::ClipList{all(in), file};
}

void print(const Context& context, const std::string& out, const exchange::ExportSummary& done) {
  std::string text = out + ": " + std::to_string(done.frames) + " frames of " +
                     std::to_string(done.clips) + " clips";
  if (done.kept_clips > 0) {
    text += " (" + std::to_string(done.kept_clips) + " an earlier run had written)";
  }
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
  if (!options.split.empty() && !format->has_splits) {
    const auto wrong =
        core::fail("--split: '" + format->name + "' knows no splits", "leave it out");
    return fail(context, wrong.value(), kUsage);
  }
  if (!options.select.empty()) {
    const auto list = read_list(options.select);
    if (!list) return fail(context, list.error(), kBadInput);
    chosen.select = *list;
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
    std::fprintf(context.err, "interrupted: %s was not written; the same again goes on\n",
                 options.out.c_str());
    return kInterrupted;
  }
  if (!done) {
    const int code = fail(context, done.error().why, exit_code(done.error().kind));
    if (!done.error().kept.empty()) {
      std::fprintf(context.err, "finished clips wait in %s: the same again goes on\n",
                   done.error().kept.c_str());
    }
    return code;
  }
  print(context, options.out, *done);
  return kDone;
}

}  // namespace oddroad::cli
