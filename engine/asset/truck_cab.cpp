#include "engine/asset/truck_cab.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"

namespace oddroad::asset::kit {

namespace {

TriangleMesh truck_mirror(const Cab& c) {
  const float x = c.front - .25f;
  const float y = c.half + .15f;
  const float z = .60f * c.height;
  TriangleMesh mesh = box({x, y, z}, {.14f, .22f, .44f}, surface::kPlastic, .02f);
  mesh.append(box({x, y, z - .36f}, {.14f, .22f, .22f}, surface::kPlastic, .02f));
  mesh.append(
      face(-1, x - .07f, y - .09f, y + .09f, z - .18f, z + .18f, .004f, surface::kMirrorGlass));
  mesh.append(
      face(-1, x - .07f, y - .09f, y + .09f, z - .44f, z - .28f, .004f, surface::kMirrorGlass));
  for (const float dz : {.18f, -.42f}) {
    mesh.append(
        cylinder({x, c.half - .04f, z + dz}, {x, y, z + dz}, .015f, .015f, 8, surface::kPlastic));
  }
  return mesh;
}

// Floor, dashboard and two seats; returns the seats.
std::vector<Seat> furnish_cab(TriangleMesh& m, const Cab& c, float sill_z) {
  const float f0 = c.front;
  const float floor = sill_z - .56f;
  const float wall = f0 - 1.20f;
  const float w = 2 * c.half - .12f;
  m.append(box({.5f * (wall + f0 - .10f), 0, floor - .02f}, {f0 - .10f - wall, w, .04f},
               surface::kTrim));
  m.append(box({f0 - .26f, 0, sill_z - .20f}, {.30f, w, .36f}, surface::kTrim, .05f));
  m.append(box({f0 - .34f, .5f, sill_z - .01f}, {.22f, .5f, .09f}, surface::kTrim, .03f));
  m.append(box({f0 - .75f, 0, floor + .12f}, {.8f, .5f, .28f}, surface::kTrim, .04f));
  m.append(face(1, wall, -c.half + .06f, c.half - .06f, floor, .725f * c.height, .004f,
                surface::kLining));
  std::vector<Seat> seats;
  for (const float side : {1.f, -1.f}) {
    Seat seat;
    seat.top = {f0 - .84f, side * .72f * c.half, sill_z - .14f};
    seat.lean_rad = .16f;
    seat.heel_drop_m = .42f;
    seat.driver = side > 0;
    m.append(seat_mesh(seat));
    if (seat.driver) m.append(steering_wheel(seat));
    seats.push_back(seat);
  }
  return seats;
}

// The cab's metal below the windows, above them and behind, with posts between: what is glass is
// open, so that one looks into it.
void add_cab_shell(TriangleMesh& m, const Cab& c, float sill_z, float head_z) {
  const float f0 = c.front;
  const float h = c.height;
  const float rear = f0 - c.length;
  // Up the front, back, down the rear wall, forward along the underside.
  std::vector<Vec2f> low = {{f0 - .04f, .30f},     {f0, .36f},           {f0, .30f * h},
                            {f0 - .03f, .45f * h}, {f0 - .042f, sill_z}, {rear, sill_z},
                            {rear, .75f}};
  const float radius = .62f;
  const std::vector<Vec2f> arch = arches({c.axle_x}, radius, .507f, .75f);
  low.push_back({c.axle_x - radius - .02f, .75f});
  // The arch runs from front to rear; the underside is walked from rear to front.
  low.insert(low.end(), arch.rbegin(), arch.rend());
  low.push_back({c.axle_x + radius + .02f, .30f});
  m.append(swept(low, c.half, surface::kPaint, .03f));
  m.append(swept({{f0 - .191f, head_z},
                  {f0 - .20f, .74f * h},
                  {f0 - .34f, .80f * h},
                  {f0 - .75f * c.length, h},
                  {rear, h},
                  {rear, head_z}},
                 c.half, surface::kPaint, .015f));
  m.append(box({.5f * (rear + f0 - 1.22f), 0, .5f * (sill_z + head_z)},
               {f0 - 1.22f - rear, 2 * c.half - .01f, head_z - sill_z + .04f}, surface::kPaint));
  for (const float s : {-1.f, 1.f}) {
    const Vec3f post[] = {{f0 - .095f, s * (c.half - .065f), sill_z - .04f},
                          {f0 - .245f, s * (c.half - .065f), head_z + .04f}};
    m.append(tube(post, std::vector<float>{.062f}, 8, surface::kPaint));
  }
}

void add_panes(TriangleMesh& m, const Cab& c, float sill_z, float head_z) {
  const float f0 = c.front;
  const float w = c.half - .07f;
  m.add_quad({f0 - .046f, -w, sill_z}, {f0 - .046f, w, sill_z}, {f0 - .195f, w, head_z},
             {f0 - .195f, -w, head_z}, surface::kGlass);
  const float y = c.half - .02f;
  for (const float s : {-1.f, 1.f}) {
    const Vec3f a(f0 - 1.22f, s * y, sill_z), b(f0 - .10f, s * y, sill_z);
    const Vec3f d(f0 - .24f, s * y, head_z), e(f0 - 1.22f, s * y, head_z);
    if (s < 0) {
      m.add_quad(a, b, d, e, surface::kGlass);
    } else {
      m.add_quad(b, a, e, d, surface::kGlass);
    }
  }
}

}  // namespace

void add_cab(Kit& k, const Cab& c, const PropNumbers& n) {
  TriangleMesh& m = k.body;
  const float f0 = c.front;
  const float h = c.height;
  const float sill_z = .47f * h;
  const float head_z = .725f * h;
  add_cab_shell(m, c, sill_z, head_z);
  add_panes(m, c, sill_z, head_z);
  m.append(box({c.axle_x, 0, .62f}, {1.2f, 1.3f, .5f}, surface::kUnderbody));
  // Grille, bumper, lamps.
  const float w = c.half - .10f;
  m.append(face(1, f0, -w, w, .20f * h, .285f * h, .008f, surface::kGrille));
  m.append(plate({f0 - .002f, -w, .305f * h}, {f0 - .002f, w, .305f * h},
                 {f0 - .028f, w, .435f * h}, {f0 - .028f, -w, .435f * h}, .006f, surface::kGrille));
  for (const float s : {-1.f, 1.f}) {
    m.append(flank(s, c.half, f0 - 1.18f, f0 - 1.165f, .35f * h, .73f * h, .002f, surface::kGap));
    m.append(flank(s, c.half, f0 - .12f, f0 - .105f, .35f * h, sill_z, .002f, surface::kGap));
    m.append(flank(s, c.half, f0 - 1.10f, f0 - .95f, .42f * h, .445f * h, .02f, surface::kPlastic));
    m.append(flank(s, c.half, f0 - .55f, f0 - .10f, .38f, .46f, .01f, surface::kPlastic));  // step
    const float y0 = s * (w - .42f);
    const float y1 = s * (w + .004f);  // past the grille's end
    m.append(face(1, f0, std::min(y0, y1), std::max(y0, y1), .52f, .70f, .012f, k.lamp.head));
    m.append(flank(s, c.half, f0 - .20f, f0 - .06f, .56f, .68f, .012f, k.lamp.indicator));
  }
  m.append(face(1, f0, -.26f, .26f, .38f, .49f, .010f, surface::kPlate));
  m.append(
      box({f0 - .45f, 0, .785f * h}, {.5f, 2 * w, .05f}, surface::kPlastic, .02f));  // sun visor
  add_mirror(k.model, truck_mirror(c));
  clear_panes(k.model);
  const std::vector<Seat> seats = furnish_cab(m, c, sill_z);
  seat_people(seats, static_cast<int>(n.get("occupants")), n.seed(), k.model, m);
}

void add_rear_lamps(Kit& k, float x, float half, float z) {
  for (const float s : {-1.f, 1.f}) {
    const auto lamp = [&](float from, float to, std::uint16_t material) {
      const float a = s * (half - from);
      const float b = s * (half - to);
      k.body.append(
          face(-1, x, std::min(a, b), std::max(a, b), z - .065f, z + .065f, .02f, material));
    };
    lamp(.04f, .16f, k.lamp.indicator);
    lamp(.16f, .27f, k.lamp.brake);
    lamp(.27f, .37f, k.lamp.tail);
    lamp(.37f, .44f, k.lamp.reverse);
  }
  k.body.append(face(-1, x, -.26f, .26f, z - .055f, z + .055f, .012f, surface::kPlate));
}

// Frame, tanks, underrun guards between the axles and behind.
void add_chassis(Kit& k, float x0, float x1, float half, bool guards) {
  TriangleMesh& m = k.body;
  for (const float s : {-1.f, 1.f}) {
    m.append(box({.5f * (x0 + x1), s * .43f, .95f}, {x1 - x0, .09f, .26f}, surface::kUnderbody));
    if (!guards) continue;
    const float g0 = .75f;
    const float g1 = x1 - 2.1f;
    for (const float z : {.52f, .78f}) {
      m.append(box({.5f * (g0 + g1), s * (half - .04f), z}, {g1 - g0, .03f, .10f}, surface::kRim));
    }
    m.append(box({g1 - .4f, s * (half - .38f), .72f}, {1.0f, .6f, .56f}, surface::kRim, .06f));
  }
  m.append(box({x0 + .06f, 0, .47f}, {.10f, 2 * half - .1f, .12f}, surface::kPlastic, .02f));
  for (const float s : {-1.f, 1.f}) {
    m.append(box({x0 + .10f, s * .55f, .68f}, {.06f, .08f, .42f}, surface::kPlastic));
  }
}

// A body of panels with aluminium rails and contour tape (UN R104).
void add_box_body(Kit& k, float x0, float x1, float half, float z0, float z1, std::uint16_t skin,
                  std::uint16_t tape) {
  TriangleMesh& m = k.body;
  m.append(box({.5f * (x0 + x1), 0, .5f * (z0 + z1)},
               {x1 - x0 - .02f, 2 * half - .02f, z1 - z0 - .02f}, skin));
  for (const float s : {-1.f, 1.f}) {
    for (const float z : {z0 + .05f, z1 - .04f}) {
      m.append(
          box({.5f * (x0 + x1), s * (half - .02f), z}, {x1 - x0, .04f, .09f}, surface::kRim, .01f));
    }
    for (const float x : {x0 + .035f, x1 - .035f}) {
      m.append(box({x, s * (half - .03f), .5f * (z0 + z1)}, {.07f, .06f, z1 - z0}, surface::kRim,
                   .012f));
    }
    m.append(flank(s, half, x0 + .1f, x1 - .1f, z0 + .12f, z0 + .175f, .003f, tape));
    // Rear doors: gap, hinges, lock rods.
    for (const float u : {.30f, .62f}) {
      m.append(cylinder({x0 - .012f, s * u * half, z0 + .1f}, {x0 - .012f, s * u * half, z1 - .1f},
                        .016f, .016f, 8, surface::kRim));
    }
  }
  m.append(face(-1, x0, -.008f, .008f, z0 + .06f, z1 - .05f, .004f, surface::kGap));
  m.append(face(-1, x0, -half + .06f, half - .06f, z1 - .12f, z1 - .07f, .004f, tape));
}

std::uint16_t add_skin(Kit& k, const PropNumbers& n) {
  core::RandomStream stream = n.stream("heavy/skin");
  const math::Vec3f colours[] = {{.62f, .62f, .60f}, {.60f, .60f, .58f}, {.03f, .10f, .32f},
                                 {.36f, .03f, .02f}, {.50f, .36f, .03f}, {.04f, .17f, .08f},
                                 {.20f, .21f, .22f}};
  k.model.materials.push_back(materials::plain("body_skin", colours[stream.below(7)], .45f, .5f));
  return static_cast<std::uint16_t>(k.model.materials.size() - 1);
}
std::uint16_t add_tape(Kit& k) {
  Material tape = materials::retro_white();
  tape.name = "contour_tape";
  k.model.materials.push_back(tape);
  return static_cast<std::uint16_t>(k.model.materials.size() - 1);
}

}  // namespace oddroad::asset::kit
