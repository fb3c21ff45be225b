#include "engine/core/yaml.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "engine/core/check.h"
#include "engine/core/quantity.h"

namespace oddroad::core {

struct YamlNode::Data {
  YamlKind kind = YamlKind::kNull;
  SourceLocation where;
  std::string text;
  bool quoted = false;
  std::vector<YamlNode> items;
  std::vector<YamlEntry> entries;
};

YamlNode::YamlNode() : data_(std::make_shared<Data>()) {}
YamlNode::YamlNode(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

YamlNode YamlNode::scalar(std::string text, SourceLocation where, bool quoted) {
  auto data = std::make_shared<Data>();
  data->kind = YamlKind::kScalar;
  data->where = std::move(where);
  data->text = std::move(text);
  data->quoted = quoted;
  return YamlNode(std::move(data));
}

YamlNode YamlNode::sequence(std::vector<YamlNode> items, SourceLocation where) {
  auto data = std::make_shared<Data>();
  data->kind = YamlKind::kSequence;
  data->where = std::move(where);
  data->items = std::move(items);
  return YamlNode(std::move(data));
}

YamlNode YamlNode::map(std::vector<YamlEntry> entries, SourceLocation where) {
  auto data = std::make_shared<Data>();
  data->kind = YamlKind::kMap;
  data->where = std::move(where);
  data->entries = std::move(entries);
  return YamlNode(std::move(data));
}

YamlNode YamlNode::null(SourceLocation where) {
  auto data = std::make_shared<Data>();
  data->where = std::move(where);
  return YamlNode(std::move(data));
}

YamlKind YamlNode::kind() const {
  return data_->kind;
}
const SourceLocation& YamlNode::location() const {
  return data_->where;
}
const std::string& YamlNode::text() const {
  return data_->text;
}
bool YamlNode::quoted() const {
  return data_->quoted;
}
const std::vector<YamlNode>& YamlNode::items() const {
  return data_->items;
}
const std::vector<YamlEntry>& YamlNode::entries() const {
  return data_->entries;
}

SourceLocation YamlNode::text_location() const {
  return moved(data_->where, quoted() ? 1 : 0);
}

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : data_->entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::string YamlNode::describe() const {
  switch (kind()) {
    case YamlKind::kNull:
      return "nothing";
    case YamlKind::kScalar:
      return "'" + text() + "'";
    case YamlKind::kSequence:
      return "a list";
    case YamlKind::kMap:
      return "a map";
  }
  return "nothing";
}

Result<std::string> YamlNode::as_string() const {
  if (!is_scalar()) return fail_at(location(), "expected a text, found " + describe());
  return text();
}

Result<double> YamlNode::as_double() const {
  std::size_t at = 0;
  double value = 0;
  if (!is_scalar() || quoted() || !scan_number(text(), at, value) || at != text().size() ||
      !std::isfinite(value)) {
    return fail_at(location(), "expected a number, found " + describe());
  }
  return value;
}

Result<std::int64_t> YamlNode::as_int() const {
  std::int64_t value = 0;
  const char* end = text().data() + text().size();
  const auto parsed = std::from_chars(text().data(), end, value);
  if (!is_scalar() || quoted() || parsed.ec != std::errc() || parsed.ptr != end) {
    return fail_at(location(), "expected a whole number, found " + describe());
  }
  return value;
}

Result<bool> YamlNode::as_bool() const {
  if (is_scalar() && !quoted() && text() == "true") return true;
  if (is_scalar() && !quoted() && text() == "false") return false;
  return fail_at(location(), "expected true or false, found " + describe());
}

namespace {

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  out += '"';
}

// What is quoted in a text made from a tree.
enum class Quote {
  kEverything,
  kAllButNumbers,  // plain numbers, true and false stay plain: quoted they would be mere text
};

bool stays_plain(const YamlNode& scalar, Quote quote) {
  return quote == Quote::kAllButNumbers && !scalar.quoted() &&
         (scalar.as_double() || scalar.as_bool());
}

void append_line(std::string& out, const YamlNode& node, Quote quote) {
  const char* comma = "";
  switch (node.kind()) {
    case YamlKind::kNull:
      out += "null";
      return;
    case YamlKind::kScalar:
      if (stays_plain(node, quote)) {
        out += node.text();
      } else {
        append_quoted(out, node.text());
      }
      return;
    case YamlKind::kSequence:
      out += '[';
      for (const YamlNode& item : node.items()) {
        out += comma;
        append_line(out, item, quote);
        comma = ",";
      }
      out += ']';
      return;
    case YamlKind::kMap:
      out += '{';
      for (const YamlEntry& entry : node.entries()) {
        out += comma;
        append_quoted(out, entry.key);
        out += quote == Quote::kEverything ? ":" : ": ";
        append_line(out, entry.value, quote);
        comma = ",";
      }
      out += '}';
      return;
  }
}

Result<YamlNode> replaced(const YamlNode& node, std::string_view path, const YamlNode& value,
                          std::string_view whole) {
  const std::size_t dot = path.find('.');
  const std::string key(path.substr(0, dot));
  const bool last = dot == std::string_view::npos;
  const std::string_view rest = last ? std::string_view{} : path.substr(dot + 1);
  if (key.empty()) {
    return fail_at(value.location(), "empty name in the path '" + std::string(whole) + "'");
  }
  if (node.is_sequence()) {
    std::vector<YamlNode> items = node.items();
    std::size_t index = 0;
    const auto parsed = std::from_chars(key.data(), key.data() + key.size(), index);
    if (parsed.ec != std::errc() || parsed.ptr != key.data() + key.size() ||
        index >= items.size()) {
      return fail_at(value.location(), "the list in '" + std::string(whole) + "' has " +
                                           std::to_string(items.size()) +
                                           " items, numbered from 0; there is no '" + key + "'");
    }
    const auto item = last ? Result<YamlNode>(value) : replaced(items[index], rest, value, whole);
    if (!item) return forward_error(item);
    items[index] = *item;
    return YamlNode::sequence(std::move(items), node.location());
  }
  if (!node.is_map() && !node.is_null()) {
    return fail_at(value.location(), "'" + std::string(whole) + "' runs through " +
                                         node.describe() + ", which is no map");
  }
  std::vector<YamlEntry> entries = node.entries();
  for (YamlEntry& entry : entries) {
    if (entry.key != key) continue;
    const auto inner = last ? Result<YamlNode>(value) : replaced(entry.value, rest, value, whole);
    if (!inner) return forward_error(inner);
    entry.value = *inner;
    return YamlNode::map(std::move(entries), node.location());
  }
  const auto added = last ? Result<YamlNode>(value)
                          : replaced(YamlNode::null(value.location()), rest, value, whole);
  if (!added) return forward_error(added);
  entries.push_back({key, value.location(), *added});
  return YamlNode::map(std::move(entries), node.is_null() ? value.location() : node.location());
}

}  // namespace

std::string canonical_text(const YamlNode& node) {
  std::string out;
  append_line(out, node, Quote::kEverything);
  return out;
}

std::string yaml_text(const YamlNode& node) {
  std::string out;
  append_line(out, node, Quote::kAllButNumbers);
  return out;
}

Result<YamlNode> with_value(const YamlNode& root, std::string_view path, const YamlNode& value) {
  return replaced(root, path, value, path);
}

}  // namespace oddroad::core
