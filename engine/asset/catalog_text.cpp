#include "engine/asset/catalog_text.h"

#include "engine/core/map_reader.h"

namespace oddroad::asset {
namespace {

std::vector<std::string> texts(const core::YamlNode& node, core::Diagnostics& problems) {
  std::vector<std::string> out;
  const auto add = [&](const core::YamlNode& one) {
    const auto text = one.as_string();
    if (text) out.push_back(*text);
    if (!text) problems.append(text.error());
  };
  if (!node.is_sequence()) {
    add(node);
  } else {
    for (const core::YamlNode& one : node.items()) add(one);
  }
  return out;
}

// {height: [1.2, 1.9]}, or [height, skin] where the generator says the ranges.
std::vector<std::string> numbers(const core::YamlNode& node, core::Diagnostics& problems) {
  if (!node.is_map()) return texts(node, problems);
  std::vector<std::string> out;
  for (const core::YamlEntry& entry : node.entries()) {
    const auto range = texts(entry.value, problems);
    if (range.size() != 2) {
      problems.error(entry.value.location(),
                     entry.key + ": expected [least, greatest], found " + entry.value.describe());
      continue;
    }
    out.push_back(entry.key + " " + range[0] + " .. " + range[1]);
  }
  return out;
}

CatalogEntry read_entry(const core::YamlEntry& entry, core::Diagnostics& problems) {
  CatalogEntry out;
  out.name = entry.key;
  core::MapReader reader(entry.value, entry.key, problems);
  if (const auto* classes = reader.required("class")) out.classes = texts(*classes, problems);
  out.what = reader.required_text("what").value_or("");
  if (const auto* size = reader.optional("size")) {
    for (const core::YamlNode& one : size->items()) {
      const auto number = one.as_double();
      if (number) out.size_m.push_back(*number);
      if (!number) problems.append(number.error());
    }
    if (out.size_m.size() != 3) {
      problems.error(size->location(), "size: expected [length, width, height]");
    }
  }
  if (const auto* list = reader.optional("numbers")) out.numbers = numbers(*list, problems);
  reader.finish();
  return out;
}

}  // namespace

core::Result<std::vector<CatalogEntry>> load_catalog(const std::string& path) {
  const auto root = core::load_yaml(path);
  if (!root) return core::forward_error(root);
  core::Diagnostics problems;
  std::vector<CatalogEntry> out;
  core::MapReader reader(*root, "catalog", problems);
  for (const char* key : {"licence", "origin", "scale"}) reader.required_text(key);
  if (const auto* types = reader.required("types")) {
    for (const core::YamlEntry& entry : types->entries())
      out.push_back(read_entry(entry, problems));
  }
  reader.finish();
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(std::move(problems));
  return out;
}

}  // namespace oddroad::asset
