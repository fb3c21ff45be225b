#include "engine/exchange/selection.h"

#include <map>
#include <sstream>

#include "engine/core/suggest.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

struct Line {
  core::SourceLocation where;
  std::string name;
};

std::vector<Line> read_lines(const ClipList& list) {
  std::vector<Line> out;
  std::istringstream in(list.text);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    line.resize(std::min(line.find('#'), line.size()));
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    const auto last = line.find_last_not_of(" \t\r");
    out.push_back(
        {{list.file, number, static_cast<int>(first) + 1}, line.substr(first, last - first + 1)});
  }
  return out;
}

// Sizes and names of all files; whoever reads them finds out about their content.
core::Result<void> check_whole(const fs::path& clip) {
  const auto manifest = dataset::read_manifest(clip);
  if (!manifest) return core::forward_error(manifest);
  return dataset::check_files(clip, *manifest, false);
}

}  // namespace

std::string clip_name(const fs::path& folder) {
  return folder.parent_path().filename().string() + "/" + folder.filename().string();
}

core::Result<std::vector<fs::path>> select_clips(const dataset::DatasetReader& dataset,
                                                 const ClipList& list) {
  std::map<std::string, fs::path> known;
  std::vector<std::string> names;
  for (const auto& folder : dataset.clips()) {
    names.push_back(clip_name(folder));
    known[names.back()] = folder;
  }
  std::map<std::string, int> line_of;
  core::Diagnostics problems;
  for (const auto& [where, name] : read_lines(list)) {
    const auto it = known.find(name);
    if (it == known.end()) {
      const std::string near = core::did_you_mean(name, names);
      problems.error(where, "the dataset has no clip '" + name + "'",
                     near.empty() ? "write <scenario>/<index>-<id>, a folder below clips/" : near);
      continue;
    }
    if (const auto [twice, fresh] = line_of.emplace(name, where.line); !fresh) {
      problems.error(where,
                     "'" + name + "' stands in line " + std::to_string(twice->second) + " already");
      continue;
    }
    if (const auto whole = check_whole(it->second); !whole) {
      for (const auto& one : whole.error().items()) problems.add(core::told_at(where, one));
    }
  }
  if (line_of.empty() && !problems.has_errors()) {
    problems.error({list.file}, "names no clip", "write one <scenario>/<index>-<id> a line");
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  std::vector<fs::path> out;
  for (const auto& folder : dataset.clips()) {
    if (line_of.contains(clip_name(folder))) out.push_back(folder);
  }
  return out;
}

}  // namespace oddroad::exchange
