#include "engine/asset/person_traits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <sstream>

#include "engine/core/random.h"

namespace oddroad::asset {

using core::RandomStream;
using math::Vec3f;

namespace {

enum class Kind { kAdult, kChild, kRider };
Kind kind_of(const std::string& type) {
  if (type == "pedestrian.child") return Kind::kChild;
  return is_rider_type(type) ? Kind::kRider : Kind::kAdult;
}

struct Range {
  double lower, upper;
};
Range height_range(Kind kind) {
  if (kind == Kind::kChild) return {0.95, 1.65};
  return kind == Kind::kRider ? Range{1.50, 2.00} : Range{1.45, 2.05};
}

int weighted(RandomStream& draw, std::span<const double> weights) {
  double total = 0;
  for (const double w : weights) total += w;
  double x = draw.uniform() * total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if ((x -= weights[i]) < 0) return static_cast<int>(i);
  }
  return static_cast<int>(weights.size()) - 1;
}

RandomStream stream(const ModelRequest& request, const char* trait) {
  return RandomStream(request.seed, "person/" + request.type + "/" + trait);
}

bool is_female(const ModelRequest& request) {
  const auto set = request.numbers.find("sex");
  RandomStream draw = stream(request, "sex");
  const bool drawn = draw.chance(.5);
  return set == request.numbers.end() ? drawn : set->second >= .5;
}

Vec3f vary(const Vec3f& color, RandomStream& draw) {
  const float value = static_cast<float>(draw.uniform(.88, 1.12));
  return glm::clamp(color * value, Vec3f(.02f), Vec3f(.85f));
}

Vec3f upper_color(RandomStream& draw, bool child) {
  constexpr std::array<double, 10> kAdult{27, 15, 13, 12, 8, 6, 7, 5, 3, 4};
  constexpr std::array<double, 10> kChild{8, 12, 10, 12, 14, 14, 5, 9, 8, 8};
  const std::array<Vec3f, 10> colors{Vec3f(.035f, .035f, .037f), Vec3f(.22f, .22f, .225f),
                                     Vec3f(.68f, .68f, .66f),    Vec3f(.03f, .04f, .085f),
                                     Vec3f(.06f, .14f, .34f),    Vec3f(.36f, .035f, .035f),
                                     Vec3f(.30f, .21f, .12f),    Vec3f(.06f, .16f, .07f),
                                     Vec3f(.62f, .42f, .06f),    Vec3f(.48f, .16f, .28f)};
  return vary(colors[weighted(draw, child ? kChild : kAdult)], draw);
}

Vec3f lower_color(RandomStream& draw) {
  constexpr std::array<double, 7> kShare{30, 28, 12, 9, 10, 5, 6};
  const std::array<Vec3f, 7> colors{Vec3f(.035f, .035f, .038f), Vec3f(.085f, .125f, .215f),
                                    Vec3f(.17f, .17f, .175f),   Vec3f(.03f, .04f, .08f),
                                    Vec3f(.30f, .235f, .145f),  Vec3f(.60f, .59f, .56f),
                                    Vec3f(.16f, .07f, .06f)};
  return vary(colors[weighted(draw, kShare)], draw);
}

void draw_shoes(const ModelRequest& request, Outfit& outfit) {
  RandomStream draw = stream(request, "shoes");
  constexpr std::array<double, 5> kShare{33, 27, 15, 12, 13};
  const std::array<Vec3f, 5> colors{Vec3f(.03f), Vec3f(.62f, .62f, .60f), Vec3f(.14f, .075f, .04f),
                                    Vec3f(.2f), Vec3f(.25f, .05f, .06f)};
  const int which = weighted(draw, kShare);
  outfit.shoe_color = vary(colors[which], draw);
  outfit.leather_shoes = which == 2 || (which == 0 && draw.chance(.4));
  outfit.sole_color = outfit.leather_shoes ? Vec3f(.03f) : Vec3f(.58f, .57f, .54f);
  if (!outfit.leather_shoes && draw.chance(.3)) outfit.sole_color = Vec3f(.05f);
}

// Diffuse reflectance in the visible; hues stay as far as no channel leaves what cloth can be.
void set_lightness(Vec3f& color, double share) {
  const float luminance = glm::dot(color, Vec3f(.2126f, .7152f, .0722f));
  color = glm::min(color * (static_cast<float>(share) / luminance), Vec3f(.9f));
}

Outfit draw_outfit(const ModelRequest& request, Kind kind) {
  Outfit out;
  const bool child = kind == Kind::kChild;
  RandomStream cut = stream(request, "cut");
  constexpr std::array<double, 5> kAdultUpper{20, 24, 14, 30, 12};
  constexpr std::array<double, 5> kChildUpper{34, 18, 24, 18, 6};
  out.upper = static_cast<Upper>(weighted(cut, child ? kChildUpper : kAdultUpper));
  const bool warm = out.upper == Upper::kJacket || out.upper == Upper::kParka;
  const double shorts = warm ? 0 : (child ? .30 : .10);
  out.lower =
      cut.chance(shorts) ? Lower::kShorts : (cut.chance(.35) ? Lower::kSlim : Lower::kJeans);
  RandomStream paint = stream(request, "cloth");
  out.upper_color = upper_color(paint, child);
  out.upper_accent = upper_color(paint, true);
  out.lower_color = lower_color(paint);
  out.stripes = !warm && out.upper != Upper::kHoodie && paint.chance(child ? .18 : .10);
  if (out.stripes && glm::length(out.upper_accent - out.upper_color) < .2f) {
    out.upper_accent =
        glm::length(out.upper_color) > .6f ? Vec3f(.04f, .05f, .10f) : Vec3f(.66f, .66f, .63f);
  }
  out.bag_color = upper_color(paint, child);
  draw_shoes(request, out);
  const auto clothes = request.numbers.find("clothes");
  if (clothes == request.numbers.end()) return out;
  for (Vec3f* color : {&out.upper_color, &out.upper_accent, &out.lower_color, &out.bag_color}) {
    set_lightness(*color, clothes->second);
  }
  return out;
}

Vec3f hair_color(RandomStream& draw, int monk, bool child) {
  const auto srgb = [](int r, int g, int b) {
    return linear_from_srgb(r, g, b);
  };
  const std::array<Vec3f, 6> colors{srgb(46, 34, 27),   srgb(84, 58, 38),    srgb(24, 20, 18),
                                    srgb(176, 140, 92), srgb(150, 148, 145), srgb(130, 65, 35)};
  std::array<double, 6> share{35, 25, 12, child ? 18. : 12., child ? 0. : 12., 2};
  if (monk >= 5) share = {30, 6, 60, .5, child ? 0. : 6., .5};
  return vary(colors[weighted(draw, share)], draw);
}

HairStyle hair_style(RandomStream& draw, bool female, Kind kind, bool motor, int monk) {
  if (motor) return HairStyle::kHelmet;
  if (kind == Kind::kRider && draw.chance(.45)) return HairStyle::kHelmet;
  // In the order of HairStyle; helmets are drawn above.
  constexpr std::array<double, 11> kMan{9, 66, 9, 0, 0, 2, 6, 0, 8, 0, 0};
  constexpr std::array<double, 11> kWoman{0, 10, 26, 29, 18, 8, 5, 0, 2, 0, 2};
  constexpr std::array<double, 11> kBoy{0, 68, 14, 0, 0, 0, 9, 0, 9, 0, 0};
  constexpr std::array<double, 11> kGirl{0, 6, 26, 28, 28, 2, 7, 0, 3, 0, 0};
  const bool child = kind == Kind::kChild;
  const auto style = static_cast<HairStyle>(
      weighted(draw, female ? (child ? kGirl : kWoman) : (child ? kBoy : kMan)));
  const bool loose = style == HairStyle::kMedium || style == HairStyle::kLong;
  return monk >= 7 && loose && draw.chance(.6) ? HairStyle::kAfro : style;
}

GaitStyle draw_gait(const ModelRequest& request, bool backpack) {
  RandomStream draw = stream(request, "gait");
  GaitStyle gait;
  gait.amplitude = draw.uniform(.96, 1.04);
  gait.stride = draw.uniform(.96, 1.04);
  const double arms = draw.uniform(.85, 1.15);
  gait.arm_swing[0] = arms * draw.uniform(.97, 1.03);
  gait.arm_swing[1] = arms * draw.uniform(.97, 1.03);
  gait.lean_rad = draw.uniform(0, .035) + (backpack ? .03 : 0);
  gait.toe_out_rad = draw.uniform(.07, .17);
  gait.step_width_m = draw.uniform(.09, .12);
  gait.resting_side = draw.chance(.5) ? 1 : 0;
  return gait;
}

bool carries(const std::string& type) {
  return type == "pedestrian.adult" || type == "pedestrian.child";
}

core::Diagnostics check_numbers(const ModelRequest& request) {
  core::Diagnostics problems;
  const Range height = height_range(kind_of(request.type));
  for (const auto& [key, value] : request.numbers) {
    Range range{0, 1};
    if (key == "height") {
      range = height;
    } else if (key == "skin") {
      range = {1, 10};
    } else if (key == "clothes") {
      range = {0.02, 0.8};
    } else if (key == "carry" && carries(request.type)) {
      range = {0, 4};
    } else if (key != "sex" && key != "backpack") {
      problems.error({}, request.type + " has no number '" + key + "'",
                     carries(request.type) ? "known: height, skin, sex, clothes, backpack, carry"
                                           : "known: height, skin, sex, clothes, backpack");
      continue;
    }
    if (!(value >= range.lower && value <= range.upper)) {
      std::ostringstream text;
      text << request.type << ": " << key << " is " << value << ", expected " << range.lower
           << " to " << range.upper;
      problems.error({}, text.str());
    }
  }
  return problems;
}

double hair_top_m(HairStyle style) {
  if (style == HairStyle::kBald) return 0;
  if (style == HairStyle::kAfro) return .045;
  return style == HairStyle::kShort ? .012 : .016;
}

}  // namespace

