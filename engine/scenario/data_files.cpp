// Tables that values are drawn from, wherever the scenario names them.
#include <algorithm>

#include "engine/scenario/scenario.h"

namespace oddroad::scenario {

core::YamlNode with_data_files(const core::YamlNode& root, const std::vector<DataFile>& files,
                               const std::function<std::string(const DataFile&)>& name) {
  if (files.empty()) return root;
  switch (root.kind()) {
    case core::YamlKind::kNull:
      return root;
    case core::YamlKind::kScalar: {
      // A place holds one scalar, or copies of it.
      const auto file = std::find_if(files.begin(), files.end(), [&](const DataFile& one) {
        return one.where == root.location();
      });
      if (file == files.end()) return root;
      return core::YamlNode::scalar(name(*file), root.location(), root.quoted());
    }
    case core::YamlKind::kSequence: {
      std::vector<core::YamlNode> items;
      for (const core::YamlNode& item : root.items()) {
        items.push_back(with_data_files(item, files, name));
      }
      return core::YamlNode::sequence(std::move(items), root.location());
    }
    case core::YamlKind::kMap:
      break;
  }
  std::vector<core::YamlEntry> entries;
  for (const core::YamlEntry& entry : root.entries()) {
    entries.push_back({entry.key, entry.where, with_data_files(entry.value, files, name)});
  }
  return core::YamlNode::map(std::move(entries), root.location());
}

}  // namespace oddroad::scenario
