#include "engine/asset/vehicle_livery.h"

#include "engine/asset/materials.h"

namespace oddroad::asset {

namespace {

struct Colours {
  SignColour ground, ink;
};
constexpr Colours kColours[] = {{{255, 204, 0}, {190, 20, 30}},    {{20, 60, 130}, {245, 245, 245}},
                                {{200, 30, 40}, {250, 250, 245}},  {{0, 110, 70}, {250, 240, 200}},
                                {{245, 245, 240}, {20, 70, 150}},  {{90, 50, 20}, {255, 200, 40}},
                                {{240, 120, 20}, {255, 255, 255}}, {{60, 62, 66}, {240, 200, 40}}};

void draw_mark(SignCanvas& canvas, core::RandomStream& draw, const Vec2f& at, float size,
               SignColour ink) {
  switch (draw.below(3)) {
    case 0:
      canvas.disc(at, size, ink);
      break;
    case 1:
      canvas.ring(at, .9f * size, .35f * size, ink);
      break;
    default:
      canvas.arrow({at - .9f * size * Vec2f(1, .5f), at + .9f * size * Vec2f(1, .5f)}, .35f * size,
                   .9f * size, ink);
  }
}

}  // namespace

Brand draw_brand(core::RandomStream& draw) {
  constexpr const char* kFirst[] = {"NOR", "VEL", "TRI", "OST", "KAR", "LUM", "BEL", "SAN",
                                    "RAP", "EUR", "MER", "DOM", "ALP", "FEL", "GRA", "HAN"};
  constexpr const char* kLast[] = {"DEX", "TRANS", "PAK",  "LOG",   "KURIER",
                                   "FIX", "MARKT", "BAU",  "FRESH", "LINE",
                                   "TEC", "CARGO", "POST", "WERK",  "MOBIL"};
  const Colours& colours = kColours[draw.below(8)];
  const char* first = kFirst[draw.below(16)];
  return {colours.ground, colours.ink, std::string(first) + kLast[draw.below(15)]};
}

Texture lettering(const char* name, const std::string& text, float aspect, SignColour ground,
                  SignColour ink, float text_height) {
  SignCanvas canvas(1, 1 / aspect, 512, ground);
  canvas.text(text, {0, 0}, text_height / aspect, .16f * text_height / aspect, .9f, ink);
  return std::move(canvas).take(name);
}

Texture delivery_livery(core::RandomStream& draw, const Brand& brand) {
  SignCanvas canvas(1, .42f, 512, brand.ground);
  draw_mark(canvas, draw, {-.38f, .02f}, .085f, brand.ink);
  canvas.text(brand.name, {.10f, .03f}, .14f, .028f, .62f, brand.ink);
  canvas.rectangle({0, -.15f}, {1, .035f}, brand.ink);
  canvas.text("WWW " + brand.name + " EU", {.18f, -.095f}, .04f, .008f, .5f, brand.ink);
  return std::move(canvas).take("livery");
}

Texture curtain_livery(core::RandomStream& draw) {
  const Brand brand = draw_brand(draw);
  const float height = 2.45f / 13.4f;
  SignCanvas canvas(1, height, 1024, brand.ground);
  if (draw.chance(.45)) canvas.rectangle({0, -.42f * height}, {1, .12f * height}, brand.ink);
  if (draw.chance(.25)) {
    canvas.polygon(
        {{.5f, -.5f * height}, {.5f, .5f * height}, {.30f, .5f * height}, {.22f, -.5f * height}},
        brand.ink);
  }
  if (draw.chance(.85)) {
    draw_mark(canvas, draw, {-.36f, .02f}, .26f * height, brand.ink);
    canvas.text(brand.name, {-.04f, .02f}, .36f * height, .075f * height, .52f, brand.ink);
    canvas.text("TRANSPORT LOGISTIK", {-.04f, -.25f * height}, .10f * height, .02f * height, .4f,
                brand.ink);
  }
  return std::move(canvas).take("curtain");
}

std::uint16_t add_film(Model& model, Texture texture, const char* name, float roughness) {
  model.textures.push_back(std::move(texture));
  Material m = materials::plain(name, Vec3f(.8f), roughness, .4f);
  m.texture = static_cast<std::int32_t>(model.textures.size() - 1);
  m.clearcoat = .6f;
  model.materials.push_back(m);
  return static_cast<std::uint16_t>(model.materials.size() - 1);
}

TriangleMesh flat_film(float side, float y, float x0, float x1, float z0, float z1,
                       std::uint16_t material) {
  TriangleMesh mesh;
  const float a = side > 0 ? x1 : x0;  // where reading begins
  const float b = side > 0 ? x0 : x1;
  const Vec3f n(0, side, 0);
  const auto i = mesh.add_vertex({a, side * y, z0}, n, {0, 1});
  mesh.add_vertex({b, side * y, z0}, n, {1, 1});
  mesh.add_vertex({b, side * y, z1}, n, {1, 0});
  mesh.add_vertex({a, side * y, z1}, n, {0, 0});
  mesh.add_triangle(i, i + 1, i + 2, material);
  mesh.add_triangle(i, i + 2, i + 3, material);
  return mesh;
}

}  // namespace oddroad::asset
