#include "engine/scenario/explain.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace oddroad::scenario {

namespace {

using core::YamlKind;
using core::YamlNode;

constexpr std::size_t kWidestFlow = 76;
constexpr std::size_t kWidestColumn = 84;

struct Line {
  std::string text;
  std::string origin;  // empty: the line holds no value
};

// Texts that YAML reads back as they are, inside [ ] and { }, too.
bool is_plain(const std::string& text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  if (text.empty() || text.back() == ' ') return false;
  const bool sign = text[0] == '-' && text.size() > 1 && letter(text[1]);
  if (!letter(text[0]) && !sign &&
      std::string_view("$_.(/").find(text[0]) == std::string_view::npos) {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return letter(c) || std::string_view("_./%$+-*()<>= ").find(c) != std::string_view::npos;
  });
}

std::string quoted(const std::string& text) {
  return core::yaml_text(YamlNode::scalar(text, {}, true));
}

std::string scalar_text(const YamlNode& node) {
  return !node.quoted() && is_plain(node.text()) ? node.text() : quoted(node.text());
}
std::string key_text(const std::string& key) {
  return is_plain(key) ? key : quoted(key);
}

std::string flow(const YamlNode& node) {
  std::string out;
  const char* comma = "";
  switch (node.kind()) {
    case YamlKind::kNull:
      return "~";
    case YamlKind::kScalar:
      return scalar_text(node);
    case YamlKind::kSequence:
      for (const YamlNode& item : node.items()) {
        out += comma + flow(item);
        comma = ", ";
      }
      return "[" + out + "]";
    case YamlKind::kMap:
      for (const core::YamlEntry& entry : node.entries()) {
        out += comma + key_text(entry.key) + ": " + flow(entry.value);
        comma = ", ";
      }
      return "{" + out + "}";
  }
  return out;
}

class Explainer {
 public:
  explicit Explainer(const std::string& file)
      : folder_(std::filesystem::path(file).parent_path()) {}

  std::string run(const YamlNode& root) {
    add(root, 0);
    std::size_t column = 0;
    for (const Line& line : lines_) {
      if (line.text.size() <= kWidestColumn) column = std::max(column, line.text.size());
    }
    std::string out;
    for (const Line& line : lines_) {
      out += line.text;
      if (!line.origin.empty()) {
        out += std::string(line.text.size() < column ? column - line.text.size() : 0, ' ') +
               "  # " + line.origin;
      }
      out += '\n';
    }
    return out;
  }

 private:
  [[nodiscard]] std::string origin(const YamlNode& node) const {
    const core::SourceLocation& where = node.location();
    const std::filesystem::path path(where.file);
    if (where.file.starts_with("--set ")) return where.file;
    const std::string name = path.parent_path() == folder_ ? path.filename().string() : where.file;
    return name + ":" + std::to_string(where.line);
  }

  // Do all values below come from one line?
  [[nodiscard]] bool has_origin(const YamlNode& node, const std::string& wanted) const {
    if (node.is_null() || node.is_scalar()) return origin(node) == wanted;
    for (const YamlNode& item : node.items()) {
      if (!has_origin(item, wanted)) return false;
    }
    return std::all_of(node.entries().begin(), node.entries().end(), [&](const auto& entry) {
      return has_origin(entry.value, wanted);
    });
  }
  [[nodiscard]] static const YamlNode& first_value(const YamlNode& node) {
    if (!node.items().empty()) return first_value(node.items().front());
    if (!node.entries().empty()) return first_value(node.entries().front().value);
    return node;
  }

  [[nodiscard]] bool fits_a_line(const YamlNode& node) const {
    if (node.is_null() || node.is_scalar()) return true;
    if (node.items().empty() && node.entries().empty()) return true;
    return flow(node).size() <= kWidestFlow && has_origin(node, origin(first_value(node)));
  }

  void add_value(std::string head, const YamlNode& node, std::size_t indent) {
    if (fits_a_line(node)) {
      lines_.push_back({head + " " + flow(node), origin(first_value(node))});
      return;
    }
    lines_.push_back({std::move(head), ""});
    add(node, indent + 2);
  }

  void add(const YamlNode& node, std::size_t indent) {
    const std::string space(indent, ' ');
    if (!node.is_map() && !node.is_sequence()) lines_.push_back({space + flow(node), origin(node)});
    for (const core::YamlEntry& entry : node.entries()) {
      add_value(space + key_text(entry.key) + ":", entry.value, indent);
    }
    for (const YamlNode& item : node.items()) {
      if (fits_a_line(item)) {
        lines_.push_back({space + "- " + flow(item), origin(first_value(item))});
        continue;
      }
      const std::size_t first = lines_.size();
      add(item, indent + 2);
      lines_[first].text.replace(indent, 2, "- ");
    }
  }

  std::filesystem::path folder_;
  std::vector<Line> lines_;
};

}  // namespace

std::string explain(const YamlNode& resolved, const std::string& file) {
  return Explainer(file).run(resolved);
}

}  // namespace oddroad::scenario
