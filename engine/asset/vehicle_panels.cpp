// Doors, bonnet, tailgate, bumpers, grilles and wheel houses.
#include <cmath>
#include <numbers>

#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

using math::Vec2d;
using math::Vec3d;
using namespace surface;

namespace {

// Wider than the real 4 mm, so that the lines survive at a distance.
constexpr double kGapWidth = 0.007;

std::vector<Vec2d> arc(double x, double z, double radius, double from_deg, double to_deg,
                       int steps) {
  std::vector<Vec2d> points;
  for (int i = 0; i <= steps; ++i) {
    const double a = (from_deg + (to_deg - from_deg) * i / steps) * std::numbers::pi / 180;
    points.emplace_back(x + radius * std::cos(a), z + radius * std::sin(a));
  }
  return points;
}

void draw_car_doors(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double wb = s.wheelbase_m;
  const double z = s.sill_z_m + 0.095;
  const double radius = s.arch_radius_m + 0.055;
  const auto belt = [&](double x) {
    return pen.field().belt_z(x) + 0.01;
  };
  pen.side_line({{.81 * wb, belt(.81 * wb)},
                 {.825 * wb, z + .25},
                 {.835 * wb, z + .03},
                 {.825 * wb, z},
                 {s.pillar * wb, z},
                 {(s.pillar - .002) * wb, z + .3},
                 {(s.pillar + .005) * wb, belt(s.pillar * wb)}},
                kGapWidth, kGap);
  if (s.style == BodyStyle::kCoupe) return;  // two doors
  std::vector<Vec2d> rear{{s.pillar * wb, z}};
  const double low = std::asin(std::min(0.95, (z - s.tyre_radius_m) / radius));
  for (const Vec2d& p : arc(0, s.tyre_radius_m, radius, low * 180 / std::numbers::pi + 4, 66, 6)) {
    rear.push_back(p);
  }
  rear.emplace_back(.085 * wb, belt(.085 * wb));
  pen.side_line(rear, kGapWidth, kGap);
}

void draw_van_doors(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double wb = s.wheelbase_m;
  const double h = s.height_m;
  const double z = s.sill_z_m + 0.06;
  const double front = .92 * wb - .25;
  const double rear = s.daylight[6].x_m - .04;
  const double top = .765 * h;
  const double radius = s.arch_radius_m + .05;
  const double hinge = wb - std::sqrt(radius * radius - .3 * .3);
  pen.side_line({{front + .12, .44 * h},
                 {hinge - .02, s.tyre_radius_m + .30},
                 {hinge - .12, z + .1},
                 {hinge - .16, z},
                 {rear, z},
                 {rear, top - .04},
                 {rear + .06, top},
                 {s.daylight[3].x_m, top}},
                kGapWidth, kGap);
  // Side load door with its rail; the other side shows the same pressing.
  const double begin = rear - .06;
  const double end = begin - 1.25;
  pen.side_line({{begin, z}, {begin, .80 * h}, {end, .80 * h}, {end, z}, {begin, z}}, kGapWidth,
                kGap);
  pen.side(
      {{end, .49 * h}, {end - 1.15, .49 * h}, {end - 1.15, .49 * h + .035}, {end, .49 * h + .035}},
      kGap);
  // Pressed panels.
  for (const auto& [a, b] : {Vec2d(begin - .10, end + .10), Vec2d(end - .14, end - 1.10)}) {
    constexpr double kCorner = .06;
    const double low = .53 * h;
    const double high = .77 * h;
    pen.side({{a - kCorner, low},
              {b + kCorner, low},
              {b, low + kCorner},
              {b, high - kCorner},
              {b + kCorner, high},
              {a - kCorner, high},
              {a, high - kCorner},
              {a, low + kCorner}},
             kPressedTag);
  }
}

void draw_lower_trim(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const bool rugged = s.style == BodyStyle::kVan || is_tall(s.style);
  const double z = rugged ? s.sill_top_z_m : s.sill_z_m + 0.055;
  pen.region({{{0, 0, 1}, z}}, kPlastic, [](const Vec3d&, const Vec3d&, std::uint16_t) {
    return true;
  });
  if (s.style == BodyStyle::kVan) {
    const double rub = .235 * s.height_m;
    const double begin = s.wheelbase_m - s.arch_radius_m;
    pen.side(
        {{begin, rub}, {s.arch_radius_m, rub}, {s.arch_radius_m, rub + .13}, {begin, rub + .13}},
        kPlastic);
    pen.side({{-s.arch_radius_m, rub},
              {-s.rear_overhang_m, rub},
              {-s.rear_overhang_m, rub + .13},
              {-s.arch_radius_m, rub + .13}},
             kPlastic);
  }
}

}  // namespace

