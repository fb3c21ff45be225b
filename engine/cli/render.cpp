#include <atomic>
#include <mutex>
#include <thread>

#include "engine/cli/back_ends.h"
#include "engine/cli/clip_range.h"
#include "engine/cli/commands.h"
#include "engine/cli/farm_machine.h"
#include "engine/cli/interrupt.h"
#include "engine/cli/progress.h"
#include "engine/dataset/dataset_header.h"
#include "engine/pipeline/clip_job.h"
#include "engine/verify/verify.h"

namespace oddroad::cli {
namespace {

struct Job {
  const pipeline::ScenarioSetup* setup;
  std::uint64_t seed;
  std::uint32_t index;
};

// What the workers share.
struct Run {
  const Context& context;
  const RenderOptions& options;
  const Machine& machine;
  const capture::Ontology& ontology;
  const std::vector<Job>& jobs;
  ProgressBar& bar;
  sim::CatalogModels models{};
  asset::LevelCache levels{};
  std::atomic<std::size_t> next = 0;
  std::atomic<int> exit_code = kDone;
  std::atomic<bool> stopped = false;  // nothing more can be written
  std::mutex mutex;
};

void set_aside(Run& run, const std::string& name, const core::Diagnostics& why) {
  run.bar.clip(name, "failed: " + core::to_string(why));
  int expected = kDone;
  run.exit_code.compare_exchange_strong(expected, kSetAside);
}

std::string outcome_text(const dataset::Commit& commit, std::size_t captures) {
  switch (commit.outcome) {
    case dataset::CommitOutcome::kCommitted:
      return std::to_string(captures) + " captures";
    case dataset::CommitOutcome::kAlreadyThere:
      return "was there already";
    case dataset::CommitOutcome::kQuarantined:
      return "differs from the clip that is there: kept aside in " + commit.folder.string();
  }
  return "";
}

// Proves the labels of a clip just committed; a clip that fails is moved to quarantine/.
void verify_job(Run& run, const std::string& name, const dataset::ClipIdentity& identity,
                const dataset::Commit& commit) {
  const auto proof = verify::verify_clip(commit.folder, run.ontology, {});
  if (proof.report.disagreements() == 0) return;
  const auto aside = dataset::quarantine_clip(run.options.out, identity);
  run.bar.clip(name, std::to_string(proof.report.disagreements()) + " labels are wrong: moved to " +
                         (aside ? aside->string() : core::to_string(aside.error())) + "\n" +
                         verify::to_table(proof.report));
  int expected = kDone;
  run.exit_code.compare_exchange_strong(expected, kSetAside);
}

void run_job(Run& run, const Job& job, const pipeline::BackEnds& back_ends) {
  const auto identity = pipeline::identify(*job.setup, job.seed, job.index, back_ends);
  const std::string name = identity.scenario + " " + std::to_string(job.index);
  if (dataset::clip_is_complete(run.options.out, identity)) {
    dataset::drop_checkpoints(run.options.out, identity);
    return run.bar.clip(name, "complete, skipped");
  }
  std::atomic<std::size_t> captures = 1;
  pipeline::ClipProgress progress;
  progress.started = [&](std::size_t n) {
    captures = std::max<std::size_t>(n, 1);
  };
  progress.captured = [&] {
    run.bar.capture(1.0 / static_cast<double>(captures.load()));
    return interrupts() < 2 && !run.stopped;
  };
  progress.pause = interrupted;
  progress.told = [&](const std::string& text) {
    run.bar.say(name + ": " + text);
  };
  progress.resumed = [&](std::size_t, const std::string& text) {
    run.bar.say(name + ": " + text);
  };
  pipeline::ClipTask task{job.setup,       job.seed,      job.index,
                          run.options.out, &run.ontology, &run.levels};
  task.maker = [&] {
    return maker_of(run.machine);
  };
  const auto commit = pipeline::make_clip(task, back_ends, run.models, progress);
  if (!commit) {
    using Kind = pipeline::ClipFailure::Kind;
    if (commit.error().kind == Kind::kInterrupted) return;
    if (commit.error().kind == Kind::kPaused) {
      return run.bar.say(name + ": " + commit.error().why.items().front().message +
                         ": run again to go on");
    }
    set_aside(run, name, commit.error().why);
    if (commit.error().kind == Kind::kCannotWrite) {
      run.stopped = true;
      run.exit_code = kCannotWrite;
    }
    return;
  }
  run.bar.clip(name, outcome_text(*commit, captures));
  if (commit->outcome == dataset::CommitOutcome::kQuarantined) {
    int expected = kDone;
    run.exit_code.compare_exchange_strong(expected, kSetAside);
  } else if (run.options.verify) {
    verify_job(run, name, identity, *commit);
  }
}

void work(Run& run) {
  auto back_ends = WorkerBackEnds::create(run.machine);
  if (!back_ends) {
    const std::scoped_lock lock(run.mutex);
    print(run.context, back_ends.error());
    run.exit_code = kUnavailable;
    return;
  }
  while (!interrupted() && !run.stopped) {
    const std::size_t k = run.next++;
    if (k >= run.jobs.size()) return;
    run_job(run, run.jobs[k], back_ends->get());
  }
}

// Every scenario that can be loaded, and every problem of those that cannot.
core::Result<std::vector<pipeline::ScenarioSetup>> load_all(const Context& context,
                                                            const RenderOptions& options) {
  std::vector<pipeline::ScenarioSetup> setups;
  core::Diagnostics problems;
  for (const std::string& file : options.scenarios) {
    auto setup = pipeline::load_setup(file, context.roots, options.overrides);
    if (setup) {
      print(context, setup->scenario.warnings);
      setups.push_back(std::move(*setup));
    } else {
      problems.append(setup.error());
    }
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return setups;
}

core::Result<std::vector<Job>> list_jobs(const std::vector<pipeline::ScenarioSetup>& setups,
                                         const RenderOptions& options) {
  std::vector<Job> jobs;
  for (const pipeline::ScenarioSetup& setup : setups) {
    const auto range = parse_clip_range("--clips", options.clips, setup.scenario.sample.count);
    if (!range) return core::forward_error(range);
    for (std::uint32_t i = range->first; i <= range->last; ++i) {
      jobs.push_back({&setup, options.seed.value_or(setup.scenario.sample.seed), i});
    }
  }
  return jobs;
}

int run_all(const Context& context, const RenderOptions& options, const Machine& machine,
            const capture::Ontology& ontology, const std::vector<Job>& jobs) {
  ProgressBar bar(context, jobs.size());
  Run run{context, options, machine, ontology, jobs, bar};
  catch_interrupts();
  std::vector<std::thread> workers;
  for (int w = 1; w < options.jobs; ++w)
    workers.emplace_back([&] {
      work(run);
    });
  work(run);
  for (std::thread& worker : workers) worker.join();
  if (machine.device) {
    if (options.device_times) bar.say(vulkan::to_string(machine.device->pass_times()));
    for (const std::string& message : machine.device->validation_messages()) {
      bar.say("validation: " + message);
      run.exit_code = kOurBug;
    }
  }
  return interrupted() ? kInterrupted : run.exit_code.load();
}

}  // namespace

int render_command(const Context& context, const RenderOptions& options) {
  const auto setups = load_all(context, options);
  if (!setups) return fail(context, setups.error(), kBadInput);
  const auto jobs = list_jobs(*setups, options);
  if (!jobs) return fail(context, jobs.error(), kUsage);
  const auto ontology = pipeline::load_ontology(context.roots);
  if (!ontology) return fail(context, ontology.error(), kBadInput);
  const auto machine = choose_machine({options.device, options.visibility, options.shade,
                                       options.colour, options.validation, options.isa});
  if (!machine) return fail(context, machine.error(), kUnavailable);
  const auto opened = dataset::open_for_writing(options.out, {ODDROAD_VERSION, *ontology});
  if (!opened) return fail(context, opened.error(), kCannotWrite);
  return run_all(context, options, *machine, *ontology, *jobs);
}

}  // namespace oddroad::cli
