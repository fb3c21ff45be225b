// Where objects lie, as people write it: s3://BUCKET/PREFIX.
#pragma once

#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace oddroad::s3 {

struct Place {
  std::string bucket;
  std::string prefix;  // of all keys: empty, or with a slash at its end
  bool operator==(const Place&) const = default;
};

// Whether it begins with "s3://", well formed or not.
bool is_url(std::string_view text);

// Slashes at the end of the prefix count for nothing. Errors: no bucket, a name that no bucket can
// have, an empty part in the prefix, "." or "..".
core::Result<Place> parse_url(const std::string& text);
std::string to_string(const Place& place);

// Percent-encoded as signatures want it: all bytes but A-Z a-z 0-9 - . _ ~ ("UriEncode" in "Create
// a signed AWS API request", AWS IAM User Guide). `path`: slashes stay.
std::string escaped(std::string_view text, bool path);

}  // namespace oddroad::s3
