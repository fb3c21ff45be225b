#include "engine/scenario/like.h"

#include <algorithm>

#include "engine/scenario/distribution_read.h"

namespace oddroad::scenario {

namespace {

using core::YamlEntry;
using core::YamlNode;

constexpr std::size_t kDeepest = 8;

YamlNode without(const YamlNode& map, const std::string& key) {
  std::vector<YamlEntry> entries;
  for (const YamlEntry& entry : map.entries()) {
    if (entry.key != key) entries.push_back(entry);
  }
  return YamlNode::map(std::move(entries), map.location());
}

bool is_one_thing(const std::string& key, const YamlNode& node) {
  return key == "at" || key == "end" || is_distribution(node);
}

// Keys keep the order of `under`; new ones follow.
YamlNode joined(const YamlNode& under, const YamlNode& over) {
  if (!under.is_map() || !over.is_map()) return over;
  std::vector<YamlEntry> entries;
  for (const YamlEntry& entry : under.entries()) {
    const auto changed =
        std::find_if(over.entries().begin(), over.entries().end(), [&](const YamlEntry& e) {
          return e.key == entry.key;
        });
    if (changed == over.entries().end()) {
      entries.push_back(entry);
    } else if (!changed->value.is_null()) {
      const bool whole =
          is_one_thing(entry.key, entry.value) || is_one_thing(entry.key, changed->value);
      entries.push_back({entry.key, changed->where,
                         whole ? changed->value : joined(entry.value, changed->value)});
    }
  }
  for (const YamlEntry& entry : over.entries()) {
    if (under.find(entry.key) == nullptr) entries.push_back(entry);
  }
  return YamlNode::map(std::move(entries), over.location());
}

core::Result<YamlNode> resolve(const YamlNode& root, const std::string& file,
                               const core::SearchRoots& roots, std::vector<std::string> chain) {
  const YamlNode* like = root.find("like");
  if (like == nullptr) return root;
  const auto name = like->as_string();
  if (!name) return core::forward_error(name);
  const auto path = core::resolve_path(*name, file, roots, like->location());
  if (!path) return core::forward_error(path);
  if (std::find(chain.begin(), chain.end(), *path) != chain.end() || chain.size() == kDeepest) {
    return core::fail_at(like->location(), "like: '" + *name + "' is like itself, or more than " +
                                               std::to_string(kDeepest) + " files deep");
  }
  const auto base = core::load_yaml(*path);
  if (!base) return core::forward_error(base);
  if (!base->is_map())
    return core::fail_at({*path, 1, 1}, "expected a scenario, found " + base->describe());
  chain.push_back(*path);
  const auto under = resolve(*base, *path, roots, std::move(chain));
  if (!under) return under;
  const YamlNode nameless = root.find("name") ? *under : without(*under, "name");
  return joined(nameless, without(root, "like"));
}

}  // namespace

core::Result<YamlNode> resolve_like(const YamlNode& root, const std::string& file,
                                    const core::SearchRoots& roots) {
  return resolve(root, file, roots, {});
}

std::string file_of(const core::SourceLocation& where) {
  return where.file.starts_with("--set ") ? "" : where.file;
}

}  // namespace oddroad::scenario
