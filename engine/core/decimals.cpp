#include "engine/core/decimals.h"

namespace oddroad::core {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string meant_decimals(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || comma == 0 || comma + 1 == text.size()) return {};
  if (!is_digit(text[comma - 1]) || !is_digit(text[comma + 1])) return {};
  std::string meant(text);
  meant[comma] = '.';
  return "decimals have a point: '" + meant + "'";
}

}  // namespace oddroad::core
