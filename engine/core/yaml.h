// YAML as an immutable tree in which every key and value knows its file:line:column. The subset is
// strict: no duplicate keys, no `<<`, no explicit tags, one document a file. yaml-cpp tokenises; no
// other file includes it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::core {

enum class YamlKind { kNull, kScalar, kSequence, kMap };

struct YamlEntry;

// A handle to a node; copies share. Default: null without a place.
class YamlNode {
 public:
  YamlNode();
  static YamlNode scalar(std::string text, SourceLocation where, bool quoted = false);
  static YamlNode sequence(std::vector<YamlNode> items, SourceLocation where);
  static YamlNode map(std::vector<YamlEntry> entries, SourceLocation where);
  static YamlNode null(SourceLocation where);

  [[nodiscard]] YamlKind kind() const;
  [[nodiscard]] bool is_null() const { return kind() == YamlKind::kNull; }
  [[nodiscard]] bool is_scalar() const { return kind() == YamlKind::kScalar; }
  [[nodiscard]] bool is_sequence() const { return kind() == YamlKind::kSequence; }
  [[nodiscard]] bool is_map() const { return kind() == YamlKind::kMap; }
  // A null written as nothing has the place of its key.
  [[nodiscard]] const SourceLocation& location() const;
  // First character of a scalar's text (behind the quote of a quoted one): where offsets count
  // from.
  [[nodiscard]] SourceLocation text_location() const;

  // Scalars: the text, unquoted. Others: "".
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] bool quoted() const;
  // Sequences: the items. Others: none.
  [[nodiscard]] const std::vector<YamlNode>& items() const;
  // Maps: the entries as written. Others: none.
  [[nodiscard]] const std::vector<YamlEntry>& entries() const;
  // Null where this is not a map or has no such key.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;

  // Errors: another kind of node, or a text that does not read as the type. Bool: true or false.
  [[nodiscard]] Result<std::string> as_string() const;
  [[nodiscard]] Result<double> as_double() const;
  [[nodiscard]] Result<std::int64_t> as_int() const;
  [[nodiscard]] Result<bool> as_bool() const;

  // "a map", "a list", "'text'", "nothing": for messages.
  [[nodiscard]] std::string describe() const;

 private:
  struct Data;
  explicit YamlNode(std::shared_ptr<const Data> data);
  std::shared_ptr<const Data> data_;
};

struct YamlEntry {
  std::string key;
  SourceLocation where;  // of the key
  YamlNode value;
};

// What a file may cost. Aliases count as often as they are used.
struct YamlLimits {
  std::size_t bytes = 4u << 20;
  std::size_t line_bytes = 64u << 10;
  std::size_t nodes = 200'000;
  int depth = 64;
};

// Errors: syntax, everything the subset refuses, limits. All problems that can be told apart.
Result<YamlNode> load_yaml(const std::string& path, const YamlLimits& limits = {});
Result<YamlNode> parse_yaml(std::string_view text, const std::string& file_name,
                            const YamlLimits& limits = {});

// One canonical line (JSON): comments, quoting style and places are gone, order is kept.
std::string canonical_text(const YamlNode& node);

// One line that reads back as the same tree: plain numbers and booleans stay plain.
std::string yaml_text(const YamlNode& node);

// The tree with the node at `path` ("environment.sun.elevation", list items by number) replaced, or
// added to its map. Errors: the path runs through something that is no map or list.
Result<YamlNode> with_value(const YamlNode& root, std::string_view path, const YamlNode& value);

}  // namespace oddroad::core
