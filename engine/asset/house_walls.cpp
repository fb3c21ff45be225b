#include "engine/asset/house_walls.h"

#include <algorithm>

namespace oddroad::asset {

void add_bands(TriangleMesh& mesh, const HousePlan& p, const Affine3f& T, float width, bool wraps,
               bool sign) {
  const auto band = [&](float v0, float v1, float out, std::uint16_t material) {
    mesh.append(box({.5f * width, .5f * (v0 + v1), .5f * out},
                    {width + (wraps ? 2 * out : 0), v1 - v0, out}, material, .008f),
                T);
  };
  // The plinth goes down a metre, so that sloping ground never shows under the house.
  band(-1.0f, p.plinth_m, .03f, kHousePlinth);
  const float eaves = p.eaves_m();
  if (p.string_courses) {
    band(p.plinth_m + p.ground_m - .1f, p.plinth_m + p.ground_m + .1f, .09f, kHouseTrim);
    band(eaves - .5f, eaves - .38f, .12f, kHouseTrim);
    band(eaves - .38f, eaves - .15f, .24f, kHouseTrim);
  } else if (p.style == kTownRender) {
    band(eaves - .28f, eaves - .1f, .07f, kHouseTrim);
  }
  if (sign) {
    band(p.plinth_m + p.ground_m - .85f, p.plinth_m + p.ground_m - .2f, .14f, kHouseSign);
  }
}

void add_balconies(TriangleMesh& mesh, const HousePlan& p, const Facade& facade) {
  const bool flats = p.style == kFlats;
  const int bays = std::max(1, static_cast<int>((facade.width_m - .8f) / p.pitch));
  int index = 0;
  for (const Opening& o : facade.openings) {
    const int bay = index % bays, storey = index / bays;
    ++index;
    if (o.kind != OpeningKind::kWindow || storey == 0) continue;
    if (flats ? bay % 2 == 1 : (bay != bays / 2 || storey != 1)) continue;
    const float deep = flats ? 1.35f : .8f, beside = flats ? .7f : .3f;
    const float u0 = o.u0 - beside, u1 = o.u1 + beside, floor = o.v0 - p.sill;
    const auto bar = [&](const Vec3f& low, const Vec3f& high, std::uint16_t material) {
      mesh.append(box(.5f * (low + high), high - low, material, .01f), facade.T);
    };
    bar({u0, floor - .18f, 0}, {u1, floor, deep}, kHouseTrim);
    if (flats) {
      bar({u0, floor, deep - .06f}, {u1, floor + 1.0f, deep}, kHouseShutter);
      for (const float u : {u0, u1 - .06f}) {
        bar({u, floor, 0}, {u + .06f, floor + 1.0f, deep - .06f}, kHouseShutter);
      }
      continue;
    }
    const auto rail = [&](float a, float b, float w0, float w1) {
      bar({a, floor + .96f, w0}, {b, floor + 1.0f, w1}, kHouseDark);
    };
    rail(u0, u1, deep - .05f, deep - .01f);
    rail(u0, u0 + .04f, 0, deep);
    rail(u1 - .04f, u1, 0, deep);
    for (float u = u0 + .02f; u < u1; u += .12f) {
      bar({u, floor, deep - .04f}, {u + .015f, floor + .97f, deep - .02f}, kHouseDark);
    }
  }
}

}  // namespace oddroad::asset
