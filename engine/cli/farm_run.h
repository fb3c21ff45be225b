// Works on clips of a plan on this machine and tells of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/cli/farm.h"
#include "engine/farm/bucket_output.h"
#include "engine/farm/work.h"

namespace oddroad::cli {

// Reads the plan and refuses machines that may not work on it. Returns kDone or an exit code, with
// the reason told.
int open_plan(const Context& context, const std::string& file, farm::Plan& plan);

// A bucket, with the credentials of the environment (s3::access_from). Errors: no address, no
// credentials.
core::Result<std::unique_ptr<farm::BucketOutput>> bucket_at(const std::string& url);

// Where OUT lies.
core::Result<std::unique_ptr<farm::Output>> output_at(const std::string& out);

// Makes the dataset, or joins the one that is there.
core::Result<void> open_output(const Context& context, farm::Output& out);

// Tells of an output that could not be read or written. Returns kInterrupted where that passes.
int fail_output(const Context& context, const farm::Output& out, const core::Diagnostics& why);

// Renders what is not there of these clips. Returns an exit code.
int run_clips(const Context& context, const farm::Plan& plan,
              const std::vector<farm::PlannedClip>& clips, farm::Output& out,
              const FarmWorkOptions& options);

}  // namespace oddroad::cli
