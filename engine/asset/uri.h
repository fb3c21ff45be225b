// URIs as they stand in glTF files. Internal to this module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oddroad::asset {

// "data:...;base64,..." decoded. Nullopt: broken base64.
std::optional<std::string> decode_data_uri(std::string_view uri);
inline bool is_data_uri(std::string_view uri) {
  return uri.starts_with("data:");
}

// "my%20box.png" is "my box.png". What is no escape stays.
std::string percent_decoded(std::string_view text);

}  // namespace oddroad::asset
