// Names and numbers as files want them.
#pragma once

#include <bit>
#include <cstdio>
#include <cstring>
#include <string>

namespace oddroad::exchange {

// 7 and 6 digits: "000007".
inline std::string padded(std::size_t number, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*zu", digits, number);
  return text;
}

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

template <typename T>
void append(std::string& bytes, const T& value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes.append(raw, sizeof value);
}

}  // namespace oddroad::exchange
