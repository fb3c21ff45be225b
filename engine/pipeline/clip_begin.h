// Where a clip begins: at its first tick, or at the one before which it stopped.
#pragma once

#include <functional>
#include <memory>

#include "engine/dataset/clip_writer.h"
#include "engine/pipeline/clip_job.h"
#include "engine/pipeline/clip_state.h"

namespace oddroad::pipeline {

struct ClipBeginning {
  dataset::ClipWriter writer;
  std::unique_ptr<ClipState> state;
  std::size_t tick = 0;  // the first to render
};

// How to make the two for the first tick. Errors: cannot write.
struct ClipParts {
  std::function<core::Result<dataset::ClipWriter>()> writer;
  std::function<std::unique_ptr<ClipState>()> state;
};

// `ticks`: of the clip. A checkpoint that is of no use is dropped and told of. Errors: cannot
// write.
core::Result<ClipBeginning> begin_clip(const ClipTask& task, const dataset::ClipIdentity& identity,
                                       std::size_t ticks, const ClipParts& parts,
                                       const ClipProgress& progress);

}  // namespace oddroad::pipeline
