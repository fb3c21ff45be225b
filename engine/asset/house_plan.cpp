#include "engine/asset/house_plan.h"

#include <algorithm>
#include <cmath>

namespace oddroad::asset {

HousePlan plan_house(const PropNumbers& numbers) {
  core::RandomStream r = numbers.stream("house/plan");
  const auto uniform = [&](double a, double b) {
    return static_cast<float>(r.uniform(a, b));
  };
  HousePlan p;
  const double style = r.uniform();
  p.style = style < .45   ? kTownRender
            : style < .65 ? kBrickTerrace
            : style < .85 ? kNineteenthCentury
                          : kModern;
  if (numbers.is_set("style")) {
    p.style = static_cast<HouseStyle>(std::lround(numbers.get("style")));
  }
  const int drawn_storeys = p.style == kFlats               ? 4 + static_cast<int>(r.below(2))
                            : p.style == kFarmhouse         ? 1 + static_cast<int>(r.below(2))
                            : p.style == kNineteenthCentury ? 3 + static_cast<int>(r.below(2))
                                                            : 2 + static_cast<int>(r.below(2));
  p.width_m = numbers.is_set("width") ? static_cast<float>(numbers.get("width")) : uniform(8, 13);
  p.depth_m = numbers.is_set("depth") ? static_cast<float>(numbers.get("depth")) : uniform(9, 11);
  p.storeys = numbers.is_set("storeys") ? static_cast<int>(std::lround(numbers.get("storeys")))
                                        : drawn_storeys;
  const auto detached = std::lround(numbers.get("detached"));
  p.open_left = detached == 1 || detached == 2;
  p.open_right = detached == 1 || detached == 3;
  switch (p.style) {
    case kTownRender:
      p.facade.surround = r.chance(.6);
      p.facade.shutters = r.chance(.45);
      p.facade.bars = r.chance(.6) ? 1 : 2;
      p.pitch = p.facade.shutters ? 2.9f : uniform(2.3, 2.7);
      break;
    case kBrickTerrace:
      p.ground_m = 2.85f;
      p.upper_m = 2.65f;
      p.window_w = 1.05f;
      p.window_h = 1.55f;
      p.sill = .75f;
      p.facade.lintel = true;
      p.facade.bars = 3;
      p.facade.reveal_m = .13f;
      break;
    case kNineteenthCentury:
      p.ground_m = 3.8f;
      p.upper_m = 3.35f;
      p.window_w = 1.15f;
      p.window_h = 2.0f;
      p.sill = .75f;
      p.facade.surround = true;
      p.facade.bars = 2;
      p.string_courses = true;
      break;
    case kModern:
      p.ground_m = 3.0f;
      p.upper_m = 2.9f;
      p.window_w = uniform(1.3, 1.9);
      p.window_h = 1.5f;
      p.sill = .8f;
      p.pitch = p.window_w + 1.2f;
      p.facade.reveal_m = .24f;
      p.facade.bars = r.chance(.5) ? 1 : 0;
      p.plinth_m = .3f;
      break;
    case kFlats:
      p.ground_m = 2.9f;
      p.upper_m = 2.8f;
      p.window_w = 1.6f;
      p.window_h = 1.4f;
      p.sill = .85f;
      p.pitch = 3.3f;
      p.facade.reveal_m = .16f;
      p.facade.bars = 1;
      p.plinth_m = .5f;
      break;
    case kFarmhouse:
      p.ground_m = 2.9f;
      p.upper_m = 2.5f;
      p.window_w = 1.0f;
      p.window_h = 1.2f;
      p.pitch = 2.4f;
      p.facade.lintel = true;
      p.facade.shutters = r.chance(.6);
      p.facade.bars = 2;
      break;
  }
  p.shop = (p.style == kTownRender || p.style == kNineteenthCentury) && r.chance(.25);
  if (numbers.is_set("shop")) p.shop = numbers.get("shop") > .5;
  if (p.shop) p.ground_m = std::max(p.ground_m, 3.5f);
  p.roof_pitch_rad = p.style == kModern ? uniform(.44, .58) : uniform(.65, .82);
  if (p.style == kFarmhouse) p.roof_pitch_rad = uniform(.78, .9);
  p.balconies = p.style == kFlats || ((p.style == kModern || p.style == kNineteenthCentury) &&
                                      numbers.stream("house/balconies").chance(.5));
  p.dormers = p.style != kModern && p.style != kFlats && r.chance(.45)
                  ? 1 + static_cast<int>(r.below(2))
                  : 0;
  const auto roof = std::lround(numbers.get("roof"));
  p.flat_roof = p.style == kFlats || roof == 1;
  p.gable_to_street = !p.flat_roof && roof == 2;
  if (p.gable_to_street) p.dormers = 0;
  return p;
}

Facade lay_out(const HousePlan& p, float width, int door_bay, bool shop) {
  Facade f;
  f.width_m = width;
  f.bottom_m = p.plinth_m;
  f.ground_m = p.plinth_m + p.ground_m;
  f.top_m = p.eaves_m();
  const int bays = std::max(1, static_cast<int>((width - .8f) / p.pitch));
  const float pitch = (width - .8f) / static_cast<float>(bays);
  const float window = std::min(p.window_w, .6f * pitch);
  for (int s = 0; s < p.storeys; ++s) {
    const float floor =
        p.plinth_m + (s == 0 ? 0 : p.ground_m + p.upper_m * static_cast<float>(s - 1));
    const float storey = s == 0 ? p.ground_m : p.upper_m;
    for (int b = 0; b < bays; ++b) {
      const float mid = .4f + pitch * (static_cast<float>(b) + .5f);
      Opening o;
      if (s == 0 && b == door_bay) {
        o = {OpeningKind::kDoor, mid - .56f, p.plinth_m, mid + .56f,
             p.plinth_m + std::min(storey - .5f, p.style == kNineteenthCentury ? 2.9f : 2.5f)};
      } else if (s == 0 && shop) {
        o = {OpeningKind::kShop, mid - .42f * pitch, p.plinth_m + .1f, mid + .42f * pitch,
             p.plinth_m + storey - 1.0f};
      } else {
        const float top = std::min(floor + p.sill + p.window_h, floor + storey - .35f);
        o = {OpeningKind::kWindow, mid - .5f * window, floor + p.sill, mid + .5f * window, top};
      }
      f.openings.push_back(o);
    }
  }
  return f;
}

}  // namespace oddroad::asset
