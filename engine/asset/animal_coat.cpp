// Colours of coats. sRGB values of typical animals; 905 nm reflectances are estimates: melanin
// absorbs far less in the near infrared than in the visible, so that even dark hair returns.
#include "engine/asset/animal_shape.h"
#include "engine/asset/materials.h"

namespace oddroad::asset {

namespace {

using math::Vec3f;

struct Colours {
  Vec3f back, belly, legs, face, mane, marks;
};

Material hair(const char* name, const Vec3f& srgb, float shade) {
  const Vec3f c = shade * linear_from_srgb(static_cast<int>(srgb.x), static_cast<int>(srgb.y),
                                           static_cast<int>(srgb.z));
  const float grey = (c.x + c.y + c.z) / 3;
  return materials::plain(name, glm::max(c, Vec3f(.012f)), .9f, std::min(.75f, .32f + .6f * grey));
}

Colours one_colour(const Vec3f& c) {
  return {c, c, c, c, c, c};
}

Colours dog_colours(core::RandomStream& stream, AnimalCoat& coat) {
  switch (stream.below(6)) {
    case 0:
      return one_colour({200, 170, 120});  // labrador, yellow
    case 1:
      return one_colour({38, 34, 32});  // black
    case 2:                             // black and white
      coat.patches = .35;
      return {{36, 33, 31}, {225, 220, 210}, {225, 220, 210},
              {36, 33, 31}, {36, 33, 31},    {228, 224, 215}};
    case 3:  // shepherd
      coat.belly_line = .1;
      return {{48, 40, 34}, {150, 110, 70}, {150, 110, 70},
              {70, 55, 42}, {48, 40, 34},   {150, 110, 70}};
    case 4:
      return one_colour({120, 72, 42});  // brown
    default:                             // white with brown
      coat.patches = .5;
      return {{140, 90, 52}, {225, 218, 205}, {225, 218, 205},
              {140, 90, 52}, {140, 90, 52},   {226, 220, 208}};
  }
}

Colours colours_of(Kind kind, core::RandomStream& stream, AnimalCoat& coat) {
  switch (kind) {
    case Kind::kRoe:
      coat.rump = true;
      coat.belly_line = -.72;
      return stream.chance(.6) ? Colours{{146, 84, 46}, {172, 128, 88}, {138, 82, 48},
                                         {128, 86, 56}, {110, 70, 44},  {236, 230, 218}}
                               : Colours{{104, 92, 78}, {136, 122, 104}, {92, 80, 68},
                                         {100, 88, 76}, {80, 70, 60},    {238, 234, 226}};
    case Kind::kRedDeer:
      coat.rump = true;
      coat.belly_line = -.75;
      return {{122, 78, 48}, {112, 88, 66}, {96, 66, 46},
              {108, 76, 52}, {82, 54, 36},  {190, 160, 116}};
    case Kind::kMoose:
      return {{62, 48, 40}, {70, 58, 50}, {140, 128, 118},
              {74, 58, 48}, {50, 40, 34}, {120, 108, 98}};
    case Kind::kBoar:
      return {{58, 52, 46}, {66, 58, 52}, {40, 36, 33}, {56, 50, 45}, {36, 32, 30}, {120, 108, 92}};
    case Kind::kDog:
      return dog_colours(stream, coat);
    case Kind::kCat: {
      const std::uint32_t k = stream.below(4);
      if (k == 0) return one_colour({34, 31, 30});
      if (k == 1) return one_colour({186, 116, 58});
      coat.belly_line = k == 2 ? -.4 : -2;
      coat.patches = k == 3 ? .4 : 0;
      return {{112, 98, 82}, {210, 202, 190}, {118, 104, 88},
              {110, 96, 80}, {80, 70, 60},    {224, 218, 208}};
    }
    case Kind::kFox:
      coat.belly_line = -.35;
      coat.tail_tip = true;
      return {{184, 98, 44}, {226, 218, 206}, {38, 32, 30},
              {184, 98, 44}, {150, 80, 40},   {235, 230, 222}};
    case Kind::kCow:
      if (stream.chance(.6)) {  // Holstein
        coat.patches = .45;
        return {{32, 29, 28}, {225, 220, 212}, {222, 216, 206},
                {36, 33, 31}, {36, 33, 31},    {228, 224, 216}};
      }
      return stream.chance(.7) ? one_colour({120, 70, 40}) : one_colour({206, 182, 148});
    case Kind::kHorse: {
      const double p = stream.uniform();
      if (p < .48) {  // bay
        return {{95, 55, 35}, {98, 60, 40}, {34, 28, 26},
                {92, 54, 36}, {28, 24, 22}, {230, 226, 220}};
      }
      if (p < .75) {
        return {{128, 70, 38}, {132, 76, 44}, {126, 70, 40},
                {128, 72, 40}, {120, 68, 38}, {230, 226, 220}};
      }
      if (p < .86) return one_colour({34, 30, 28});
      return {{176, 172, 168}, {184, 180, 176}, {120, 116, 112},
              {186, 182, 178}, {150, 146, 142}, {220, 216, 212}};
    }
    case Kind::kSheep: {
      const bool dark = stream.chance(.5);
      const Vec3f face = dark ? Vec3f(42, 38, 36) : Vec3f(212, 202, 184);
      return {{205, 195, 175}, {196, 184, 164}, face, face, {205, 195, 175}, {205, 195, 175}};
    }
  }
  return {};
}

}  // namespace

AnimalCoat animal_coat(Kind kind, const PropNumbers& numbers) {
  core::RandomStream stream = numbers.stream("animal/coat");
  AnimalCoat coat;
  const float shade = static_cast<float>(stream.uniform(.85, 1.15));
  const Colours c = colours_of(kind, stream, coat);
  Material eye = materials::plain("animal_eye", {.02f, .015f, .012f}, .08f, .05f);
  eye.clearcoat = 1;
  eye.retro_905nm = 3;  // tapetum
  coat.materials = {hair("coat_back", c.back, shade),
                    hair("coat_belly", c.belly, shade),
                    hair("coat_legs", c.legs, shade),
                    hair("coat_face", c.face, shade),
                    hair("coat_mane", c.mane, shade),
                    hair("coat_marks", c.marks, 1),
                    materials::plain("hoof", {.035f, .03f, .027f}, .6f, .3f),
                    materials::plain("horn", {.22f, .17f, .12f}, .6f, .5f),
                    eye,
                    materials::plain("nose", {.02f, .018f, .018f}, .35f, .2f)};
  return coat;
}

}  // namespace oddroad::asset
