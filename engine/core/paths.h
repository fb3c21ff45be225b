// Where files that scenarios name are looked for. Nothing here reads the environment or knows the
// executable: engine/cli hands both in.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::core {

// Library roots in order of search. Each holds scenarios/ and assets/.
struct SearchRoots {
  std::vector<std::filesystem::path> directories;
};

// `oddroad_path`: directories separated by ':' (the variable ODDROAD_PATH, may be empty).
// `executable`: its ../share/oddroad is the install prefix (may be empty).
// `source_tree`: the repository, for uninstalled builds (may be empty).
// Directories that do not exist are left out.
SearchRoots make_search_roots(std::string_view oddroad_path,
                              const std::filesystem::path& executable,
                              const std::filesystem::path& source_tree);

// The absolute, normalized path of a file that `referring_file` names: absolute as it is; else
// beside the referring file (empty: the current directory), then in every root and its scenarios/.
// Errors: found nowhere (the message lists where it was looked for).
Result<std::string> resolve_path(std::string_view name, std::string_view referring_file,
                                 const SearchRoots& roots, const SourceLocation& where = {});

}  // namespace oddroad::core