void draw_sides(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  if (s.style == BodyStyle::kVan) {
    draw_van_doors(pen);
  } else {
    draw_car_doors(pen);
    // Roof joint above the doors.
    std::vector<Vec2d> joint;
    for (const double u : {.47, .56, .65, .74, .82}) {
      if (has_boot(s.style) && u > .7) break;
      const double x = s.from_front(u);
      joint.emplace_back(x, pen.field().half_width(x, pen.field().rail_z(x)) - .055);
    }
    pen.top_line(joint, .014, kGap);
  }
  draw_lower_trim(pen);
}

namespace {

void draw_bumper(FeaturePen& pen, const CutPlane& below, const CutPlane& beyond) {
  pen.region({below, beyond}, kPlastic, [](const Vec3d&, const Vec3d&, std::uint16_t) {
    return true;
  });
}

}  // namespace

void draw_front(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double h = s.height_m;
  const double w = s.width_m;
  const bool van = s.style == BodyStyle::kVan;
  const bool suv = is_tall(s.style);
  core::RandomStream stream(s.seed, "vehicle/grille");
  const bool bright = stream.chance(0.6);
  if (van) {
    draw_bumper(pen, {{0, 0, 1}, .225 * h}, {{-1, 0, 0}, -(s.wheelbase_m + s.arch_radius_m)});
    pen.front({{-.02, .238 * h}, {.30 * w, .240 * h}, {.255 * w, .298 * h}, {-.02, .308 * h}},
              kGrille);
    pen.front({{-.02, .178 * h}, {.27 * w, .178 * h}, {.25 * w, .205 * h}, {-.02, .205 * h}}, kGap);
  } else {
    const double up = suv ? .03 * h : 0;
    pen.front({{-.02, .355 * h + up},
               {.19 * w, .365 * h + up},
               {.235 * w, .455 * h + up},
               {.22 * w, .472 * h + up},
               {-.02, .484 * h + up}},
              bright ? kChrome : kBlackGloss);
    pen.front({{-.02, .364 * h + up},
               {.183 * w, .373 * h + up},
               {.225 * w, .453 * h + up},
               {.212 * w, .464 * h + up},
               {-.02, .475 * h + up}},
              kGrille);
    pen.front({{-.02, .165 * h + up},
               {.30 * w, .165 * h + up},
               {.26 * w, .245 * h + up},
               {-.02, .245 * h + up}},
              kGap);
    pen.front({{.335 * w, .20 * h + up},
               {.425 * w, .235 * h + up},
               {.43 * w, .315 * h + up},
               {.345 * w, .275 * h + up}},
              kPlastic);
  }
  // Bonnet: front edge and sides.
  const double front_z = (van ? .318 : suv ? .527 : .505) * h;
  pen.front_line({{-.02, front_z}, {.16 * w, front_z - .006}, {.235 * w, front_z - .012}},
                 kGapWidth, kGap);
  std::vector<Vec2d> edge;
  for (const double u : {.05, .09, .14, .19, van ? .19 : .25}) {
    const double x = s.from_front(van ? .6 * u : u);
    edge.emplace_back(x, pen.field().half_width(x, pen.field().crease_z(x)) - (van ? .10 : .115));
    if (van && u == .19) break;
  }
  pen.top_line(edge, kGapWidth, kGap);
}

