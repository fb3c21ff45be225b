// Copies a plan's clips from a bucket into a dataset folder, where all else works on them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "engine/farm/bucket_output.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

struct FetchSummary {
  int fetched = 0, were_there = 0, set_aside = 0;
  int missing = 0;  // in the bucket, or damaged there
};

// The dataset at `to` must have been opened. A clip appears whole, once each file has the hash of
// its manifest; those that are there are not fetched again. `go_on` is asked before each. Errors: a
// file that is not what its manifest says, cannot read or write, "interrupted".
core::Result<FetchSummary> fetch(const Plan& plan, const BucketOutput& from,
                                 const std::filesystem::path& to,
                                 const std::function<bool()>& go_on);

}  // namespace oddroad::farm
