#include "engine/farm/plan.h"

#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/core/sha256.h"
#include "engine/dataset/file_io.h"

namespace oddroad::farm {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kVersion = 1;

Json header_json(const PlanHeader& header) {
  Json scenarios = Json::array();
  for (const PlanScenario& s : header.scenarios) {
    scenarios.push_back({{"name", s.name},
                         {"file", s.file},
                         {"library_name", s.library_name},
                         {"content_hash", s.content_hash}});
  }
  return {{"oddroad_plan", kVersion},
          {"software_version", header.software.version},
          {"software_hash", header.software.hash},
          {"any_build", header.any_build},
          {"isa", header.software.isa},
          {"pinned_isa", header.pinned_isa},
          {"device", header.device},
          {"visibility", header.visibility},
          {"shading", header.shading},
          {"overrides", header.overrides},
          {"scenarios", scenarios}};
}

PlanHeader as_header(const Json& json) {
  const int version = json.at("oddroad_plan").get<int>();
  if (version != kVersion) {
    throw std::invalid_argument("plan version " + std::to_string(version) +
                                "; this software reads version " + std::to_string(kVersion));
  }
  PlanHeader header;
  header.software = {json.at("software_version"), json.at("software_hash"), json.at("isa")};
  header.any_build = json.at("any_build").get<bool>();
  header.pinned_isa = json.at("pinned_isa");
  header.device = json.at("device");
  header.visibility = json.at("visibility");
  header.shading = json.at("shading");
  header.overrides = json.at("overrides").get<std::vector<std::string>>();
  for (const Json& s : json.at("scenarios")) {
    header.scenarios.push_back(
        {s.at("file"), s.at("library_name"), s.at("name"), s.at("content_hash")});
  }
  return header;
}

Json task_json(const Plan& plan, std::size_t number) {
  const PlanTask& task = plan.tasks[number];
  Json clips = Json::array();
  for (const PlanClip& clip : task.clips) {
    clips.push_back({clip.scenario, clip.seed, clip.index, dataset::short_id(plan.identity(clip))});
  }
  return {{"task", number}, {"seconds", task.seconds}, {"clips", clips}};
}

// Clips are [scenario, seed, index, id].
PlanTask as_task(const Json& json, const Plan& plan, std::set<std::string>& names) {
  if (json.at("task").get<std::size_t>() != plan.tasks.size()) {
    throw std::invalid_argument("expected task " + std::to_string(plan.tasks.size()));
  }
  PlanTask task;
  task.seconds = json.at("seconds").get<double>();
  for (const Json& c : json.at("clips")) {
    const PlanClip clip{c.at(0).get<std::uint32_t>(), c.at(1).get<std::uint64_t>(),
                        c.at(2).get<std::uint32_t>()};
    if (clip.scenario >= plan.header.scenarios.size()) {
      throw std::out_of_range("there is no scenario " + std::to_string(clip.scenario));
    }
    if (dataset::short_id(plan.identity(clip)) != c.at(3).get<std::string>()) {
      throw std::invalid_argument("clip " + c.dump() +
                                  " is not what the header makes of it: " + plan.name(clip));
    }
    if (!names.insert(plan.name(clip)).second) {
      throw std::invalid_argument("clip " + plan.name(clip) + " stands in the plan twice");
    }
    task.clips.push_back(clip);
  }
  return task;
}

}  // namespace

std::vector<PlannedClip> Plan::clips() const {
  std::vector<PlannedClip> out;
  for (std::uint32_t t = 0; t < tasks.size(); ++t) {
    for (const PlanClip& clip : tasks[t].clips) out.push_back({t, clip});
  }
  return out;
}

dataset::ClipIdentity Plan::identity(const PlanClip& clip) const {
  const PlanScenario& scenario = header.scenarios[clip.scenario];
  return {scenario.name,           scenario.content_hash, clip.seed,      clip.index,
          header.software.version, header.visibility,     header.shading, header.shading != "none"};
}

std::string Plan::name(const PlanClip& clip) const {
  return dataset::clip_folder(identity(clip)).lexically_relative("clips").generic_string();
}

std::string encode_plan(const Plan& plan) {
  std::string out = header_json(plan.header).dump() + "\n";
  for (std::size_t t = 0; t < plan.tasks.size(); ++t) out += task_json(plan, t).dump() + "\n";
  return out;
}

core::Result<Plan> read_plan(const std::filesystem::path& file) {
  const auto text = dataset::read_file(file);
  if (!text) return core::forward_error(text);
  Plan plan;
  plan.id = core::sha256_hex(*text).substr(0, 10);
  std::istringstream lines(*text);
  std::set<std::string> names;
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    try {
      const Json json = Json::parse(line);
      if (number == 1) {
        plan.header = as_header(json);
      } else {
        plan.tasks.push_back(as_task(json, plan, names));
      }
    } catch (const std::exception& error) {
      return core::fail_at({file.string(), number},
                           std::string("not a line of a plan: ") + error.what());
    }
  }
  if (number == 0) return core::fail_at({file.string()}, "empty; expected a plan (farm plan)");
  return plan;
}

core::Result<void> check_software(const PlanHeader& header, const Software& here) {
  core::Diagnostics problems;
  const Software& planned = header.software;
  if (here.version != planned.version) {
    problems.error({}, "the plan is for oddroad " + planned.version + ", this is " + here.version);
  } else if (here.hash != planned.hash && !header.any_build) {
    problems.error({},
                   "the plan was made by another build of oddroad " + planned.version +
                       " (SHA-256 " + planned.hash.substr(0, 10) + ", this one has " +
                       here.hash.substr(0, 10) + ")",
                   "farm plan --any-build lets builds of one version work together");
  }
  if (header.pinned_isa.empty() && here.isa != planned.isa) {
    problems.error({},
                   "the plan is for processors with " + planned.isa + ", this one has " + here.isa,
                   "farm plan --isa pins what all processors of a farm have");
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return {};
}

}  // namespace oddroad::farm
