#include "engine/cli/farm_run.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "engine/cli/farm_machine.h"
#include "engine/cli/interrupt.h"
#include "engine/cli/progress.h"
#include "engine/dataset/dataset_header.h"
#include "engine/farm/status.h"

namespace oddroad::cli {
namespace {

namespace fs = std::filesystem;

// The processors, shared evenly: renderers that crowd each other out gain nothing.
int threads_of(const FarmWorkOptions& options) {
  if (options.threads > 0) return options.threads;
  const int processors = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return options.workers > 1 ? std::max(1, processors / options.workers) : 0;
}

std::vector<std::string> renderer_command(const Context& context, const FarmWorkOptions& options) {
  // The image that runs, even where its file has been replaced meanwhile.
  std::vector<std::string> command = {"/proc/self/exe"};
  if (!options.wrap.empty()) command = {options.wrap, context.executable};
  command.insert(command.end(), {"farm", "render", options.plan, "-o", options.out});
  if (!options.scratch.empty()) command.insert(command.end(), {"--scratch", options.scratch});
  if (const int threads = threads_of(options); threads > 0) {
    command.insert(command.end(), {"--threads", std::to_string(threads)});
  }
  return command;
}

farm::StopLevel stop_level() {
  const int asked = interrupts();
  return asked == 0   ? farm::StopLevel::kNone
         : asked == 1 ? farm::StopLevel::kAfterClip
                      : farm::StopLevel::kNow;
}

int tell(const Context& context, const farm::WorkSummary& summary, const FarmWorkOptions& options) {
  print(context, summary.unavailable);
  print(context, summary.cannot_write);
  std::fprintf(context.err, "made %d, were there %d, set aside %d, differing %d%s\n", summary.made,
               summary.were_there, summary.set_aside, summary.differing,
               summary.stopped ? "; stopped before the end: run again" : "");
  if (summary.unavailable.has_errors()) return kUnavailable;
  if (summary.stopped) return kInterrupted;
  if (summary.set_aside + summary.differing == 0) return kDone;
  return options.ok_if_set_aside ? kDone : kSetAside;
}

}  // namespace

core::Result<std::unique_ptr<farm::BucketOutput>> bucket_at(const std::string& url) {
  auto place = s3::parse_url(url);
  if (!place) return core::forward_error(place);
  auto access = s3::access_from([](const char* name) {
    return std::getenv(name);
  });
  if (!access) return core::forward_error(access);
  s3::Client client(std::move(*access), place->bucket);
  return std::make_unique<farm::BucketOutput>(std::move(client), std::move(*place));
}

core::Result<std::unique_ptr<farm::Output>> output_at(const std::string& out) {
  if (!s3::is_url(out)) return farm::folder_output(out);
  auto bucket = bucket_at(out);
  if (!bucket) return core::forward_error(bucket);
  return std::move(*bucket);
}

core::Result<void> open_output(const Context& context, farm::Output& out) {
  const auto ontology = pipeline::load_ontology(context.roots);
  if (!ontology) return core::forward_error(ontology);
  return out.open({ODDROAD_VERSION, *ontology});
}

int fail_output(const Context& context, const farm::Output& out, const core::Diagnostics& why) {
  return fail(context, why, out.reachable() ? kCannotWrite : kInterrupted);
}

int open_plan(const Context& context, const std::string& file, farm::Plan& plan) {
  auto read = farm::read_plan(file);
  if (!read) return fail(context, read.error(), kBadInput);
  plan = std::move(*read);
  const auto here = software_here();
  if (!here) return fail(context, here.error(), kUnavailable);
  const auto fits = farm::check_software(plan.header, *here);
  return fits ? kDone : fail(context, fits.error(), kUnavailable);
}

int run_clips(const Context& context, const farm::Plan& plan,
              const std::vector<farm::PlannedClip>& clips, farm::Output& out,
              const FarmWorkOptions& options) {
  catch_interrupts();
  if (const auto opened = open_output(context, out); !opened) {
    return fail_output(context, out, opened.error());
  }
  ProgressBar bar(context, clips.size());
  farm::WorkProgress progress;
  progress.stop = stop_level;
  progress.frame = [&](const std::string&) {
    bar.capture(0);
  };
  progress.clip = [&](const std::string& clip, const std::string& outcome) {
    bar.clip(clip, outcome);
  };
  progress.trouble = [&](const std::string& clip, const std::string& what) {
    bar.say(clip + ": " + what);
  };
  farm::WorkOptions work;
  work.renderer = renderer_command(context, options);
  work.workers = std::min(options.workers, std::max(1, static_cast<int>(clips.size())));
  work.tick_limit_s = options.tick_limit_s;
  work.grace_s = options.grace_s;
  const auto summary = farm::work(plan, clips, out, work, progress);
  return tell(context, summary, options);
}

int farm_work_command(const Context& context, const FarmWorkOptions& options) {
  farm::Plan plan;
  if (const int code = open_plan(context, options.plan, plan); code != kDone) return code;
  if (options.task && *options.task >= plan.tasks.size()) {
    return fail(context,
                core::fail("the plan has tasks 0 to " + std::to_string(plan.tasks.size() - 1) +
                           ", found " + std::to_string(*options.task))
                    .value(),
                kUsage);
  }
  std::vector<farm::PlannedClip> clips = plan.clips();
  if (options.task) {
    std::erase_if(clips, [&](const farm::PlannedClip& clip) {
      return clip.task != *options.task;
    });
  }
  const auto out = output_at(options.out);
  if (!out) return fail(context, out.error(), kCannotWrite);
  return run_clips(context, plan, clips, **out, options);
}

}  // namespace oddroad::cli
