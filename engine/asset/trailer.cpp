// Trailers behind cars.
#include <cmath>

#include "engine/asset/heavy.h"
#include "engine/asset/vehicle_kit.h"

namespace oddroad::asset {

using namespace kit;

namespace {

constexpr Tyre kTyre{.30, .175, .19};

void add_drawbar(TriangleMesh& m, float body_front, float coupling) {
  for (const float s : {-1.f, 1.f}) {
    const Vec3f bar[] = {{body_front - .1f, s * .45f, .42f}, {coupling - .1f, s * .03f, .43f}};
    const float r[] = {.035f};
    m.append(tube(bar, r, 8, surface::kRim));
  }
  m.append(box({coupling - .05f, 0, .44f}, {.22f, .10f, .09f}, surface::kUnderbody, .02f));
  m.append(cylinder({coupling - .45f, .12f, .10f}, {coupling - .45f, .12f, .60f}, .025f, .025f, 8,
                    surface::kRim));
  m.append(cylinder({coupling - .45f, .09f, .10f}, {coupling - .45f, .15f, .10f}, .10f, .10f, 14,
                    surface::kTyre));
}

void add_lamps_behind(Kit& k, float x, float half, float z) {
  for (const float s : {-1.f, 1.f}) {
    const auto lamp = [&](float from, float to, std::uint16_t material) {
      const float a = s * (half - from);
      const float b = s * (half - to);
      k.body.append(
          face(-1, x, std::min(a, b), std::max(a, b), z - .05f, z + .05f, .02f, material));
    };
    lamp(.02f, .09f, k.lamp.indicator);
    lamp(.09f, .16f, k.lamp.brake);
    lamp(.16f, .23f, k.lamp.tail);
    lamp(.23f, .27f, k.lamp.reverse);
  }
  k.body.append(face(-1, x, -.26f, .26f, z - .055f, z + .055f, .01f, surface::kPlate));
}

void add_mudguards(TriangleMesh& m, float y, float width) {
  std::vector<Vec2f> arc;
  for (const float r : {.37f, .35f}) {
    for (int i = 0; i <= 10; ++i) {
      const float a = kPi * (.05f + .9f * static_cast<float>(r > .36f ? i : 10 - i) / 10);
      arc.emplace_back(r * std::cos(a), .30f + r * std::sin(a));
    }
  }
  for (const float s : {-1.f, 1.f}) {
    m.append(
        transformed(swept(arc, .5f * width, surface::kPlastic, 0), translation({0, s * y, 0})));
  }
}

VehicleSize car_trailer_size(const PropNumbers&) {
  return {3.30, 1.70, 1.05, 2.15, .06};
}
// Open box on one axle outside the body.
Model make_car_trailer(const PropNumbers& n) {
  const VehicleSize s = car_trailer_size(n);
  Kit k = begin(n, "trailer", true);
  TriangleMesh& m = k.body;
  const float rear = -f(s.rear_m());
  const float front = 1.05f;
  const float half = .62f;
  const float mid = .5f * (rear + front);
  m.append(box({mid, 0, .56f}, {front - rear, 2 * half, .06f}, surface::kUnderbody));
  for (const float side : {-1.f, 1.f}) {
    m.append(
        box({mid, side * (half - .015f), .82f}, {front - rear, .03f, .46f}, surface::kRim, .006f));
    m.append(box({side > 0 ? front - .015f : rear + .035f, 0, .82f}, {.03f, 2 * half, .46f},
                 surface::kRim, .006f));
    for (const float u : {-.3f, .3f}) {
      m.append(
          box({mid + u * (front - rear), side * half, .82f}, {.05f, .03f, .44f}, surface::kRim));
    }
  }
  m.append(box({0, 0, .33f}, {.10f, 1.45f, .08f}, surface::kUnderbody));
  m.append(box({mid, 0, .47f}, {front - rear - .2f, .7f, .12f}, surface::kUnderbody));
  add_drawbar(m, front, f(s.wheelbase_m));
  add_mudguards(m, .74f, .22f);
  add_lamps_behind(k, rear + .015f, half + .03f, .50f);  // proud of the floor
  add_axle(k.model, {0, 1.48, false, false}, kTyre, "rear");
  return finish(std::move(k), s, 0);
}

VehicleSize caravan_size(const PropNumbers& n) {
  const double length = n.get("length");
  return {length, 2.30, 2.60, .58 * length, .06};
}
Model make_caravan(const PropNumbers& n) {
  const VehicleSize s = caravan_size(n);
  Kit k = begin(n, "trailer", true);
  TriangleMesh& m = k.body;
  const float rear = -f(s.rear_m()) + .02f;
  const float front = f(s.wheelbase_m) - 1.15f;
  const float half = 1.14f;
  const float low = .42f;
  std::vector<Vec2f> side = {{front - .05f, low + .15f}, {front, .95f},       {front - .10f, 1.9f},
                             {front - .5f, 2.5f},        {front - .9f, 2.6f}, {rear + .45f, 2.6f},
                             {rear + .12f, 2.4f},        {rear, 1.6f},        {rear + .03f, .55f},
                             {rear + .15f, low}};
  const std::vector<Vec2f> arch = arches({0.f}, .36f, .32f, low);
  side.insert(side.end(), arch.rbegin(), arch.rend());
  side.push_back({front - .25f, low});
  m.append(swept(side, half, surface::kPaint, .05f));
  set_material(m, surface::kPaint);
  k.model.materials[surface::kPaint].base_color = {.62f, .62f, .59f};
  m.append(box({0, 0, .5f}, {.72f, 1.7f, .3f}, surface::kUnderbody));
  m.append(
      flank(-1, half, .55f, 1.2f, .5f, 2.25f, .008f, surface::kRim));  // door, under the window
  for (const float sgn : {-1.f, 1.f}) {
    m.append(flank(sgn, half, front - 1.7f, front - .75f, 1.35f, 2.0f, .02f, surface::kPrivacy));
    m.append(flank(sgn, half, rear + .5f, rear + 1.4f, 1.35f, 2.0f, .02f, surface::kPrivacy));
    m.append(flank(sgn, half, rear + .1f, front - .12f, 1.02f, 1.12f, .004f, surface::kGrille));
    m.append(flank(sgn, half, rear + .1f, rear + .2f, .70f, .76f, .01f, k.lamp.indicator));
  }
  m.append(plate({front - .03f, -.85f, 1.2f}, {front - .03f, .85f, 1.2f},
                 {front - .095f, .85f, 1.86f}, {front - .095f, -.85f, 1.86f}, .02f,
                 surface::kPrivacy));
  m.append(face(-1, rear + .012f, -.8f, .8f, 1.35f, 1.58f, .014f, surface::kPrivacy));
  add_drawbar(m, front, f(s.wheelbase_m));
  m.append(box({front + .35f, 0, .68f}, {.6f, 1.0f, .42f}, surface::kPaint, .06f));
  add_lamps_behind(k, rear + .03f, half - .05f, .70f);
  constexpr Tyre tyre{.32, .195, .20};
  add_axle(k.model, {0, 2.02, false, false}, tyre, "rear");
  return finish(std::move(k), s, 0);
}

}  // namespace

std::vector<PropType> trailer_types() {
  const NumberRange paint{"paint", 0, 8, 0, true};
  return {
      {"trailer.car", {paint}, size_of<car_trailer_size>, make_car_trailer},
      {"trailer.caravan", {{"length", 5, 8.5, 6.6}, paint}, size_of<caravan_size>, make_caravan}};
}

}  // namespace oddroad::asset
