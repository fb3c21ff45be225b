// Text to YamlNode through yaml-cpp's events. Its own node tree is not used: it accepts duplicate
// keys and cyclic aliases.
#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "engine/core/utf8.h"
#include "engine/core/yaml.h"
#include "engine/core/yaml_hints.h"

namespace oddroad::core {

namespace {

// Where lines begin, to turn yaml-cpp's byte columns into characters.
class LineIndex {
 public:
  LineIndex(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {
    begins_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') begins_.push_back(i + 1);
    }
  }

  // Both count from 0; negative: unknown.
  [[nodiscard]] SourceLocation locate(int line, int byte_column) const {
    if (line < 0 || byte_column < 0) return {file_, 0, 0};
    const auto row = static_cast<std::size_t>(line);
    auto column = static_cast<std::size_t>(byte_column);
    if (row < begins_.size()) column = count_characters(text_.substr(begins_[row]), column);
    return {file_, line + 1, static_cast<int>(column) + 1};
  }

  [[nodiscard]] SourceLocation locate_byte(std::size_t byte) const {
    const auto next = std::upper_bound(begins_.begin(), begins_.end(), byte);
    const auto line = static_cast<std::size_t>(next - begins_.begin()) - 1;
    return locate(static_cast<int>(line), static_cast<int>(byte - begins_[line]));
  }

  // The text from a mark on; empty where the mark is unknown.
  [[nodiscard]] std::string_view from(int line, int byte_column) const {
    if (line < 0 || byte_column < 0 || static_cast<std::size_t>(line) >= begins_.size()) return {};
    const std::size_t at =
        begins_[static_cast<std::size_t>(line)] + static_cast<std::size_t>(byte_column);
    return text_.substr(std::min(at, text_.size()));
  }

  [[nodiscard]] std::vector<std::string_view> all() const {
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < begins_.size(); ++i) {
      const std::size_t end = i + 1 < begins_.size() ? begins_[i + 1] - 1 : text_.size();
      out.push_back(text_.substr(begins_[i], end - begins_[i]));
    }
    return out;
  }

  // First line longer than `bytes`, or -1.
  [[nodiscard]] int find_long_line(std::size_t bytes) const {
    for (std::size_t i = 0; i < begins_.size(); ++i) {
      const std::size_t end = i + 1 < begins_.size() ? begins_[i + 1] : text_.size();
      if (end - begins_[i] > bytes) return static_cast<int>(i);
    }
    return -1;
  }

 private:
  std::string_view text_;
  std::string file_;
  std::vector<std::size_t> begins_;
};

// True for a quoted scalar at the head of `text` (behind its anchor) whose quote never closes.
bool is_unclosed_quote(std::string_view text) {
  if (!text.empty() && text[0] == '&') {
    text.remove_prefix(std::min(text.find_first_of(" \t\r\n"), text.size()));
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  }
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[0] == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == text[0]) {
      const bool doubled = text[0] == '\'' && i + 1 < text.size() && text[i + 1] == '\'';
      if (!doubled) return false;
      ++i;
    }
  }
  return true;
}

// Thrown through yaml-cpp to stop it, and caught in parse_yaml.
struct Refused {
  SourceLocation where;
  std::string message;
};

// A finished node with what it costs when written out in full.
struct Built {
  YamlNode node;
  std::size_t nodes = 1;
  int depth = 1;
};

