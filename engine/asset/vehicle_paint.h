// Materials of vehicles. Every vehicle has the same list in the same order; the paint differs.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/asset/material.h"
#include "engine/core/random.h"

namespace oddroad::asset {

enum PaintColour {
  kWhite,
  kBlack,
  kGrey,
  kSilver,
  kBlue,
  kRed,
  kGreen,
  kBeige,
  kYellow,
  kPaintColours
};

// Indices into the list that vehicle_materials returns.
namespace surface {
enum Surface : std::uint16_t {
  kPaint,
  kGlass,       // windscreen, front side windows
  kPrivacy,     // rear side windows, rear window
  kBlackGloss,  // pillars, frit, seals
  kPlastic,     // unpainted trim
  kGap,         // panel gaps, slots
  kUnderbody,   // wheel houses, floor
  kGrille,
  kChrome,
  kLampHousing,
  kLampLens,   // projector, reflector
  kLampGuide,  // daytime running light
  kTailLamp,
  kTailDark,
  kAmber,
  kReverseLamp,
  kReflector,
  kPlate,
  kTyre,
  kRim,
  kRimDark,
  kBrakeDisc,
  kMirrorGlass,
  kTrim,    // dashboard, console, steering wheel
  kSeat,    // cloth or leather
  kLining,  // bulkheads, pillars inside
  kCount
};
}  // namespace surface

// Shares of the cars on European roads, older ones included; two of three vans are white.
int draw_paint_colour(core::RandomStream& stream, bool van);
// The seed varies shade and dirt. The plate expects texture 0.
std::vector<Material> vehicle_materials(int paint, std::uint64_t seed);

}  // namespace oddroad::asset
