// A plan: which clips, cut into tasks. JSON lines: a header, then a line for each task.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/dataset/clip_info.h"

namespace oddroad::farm {

// What decides the bytes of a clip beside its identity.
struct Software {
  std::string version;
  std::string hash;  // SHA-256 of the program
  std::string isa;   // instruction sets that rays and shading use: "avx512", "avx2", ...
  bool operator==(const Software&) const = default;
};

struct PlanScenario {
  std::string file;          // absolute
  std::string library_name;  // the same below a search root, for machines with other folders; or ""
  std::string name;
  std::string content_hash;
  bool operator==(const PlanScenario&) const = default;
};

struct PlanHeader {
  Software software;
  std::string pinned_isa;  // every machine uses this one; "": each must have software.isa
  bool any_build = false;  // other builds of software.version may work on it, too
  std::string device = "auto";
  std::string visibility;  // "raster" or "cast"
  std::string shading;     // "gpu", "cpu" or "none"
  std::vector<std::string> overrides;
  std::vector<PlanScenario> scenarios;
  bool operator==(const PlanHeader&) const = default;
};

struct PlanClip {
  std::uint32_t scenario = 0;  // index into scenarios
  std::uint64_t seed = 0;
  std::uint32_t index = 0;
  bool operator==(const PlanClip&) const = default;
};

struct PlanTask {
  double seconds = 0;  // estimate; 0: not measured
  std::vector<PlanClip> clips;
  bool operator==(const PlanTask&) const = default;
};

// A clip of the plan with its place in it.
struct PlannedClip {
  std::uint32_t task = 0;
  PlanClip clip;
};

struct Plan {
  std::string id;  // 10 hex digits of the SHA-256 of the file; set by read_plan
  PlanHeader header;
  std::vector<PlanTask> tasks;

  // Every clip, in the order of tasks.
  [[nodiscard]] std::vector<PlannedClip> clips() const;
  [[nodiscard]] dataset::ClipIdentity identity(const PlanClip& clip) const;
  // "<scenario>/<index>-<id>": the clip's folder below clips/.
  [[nodiscard]] std::string name(const PlanClip& clip) const;
};

std::string encode_plan(const Plan& plan);
// Errors, with file and line: malformed, another version, a clip that its header does not give, a
// clip that stands there twice.
core::Result<Plan> read_plan(const std::filesystem::path& file);

// Refuses machines whose clips could differ from those of others: another build, or another
// instruction set and none pinned.
core::Result<void> check_software(const PlanHeader& header, const Software& here);

}  // namespace oddroad::farm