class Builder : public YAML::EventHandler {
 public:
  Builder(const LineIndex& lines, const YamlLimits& limits) : lines_(lines), limits_(limits) {
    root_.node = YamlNode::null(lines.locate(0, 0));  // a file without a document
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) throw Refused{at(mark), "a second document in one file"};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    // yaml-cpp gives an absent value the place of whatever follows it.
    const std::string_view text = lines_.from(mark.line, mark.column);
    const bool of_key = !open_.empty() && open_.back().is_map;
    const bool absent = of_key && !text.starts_with('~') && !text.starts_with("null") &&
                        !text.starts_with("Null") && !text.starts_with("NULL");
    add({YamlNode::null(absent ? SourceLocation{} : at(mark)), 1, 1}, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      throw Refused{at(mark), "alias to a node that contains it (cyclic alias)"};
    }
    if (expects_key()) throw Refused{at(mark), "an alias cannot be a key"};
    add(found->second, 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_tag(mark, tag);
    // yaml-cpp takes the end of the file for a closing quote.
    if (tag == "!" && is_unclosed_quote(lines_.from(mark.line, mark.column))) {
      throw Refused{at(mark), "the quote that opens here is never closed"};
    }
    if (expects_key()) {
      take_key(mark, value);
    } else {
      add({YamlNode::scalar(value, at(mark), tag == "!"), 1, 1}, anchor);
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, false);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, true);
  }
  void OnMapEnd() override { close(); }

  [[nodiscard]] const YamlNode& root() const { return root_.node; }
  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  struct Open {
    bool is_map = false;
    SourceLocation where;
    YAML::anchor_t anchor = 0;
    std::vector<YamlNode> items;
    std::vector<YamlEntry> entries;
    std::map<std::string, int> key_lines;
    bool has_key = false;  // the last entry waits for its value
    std::size_t nodes = 1;
    int depth = 1;
  };

  [[nodiscard]] SourceLocation at(const YAML::Mark& mark) const {
    return lines_.locate(mark.line, mark.column);
  }

  [[nodiscard]] bool expects_key() const {
    return !open_.empty() && open_.back().is_map && !open_.back().has_key;
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw Refused{at(mark), "explicit tags like '" + tag + "' are not supported"};
  }

  void take_key(const YAML::Mark& mark, const std::string& key) {
    Open& map = open_.back();
    const SourceLocation where = at(mark);
    if (key == "<<") {
      diagnostics_.error(where, "merge keys '<<' are not supported");
    }
    const auto [first, is_new] = map.key_lines.emplace(key, where.line);
    if (!is_new) {
      diagnostics_.error(where, "duplicate key '" + key + "' (first at line " +
                                    std::to_string(first->second) + ")");
    }
    map.entries.push_back({key, where, {}});
    map.has_key = true;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool is_map) {
    refuse_tag(mark, tag);
    if (expects_key()) throw Refused{at(mark), "a key must be a plain word"};
    if (static_cast<int>(open_.size()) >= limits_.depth) refuse_depth(at(mark));
    Open container;
    container.is_map = is_map;
    container.where = at(mark);
    container.anchor = anchor;
    open_.push_back(std::move(container));
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    YamlNode node = done.is_map ? YamlNode::map(std::move(done.entries), done.where)
                                : YamlNode::sequence(std::move(done.items), done.where);
    add({std::move(node), done.nodes, done.depth}, done.anchor);
  }

  void add(Built built, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_[anchor] = built;
    if (open_.empty()) {
      root_ = std::move(built);
      return;
    }
    Open& parent = open_.back();
    if (parent.is_map && !parent.has_key) {
      throw Refused{built.node.location(), "a key must be a plain word"};
    }
    parent.nodes += built.nodes;
    parent.depth = std::max(parent.depth, built.depth + 1);
    const SourceLocation where = parent.is_map ? parent.entries.back().where : parent.where;
    if (parent.nodes > limits_.nodes) {
      throw Refused{where, "more than " + std::to_string(limits_.nodes) +
                               " nodes when aliases are written out"};
    }
    if (static_cast<int>(open_.size()) - 1 + parent.depth > limits_.depth + 1) refuse_depth(where);
    if (!parent.is_map) {
      parent.items.push_back(std::move(built.node));
      return;
    }
    const bool absent = built.node.is_null() && built.node.location().line == 0;
    if (absent) built.node = YamlNode::null(where);
    parent.entries.back().value = std::move(built.node);
    parent.has_key = false;
  }

  [[noreturn]] void refuse_depth(const SourceLocation& where) const {
    throw Refused{where, "nested deeper than " + std::to_string(limits_.depth) + " levels"};
  }

  const LineIndex& lines_;
  const YamlLimits& limits_;
  int documents_ = 0;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Built> anchors_;
  Built root_;
  Diagnostics diagnostics_;
};

Result<void> check_text(std::string_view text, const std::string& file, const LineIndex& lines,
                        const YamlLimits& limits) {
  const int long_line = lines.find_long_line(limits.line_bytes);
  if (long_line >= 0) {
    return fail_at({file, long_line + 1, 1},
                   "the line is longer than " + std::to_string(limits.line_bytes) + " bytes");
  }
  const std::size_t invalid = find_invalid_utf8(text);
  if (invalid != std::string_view::npos) {
    return fail_at(lines.locate_byte(invalid),
                   text[invalid] == '\0' ? "NUL byte in a text file" : "not UTF-8");
  }
  return {};
}

Result<YamlNode> run_parser(std::string_view text, const LineIndex& lines,
                            const YamlLimits& limits) {
  Builder builder(lines, limits);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused& refused) {
    Diagnostics all = builder.diagnostics();
    all.error(refused.where, refused.message);
    return tl::unexpected<Diagnostics>(std::move(all));
  } catch (const YAML::Exception& error) {
    Diagnostics all = builder.diagnostics();
    all.add(explain_yaml_error(lines.all(), lines.locate(error.mark.line, error.mark.column),
                               error.msg));
    return tl::unexpected<Diagnostics>(std::move(all));
  } catch (const std::exception& error) {
    return fail_at(lines.locate(0, 0), std::string("YAML: ") + error.what());
  }
  if (!builder.diagnostics().empty()) return tl::unexpected<Diagnostics>(builder.diagnostics());
  return builder.root();
}

}  // namespace

Result<YamlNode> parse_yaml(std::string_view text, const std::string& file_name,
                            const YamlLimits& limits) {
  if (text.size() > limits.bytes) {
    return fail_at({file_name, 0, 0},
                   "the file is larger than " + std::to_string(limits.bytes) + " bytes");
  }
  const LineIndex lines(text, file_name);
  const auto checked = check_text(text, file_name, lines, limits);
  if (!checked) return forward_error(checked);
  return run_parser(text, lines, limits);
}

Result<YamlNode> load_yaml(const std::string& path, const YamlLimits& limits) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail_at({path, 0, 0}, "cannot open the file");
  // One byte more than allowed tells a file that is too large without reading it all.
  std::string text(limits.bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (file.fail() && !file.eof())) {
    return fail_at({path, 0, 0}, "cannot read the file");
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return parse_yaml(text, path, limits);
}

}  // namespace oddroad::core
