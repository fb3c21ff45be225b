#include "engine/cli/farm_submit.h"

#include <cstdio>
#include <filesystem>
#include <numeric>

#include <sys/stat.h>

#include "engine/cli/farm_run.h"
#include "engine/farm/kubernetes.h"
#include "engine/farm/slurm.h"
#include "engine/s3/place.h"

namespace oddroad::cli {
namespace {

namespace fs = std::filesystem;

// Jobs start in other folders.
std::string absolute(const std::string& path) {
  return fs::absolute(path).lexically_normal().string();
}

std::vector<std::string> work_arguments(const FarmWorkOptions& work) {
  std::vector<std::string> out = {"--tick-limit", std::to_string(work.tick_limit_s), "--grace",
                                  std::to_string(work.grace_s)};
  if (!work.wrap.empty()) out.insert(out.end(), {"--wrap", absolute(work.wrap)});
  return out;
}

// What `farm finish` must be told so that it submits like this.
std::vector<std::string> finish_arguments(const FarmWorkOptions& work,
                                          const FarmSlurmOptions& options) {
  std::vector<std::string> out = work_arguments(work);
  out.insert(out.end(), {"--parallel", std::to_string(options.parallel), "--cpus",
                         std::to_string(options.cpus), "--memory", options.memory, "--minutes",
                         std::to_string(options.minutes)});
  if (!options.partition.empty()) out.insert(out.end(), {"--partition", options.partition});
  if (!work.scratch.empty()) out.insert(out.end(), {"--scratch", work.scratch});
  if (options.deep) out.push_back("--deep");
  for (const std::string& option : options.sbatch) out.push_back("--sbatch=" + option);
  return out;
}

farm::SlurmOptions slurm_options(const Context& context, const FarmWorkOptions& work,
                                 const FarmSlurmOptions& options) {
  farm::SlurmOptions out;
  out.program = context.executable;
  out.plan = absolute(work.plan);
  out.out = absolute(work.out);
  out.scratch = work.scratch;
  out.partition = options.partition;
  out.parallel = options.parallel;
  out.cpus = options.cpus;
  out.memory = options.memory;
  out.minutes = options.minutes;
  out.sbatch = options.sbatch;
  out.rounds = options.rounds;
  out.work = work_arguments(work);
  out.finish = finish_arguments(work, options);
  return out;
}

// Runs a command and takes the first word of what it says: sbatch --parsable says "job;cluster".
core::Result<std::string> job_of(const std::vector<std::string>& command) {
  const std::string line = farm::shell_line(command);
  std::FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) return core::fail("cannot run " + line);
  std::string said;
  char bytes[256];
  while (std::fgets(bytes, sizeof bytes, pipe) != nullptr) said += bytes;
  const int status = ::pclose(pipe);
  const std::string job = said.substr(0, said.find_first_of(";\n"));
  if (status == 0 && !job.empty()) return job;
  return core::fail("failed: " + line, "is Slurm here? see `sinfo`");
}

class SlurmSubmission {
 public:
  SlurmSubmission(const Context& context, farm::SlurmOptions options, int round)
      : context_(context), options_(std::move(options)), round_(round) {
    const std::string folder = options_.out + "/attempts/slurm/";
    array_script_ = folder + "array.sh";
    finish_script_ = folder + "finish_" + std::to_string(round) + ".sh";
  }

  void print(const std::vector<farm::SlurmArray>& arrays) const {
    std::fprintf(context_.out, "# %s\n%s\n# %s\n%s\n", array_script_.c_str(),
                 farm::slurm_array_script(options_).c_str(), finish_script_.c_str(),
                 farm::slurm_finish_script(options_, round_).c_str());
    std::vector<std::string> after;
    for (const farm::SlurmArray& array : arrays) {
      after.push_back("JOB" + std::to_string(after.size() + 1));
      const auto command = farm::sbatch_array(options_, array, array_script_);
      std::fprintf(context_.out, "%s\n", farm::shell_line(command).c_str());
    }
    const auto command = farm::sbatch_finish(options_, after, finish_script_);
    std::fprintf(context_.out, "%s\n", farm::shell_line(command).c_str());
  }

