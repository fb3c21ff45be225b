// Reads the keys of one YAML map, collects every problem, and says which keys it does not know.
//   MapReader reader(node, "camera", diagnostics);
//   const auto width = reader.integer("width").value_or(1280);
//   const auto fov = reader.required_quantity("fov", kAngle);
//   reader.finish();
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/quantity.h"
#include "engine/core/yaml.h"

namespace oddroad::core {

// Borrows node and diagnostics.
class MapReader {
 public:
  // `what` names the map in messages: "actor 'van'". A node that is no map is one error; every key
  // is absent then, and nothing more is said about it.
  MapReader(const YamlNode& node, std::string what, Diagnostics& diagnostics);

  // Null where the key is absent or its value is empty; the second form reports that at the map.
  const YamlNode* optional(std::string_view key);
  const YamlNode* required(std::string_view key);

  // Absent, or wrong and reported: nullopt.
  std::optional<std::string> text(std::string_view key);
  std::optional<double> number(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<double> quantity(std::string_view key, Dimension dimension);
  // One of the words; others are reported with a suggestion.
  std::optional<std::string> word(std::string_view key, const std::vector<std::string>& words);

  std::optional<std::string> required_text(std::string_view key);
  std::optional<double> required_number(std::string_view key);
  std::optional<std::int64_t> required_integer(std::string_view key);
  std::optional<double> required_quantity(std::string_view key, Dimension dimension);

  // Keys that are planned: reported as "not supported yet" where they stand.
  void not_supported(const std::vector<std::string>& keys);
  // Keys that others use for what is called {theirs, ours} here: reported as unknown, with ours.
  void called_otherwise(const std::map<std::string, std::string>& names);
  // Reports the keys that were never asked for: with the nearest that was, else with all of them.
  // Call it last.
  void finish();

  [[nodiscard]] bool is_map() const { return node_.is_map(); }
  [[nodiscard]] Diagnostics& diagnostics() { return diagnostics_; }

 private:
  template <typename T>
  std::optional<T> keep(const Result<T>& result);

  YamlNode node_;
  std::string what_;
  Diagnostics& diagnostics_;
  std::vector<std::string> known_;
};

}  // namespace oddroad::core
