// What assets/catalog.yaml says of the models that scenarios can name, for people.
#pragma once

#include <string>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::asset {

struct CatalogEntry {
  std::string name;
  std::vector<std::string> classes;  // two for composites: a bicycle and its rider
  std::string what;
  std::vector<double> size_m;        // length, width, height; empty where it is drawn
  std::vector<std::string> numbers;  // "height 1.2 .. 1.9", or only the name
};

// In the order of the file. Errors: missing, bad YAML, keys or kinds that are not those of a
// catalog. All of them.
core::Result<std::vector<CatalogEntry>> load_catalog(const std::string& path);

}  // namespace oddroad::asset
