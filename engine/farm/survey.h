// What is there of a plan, by the output folder alone.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

enum class ClipState {
  kDone,
  kSetAside,  // and not done
  kMissing,
  kDamaged,  // there, but not as its manifest says
};

enum class SurveyDepth {
  kPresence,  // a manifest is there: for a quick look
  kSizes,     // it is this clip's, and all files have their sizes
  kHashes,    // and their contents
};

struct SurveyedClip {
  PlannedClip clip;
  std::string name;
  ClipState state = ClipState::kMissing;
};

// Every clip of the plan, in its order.
std::vector<SurveyedClip> survey(const Plan& plan, const std::filesystem::path& out,
                                 SurveyDepth depth);

// Moves damaged clips to OUT/quarantine; they are missing then. Errors: cannot move.
core::Result<void> remove_damaged(const Plan& plan, const std::filesystem::path& out,
                                  std::vector<SurveyedClip>& clips);

struct MergeSummary {
  int clips = 0, set_aside = 0;
  std::string hash;  // of all clips with their manifests' hashes; equal datasets have equal ones
};

// Writes OUT/clips.jsonl: a header, a line for each clip of the plan in order of names. Whole or
// not at all; several may do it at once. Errors: a clip is neither done nor set aside.
core::Result<MergeSummary> merge(const Plan& plan, const std::filesystem::path& out);

}  // namespace oddroad::farm