void draw_rear(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  const double h = s.height_m;
  const double w = s.width_m;
  if (s.style == BodyStyle::kVan) {
    draw_bumper(pen, {{0, 0, 1}, .245 * h}, {{1, 0, 0}, .20 - s.rear_overhang_m});
    pen.rear_line({{0, .25 * h}, {0, .92 * h}}, .012, kGap);
    pen.rear_line({{.43 * w, .25 * h}, {.43 * w, .92 * h}, {-.02, .925 * h}}, kGapWidth, kGap);
    pen.rear({{.40 * w, .20 * h}, {.45 * w, .20 * h}, {.45 * w, .22 * h}, {.40 * w, .22 * h}},
             kReflector);
    return;
  }
  const double bumper = (has_boot(s.style) ? .555 : .525) * h;
  const double edge = (has_boot(s.style) ? .30 : .33) * w;
  const bool pickup = s.style == BodyStyle::kPickup;
  const double top = pickup ? .645 * h : s.rear_glass_bottom_z_m - .04;
  if (pickup) {  // a cover over the bed
    const double half = .43 * w;
    pen.top({{s.from_front(.640), -.02},
             {s.from_front(.640), half},
             {s.from_front(.975), half},
             {s.from_front(.975), -.02}},
            kPlastic);
  }
  pen.rear_line({{-.02, bumper}, {edge, bumper}, {edge + .03, bumper + .03}, {edge + .04, top}},
                kGapWidth, kGap);
  pen.rear_line({{edge + .03, bumper + .01}, {.46 * w, bumper + .02}}, kGapWidth, kGap);
  // Diffuser and the plate's recess.
  pen.rear({{-.02, 0}, {.34 * w, 0}, {.38 * w, .235 * h}, {-.02, .255 * h}}, kPlastic);
  pen.rear({{.33 * w, .275 * h}, {.41 * w, .285 * h}, {.41 * w, .310 * h}, {.33 * w, .300 * h}},
           kReflector);
}

double wheel_house_depth_y(const VehicleShape& s, bool front) {
  const double track = front ? s.track_front_m : s.track_rear_m;
  return 0.5 * track - 0.5 * s.tyre_width_m - (front ? 0.17 : 0.06);
}

double wheel_y(const BodyField& field, bool front) {
  const VehicleShape& s = field.shape();
  const double lip = field.half_width(front ? s.wheelbase_m : 0, s.tyre_radius_m + s.arch_radius_m);
  const double track = 0.5 * (front ? s.track_front_m : s.track_rear_m);
  return std::min(track, lip - 0.018 - 0.5 * s.tyre_width_m);
}

void mark_wheel_houses(FeaturePen& pen) {
  const VehicleShape& s = pen.shape();
  for (const bool front : {true, false}) {
    const double x = front ? s.wheelbase_m : 0;
    if (is_tall(s.style)) {
      std::vector<Vec2d> lip = arc(x, s.tyre_radius_m, s.arch_radius_m + .06, -20, 200, 22);
      pen.side(lip, kPlastic);
    }
    std::vector<Vec2d> opening = arc(x, s.tyre_radius_m + .005, s.arch_radius_m, 0, 180, 22);
    opening.emplace_back(x - s.arch_radius_m, -.5);
    opening.emplace_back(x + s.arch_radius_m, -.5);
    ConvexCell cell = prism(opening, {1, 0, 0}, {0, 0, 1});
    cell.push_back({{0, -1, 0}, -wheel_house_depth_y(s, front)});
    pen.region(cell, kWheelHouseTag, [](const Vec3d&, const Vec3d&, std::uint16_t) {
      return true;
    });
  }
}

}  // namespace oddroad::asset
