// Where files lie in the tar shards of a packed dataset. Internal to this module.
#pragma once

#include <filesystem>

#include "engine/catalogue/database.h"

namespace oddroad::catalogue {

// Reads DATASET/shards/index.jsonl unless it is what was read last; where it is not, the catalogue
// knows of no shards. Within the caller's transaction. Errors: malformed, with file and line.
core::Result<void> refresh_shards(const std::filesystem::path& dataset, Database& database);

}  // namespace oddroad::catalogue
