// Lists in YAML, item by item. Internal to this folder.
#pragma once

#include <string>
#include <vector>

#include "engine/core/quantity.h"
#include "engine/core/yaml.h"

namespace oddroad::lidar {

inline std::vector<std::string> read_words(const core::YamlNode& node,
                                           core::Diagnostics& diagnostics) {
  std::vector<std::string> out;
  if (!node.is_sequence()) diagnostics.error(node.location(), "expected a list");
  for (const core::YamlNode& item : node.items()) {
    if (const auto word = item.as_string()) {
      out.push_back(*word);
    } else {
      diagnostics.append(word.error());
    }
  }
  return out;
}

inline std::vector<double> read_quantities(const core::YamlNode& node, core::Dimension dimension,
                                           core::Diagnostics& diagnostics) {
  std::vector<double> out;
  if (!node.is_sequence()) diagnostics.error(node.location(), "expected a list");
  for (const core::YamlNode& item : node.items()) {
    if (const auto value = core::parse_quantity(item.text(), dimension, item.text_location())) {
      out.push_back(*value);
    } else {
      diagnostics.append(value.error());
    }
  }
  return out;
}

}  // namespace oddroad::lidar
