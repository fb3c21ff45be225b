#include "engine/asset/vehicle_plate.h"

#include <array>

namespace oddroad::asset {

namespace {

// Five columns by seven rows, one row per byte, the leftmost column in bit 4.
struct Glyph {
  char letter;
  std::array<std::uint8_t, 7> rows;
};

constexpr std::array<Glyph, 20> kGlyphs = {{
    {'0', {0x0e, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0e}},
    {'1', {0x04, 0x0c, 0x04, 0x04, 0x04, 0x04, 0x0e}},
    {'2', {0x0e, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1f}},
    {'3', {0x1f, 0x02, 0x04, 0x06, 0x01, 0x11, 0x0e}},
    {'4', {0x02, 0x06, 0x0a, 0x12, 0x1f, 0x02, 0x02}},
    {'5', {0x1f, 0x10, 0x1e, 0x01, 0x01, 0x11, 0x0e}},
    {'6', {0x06, 0x08, 0x10, 0x1e, 0x11, 0x11, 0x0e}},
    {'7', {0x1f, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08}},
    {'8', {0x0e, 0x11, 0x11, 0x0e, 0x11, 0x11, 0x0e}},
    {'9', {0x0e, 0x11, 0x11, 0x0f, 0x01, 0x02, 0x0c}},
    {'A', {0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11}},
    {'D', {0x1e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1e}},
    {'H', {0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11}},
    {'K', {0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11}},
    {'L', {0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1f}},
    {'M', {0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11}},
    {'O', {0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e}},
    {'R', {0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11}},
    {'T', {0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04}},
    {'X', {0x11, 0x11, 0x0a, 0x04, 0x0a, 0x11, 0x11}},
}};

constexpr std::uint32_t kWidth = 416;
constexpr std::uint32_t kHeight = 88;
constexpr std::uint32_t kBand = 34;
constexpr std::uint32_t kDot = 8;  // texels per glyph cell

void fill(Texture& texture, std::uint32_t x0, std::uint32_t y0, std::uint32_t w, std::uint32_t h,
          std::array<std::uint8_t, 3> rgb) {
  for (std::uint32_t y = y0; y < y0 + h && y < kHeight; ++y) {
    for (std::uint32_t x = x0; x < x0 + w && x < kWidth; ++x) {
      for (std::uint32_t c = 0; c < 3; ++c) texture.rgba[4 * (y * kWidth + x) + c] = rgb[c];
    }
  }
}

void draw_glyph(Texture& texture, std::uint32_t x0, std::uint32_t y0, char letter) {
  for (const Glyph& glyph : kGlyphs) {
    if (glyph.letter != letter) continue;
    for (std::uint32_t row = 0; row < 7; ++row) {
      for (std::uint32_t column = 0; column < 5; ++column) {
        if ((glyph.rows[row] >> (4 - column) & 1) == 0) continue;
        fill(texture, x0 + column * kDot, y0 + row * kDot, kDot, kDot, {14, 14, 16});
      }
    }
  }
}

}  // namespace

std::string draw_registration(core::RandomStream& stream) {
  constexpr std::string_view letters = "ADHKLMORTX";
  std::string text;
  for (int i = 0; i < 7; ++i) {
    const bool digit = i == 2 || i == 3 || i == 6;
    const std::uint32_t pick = stream.below(10);
    text += digit ? static_cast<char>('0' + pick) : letters[pick];
  }
  return text;
}

Texture plate_texture(const std::string& registration) {
  Texture texture;
  texture.name = "number plate";
  texture.width_px = kWidth;
  texture.height_px = kHeight;
  texture.rgba.assign(std::size_t{4} * kWidth * kHeight, 255);
  fill(texture, 0, 0, kWidth, kHeight, {30, 30, 32});
  fill(texture, 2, 2, kWidth - 4, kHeight - 4, {250, 250, 248});
  fill(texture, 2, 2, kBand, kHeight - 4, {20, 60, 165});
  fill(texture, 12, 56, 14, 18, {235, 235, 240});
  const auto count = static_cast<std::uint32_t>(registration.size());
  const std::uint32_t pitch = 6 * kDot + 4;
  std::uint32_t x = kBand + (kWidth - kBand - count * pitch) / 2 + 4;
  for (const char letter : registration) {
    draw_glyph(texture, x, (kHeight - 7 * kDot) / 2, letter);
    x += pitch;
  }
  return texture;
}

}  // namespace oddroad::asset
