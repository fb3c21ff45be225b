#include "engine/asset/flat_roof.h"

namespace oddroad::asset {

void add_flat_roof(TriangleMesh& mesh, const FlatRoof& roof, core::RandomStream& random) {
  const float hd = .5f * roof.depth_m, hw = .5f * roof.width_m;
  mesh.append(
      box({0, 0, roof.top_m - .1f}, {roof.depth_m - .02f, roof.width_m - .02f, .2f}, roof.cover));
  const float middle = roof.top_m + .5f * roof.parapet_m;
  for (const float side : {-1.0f, 1.0f}) {
    mesh.append(
        box({side * (hd - .1f), 0, middle}, {.2f, roof.width_m, roof.parapet_m}, roof.wall));
    mesh.append(
        box({0, side * (hw - .1f), middle}, {roof.depth_m - .4f, .2f, roof.parapet_m}, roof.wall));
    // Sheet metal over the parapet.
    const float up = roof.top_m + roof.parapet_m + .02f;
    mesh.append(box({side * (hd - .1f), 0, up}, {.28f, roof.width_m + .08f, .04f}, roof.metal));
    mesh.append(box({0, side * (hw - .1f), up}, {roof.depth_m, .28f, .04f}, roof.metal));
  }
  const int things = 2 + static_cast<int>(random.below(3));
  for (int k = 0; k < things; ++k) {
    const auto at = [&](float half) {
      return static_cast<float>(random.uniform(-.6, .6)) * half;
    };
    const float x = at(hd), y = at(hw);
    if (random.chance(.5)) {
      mesh.append(box({x, y, roof.top_m + .6f}, {1.4f, 2.0f, 1.2f}, roof.metal, .03f));
    } else {
      mesh.append(
          cylinder({x, y, roof.top_m}, {x, y, roof.top_m + .9f}, .22f, .22f, 14, roof.metal));
    }
  }
}

}  // namespace oddroad::asset
