#include "engine/asset/gltf_json.h"

#include <algorithm>

#include "engine/asset/mesh_source.h"

namespace oddroad::asset {
namespace {

// Extensions that change what surfaces look like only; without them the model is still right in
// shape, so a file may require them.
bool is_harmless(const std::string& extension) {
  return extension.starts_with("KHR_materials_") &&
         extension != "KHR_materials_pbrSpecularGlossiness";
}

core::SourceLocation place_of(std::string_view text, std::size_t byte, const std::string& file) {
  const std::string_view before = text.substr(0, std::min(byte, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n');
  const std::size_t column = start == before.npos ? before.size() : before.size() - start - 1;
  return {file, static_cast<int>(line), static_cast<int>(std::max<std::size_t>(column, 1))};
}

}  // namespace

std::string item_name(const char* list, std::uint64_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

core::Result<GltfJson> GltfJson::parse(std::string_view text, const std::string& file) {
  Json root;
  try {
    root = Json::parse(text);
  } catch (const Json::parse_error& error) {
    const bool at_end = error.byte > text.size();
    return core::fail_at(
        place_of(text, error.byte, file),
        at_end ? "the JSON ends too early: the file is truncated" : "this is not JSON");
  } catch (const Json::exception& error) {
    return core::fail_at({file}, std::string("the JSON cannot be read: ") + error.what());
  }
  if (!root.is_object()) return core::fail_at({file}, "this JSON is not a glTF");
  GltfJson document(std::move(root), file);
  document.check_head();
  if (document.problems_.has_errors()) return tl::unexpected(document.problems_);
  return document;
}

void GltfJson::check_head() {
  const Json* asset = object(root_, "asset", "the glTF");
  const auto version = asset == nullptr ? std::nullopt : text(*asset, "version", "asset");
  if (!version || !version->starts_with("2.")) {
    problem("asset", "glTF 2.0 is read, this is version '" + version.value_or("unknown") + "'");
  }
  const Json* required = array(root_, "extensionsRequired", "the glTF");
  if (required == nullptr) return;
  for (const Json& extension : *required) {
    const std::string name = extension.is_string() ? extension.get<std::string>() : "?";
    if (!is_harmless(name)) {
      problem("extensionsRequired", "extension '" + name + "' is not supported");
    }
  }
}

void GltfJson::problem(const std::string& who, const std::string& what) {
  if (problems_.items().size() < kMaxProblems) problems_.error({file_}, who + ": " + what);
}

std::uint64_t GltfJson::size(const char* list) {
  const Json* items = array(root_, list, "the glTF");
  return items == nullptr ? 0 : items->size();
}

const Json* GltfJson::item(const char* list, std::uint64_t index, const std::string& who) {
  const Json* items = array(root_, list, "the glTF");
  if (items == nullptr || index >= items->size()) {
    problem(who, "there is no " + item_name(list, index));
    return nullptr;
  }
  const Json& found = (*items)[index];
  if (found.is_object()) return &found;
  problem(item_name(list, index), "expected an object");
  return nullptr;
}

const Json* GltfJson::object(const Json& parent, const char* key, const std::string& who) {
  const auto found = parent.find(key);
  if (found == parent.end()) return nullptr;
  if (found->is_object()) return &*found;
  problem(who, std::string(key) + ": expected an object");
  return nullptr;
}

const Json* GltfJson::array(const Json& parent, const char* key, const std::string& who) {
  const auto found = parent.find(key);
  if (found == parent.end()) return nullptr;
  if (found->is_array()) return &*found;
  problem(who, std::string(key) + ": expected a list");
  return nullptr;
}

std::optional<std::string> GltfJson::text(const Json& parent, const char* key,
                                          const std::string& who) {
  const auto found = parent.find(key);
  if (found == parent.end()) return std::nullopt;
  if (found->is_string()) return found->get<std::string>();
  problem(who, std::string(key) + ": expected a text");
  return std::nullopt;
}

std::optional<std::uint64_t> GltfJson::whole(const Json& parent, const char* key,
                                             const std::string& who) {
  const auto found = parent.find(key);
  if (found == parent.end()) return std::nullopt;
  if (found->is_number_unsigned()) return found->get<std::uint64_t>();
  problem(who, std::string(key) + ": expected a whole number");
  return std::nullopt;
}

std::optional<double> GltfJson::number(const Json& parent, const char* key,
                                       const std::string& who) {
  const auto found = parent.find(key);
  if (found == parent.end()) return std::nullopt;
  if (found->is_number()) return found->get<double>();
  problem(who, std::string(key) + ": expected a number");
  return std::nullopt;
}

std::optional<std::vector<double>> GltfJson::numbers(const Json& parent, const char* key,
                                                     std::size_t count, const std::string& who) {
  const auto found = parent.find(key);
  if (found == parent.end()) return std::nullopt;
  const bool fits = found->is_array() && found->size() == count &&
                    std::all_of(found->begin(), found->end(), [](const Json& value) {
                      return value.is_number();
                    });
  if (fits) return found->get<std::vector<double>>();
  problem(who, std::string(key) + ": expected " + std::to_string(count) + " numbers");
  return std::nullopt;
}

std::optional<std::uint64_t> GltfJson::required_whole(const Json& parent, const char* key,
                                                      const std::string& who) {
  if (!parent.contains(key)) problem(who, std::string("'") + key + "' is missing");
  return whole(parent, key, who);
}

std::vector<std::uint64_t> GltfJson::indices(const Json& parent, const char* key,
                                             const std::string& who) {
  std::vector<std::uint64_t> out;
  const Json* list = array(parent, key, who);
  if (list == nullptr) return out;
  for (const Json& one : *list) {
    if (one.is_number_unsigned()) {
      out.push_back(one.get<std::uint64_t>());
    } else {
      problem(who, std::string(key) + ": expected whole numbers");
    }
  }
  return out;
}

}  // namespace oddroad::asset
