#include "engine/core/archive.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "engine/core/raw_vector.h"

namespace oddroad::core {
namespace {

struct Part {
  int id = 0;
  std::map<std::uint16_t, std::string> names;
  bool operator==(const Part&) const = default;
  void remember(Archive& archive) { archive(id, names); }
};

struct Whole {
  double number = 0;
  bool flag = false;
  std::string text;
  std::optional<std::int64_t> some, none = 5;
  std::vector<Part> parts;
  std::deque<double> queue;
  RawVector<float> pixels;
  std::optional<Part> part;
  bool operator==(const Whole&) const = default;
  void remember(Archive& archive) {
    archive(number, flag, text, some, none, parts, queue, pixels, part);
  }
};

Whole sample() {
  Whole out;
  out.number = 0.1;
  out.flag = true;
  out.text = std::string("a\0b", 3);
  out.some = -7;
  out.none.reset();
  out.parts = {{1, {{2, "two"}, {3, ""}}}, {4, {}}};
  out.queue = {1e-310, -0.0, std::numeric_limits<double>::infinity()};
  out.pixels = {1, 2, 3};
  out.part = Part{9, {{1, "one"}}};
  return out;
}

TEST(Archive, EverythingComesBack) {
  Whole whole = sample();
  const std::string bytes = to_bytes(whole);
  Whole back;  // what it held before is gone
  back.parts = {{5, {{6, "six"}}}};
  back.queue = {4};
  ASSERT_TRUE(from_bytes(bytes, back));
  EXPECT_EQ(back, whole);
  EXPECT_TRUE(std::signbit(back.queue[1]));
  EXPECT_EQ(to_bytes(back), bytes);
}

TEST(Archive, BitsOfNaNsComeBack) {
  double nan = -std::nan("0x123");
  const std::string bytes = to_bytes(nan);
  double back = 0;
  ASSERT_TRUE(from_bytes(bytes, back));
  EXPECT_EQ(std::memcmp(&back, &nan, sizeof nan), 0);
}

TEST(Archive, BytesCutShortOrTooLongDoNotFit) {
  Whole whole = sample();
  const std::string bytes = to_bytes(whole);
  for (std::size_t k = 0; k < bytes.size(); ++k) {
    Whole back;
    EXPECT_FALSE(from_bytes(std::string_view(bytes).substr(0, k), back)) << k;
  }
  Whole back;
  EXPECT_FALSE(from_bytes(bytes + "x", back));
}

TEST(Archive, ACountBeyondTheBytesAsksForNoMemory) {
  std::string bytes(8, '\xff');
  std::vector<Part> parts;
  EXPECT_FALSE(from_bytes(bytes, parts));
  bytes[7] = bytes[6] = bytes[5] = bytes[4] = bytes[3] = bytes[2] = bytes[1] = 0;
  bytes += std::string(400, '\0');  // 255 doubles are more
  std::vector<double> numbers;
  EXPECT_FALSE(from_bytes(bytes, numbers));
}

}  // namespace
}  // namespace oddroad::core
