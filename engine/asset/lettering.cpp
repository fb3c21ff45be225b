#include "engine/asset/lettering.h"

#include <iterator>

#include "engine/asset/sign_paint.h"

namespace oddroad::asset {

std::string shop_name(core::RandomStream& random) {
  const char* const names[] = {"BAKERY",  "CAFE MILA", "PHARMACY", "BOOKS",    "FLOWERS",
                               "OPTIK",   "KIOSK",     "PIZZERIA", "BARBER",   "BIKES",
                               "FASHION", "TEA HOUSE", "HARDWARE", "SHOES",    "COPY SHOP",
                               "LAUNDRY", "TOYS",      "DELI",     "BISTRO 9", "JEWELLER"};
  return names[random.below(static_cast<std::uint32_t>(std::size(names)))];
}

Texture shop_board(const std::string& name, float width_m, float height_m,
                   core::RandomStream& random) {
  constexpr SignColour kBoards[] = {{150, 28, 30}, {24, 74, 120},  {40, 96, 60},
                                    {60, 56, 54},  {214, 158, 30}, {90, 40, 90}};
  const SignColour colour = kBoards[random.below(static_cast<std::uint32_t>(std::size(kBoards)))];
  const SignColour light{238, 234, 222};
  const bool inverse = random.chance(.3);
  const float unit = std::max(width_m, height_m);  // the canvas counts its longer side as 1
  SignCanvas canvas(width_m / unit, height_m / unit, 512, inverse ? light : colour);
  const float letters = .52f * height_m / unit;
  canvas.text(name, {0, 0}, letters, .17f * letters, .86f * width_m / unit,
              inverse ? colour : light);
  return std::move(canvas).take("shop_board");
}

void add_board(TriangleMesh& mesh, const Affine3f& T, const Vec2f& middle, float width_m,
               float height_m, float out_m, std::uint16_t material) {
  const float u = .5f * width_m, v = .5f * height_m;
  mesh.add_quad(T.point({middle.x - u, middle.y - v, out_m}),
                T.point({middle.x + u, middle.y - v, out_m}),
                T.point({middle.x + u, middle.y + v, out_m}),
                T.point({middle.x - u, middle.y + v, out_m}), material);
  Vec2f* uv = &mesh.uvs[mesh.uvs.size() - 4];
  uv[0] = {.002f, .998f};
  uv[1] = {.998f, .998f};
  uv[2] = {.998f, .002f};
  uv[3] = {.002f, .002f};
}

}  // namespace oddroad::asset
