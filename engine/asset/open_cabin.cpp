#include "engine/asset/open_cabin.h"

#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

TriangleMesh side_glazing(float side, float y, float x0, float x1, float z0, float z1, int panes) {
  using namespace surface;
  TriangleMesh m;
  const float pitch = (x1 - x0) / static_cast<float>(panes);
  for (int i = 0; i <= panes; ++i) {
    const float x = x0 + pitch * static_cast<float>(i);
    m.append(
        box({x, side * (y - .02f), .5f * (z0 + z1)}, {.09f, .06f, z1 - z0 + .04f}, kBlackGloss));
    if (i == panes) break;
    const Vec3f a(x, side * y, z0), b(x + pitch, side * y, z0);
    const Vec3f c(x + pitch, side * y, z1), d(x, side * y, z1);
    if (side < 0) {
      m.add_quad(a, b, c, d, kGlass);
    } else {
      m.add_quad(b, a, d, c, kGlass);
    }
  }
  for (const float z : {z0, z1}) {
    m.append(box({.5f * (x0 + x1), side * y, z}, {x1 - x0, .03f, .07f}, kBlackGloss));
  }
  return m;
}

TriangleMesh cross_pane(float towards, float half, float x_low, float z0, float x_high, float z1,
                        std::uint16_t material) {
  TriangleMesh m;
  const float s = towards;
  m.add_quad({x_low, -s * half, z0}, {x_low, s * half, z0}, {x_high, s * half, z1},
             {x_high, -s * half, z1}, material);
  return m;
}

}  // namespace oddroad::asset
