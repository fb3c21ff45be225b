// What a request's seed decides about a person: body, looks, clothes, gait. Each trait has its own
// stream of draws, so that fixing one number changes no other trait.
#pragma once

#include <cstdint>

#include "engine/asset/catalog.h"
#include "engine/asset/gait.h"
#include "engine/asset/person_shape.h"

namespace oddroad::asset {

enum class HairStyle {
  kBald,
  kShort,
  kMedium,
  kLong,
  kPonytail,
  kBun,
  kBeanie,
  kHelmet,
  kCap,
  kAfro,
  kScarf,
};
enum class Upper { kTShirt, kSweater, kHoodie, kJacket, kParka };
enum class Lower { kJeans, kSlim, kShorts };

struct Outfit {
  Upper upper = Upper::kSweater;
  Lower lower = Lower::kJeans;
  bool stripes = false;
  bool leather_shoes = false;
  math::Vec3f upper_color{.2f}, upper_accent{.3f}, lower_color{.1f};
  math::Vec3f shoe_color{.05f}, sole_color{.4f}, bag_color{.1f};
};

struct PersonTraits {
  BodyShape shape;
  GaitStyle gait;
  Outfit outfit;
  int skin = 5;  // Monk scale 1-10
  math::Vec3f skin_color{.4f};
  math::Vec3f hair_color{.05f};
  HairStyle hair = HairStyle::kShort;
  double childlike = 0;  // 1 at five years, 0 grown up
  bool beard = false;
  bool glasses = false;
  bool backpack = false;
  bool rides = false;      // hands closed around a bar
  int carry = 0;           // Carry of person_carry.h
  double height_m = 1.75;  // in shoes, hair included: the top of the standing figure
};

// People who ride something: bicycle.rider, motorcycle.rider, moped.rider, scooter.rider,
// wheelchair.sitter.
bool is_rider_type(const std::string& type);

// Errors: unknown number key, a number out of its range.
core::Result<PersonTraits> person_traits(const ModelRequest& request);

// The stature of a request without its other traits: "height" or a draw.
double person_height_m(const ModelRequest& request);

// Albedo of a Monk skin tone as rendered, linear RGB.
math::Vec3f skin_albedo(int monk);

}  // namespace oddroad::asset
