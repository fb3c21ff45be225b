#include "engine/core/paths.h"

#include <algorithm>
#include <set>
#include <system_error>

#include "engine/core/suggest.h"

namespace oddroad::core {

namespace fs = std::filesystem;

namespace {

void add_directory(SearchRoots& roots, const fs::path& directory) {
  std::error_code ignored;
  if (directory.empty() || !fs::is_directory(directory, ignored)) return;
  roots.directories.push_back(fs::absolute(directory, ignored).lexically_normal());
}

// What is written almost alike beside one of the places that were looked at.
std::string near_file(const fs::path& wanted, const std::vector<fs::path>& candidates) {
  std::set<std::string> names;
  for (const fs::path& candidate : candidates) {
    std::error_code ignored;
    const fs::path folder = candidate.parent_path().empty() ? "." : candidate.parent_path();
    for (fs::directory_iterator it(folder, ignored), end; !ignored && it != end;
         it.increment(ignored)) {
      names.insert(it->path().filename().string());
    }
  }
  const std::string near = nearest_word(wanted.filename().string(), {names.begin(), names.end()});
  return near.empty() ? "" : (wanted.parent_path() / near).string();
}

}  // namespace

SearchRoots make_search_roots(std::string_view oddroad_path, const fs::path& executable,
                              const fs::path& source_tree) {
  SearchRoots roots;
  while (!oddroad_path.empty()) {
    const std::size_t colon = oddroad_path.find(':');
    add_directory(roots, fs::path(oddroad_path.substr(0, colon)));
    oddroad_path.remove_prefix(colon == std::string_view::npos ? oddroad_path.size() : colon + 1);
  }
  if (!executable.empty()) {
    add_directory(roots, executable.parent_path().parent_path() / "share" / "oddroad");
  }
  add_directory(roots, source_tree);
  return roots;
}

Result<std::string> resolve_path(std::string_view name, std::string_view referring_file,
                                 const SearchRoots& roots, const SourceLocation& where) {
  if (name.empty()) return fail_at(where, "the path is empty");
  const fs::path wanted(name);
  std::vector<fs::path> candidates;
  if (wanted.is_absolute()) {
    candidates.push_back(wanted);
  } else {
    candidates.push_back(fs::path(referring_file).parent_path() / wanted);
    for (const fs::path& root : roots.directories) {
      candidates.push_back(root / wanted);
      candidates.push_back(root / "scenarios" / wanted);
    }
  }
  std::string tried;
  for (const fs::path& candidate : candidates) {
    std::error_code error;
    const fs::path absolute = fs::absolute(candidate, error).lexically_normal();
    if (!error && fs::is_regular_file(absolute, error)) return absolute.string();
    tried += (tried.empty() ? "" : ", ") + candidate.lexically_normal().string();
  }
  const std::string near = near_file(wanted, candidates);
  return fail_at(where, "file '" + std::string(name) + "' not found",
                 (near.empty() ? "" : "did you mean '" + near + "'? ") + ("looked for " + tried));
}

}  // namespace oddroad::core
