#include "engine/road/words.h"

#include <cctype>

namespace oddroad::road {

std::string words_of(std::string_view text) {
  std::string out = " ";
  char last = ' ';
  for (const char raw : text) {
    const auto c = static_cast<unsigned char>(raw);
    if (std::isalpha(c) == 0) {
      if (out.back() != ' ') out += ' ';
    } else {
      const bool begins =
          std::isupper(c) != 0 && std::islower(static_cast<unsigned char>(last)) != 0;
      if (begins && out.back() != ' ') out += ' ';
      out += static_cast<char>(std::tolower(c));
    }
    last = raw;
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

std::string capitals(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

}  // namespace oddroad::road
