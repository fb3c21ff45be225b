#include "engine/scenario/like.h"

#include <algorithm>
#include <optional>

#include "engine/scenario/join.h"

namespace oddroad::scenario {

namespace {

using core::YamlNode;

constexpr std::size_t kDeepest = 8;
using Chain = std::vector<std::string>;

class Resolver {
 public:
  explicit Resolver(const core::SearchRoots& roots) : roots_(roots) {}

  core::Result<YamlNode> run(const YamlNode& root) {
    YamlNode out = resolve(root, {});
    // Only now: what a file of parts clears may stand in another one.
    if (root.find("like") != nullptr || root.find("use") != nullptr) out = without_cleared(out);
    if (diagnostics_.has_errors()) return tl::unexpected(diagnostics_);
    return out;
  }

 private:
  YamlNode resolve(const YamlNode& root, const Chain& chain) {
    const YamlNode* like = root.find("like");
    const YamlNode* use = root.find("use");
    if (like == nullptr && use == nullptr) return root;
    YamlNode out = YamlNode::map({}, root.location());
    if (like != nullptr) {
      if (const auto base = load(*like, "like", chain)) {
        out = root.find("name") != nullptr ? *base : without(*base, "name");
      }
    }
    for (const YamlNode& name : files_of(use)) {
      const auto part = load(name, "use", chain);
      if (part && is_part(*part)) out = joined(out, *part, diagnostics_);
    }
    return joined(out, without(without(root, "like"), "use"), diagnostics_);
  }

  // The map in the file that `name` names, resolved itself.
  std::optional<YamlNode> load(const YamlNode& name, const std::string& key, Chain chain) {
    const auto text = keep(name.as_string());
    if (!text) return std::nullopt;
    const auto path =
        keep(core::resolve_path(*text, file_of(name.location()), roots_, name.location()));
    if (!path) return std::nullopt;
    if (std::find(chain.begin(), chain.end(), *path) != chain.end() || chain.size() == kDeepest) {
      diagnostics_.error(name.location(), key + ": '" + *text + "' leads back to itself, or more " +
                                              "than " + std::to_string(kDeepest) + " files deep");
      return std::nullopt;
    }
    const auto root = keep(core::load_yaml(*path));
    if (!root) return std::nullopt;
    if (!root->is_map()) {
      diagnostics_.error({*path, 1, 1}, "expected a map, found " + root->describe());
      return std::nullopt;
    }
    chain.push_back(*path);
    return resolve(*root, chain);
  }

  std::vector<YamlNode> files_of(const YamlNode* use) {
    if (use == nullptr) return {};
    if (use->is_scalar()) return {*use};
    if (!use->is_sequence() || use->items().empty()) {
      diagnostics_.error(use->location(),
                         "use: expected a file or a list of files, found " + use->describe());
    }
    return use->items();
  }

  bool is_part(const YamlNode& part) {
    if (part.find("name") == nullptr) return true;
    diagnostics_.error(part.find("name")->location(), "use: a file of parts has no name",
                       "to change a scenario, write 'like'");
    return false;
  }

  template <typename T>
  std::optional<T> keep(const core::Result<T>& result) {
    if (result) return *result;
    diagnostics_.append(result.error());
    return std::nullopt;
  }

  const core::SearchRoots& roots_;
  core::Diagnostics diagnostics_;
};

}  // namespace

core::Result<YamlNode> resolve_like(const YamlNode& root, const core::SearchRoots& roots) {
  return Resolver(roots).run(root);
}

std::string file_of(const core::SourceLocation& where) {
  return where.file.starts_with("--set ") ? "" : where.file;
}

}  // namespace oddroad::scenario