  core::Result<void> submit(const std::vector<farm::SlurmArray>& arrays) const {
    auto written = write_file(array_script_, farm::slurm_array_script(options_));
    if (written) {
      written = write_file(finish_script_, farm::slurm_finish_script(options_, round_));
    }
    if (!written) return written;
    std::vector<std::string> after;
    for (const farm::SlurmArray& array : arrays) {
      const auto job = job_of(farm::sbatch_array(options_, array, array_script_));
      if (!job) return core::forward_error(job);
      after.push_back(*job);
      std::fprintf(context_.out, "array job %s: tasks %s from %u\n", job->c_str(),
                   array.indices.c_str(), array.offset);
    }
    const auto job = job_of(farm::sbatch_finish(options_, after, finish_script_));
    if (!job) return core::forward_error(job);
    std::fprintf(context_.out, "finish job %s\n", job->c_str());
    return {};
  }

 private:
  const Context& context_;
  farm::SlurmOptions options_;
  int round_;
  std::string array_script_, finish_script_;
};

int submit_kubernetes(const Context& context, const farm::Plan& plan,
                      const FarmSubmitOptions& options) {
  farm::KubernetesOptions job;
  job.name = farm::dns_label("oddroad-" + plan.id);
  job.image = options.image;
  job.claim = options.claim;
  job.mount = options.mount;
  job.plan = options.work.plan;
  job.out = options.work.out;
  if (s3::is_url(options.work.out)) job.secret = options.secret;
  job.tasks = static_cast<std::uint32_t>(plan.tasks.size());
  job.parallel = options.slurm.parallel;
  job.cpus = options.slurm.cpus;
  job.memory = options.slurm.memory == "8G" ? "8Gi" : options.slurm.memory;
  const fs::path file(options.kubernetes);
  const std::string container = (file.parent_path() / "Containerfile").string();
  if (options.dry_run) {
    std::fprintf(context.out, "# %s\n%s\n# %s\n%s", file.c_str(), farm::kubernetes_job(job).c_str(),
                 container.c_str(), farm::containerfile().c_str());
    return kDone;
  }
  auto written = write_file(file.string(), farm::kubernetes_job(job));
  if (written) written = write_file(container, farm::containerfile());
  if (!written) return fail(context, written.error(), kCannotWrite);
  std::fprintf(context.out, "%s: a job of %u tasks; %s: its image\n", file.c_str(), job.tasks,
               container.c_str());
  return kDone;
}

}  // namespace

int submit_slurm(const Context& context, const FarmWorkOptions& work,
                 const FarmSlurmOptions& options, const std::vector<std::uint32_t>& tasks,
                 int round, bool dry_run) {
  if (s3::is_url(work.out)) {
    return fail(context,
                core::fail("--slurm keeps scripts and logs in OUT, which must be a folder then",
                           "in an array job of your own: oddroad farm work PLAN -o " + work.out +
                               " --task $SLURM_ARRAY_TASK_ID")
                    .value(),
                kUsage);
  }
  const SlurmSubmission submission(context, slurm_options(context, work, options), round);
  const auto arrays = farm::slurm_arrays(tasks);
  if (dry_run) {
    submission.print(arrays);
    return kDone;
  }
  // Logs of jobs lie in it: it must be a dataset before they do.
  const auto out = output_at(work.out);
  if (!out) return fail(context, out.error(), kCannotWrite);
  const auto opened = open_output(context, **out);
  if (!opened) return fail_output(context, **out, opened.error());
  const auto submitted = submission.submit(arrays);
  return submitted ? kDone : fail(context, submitted.error(), kUnavailable);
}

int farm_submit_command(const Context& context, const FarmSubmitOptions& options) {
  if (options.local) return farm_work_command(context, options.work);
  farm::Plan plan;
  if (const int code = open_plan(context, options.work.plan, plan); code != kDone) return code;
  if (!options.kubernetes.empty()) return submit_kubernetes(context, plan, options);
  std::vector<std::uint32_t> tasks(plan.tasks.size());
  std::iota(tasks.begin(), tasks.end(), 0u);
  return submit_slurm(context, options.work, options.slurm, tasks, 1, options.dry_run);
}

}  // namespace oddroad::cli
