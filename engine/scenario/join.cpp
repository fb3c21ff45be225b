#include "engine/scenario/join.h"

#include "engine/scenario/distribution_read.h"

namespace oddroad::scenario {

namespace {

using core::YamlEntry;
using core::YamlNode;

bool is_one_thing(const std::string& key, const YamlNode& node) {
  return key == "at" || key == "end" || is_distribution(node);
}

const YamlEntry* find_entry(const YamlNode& map, const std::string& key) {
  for (const YamlEntry& entry : map.entries()) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

class Joiner {
 public:
  explicit Joiner(core::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  // Keys keep the order of `under`; new ones follow.
  YamlNode run(const YamlNode& under, const YamlNode& over) {
    if (!under.is_map() || !over.is_map()) return over;
    std::vector<YamlEntry> entries;
    for (const YamlEntry& entry : under.entries()) {
      const YamlEntry* changed = find_entry(over, entry.key);
      const YamlEntry* more = find_entry(over, "+" + entry.key);
      if (changed == nullptr) {
        entries.push_back(entry);
      } else if (!changed->value.is_null()) {
        const bool whole =
            is_one_thing(entry.key, entry.value) || is_one_thing(entry.key, changed->value);
        entries.push_back(
            {entry.key, changed->where, whole ? changed->value : run(entry.value, changed->value)});
      }
      if (more == nullptr) continue;
      if (changed != nullptr) {
        diagnostics_.error(more->where, "'" + more->key + "' beside '" + entry.key + "'",
                           "one of them replaces the list, the other adds to it");
      } else {
        entries.back().value = added(entry.value, *more);
      }
    }
    for (const YamlEntry& entry : over.entries()) {
      if (!entry.key.starts_with('+')) {
        const bool is_new = find_entry(under, entry.key) == nullptr;
        if (is_new && !entry.value.is_null()) entries.push_back(entry);
      } else if (find_entry(under, entry.key.substr(1)) == nullptr) {
        // To nothing: a list that begins here.
        const YamlNode none = YamlNode::sequence({}, entry.where);
        entries.push_back({entry.key.substr(1), entry.where, added(none, entry)});
      }
    }
    return YamlNode::map(std::move(entries), over.location());
  }

 private:
  YamlNode added(const YamlNode& list, const YamlEntry& more) {
    if (!list.is_sequence() || !more.value.is_sequence()) {
      const YamlNode& wrong = list.is_sequence() ? more.value : list;
      diagnostics_.error(more.where,
                         "'" + more.key + "' adds a list to a list, found " + wrong.describe());
      return list;
    }
    std::vector<YamlNode> items = list.items();
    items.insert(items.end(), more.value.items().begin(), more.value.items().end());
    return YamlNode::sequence(std::move(items), more.value.location());
  }

  core::Diagnostics& diagnostics_;
};

}  // namespace

YamlNode joined(const YamlNode& under, const YamlNode& over, core::Diagnostics& diagnostics) {
  return Joiner(diagnostics).run(under, over);
}

YamlNode without_cleared(const YamlNode& map) {
  std::vector<YamlEntry> entries;
  for (const YamlEntry& entry : map.entries()) {
    const bool forgotten = entry.value.location() == entry.where;
    if (entry.value.is_null() && !forgotten) continue;
    const bool whole = !entry.value.is_map() || is_one_thing(entry.key, entry.value);
    entries.push_back({entry.key, entry.where, whole ? entry.value : without_cleared(entry.value)});
  }
  return YamlNode::map(std::move(entries), map.location());
}

YamlNode without(const YamlNode& map, const std::string& key) {
  std::vector<YamlEntry> entries;
  for (const YamlEntry& entry : map.entries()) {
    if (entry.key != key) entries.push_back(entry);
  }
  return YamlNode::map(std::move(entries), map.location());
}

}  // namespace oddroad::scenario
