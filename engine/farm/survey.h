// What is there of a plan, by the output alone.
#pragma once

#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/farm/output.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

struct SurveyedClip {
  PlannedClip clip;
  std::string name;
  ClipState state = ClipState::kMissing;
};

// Every clip of the plan, in its order. Errors: cannot look.
core::Result<std::vector<SurveyedClip>> survey(const Plan& plan, const Output& out,
                                               SurveyDepth depth);

// Moves damaged clips to OUT/quarantine; they are missing then. Errors: cannot move.
core::Result<void> remove_damaged(const Plan& plan, Output& out, std::vector<SurveyedClip>& clips);

struct MergeSummary {
  int clips = 0, set_aside = 0;
  std::string hash;  // of all clips with their manifests' hashes; equal datasets have equal ones
};

// Writes OUT/clips.jsonl: a header, a line for each clip of the plan in order of names. Whole or
// not at all; several may do it at once. Sweeps what is left of attempts at these clips that
// stopped. Errors: a clip is neither done nor set aside.
core::Result<MergeSummary> merge(const Plan& plan, Output& out);

}  // namespace oddroad::farm
