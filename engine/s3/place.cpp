#include "engine/s3/place.h"

#include <algorithm>

namespace oddroad::s3 {
namespace {

constexpr std::string_view kScheme = "s3://";

bool is_small_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_unreserved(char c) {
  return is_small_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' ||
         c == '~';
}

// "Bucket naming rules", Amazon S3 User Guide, as far as they keep a name usable in a path.
bool is_bucket(std::string_view name) {
  return name.size() >= 3 && name.size() <= 63 && is_small_or_digit(name.front()) &&
         is_small_or_digit(name.back()) && std::all_of(name.begin(), name.end(), [](char c) {
           return is_small_or_digit(c) || c == '-' || c == '.';
         });
}

bool has_odd_part(std::string_view prefix) {
  while (!prefix.empty()) {
    const auto end = std::min(prefix.find('/'), prefix.size());
    const auto part = prefix.substr(0, end);
    if (part.empty() || part == "." || part == "..") return true;
    prefix.remove_prefix(std::min(end + 1, prefix.size()));
  }
  return false;
}

}  // namespace

bool is_url(std::string_view text) {
  return text.starts_with(kScheme);
}

core::Result<Place> parse_url(const std::string& text) {
  const std::string expected = "expected s3://BUCKET/PREFIX";
  if (!is_url(text)) return core::fail_at({text}, "not in an object store; " + expected);
  const std::string rest = text.substr(kScheme.size());
  const auto slash = std::min(rest.find('/'), rest.size());
  Place place{rest.substr(0, slash), rest.substr(std::min(slash + 1, rest.size()))};
  while (place.prefix.ends_with('/')) place.prefix.pop_back();
  if (!is_bucket(place.bucket)) {
    return core::fail_at({text}, "no bucket has the name '" + place.bucket + "'; " + expected,
                         "3 to 63 of a-z 0-9 - and . between letters or digits");
  }
  if (has_odd_part(place.prefix)) {
    return core::fail_at({text}, "the prefix has an empty part, '.' or '..'; " + expected);
  }
  if (!place.prefix.empty()) place.prefix += '/';
  return place;
}

std::string to_string(const Place& place) {
  std::string text = std::string(kScheme) + place.bucket + "/" + place.prefix;
  text.pop_back();
  return text;
}

std::string escaped(std::string_view text, bool path) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(c) || (path && c == '/')) {
      out += c;
    } else {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

}  // namespace oddroad::s3
