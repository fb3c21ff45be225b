// What a house is like before any geometry: size, style, roof, and the bays of its walls.
#pragma once

#include "engine/asset/facade.h"
#include "engine/asset/prop.h"

namespace oddroad::asset {

enum HouseStyle { kTownRender, kBrickTerrace, kNineteenthCentury, kModern, kFlats, kFarmhouse };

// Everything drawn from the seed once, before any geometry.
struct HousePlan {
  HouseStyle style = kTownRender;
  float width_m = 0, depth_m = 0;
  int storeys = 0;
  bool open_left = true, open_right = true;  // windows in the walls to +y and to -y
  bool flat_roof = false, gable_to_street = false;
  float plinth_m = .45f, ground_m = 3.0f, upper_m = 2.75f;
  float window_w = 1.1f, window_h = 1.4f, sill = .85f, pitch = 2.5f;
  bool shop = false;
  bool string_courses = false;
  bool balconies = false;
  float roof_pitch_rad = .75f;
  int dormers = 0;
  FacadeStyle facade;

  [[nodiscard]] float eaves_m() const {
    return plinth_m + ground_m + upper_m * static_cast<float>(storeys - 1) + .15f;
  }
};

HousePlan plan_house(const PropNumbers& numbers);

// The bays of one wall. `door_bay` < 0: no door.
Facade lay_out(const HousePlan& plan, float width, int door_bay, bool shop);

}  // namespace oddroad::asset
