// Values of a map's keys, each named by its path in the scenario.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/map_reader.h"
#include "engine/scenario/value.h"

namespace oddroad::scenario {

class ValueKeys {
 public:
  ValueKeys(core::MapReader& reader, std::string path, Names& names)
      : reader_(reader), path_(std::move(path)), names_(names) {}

  std::optional<Value> number(std::string_view key, const NumberSpec& spec) {
    const core::YamlNode* node = reader_.optional(key);
    if (node == nullptr) return std::nullopt;
    return read_number(*node, path_of(key), spec, names_);
  }
  std::optional<Value> required_number(std::string_view key, const NumberSpec& spec) {
    return reader_.required(key) == nullptr ? std::nullopt : number(key, spec);
  }
  std::optional<Value> word(std::string_view key, const std::vector<std::string>& allowed = {}) {
    const core::YamlNode* node = reader_.optional(key);
    if (node == nullptr) return std::nullopt;
    return read_word(*node, path_of(key), allowed, names_);
  }
  [[nodiscard]] std::string path_of(std::string_view key) const {
    return path_ + "." + std::string(key);
  }

 private:
  core::MapReader& reader_;
  std::string path_;
  Names& names_;
};

}  // namespace oddroad::scenario
