// Answers of stores, well formed and not.
#include "engine/s3/answers.h"

#include <gtest/gtest.h>

namespace oddroad::s3 {
namespace {

constexpr const char* kPage =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>farm</Name>
<IsTruncated>true</IsTruncated>
<Contents><Key>a&amp;b/c d</Key><LastModified>2026-11-28T08:24:06.461Z</LastModified>
<ETag>&quot;0&quot;</ETag><Size>5000000000</Size></Contents>
<Contents><Key>z</Key><LastModified>1970-01-01T00:00:01Z</LastModified><Size>0</Size></Contents>
<NextContinuationToken>a+/=</NextContinuationToken></ListBucketResult>)";

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(Answers, APageOfAList) {
  const auto page = parse_page(kPage);
  ASSERT_TRUE(page) << core::to_string(page.error());
  ASSERT_EQ(page->objects.size(), 2u);
  EXPECT_EQ(page->objects[0], (Object{"a&b/c d", 5000000000, 1795854246461}));
  EXPECT_EQ(page->objects[1], (Object{"z", 0, 1000}));
  EXPECT_EQ(page->next, "a+/=");
  // The last page may name a token; it leads nowhere.
  EXPECT_EQ(parse_page(with(kPage, "true", "false"))->next, "");
  EXPECT_TRUE(parse_page("<ListBucketResult/>")->objects.empty());
}

TEST(Answers, MalformedListsAreErrors) {
  EXPECT_FALSE(parse_page(""));
  EXPECT_FALSE(parse_page("{}"));
  EXPECT_FALSE(parse_page(std::string(kPage).substr(0, 300)));
  EXPECT_FALSE(parse_page(with(kPage, "<Size>0</Size>", "")));
  EXPECT_FALSE(parse_page(with(kPage, "1970-01", "yesterday")));
  EXPECT_FALSE(parse_page(with(kPage, "<Key>z</Key>", "")));
  EXPECT_FALSE(parse_page(with(kPage, "a+/=", "")));
}

TEST(Answers, Refusals) {
  const Refusal refusal = parse_refusal(
      "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code>"
      "<Message>The key &lt;x&gt;</Message></Error>");
  EXPECT_EQ(refusal.code, "NoSuchKey");
  EXPECT_EQ(refusal.message, "The key <x>");
  EXPECT_EQ(parse_refusal("<html>oh no").code, "");
}

}  // namespace
}  // namespace oddroad::s3
