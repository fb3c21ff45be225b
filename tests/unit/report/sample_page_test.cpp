// The page of what a scenario draws.
#include "engine/report/sample_page.h"

#include <gtest/gtest.h>

namespace oddroad::report {
namespace {

scenario::SampleTable small_table() {
  scenario::SampleTable table;
  table.scenario = "a<b";
  scenario::SampleColumn numbers, words;
  numbers.name = "v";
  numbers.unit = "m/s";
  words.name = "kind";
  words.is_word = true;
  words.options = {"car", "van", "bus"};
  for (int k = 0; k < 40; ++k) {
    table.index.push_back(static_cast<std::uint32_t>(k));
    table.attempt.push_back(0);
    numbers.numbers.push_back(k / 4.0);
    numbers.words.push_back(std::to_string(k / 4.0) + " m/s");
    words.words.push_back(k % 2 == 0 ? "car" : "van");
  }
  numbers.edges = {2, 4, 6, 8};
  table.columns = {numbers, words};
  return table;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

TEST(SamplePage, StandsAloneAndTellsWhatNeverCame) {
  const std::string page = sample_page(small_table(), {{"seed", "7 & 8"}});
  EXPECT_EQ(page.substr(0, 15), "<!DOCTYPE html>");
  for (const char* outside : {"http", "<script", "<link", "src=", "url("}) {
    EXPECT_EQ(count(page, outside), 0u) << outside;
  }
  EXPECT_NE(page.find("<h1>a&lt;b</h1>"), std::string::npos);
  EXPECT_NE(page.find("7 &amp; 8"), std::string::npos);
  EXPECT_EQ(count(page, "<figure>"), 2u);
  EXPECT_EQ(count(page, "class=\"none\""), 1u);     // no bus
  EXPECT_NE(page.find("67 %"), std::string::npos);  // 10 of 15 pairs
  EXPECT_EQ(count(page, "h0M") + 1, 40u);
  EXPECT_EQ(sample_page(small_table(), {}), sample_page(small_table(), {}));
}

TEST(SamplePage, NothingDrawnIsAPageToo) {
  EXPECT_NE(sample_page({.scenario = "empty"}, {}).find("</html>"), std::string::npos);
}

}  // namespace
}  // namespace oddroad::report
