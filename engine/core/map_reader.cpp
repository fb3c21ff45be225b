#include "engine/core/map_reader.h"

#include <algorithm>

#include "engine/core/decimals.h"
#include "engine/core/suggest.h"

namespace oddroad::core {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

MapReader::MapReader(const YamlNode& node, std::string what, Diagnostics& diagnostics)
    : node_(node), what_(std::move(what)), diagnostics_(diagnostics) {
  if (!node.is_map()) {
    diagnostics.error(node.location(), what_ + ": expected a map, found " + node.describe());
  }
}

const YamlNode* MapReader::optional(std::string_view key) {
  const bool asked_before = std::find(known_.begin(), known_.end(), key) != known_.end();
  if (!asked_before) known_.emplace_back(key);
  const YamlNode* found = node_.find(key);
  if (found == nullptr) return nullptr;
  if (found->is_null()) {
    if (!asked_before) {
      diagnostics_.error(found->location(), "key '" + std::string(key) + "' has no value");
    }
    return nullptr;
  }
  return found;
}

const YamlNode* MapReader::required(std::string_view key) {
  const YamlNode* found = optional(key);
  if (found == nullptr && node_.is_map() && node_.find(key) == nullptr) {
    diagnostics_.error(node_.location(), what_ + ": key '" + std::string(key) + "' is missing");
  }
  return found;
}

template <typename T>
std::optional<T> MapReader::keep(const Result<T>& result) {
  if (result) return *result;
  diagnostics_.append(result.error());
  return std::nullopt;
}

std::optional<std::string> MapReader::text(std::string_view key) {
  const YamlNode* found = optional(key);
  return found == nullptr ? std::nullopt : keep(found->as_string());
}

std::optional<double> MapReader::number(std::string_view key) {
  const YamlNode* found = optional(key);
  return found == nullptr ? std::nullopt : keep(found->as_double());
}

std::optional<std::int64_t> MapReader::integer(std::string_view key) {
  const YamlNode* found = optional(key);
  return found == nullptr ? std::nullopt : keep(found->as_int());
}

std::optional<bool> MapReader::boolean(std::string_view key) {
  const YamlNode* found = optional(key);
  return found == nullptr ? std::nullopt : keep(found->as_bool());
}

std::optional<double> MapReader::quantity(std::string_view key, Dimension dimension) {
  const YamlNode* found = optional(key);
  if (found == nullptr) return std::nullopt;
  const auto text = keep(found->as_string());
  if (!text) return std::nullopt;
  return keep(parse_quantity(*text, dimension, found->text_location()));
}

std::optional<std::string> MapReader::word(std::string_view key,
                                           const std::vector<std::string>& words) {
  const YamlNode* found = optional(key);
  const auto text = found == nullptr ? std::nullopt : keep(found->as_string());
  if (!text || std::find(words.begin(), words.end(), *text) != words.end()) return text;
  diagnostics_.error(found->location(),
                     std::string(key) + ": '" + *text + "' is none of " + joined(words),
                     did_you_mean(*text, words));
  return std::nullopt;
}

std::optional<std::string> MapReader::required_text(std::string_view key) {
  return required(key) == nullptr ? std::nullopt : text(key);
}

std::optional<double> MapReader::required_number(std::string_view key) {
  return required(key) == nullptr ? std::nullopt : number(key);
}

std::optional<std::int64_t> MapReader::required_integer(std::string_view key) {
  return required(key) == nullptr ? std::nullopt : integer(key);
}

std::optional<double> MapReader::required_quantity(std::string_view key, Dimension dimension) {
  return required(key) == nullptr ? std::nullopt : quantity(key, dimension);
}

void MapReader::not_supported(const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    for (const YamlEntry& entry : node_.entries()) {
      if (entry.key != key) continue;
      diagnostics_.error(entry.where, what_ + ": '" + key + "' is not supported yet");
      known_.push_back(key);
    }
  }
}

void MapReader::called_otherwise(const std::map<std::string, std::string>& names) {
  for (const YamlEntry& entry : node_.entries()) {
    const auto named = names.find(entry.key);
    if (named == names.end()) continue;
    diagnostics_.error(entry.where, "unknown key '" + entry.key + "'",
                       "did you mean '" + named->second + "'?");
    known_.push_back(entry.key);
  }
}

void MapReader::finish() {
  const YamlEntry* before = nullptr;
  for (const YamlEntry& entry : node_.entries()) {
    const YamlEntry* last = before;
    before = &entry;
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    // {speed: 2,5 m/s}
    const std::string whole = last == nullptr ? "" : last->value.text() + "," + entry.key;
    const std::string decimals = entry.value.is_null() ? meant_decimals(whole) : "";
    if (!decimals.empty()) {
      diagnostics_.error(entry.where, "unexpected '" + entry.key + "'", decimals);
      continue;
    }
    const std::string near = did_you_mean(entry.key, known_);
    diagnostics_.error(entry.where, "unknown key '" + entry.key + "'",
                       near.empty() && !known_.empty() ? "there are " + joined(known_) : near);
  }
}

}  // namespace oddroad::core
