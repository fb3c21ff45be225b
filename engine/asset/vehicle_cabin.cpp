#include "engine/asset/vehicle_cabin.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

namespace {

using namespace surface;

float f(double v) {
  return static_cast<float>(v);
}

struct Room {
  double hip_x, seat_z, floor_z, cowl_x, dash_z;
  float y;  // of the front seats
};

Room measure(const BodyField& field) {
  const VehicleShape& s = field.shape();
  const bool van = s.style == BodyStyle::kVan;
  Room r;
  r.cowl_x = s.top[van ? 5 : 6].x_m - .16;
  r.dash_z = field.silhouette().top_z(s.top[van ? 5 : 6].x_m) - .05;
  // Heads come to lie just ahead of the pillar between the doors.
  r.hip_x = van ? s.from_front(.305)
                : (s.pillar + .005) * s.wheelbase_m + (s.style == BodyStyle::kCoupe ? .46 : .25);
  const double roof = field.silhouette().top_z(r.hip_x - .15);
  r.seat_z = van ? std::min(roof - 1.0, .94) : roof - 1.01;
  r.floor_z = std::max(s.sill_z_m + .07, r.seat_z - (van ? .42 : .33));
  r.y = f(.195 * s.width_m);
  return r;
}

// A side view swept across the cabin at constant distance from the skin.
TriangleMesh across(const BodyField& field, const std::vector<Vec2f>& side, double margin_m,
                    std::uint16_t material) {
  double half = 1e9;
  for (const Vec2f& p : side) half = std::min(half, field.half_width(p.x, p.y) - margin_m);
  const Affine3f T{glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}), Vec3f(0)};
  return extrude(side, -f(half), f(half), T, material, .02f);
}

TriangleMesh dashboard(const BodyField& field, const Room& r) {
  const float x0 = f(r.hip_x + .56);
  const float x1 = f(std::max(r.cowl_x, r.hip_x + .70));
  const float top = f(r.dash_z);
  const float low = f(r.seat_z + .06);
  // Counter-clockwise in (x, z): along the underside to the front, back over the top.
  TriangleMesh mesh = across(field,
                             {{x0 + .10f, low},
                              {x1, low},
                              {x1, top - .03f},
                              {x0 + .16f, top + .01f},
                              {x0 + .04f, top - .04f},
                              {x0, top - .14f}},
                             .10, kTrim);
  // Hood over the instruments, screen in the middle.
  mesh.append(box({x0 + .08f, r.y, top + .01f}, {.16f, .34f, .07f}, kTrim, .025f));
  mesh.append(box({x0 + .01f, 0, top - .01f}, {.02f, .25f, .14f}, kBlackGloss, .004f));
  mesh.append(box({f(r.hip_x + .30), 0, f(r.seat_z) - .02f}, {.80f, .20f, .22f}, kTrim, .03f));
  return mesh;
}

TriangleMesh floor_and_rear(const BodyField& field, const Room& r, double rear_x) {
  const VehicleShape& s = field.shape();
  const float z = f(r.floor_z);
  const float x1 = f(std::max(r.cowl_x, r.hip_x + .70));
  const float x0 = f(rear_x);
  TriangleMesh mesh =
      box({.5f * (x0 + x1), 0, z - .02f}, {x1 - x0, f(s.width_m) - .32f, .04f}, kTrim);
  // Wall between feet and engine.
  mesh.append(across(
      field, {{x1, z}, {x1 + .02f, z}, {x1 + .02f, f(r.dash_z) - .04f}, {x1, f(r.dash_z) - .04f}},
      .12, kTrim));
  return mesh;
}

void add_bulkhead(TriangleMesh& mesh, const BodyField& field, const Room& r) {
  const float x = f(r.hip_x - .46);
  const float top = f(field.silhouette().top_z(x) - .10);
  const float z = f(r.floor_z);
  mesh.append(across(field, {{x, z}, {x + .02f, z}, {x + .02f, top}, {x, top}}, .06, kLining));
}

void add_rear_seats(Furnished& out, const BodyField& field, const Room& r) {
  const VehicleShape& s = field.shape();
  // Knees need .75 m behind the front seats, backs must stay clear of the axle's wheel houses.
  const double hip = std::max(r.hip_x - .84, .13 * s.wheelbase_m);
  const double roof = field.silhouette().top_z(hip - .18);
  const double z = std::min(r.seat_z + .05, roof - .86);
  const double y = .5 * s.width_m - .52;
  for (const double side : {-y, y, 0.0}) {
    Seat seat;
    seat.top = Vec3f(hip, side, z);
    seat.lean_rad = .38f;
    seat.heel_drop_m = f(z - r.floor_z);
    seat.width_m = side == 0 ? .36f : .46f;
    seat.headrest = roof - z > .86;
    out.mesh.append(seat_mesh(seat));
    if (side != 0) out.seats.push_back(seat);
  }
  if (s.style == BodyStyle::kPickup) return;
  // What covers the boot, from the backrests to the tail.
  const double x0 = has_boot(s.style) ? s.from_front(.835) : .30 - s.rear_overhang_m;
  const double x1 = hip - .40;
  const double shelf = std::min(field.belt_z(x0), s.rear_glass_bottom_z_m) - .06;
  if (x1 - x0 > .1) {
    out.mesh.append(across(
        field,
        {{f(x0), f(shelf) - .03f}, {f(x1), f(z) + .45f}, {f(x1), f(z) + .48f}, {f(x0), f(shelf)}},
        .10, kTrim));
  }
}

}  // namespace

Furnished furnish_cabin(const BodyField& field) {
  const VehicleShape& s = field.shape();
  const bool van = s.style == BodyStyle::kVan;
  const Room r = measure(field);
  Furnished out;
  out.mesh = dashboard(field, r);
  for (const float side : {1.f, -1.f}) {
    Seat seat;
    seat.top = Vec3f(f(r.hip_x), side * r.y, f(r.seat_z));
    seat.lean_rad = van ? .20f : .34f;
    seat.heel_drop_m = f(r.seat_z - r.floor_z);
    seat.driver = side > 0;
    out.mesh.append(seat_mesh(seat));
    if (seat.driver) out.mesh.append(steering_wheel(seat));
    out.seats.push_back(seat);
  }
  if (van) {
    add_bulkhead(out.mesh, field, r);
  } else {
    add_rear_seats(out, field, r);
  }
  out.mesh.append(floor_and_rear(field, r, van ? r.hip_x - .46 : .35 - s.rear_overhang_m));
  // Rear-view mirror.
  const double z = s.windscreen_top_z_m - .09;
  const double x = field.silhouette().front_x_at(z) - .12;
  out.mesh.append(box({f(x), 0, f(z)}, {.03f, .24f, .065f}, kTrim, .01f));
  out.mesh.remove_degenerate();
  return out;
}

}  // namespace oddroad::asset
