#include "engine/s3/answers.h"

#include <cstdio>
#include <optional>

#include <pugixml.hpp>
#include <time.h>

namespace oddroad::s3 {
namespace {

// "2026-11-28T08:24:06.461Z"
std::optional<std::int64_t> milliseconds(const char* text) {
  tm when{};
  int fraction = 0;
  const int read = std::sscanf(text, "%d-%d-%dT%d:%d:%d.%3d", &when.tm_year, &when.tm_mon,
                               &when.tm_mday, &when.tm_hour, &when.tm_min, &when.tm_sec, &fraction);
  if (read < 6) return std::nullopt;
  when.tm_year -= 1900;
  when.tm_mon -= 1;
  return static_cast<std::int64_t>(::timegm(&when)) * 1000 + fraction;
}

}  // namespace

core::Result<Page> parse_page(const std::string& xml) {
  pugi::xml_document document;
  const auto parsed = document.load_buffer(xml.data(), xml.size());
  const pugi::xml_node root = document.child("ListBucketResult");
  if (!parsed || !root) return core::fail("the answer is no list of objects");
  Page page;
  for (const pugi::xml_node item : root.children("Contents")) {
    const auto changed_ms = milliseconds(item.child_value("LastModified"));
    const auto size = item.child("Size").text();
    if (!item.child("Key") || !size || !changed_ms) {
      return core::fail("the list has an object without key, size or date");
    }
    page.objects.push_back({item.child_value("Key"), size.as_ullong(), *changed_ms});
  }
  if (!root.child("IsTruncated").text().as_bool()) return page;
  page.next = root.child_value("NextContinuationToken");
  if (page.next.empty()) return core::fail("the list is cut short, and no token leads on");
  return page;
}

Refusal parse_refusal(const std::string& xml) {
  pugi::xml_document document;
  document.load_buffer(xml.data(), xml.size());
  const pugi::xml_node error = document.child("Error");
  return {error.child_value("Code"), error.child_value("Message")};
}

}  // namespace oddroad::s3
