#include "engine/scenario/clock_text.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "engine/world/sky_clock.h"

namespace oddroad::scenario {
namespace {

// A text by its replacement; the place is that of the text.
using Rewrite = std::function<std::string(const std::string&, const core::SourceLocation&)>;

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::string rewritten(const std::string& text, const core::SourceLocation& where,
                      const Rewrite& rewrite) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return rewrite(trimmed(text), where);
  return rewrite(trimmed(text.substr(0, dots)), where) + " .. " +
         rewrite(trimmed(text.substr(dots + 2)), core::moved(where, dots + 2));
}

// Keys of distributions whose values are no times: weights, widths, names of files.
bool is_plain(const std::string& key) {
  return key == "sd" || key == "sigma" || key == "by" || key == "weight" || key == "given" ||
         key == "file" || key == "column" || key == "unit";
}

core::YamlNode mapped(const core::YamlNode& node, const Rewrite& rewrite) {
  if (node.is_scalar()) {
    const std::string text = rewritten(node.text(), node.text_location(), rewrite);
    // What is left as it was keeps its quotes.
    return text == node.text() ? node : core::YamlNode::scalar(text, node.location());
  }
  if (node.is_sequence()) {
    std::vector<core::YamlNode> items;
    for (const core::YamlNode& item : node.items()) items.push_back(mapped(item, rewrite));
    return core::YamlNode::sequence(std::move(items), node.location());
  }
  if (!node.is_map()) return node;
  std::vector<core::YamlEntry> entries;
  for (core::YamlEntry entry : node.entries()) {
    // {choice: {"06:00": 3, "22:00": 1}}: the keys are options, the values weights.
    if ((entry.key == "choice" || entry.key == "histogram") && entry.value.is_map()) {
      std::vector<core::YamlEntry> options;
      for (core::YamlEntry option : entry.value.entries()) {
        option.key = rewritten(option.key, option.where, rewrite);
        options.push_back(std::move(option));
      }
      entry.value = core::YamlNode::map(std::move(options), entry.value.location());
    } else if (!is_plain(entry.key)) {
      entry.value = mapped(entry.value, rewrite);
    }
    entries.push_back(std::move(entry));
  }
  return core::YamlNode::map(std::move(entries), node.location());
}

// The whole numbers between separators; nothing where the text is not made of digits and them.
std::optional<std::vector<int>> fields(const std::string& text, char separator) {
  std::vector<int> out;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    const std::string field = text.substr(at, end - at);
    if (field.empty() || field.size() > 4 ||
        field.find_first_not_of("0123456789") != std::string::npos) {
      return std::nullopt;
    }
    out.push_back(std::stoi(field));
    at = end + 1;
  }
  return out;
}

bool is_date(const std::vector<int>& f) {
  if (f.size() != 3 || f[0] < 1900 || f[0] > 2199 || f[1] < 1 || f[1] > 12 || f[2] < 1) {
    return false;
  }
  const std::int64_t next = f[1] == 12 ? world::days_from_civil(f[0] + 1, 1, 1)
                                       : world::days_from_civil(f[0], f[1] + 1, 1);
  return f[2] <= next - world::days_from_civil(f[0], f[1], 1);
}

}  // namespace

core::YamlNode with_times(const core::YamlNode& node, core::Diagnostics& diagnostics) {
  return mapped(node, [&](const std::string& text, const core::SourceLocation& where) {
    if (text.find(':') == std::string::npos) return text;
    const auto f = fields(text, ':');
    if (!f || f->size() < 2 || f->size() > 3 || (*f)[0] > 23 || (*f)[1] > 59 || f->back() > 59) {
      diagnostics.error(where, "'" + text + "' is no time of day", "write one like \"23:30\"");
      return std::string("0 s");
    }
    const int seconds = (*f)[0] * 3600 + (*f)[1] * 60 + (f->size() == 3 ? (*f)[2] : 0);
    return std::to_string(seconds) + " s";
  });
}

core::YamlNode with_dates(const core::YamlNode& node, core::Diagnostics& diagnostics) {
  return mapped(node, [&](const std::string& text, const core::SourceLocation& where) {
    const bool digits = !text.empty() && text[0] >= '0' && text[0] <= '9';
    if (!digits) return text;  // a parameter, or a number of days with its sign
    const auto f = fields(text, '-');
    if (!f || !is_date(*f)) {
      diagnostics.error(where, "'" + text + "' is no date from 1900 to 2199",
                        "write one like 2026-06-21");
      return std::string("0");
    }
    return std::to_string(world::days_from_civil((*f)[0], (*f)[1], (*f)[2]));
  });
}

core::YamlNode with_moon_phases(const core::YamlNode& node) {
  return mapped(node, [](const std::string& text, const core::SourceLocation&) {
    if (text == "new") return std::string("0");
    if (text == "half") return std::string("0.5");
    if (text == "full") return std::string("1");
    return text;
  });
}

}  // namespace oddroad::scenario