bool is_rider_type(const std::string& type) {
  return type == "bicycle.rider" || type == "motorcycle.rider" || type == "moped.rider" ||
         type == "scooter.rider" || type == "wheelchair.sitter";
}

Vec3f skin_albedo(int monk) {
  constexpr float kRows[10][3] = {
      {.66f, .49f, .41f},    {.62f, .45f, .36f},   {.58f, .42f, .31f},   {.52f, .36f, .24f},
      {.44f, .28f, .17f},    {.31f, .18f, .095f},  {.21f, .105f, .058f}, {.115f, .055f, .035f},
      {.060f, .035f, .025f}, {.035f, .022f, .017f}};
  const float* row = kRows[std::clamp(monk, 1, 10) - 1];
  return {row[0], row[1], row[2]};
}

double person_height_m(const ModelRequest& request) {
  const auto set = request.numbers.find("height");
  if (set != request.numbers.end()) return set->second;
  const Kind kind = kind_of(request.type);
  RandomStream draw = stream(request, "height");
  const double z = std::clamp(draw.normal(), -2.2, 2.2);
  if (kind == Kind::kChild) return 1.27 + .11 * z;
  return is_female(request) ? 1.64 + .06 * z : 1.775 + .065 * z;
}

core::Result<PersonTraits> person_traits(const ModelRequest& request) {
  const core::Diagnostics problems = check_numbers(request);
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(problems);
  const Kind kind = kind_of(request.type);
  const auto number = [&](const char* key, double otherwise) {
    const auto set = request.numbers.find(key);
    return set == request.numbers.end() ? otherwise : set->second;
  };
  PersonTraits t;
  const bool female = is_female(request);
  t.height_m = person_height_m(request);
  RandomStream looks = stream(request, "looks");
  constexpr std::array<double, 10> kSkin{10, 18, 22, 16, 10, 8, 6, 5, 3, 2};
  t.skin = static_cast<int>(std::lround(number("skin", 1 + weighted(looks, kSkin))));
  t.skin_color = skin_albedo(t.skin);
  RandomStream hair = stream(request, "hair");
  const bool motor = request.type == "motorcycle.rider" || request.type == "moped.rider";
  t.hair = hair_style(hair, female, kind, motor, t.skin);
  t.hair_color = hair_color(hair, t.skin, kind == Kind::kChild);
  t.beard = !female && kind != Kind::kChild && hair.chance(.25);
  RandomStream eyes = stream(request, "glasses");
  t.glasses = !motor && eyes.chance(kind == Kind::kChild ? .08 : .25);
  t.outfit = draw_outfit(request, kind);
  RandomStream bag = stream(request, "backpack");
  t.backpack = number("backpack", bag.chance(kind == Kind::kChild ? .45 : .18) ? 1 : 0) >= .5;
  t.gait = draw_gait(request, t.backpack);
  t.rides = kind == Kind::kRider || request.type == "pedestrian.pusher";
  t.carry = static_cast<int>(std::lround(number("carry", 0)));
  t.childlike = kind == Kind::kChild ? std::clamp((1.62 - t.height_m) / .5, 0.0, 1.0) : 0;

  RandomStream body = stream(request, "build");
  const double muscle = body.uniform(.95, 1.06);
  const double bulk = std::clamp(body.normal(), -1.5, 2.0);
  const double sole = kind == Kind::kChild ? .018 : .024;
  const double stature = t.height_m - sole - hair_top_m(t.hair);
  t.shape = kind == Kind::kChild ? child_shape(stature, female, {1.03 + .03 * bulk, muscle})
                                 : adult_shape(stature, female, {1.02 + .055 * bulk, muscle});
  t.shape.sole_m = sole;
  return t;
}

}  // namespace oddroad::asset
