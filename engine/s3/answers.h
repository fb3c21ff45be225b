// What stores answer, in XML: pages of lists (ListObjectsV2) and errors.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::s3 {

struct Object {
  std::string key;
  std::uint64_t bytes = 0;
  std::int64_t changed_ms = 0;  // by the store's clock, since 1970
  bool operator==(const Object&) const = default;
};

struct Page {
  std::vector<Object> objects;
  std::string next;  // token of the next page; empty: this is the last
};

// Errors: not such an answer, a page that says that more follow but not how to get them.
core::Result<Page> parse_page(const std::string& xml);

struct Refusal {
  std::string code;  // "NoSuchBucket"; empty where the answer names none
  std::string message;
};
Refusal parse_refusal(const std::string& xml);

}  // namespace oddroad::s3
