// Painting of sign faces into textures: shapes by signed distance, so that edges are smooth at any
// size. Drawing frame: x right, y up, (0, 0) in the middle, 1 = the longer side.
#pragma once

#include <string_view>
#include <vector>

#include "engine/asset/material.h"
#include "engine/asset/mesh_tools.h"

namespace oddroad::asset {

struct SignColour {
  std::uint8_t r, g, b;
};
namespace sign_colour {  // RAL of traffic signs as sRGB
inline constexpr SignColour kRed{187, 30, 16};
inline constexpr SignColour kBlue{0, 91, 140};
inline constexpr SignColour kYellow{247, 181, 0};
inline constexpr SignColour kWhite{240, 240, 235};
inline constexpr SignColour kBlack{30, 30, 30};
inline constexpr SignColour kGrey{128, 132, 134};
}  // namespace sign_colour

class SignCanvas {
 public:
  // Width and height in the drawing's units; the longer is 1.
  SignCanvas(float width, float height, int longer_px, SignColour ground);

  void disc(const Vec2f& centre, float radius, SignColour colour);
  void ring(const Vec2f& centre, float radius, float stroke, SignColour colour);
  void polygon(const std::vector<Vec2f>& outline, SignColour colour);
  // Round-ended line through points.
  void stroke(const std::vector<Vec2f>& path, float width, SignColour colour);
  void rectangle(const Vec2f& centre, const Vec2f& size, SignColour colour);
  // Line with a triangular head at its end.
  void arrow(const std::vector<Vec2f>& path, float width, float head, SignColour colour);
  // Capitals and digits of a stroke font, middle at `centre`, condensed to at most `width`.
  void text(std::string_view letters, const Vec2f& centre, float height, float stroke_width,
            float width, SignColour colour);
  [[nodiscard]] Texture take(std::string name) &&;

 private:
  template <typename Distance>
  void paint(Distance distance, const Vec2f& low, const Vec2f& high, SignColour colour);
  float width_, height_;
  float per_unit_;
  Texture texture_;
};

}  // namespace oddroad::asset
