// A bitmap font of 5 x 7 dots in cells of 6 x 9, for captions in pictures.
#pragma once

#include <array>
#include <cstdint>

namespace oddroad::report {

inline constexpr int kGlyphWidth = 5;
inline constexpr int kGlyphHeight = 7;
inline constexpr int kGlyphAdvance = 6;
inline constexpr int kLineHeight = 9;

// Seven rows from the top, bit 4 = left dot. Characters without a shape look like a box.
const std::array<std::uint8_t, kGlyphHeight>& glyph(char c);

}  // namespace oddroad::report
