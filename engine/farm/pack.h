// Tar shards of a merged plan: few large files instead of millions of small ones.
//   OUT/shards/000000.tar ...   whole clips, their files below "<scenario>/<index>-<id>/"
//   OUT/shards/index.jsonl      written last: where the content of each file lies
// Files of a capture stand side by side and differ behind the first dot of their names, which is
// what WebDataset reads as a sample. Equal datasets give equal bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "engine/core/result.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

struct PackSummary {
  int shards = 0, clips = 0, kept = 0;  // kept: shards that were there already
  std::uint64_t bytes = 0;
};

// Cut at `shard_bytes`: a shard holds at least one clip and none is cut. Each appears whole, by a
// rename; a shard that is there with the size that it must have is kept, so that a pack that was
// killed goes on. `go_on` is asked before each. Errors: a clip is missing (merge), or not what its
// manifest says; a name too long for a tar; cannot write; "interrupted".
core::Result<PackSummary> pack(const Plan& plan, const std::filesystem::path& out,
                               std::uint64_t shard_bytes, const std::function<bool()>& go_on);

}  // namespace oddroad::farm
