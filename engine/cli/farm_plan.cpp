#include <filesystem>
#include <set>

#include "engine/cli/clip_range.h"
#include "engine/cli/farm.h"
#include "engine/cli/farm_machine.h"
#include "engine/cli/farm_probe.h"
#include "engine/cli/interrupt.h"
#include "engine/farm/sizing.h"
#include "engine/pipeline/clip_job.h"

namespace oddroad::cli {
namespace {

namespace fs = std::filesystem;

// "N" is N clips here, from 0; a range is what it is elsewhere.
core::Result<ClipRange> planned_range(const std::string& text, std::uint32_t sample_count) {
  auto range = parse_clip_range("--clips", text, sample_count);
  if (!range || text.empty() || text.find("..") != std::string::npos) return range;
  if (range->last == 0) return core::fail("--clips takes at least 1");
  return ClipRange{0, range->last - 1};
}

// The scenario's name below the first search root that holds it.
std::string library_name(const std::string& file, const core::SearchRoots& roots) {
  for (const auto& root : roots.directories) {
    const std::string name = fs::path(file).lexically_relative(root).generic_string();
    if (!name.empty() && !name.starts_with("..")) return name;
  }
  return "";
}

class Planner {
 public:
  Planner(const Context& context, const FarmPlanOptions& options)
      : context_(context), options_(options) {}

  int run() {
    if (const int code = open(); code != kDone) return code;
    core::Diagnostics problems;
    for (const std::string& file : options_.scenarios) {
      if (const auto added = add(file); !added) problems.append(added.error());
    }
    if (problems.has_errors()) return fail(context_, problems, kBadInput);
    if (options_.clips_per_task == 0) {
      catch_interrupts();
      if (const auto probed = probe(); !probed) {
        return fail(context_, probed.error(), interrupted() ? kInterrupted : kBadInput);
      }
    }
    plan_.tasks =
        farm::cut_tasks(clips_, probes_, options_.task_minutes * 60, options_.clips_per_task);
    const auto written = write_file(options_.out, farm::encode_plan(plan_));
    if (!written) return fail(context_, written.error(), kCannotWrite);
    tell();
    return kDone;
  }

 private:
  int open() {
    auto ontology = pipeline::load_ontology(context_.roots);
    if (!ontology) return fail(context_, ontology.error(), kBadInput);
    ontology_ = std::move(*ontology);
    const auto software = software_here();
    if (!software) return fail(context_, software.error(), kUnavailable);
    auto machine = choose_machine({options_.device, options_.visibility, options_.shade,
                                   options_.colour, false, options_.isa});
    if (!machine) return fail(context_, machine.error(), kUnavailable);
    machine_ = std::move(*machine);
    auto back_ends = WorkerBackEnds::create(machine_);
    if (!back_ends) return fail(context_, back_ends.error(), kUnavailable);
    back_ends_.emplace(std::move(*back_ends));
    farm::PlanHeader& header = plan_.header;
    header.software = *software;
    header.pinned_isa = options_.isa;
    header.any_build = options_.any_build;
    header.device = options_.device;
    header.overrides = options_.overrides;
    return kDone;
  }

  core::Result<void> add(const std::string& file) {
    auto setup = pipeline::load_setup(file, context_.roots, options_.overrides);
    if (!setup) return core::forward_error(setup);
    print(context_, setup->scenario.warnings);
    const auto range = planned_range(options_.clips, setup->scenario.sample.count);
    if (!range) return core::forward_error(range);
    const std::uint64_t seed = options_.seed.value_or(setup->scenario.sample.seed);
    const auto number = static_cast<std::uint32_t>(setups_.size());
    const auto identity = pipeline::identify(*setup, seed, range->first, back_ends_->get());
    plan_.header.visibility = identity.visibility;
    plan_.header.shading = identity.shading;
    const std::string absolute = fs::absolute(file).lexically_normal().string();
    plan_.header.scenarios.push_back({absolute, library_name(absolute, context_.roots),
                                      identity.scenario, identity.content_hash});
    for (std::uint32_t i = range->first; i <= range->last; ++i) {
      clips_.push_back({number, seed, i});
      if (names_.insert(plan_.name(clips_.back())).second) continue;
      return core::fail_at({file}, "is named twice: clip " + plan_.name(clips_.back()) +
                                       " would be in the plan two times");
    }
    setups_.push_back(std::move(*setup));
    return {};
  }

  core::Result<void> probe() {
    const auto folder = ProbeFolder::create(ontology_);
    if (!folder) return core::forward_error(folder);
    const pipeline::BackEnds back_ends = back_ends_->get();
    Prober prober(ontology_, back_ends, folder->path(), options_.probe_seconds);
    std::uint32_t next = 0;
    for (const farm::PlanClip& clip : clips_) {
      if (clip.scenario != next) continue;
      ++next;
      auto probe = prober.run(setups_[clip.scenario], clip.seed, clip.index);
      if (interrupted()) return core::fail("interrupted");
      if (!probe) return core::forward_error(probe);
      std::fprintf(context_.err, "%s: %.1f s a clip\n", probe->scenario.c_str(), probe->seconds);
      probes_.push_back(std::move(*probe));
    }
    return {};
  }

  void tell() const {
    if (!probes_.empty()) std::fputs(farm::sizing_table(probes_).c_str(), context_.out);
    double seconds = 0;
    for (const farm::PlanTask& task : plan_.tasks) seconds += task.seconds;
    std::fprintf(context_.out, "%s: %zu clips in %zu tasks", options_.out.c_str(), clips_.size(),
                 plan_.tasks.size());
    if (seconds > 0) std::fprintf(context_.out, ", about %.1f worker hours", seconds / 3600);
    std::fputs("\n", context_.out);
  }

  const Context& context_;
  const FarmPlanOptions& options_;
  capture::Ontology ontology_;
  Machine machine_;
  std::optional<WorkerBackEnds> back_ends_;
  std::vector<pipeline::ScenarioSetup> setups_;
  std::vector<farm::PlanClip> clips_;
  std::set<std::string> names_;  // of clips_
  std::vector<farm::Probe> probes_;
  farm::Plan plan_;
};

}  // namespace

int farm_plan_command(const Context& context, const FarmPlanOptions& options) {
  return Planner(context, options).run();
}

}  // namespace oddroad::cli
