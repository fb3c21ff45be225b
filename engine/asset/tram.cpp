// A tram: one four-axle car of 14 m on two bogies (rigid, so that it keeps to one pose), driver's
// cab at the front, doors on the right. Origin below the rear bogie's middle; the front bogie
// stands for the front axle.
#include <cmath>

#include "engine/asset/cabin.h"
#include "engine/asset/heavy.h"
#include "engine/asset/materials.h"
#include "engine/asset/open_cabin.h"
#include "engine/asset/vehicle_kit.h"
#include "engine/asset/vehicle_livery.h"

namespace oddroad::asset {

using namespace kit;

namespace {

constexpr float kHalf = 1.20f;
constexpr float kSill = 1.18f;
constexpr float kHead = 2.52f;
constexpr float kRoofZ = 3.05f;

VehicleSize tram_size(const PropNumbers&) {
  return {14.0, 2.40, 3.50, 6.40, 3.80};
}

void add_shell(TriangleMesh& m, float x0, float x1, std::uint16_t lower) {
  // Raked noses at both ends, skirts down to the bogies.
  m.append(swept({{x1 - .10f, .22f},
                  {x1, .40f},
                  {x1, .95f},
                  {x1 - .06f, kSill},
                  {x0 + .06f, kSill},
                  {x0, .95f},
                  {x0, .40f},
                  {x0 + .10f, .22f}},
                 kHalf, lower, .04f));
  m.append(swept({{x1 - .52f, kHead},
                  {x1 - .68f, 2.82f},
                  {x1 - 1.10f, kRoofZ},
                  {x0 + 1.10f, kRoofZ},
                  {x0 + .68f, 2.82f},
                  {x0 + .52f, kHead}},
                 kHalf, surface::kPaint, .04f));
  for (const float end : {1.f, -1.f}) {
    const float nose = end > 0 ? x1 : x0;
    m.append(cross_pane(end, kHalf - .12f, nose - end * .065f, kSill, nose - end * .53f, kHead,
                        surface::kGlass));
    for (const float s : {-1.f, 1.f}) {
      const Vec3f post[] = {{nose - end * .12f, s * (kHalf - .08f), kSill - .03f},
                            {nose - end * .58f, s * (kHalf - .08f), kHead + .03f}};
      m.append(tube(post, std::vector<float>{.07f}, 8, surface::kPaint));
      Vec3f a(nose - end * .12f, s * (kHalf - .03f), kSill);
      Vec3f b(nose - end * 1.10f, s * (kHalf - .03f), kSill);
      Vec3f c(nose - end * 1.10f, s * (kHalf - .03f), kHead);
      Vec3f d(nose - end * .55f, s * (kHalf - .03f), kHead);
      if (s * end > 0) {
        m.add_quad(a, b, c, d, surface::kGlass);
      } else {
        m.add_quad(b, a, d, c, surface::kGlass);
      }
    }
  }
}

void add_doors(TriangleMesh& m, float x0, float x1) {
  for (const float x : {x1 - 1.75f, .5f * (x0 + x1), x0 + 1.75f}) {
    m.append(
        flank(-1, kHalf - .004f, x - .68f, x + .68f, .38f, kSill, .006f, surface::kBlackGloss));
    for (const float d : {-.66f, 0.f, .66f}) {
      m.append(flank(-1, kHalf - .006f, x + d - .03f, x + d + .03f, kSill, kHead, .008f,
                     surface::kBlackGloss));
    }
    m.append(flank(-1, kHalf - .004f, x - .60f, x - .08f, .46f, .50f, .012f, surface::kAmber));
  }
}

std::vector<Seat> furnish_tram(TriangleMesh& m, float x0, float x1) {
  constexpr float kFloor = .62f;
  m.append(box({.5f * (x0 + x1), 0, kFloor - .03f}, {x1 - x0 - .5f, 2 * kHalf - .14f, .06f},
               surface::kTrim));
  m.append(box({x1 - .62f, 0, .95f}, {.5f, 2.0f, .42f}, surface::kTrim, .05f));
  m.append(box({x1 - 1.95f, .55f, 1.55f}, {.05f, 1.2f, 1.9f}, surface::kLining));
  Seat driver;
  driver.top = {x1 - 1.40f, 0, kFloor + .58f};
  driver.lean_rad = .15f;
  driver.heel_drop_m = .42f;
  std::vector<Seat> seats{driver};
  m.append(seat_mesh(driver));
  std::vector<Seat> rows;
  for (float x = x0 + 1.2f; x < x1 - 2.3f; x += .82f) {
    for (const float y : {.86f, -.86f, .40f}) {
      const bool door = y < 0 && (std::abs(x - .5f * (x0 + x1)) < 1.0f || x < x0 + 2.6f);
      if (door) continue;
      Seat seat;
      seat.top = {x, y, kFloor + .46f};
      seat.lean_rad = .12f;
      seat.heel_drop_m = .44f;
      rows.push_back(seat);
      m.append(box(seat.top + Vec3f(.16f, 0, -.05f), {.42f, .42f, .08f}, surface::kSeat));
      m.append(box(seat.top + Vec3f(-.14f, 0, .28f), {.06f, .42f, .62f}, surface::kSeat));
      m.append(box(seat.top + Vec3f(.10f, 0, -.26f), {.10f, .28f, .36f}, surface::kTrim));
    }
    m.append(
        cylinder({x, -.30f, kFloor}, {x, -.30f, kRoofZ - .1f}, .017f, .017f, 6, surface::kAmber));
  }
  for (std::size_t step = 0; step < 3; ++step) {
    for (std::size_t i = step; i < rows.size(); i += 3) seats.push_back(rows[i]);
  }
  return seats;
}

void add_roof(TriangleMesh& m, float x0, float x1) {
  const float mid = .5f * (x0 + x1);
  m.append(box({mid + 2.2f, 0, kRoofZ + .13f}, {2.6f, 1.5f, .28f}, surface::kRim, .04f));
  m.append(box({mid - 3.4f, 0, kRoofZ + .10f}, {2.2f, 1.4f, .22f}, surface::kRim, .04f));
  // Pantograph, folded low under a wire that maps do not have.
  for (const float y : {-.35f, .35f}) {
    const Vec3f arm[] = {{mid - .9f, y, kRoofZ + .06f},
                         {mid + .25f, .9f * y, kRoofZ + .24f},
                         {mid - .8f, .8f * y, kRoofZ + .40f}};
    m.append(tube(arm, std::vector<float>{.025f}, 6, surface::kUnderbody));
  }
  m.append(box({mid - .8f, 0, kRoofZ + .425f}, {.28f, 1.5f, .05f}, surface::kUnderbody, .01f));
}

Model make_tram(const PropNumbers& n) {
  const VehicleSize s = tram_size(n);
  Kit k = begin(n, "tram", false);
  core::RandomStream draw = n.stream("heavy/tram");
  constexpr Vec3f kLiveries[] = {{.42f, .03f, .03f},
                                 {.52f, .36f, .03f},
                                 {.03f, .14f, .34f},
                                 {.04f, .22f, .10f},
                                 {.20f, .21f, .22f}};
  Material lower = k.model.materials[surface::kPaint];
  lower.name = "livery";
  lower.base_color = kLiveries[draw.below(5)];
  lower.metallic = 0;
  k.model.materials[surface::kPaint].base_color = {.66f, .65f, .60f};
  k.model.materials[surface::kPaint].metallic = 0;
  k.model.materials.push_back(lower);
  const auto livery = static_cast<std::uint16_t>(k.model.materials.size() - 1);
  clear_panes(k.model);
  TriangleMesh& m = k.body;
  const float x1 = f(s.wheelbase_m + s.front_overhang_m) - .02f;
  const float x0 = -f(s.rear_m()) + .02f;
  add_shell(m, x0, x1, livery);
  for (const float side : {-1.f, 1.f}) {
    m.append(side_glazing(side, kHalf - .03f, x0 + 1.10f, x1 - 1.10f, kSill, kHead, 9));
    const float a = std::min(side * .62f, side * .98f);
    const float b = std::max(side * .62f, side * .98f);
    m.append(face(1, x1, a, b, .66f, .80f, .016f, k.lamp.head));
    m.append(face(1, x1, a, b, .56f, .62f, .016f, k.lamp.indicator));
    m.append(face(-1, x0, a, b, .82f, .90f, .016f, k.lamp.tail));
    m.append(face(-1, x0, a, b, .70f, .79f, .016f, k.lamp.brake));
    m.append(face(-1, x0, a, b, .58f, .67f, .016f, k.lamp.indicator));
    m.append(face(-1, x0, a, b, .50f, .56f, .016f, k.lamp.reverse));
  }
  add_doors(m, x0, x1);
  const auto line = add_film(
      k.model,
      lettering("line", std::to_string(1 + draw.below(19)), 2.f, {15, 15, 15}, {255, 190, 60}, .7f),
      "line", .4f);
  m.append(box({x1 - .60f, 0, 2.68f}, {.10f, .9f, .26f}, surface::kBlackGloss));
  {
    const auto i = m.add_vertex({x1 - .545f, -.22f, 2.57f}, {1, 0, 0}, {0, 1});
    m.add_vertex({x1 - .545f, .22f, 2.57f}, {1, 0, 0}, {1, 1});
    m.add_vertex({x1 - .545f, .22f, 2.79f}, {1, 0, 0}, {1, 0});
    m.add_vertex({x1 - .545f, -.22f, 2.79f}, {1, 0, 0}, {0, 0});
    m.add_triangle(i, i + 1, i + 2, line);
    m.add_triangle(i, i + 2, i + 3, line);
  }
  for (const float bogie : {0.f, f(s.wheelbase_m)}) {
    m.append(box({bogie, 0, .34f}, {2.5f, 1.5f, .30f}, surface::kUnderbody));
  }
  m.append(box({x1 + .0f, 0, .42f}, {.03f, .34f, .16f}, surface::kUnderbody));
  add_roof(m, x0, x1);
  const std::vector<Seat> seats = furnish_tram(m, x0, x1);
  seat_people(seats, static_cast<int>(n.get("occupants")), n.seed(), k.model, m);
  TriangleMesh mirror =
      box({x1 - .35f, kHalf + .10f, 2.15f}, {.08f, .16f, .28f}, surface::kPlastic, .02f);
  mirror.append(cylinder({x1 - .38f, kHalf - .06f, 2.3f}, {x1 - .35f, kHalf + .10f, 2.25f}, .012f,
                         .012f, 6, surface::kPlastic));
  add_mirror(k.model, std::move(mirror));
  constexpr Tyre wheel{.30, .11, .27};
  int axle = 0;
  for (const double x : {s.wheelbase_m + .9, s.wheelbase_m - .9, .9, -.9}) {
    add_axle(k.model, {x, 1.50, false, false}, wheel, std::to_string(++axle));
  }
  return finish(std::move(k), s, .35);
}

}  // namespace

std::vector<PropType> tram_types() {
  return {{"tram.car", {{"occupants", 0, 12}}, size_of<tram_size>, make_tram}};
}

}  // namespace oddroad::asset
