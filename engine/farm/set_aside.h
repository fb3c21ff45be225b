// Clips that nobody should try again: OUT/attempts/set_aside/<clip>.json.
#pragma once

#include <string>

#include "engine/core/result.h"
#include "engine/farm/ledger.h"
#include "engine/farm/output.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

struct SetAside {
  int crashes = 0, lost = 0;
  AttemptNote last;  // the attempt that was one too many; empty if it was before our time
};

inline constexpr const char* kSetAsideFolder = "attempts/set_aside/";
std::string set_aside_name(const std::string& clip);
// With scenario, seed and index, so that the clip can be tried by hand. Errors: cannot write.
core::Result<void> write_set_aside(Output& out, const Plan& plan, const PlanClip& clip,
                                   const SetAside& why);
// One line: "its renderer crashed 3 times (signal 11 ...)".
std::string reason_text(const SetAside& why);
// The reason in such a note; empty where there is none. Errors: cannot read.
core::Result<std::string> read_reason(const Output& out, const std::string& clip);

}  // namespace oddroad::farm
