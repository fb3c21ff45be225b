// Is a text UTF-8, and where is a character in it.
#pragma once

#include <string_view>

namespace oddroad::core {

// Index of the first byte that breaks UTF-8 (RFC 3629: no overlong forms, no surrogates) or is NUL;
// npos where all is well.
std::size_t find_invalid_utf8(std::string_view text);

// Characters in the first `bytes` bytes of a valid text.
std::size_t count_characters(std::string_view text, std::size_t bytes);

}  // namespace oddroad::core
