// A glTF's JSON, read with checks. Problems are collected; what comes back can be used. Internal to
// this module.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/core/result.h"

namespace oddroad::asset {

using Json = nlohmann::json;

// "accessors[3]"
std::string item_name(const char* list, std::uint64_t index);

class GltfJson {
 public:
  // Errors: syntax (with line and column), no object, not glTF 2.x, extensions that it requires and
  // that change what is drawn.
  static core::Result<GltfJson> parse(std::string_view text, const std::string& file);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] const Json& root() const { return root_; }
  [[nodiscard]] core::Diagnostics& problems() { return problems_; }
  // `who` is the place in the file: item_name.
  void problem(const std::string& who, const std::string& what);

  // Number of items of a list at the top; 0 where there is none.
  std::uint64_t size(const char* list);
  // An item of a list at the top. Null and a problem of `who` where there is none such.
  const Json* item(const char* list, std::uint64_t index, const std::string& who);

  // Members. Absent: null or nullopt; of another type: that, and a problem.
  const Json* object(const Json& parent, const char* key, const std::string& who);
  const Json* array(const Json& parent, const char* key, const std::string& who);
  std::optional<std::string> text(const Json& parent, const char* key, const std::string& who);
  std::optional<std::uint64_t> whole(const Json& parent, const char* key, const std::string& who);
  std::optional<double> number(const Json& parent, const char* key, const std::string& who);
  // Exactly `count` numbers.
  std::optional<std::vector<double>> numbers(const Json& parent, const char* key, std::size_t count,
                                             const std::string& who);
  // As whole(); its absence is a problem.
  std::optional<std::uint64_t> required_whole(const Json& parent, const char* key,
                                              const std::string& who);
  // Whole numbers of a list, absent: none.
  std::vector<std::uint64_t> indices(const Json& parent, const char* key, const std::string& who);

 private:
  GltfJson(Json root, std::string file) : root_(std::move(root)), file_(std::move(file)) {}
  void check_head();

  Json root_;
  std::string file_;
  core::Diagnostics problems_;
};

}  // namespace oddroad::asset
