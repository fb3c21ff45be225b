#include "engine/asset/vehicle_details.h"

#include <cmath>

#include "engine/asset/mesh_tools.h"
#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

using math::Vec3d;

namespace {

using namespace surface;

// Upright rectangle on a dark carrier; `ahead` is +1 at the front and -1 at the rear.
TriangleMesh plate(const Vec3d& skin, const Vec3d& skin_normal, float ahead) {
  constexpr float kHalfWidth = .26f;
  constexpr float kHalfHeight = .055f;
  const auto tilt = static_cast<float>(std::clamp(skin_normal.z, -0.3, 0.45));
  const Vec3f out = glm::normalize(Vec3f(ahead, 0, tilt));
  const Vec3f right(0, ahead, 0);  // of somebody who reads it
  const Vec3f up = glm::cross(out, right);
  const Vec3f centre = Vec3f(skin) + .008f * out;
  const Affine3f T{glm::mat3(right, up, out), centre};
  TriangleMesh mesh = transformed(
      box({0, 0, -.033f}, {2 * kHalfWidth + .014f, 2 * kHalfHeight + .014f, .06f}, kPlastic, .003f),
      T);
  const float lift = .0005f;
  const std::uint32_t i = mesh.add_vertex(T.point({-kHalfWidth, -kHalfHeight, lift}), out, {0, 1});
  mesh.add_vertex(T.point({kHalfWidth, -kHalfHeight, lift}), out, {1, 1});
  mesh.add_vertex(T.point({kHalfWidth, kHalfHeight, lift}), out, {1, 0});
  mesh.add_vertex(T.point({-kHalfWidth, kHalfHeight, lift}), out, {0, 0});
  mesh.add_triangle(i, i + 1, i + 2, kPlate);
  mesh.add_triangle(i, i + 2, i + 3, kPlate);
  return mesh;
}

void add_plates(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  const bool van = s.style == BodyStyle::kVan;
  const double front_z = (van ? .195 : is_tall(s.style) ? .325 : .298) * s.height_m;
  const double rear_z = van ? .275 * s.height_m : (has_boot(s.style) ? .635 : .60) * s.height_m;
  const Vec3d front = skin_ahead(field, 0, front_z);
  const Vec3d rear = skin_behind(field, 0, rear_z);
  mesh.append(plate(front, field.normal(front), 1));
  mesh.append(plate(rear, field.normal(rear), -1));
}

void add_both_sides(TriangleMesh& mesh, const TriangleMesh& left) {
  mesh.append(left);
  mesh.append(mirrored_y(left));
}

void add_handles(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  const bool van = s.style == BodyStyle::kVan;
  std::vector<double> places;  // x of the handle's middle
  if (van) {
    const double door = s.daylight[6].x_m - .04;
    places = {door + .17, door - .24};
  } else {
    places = {(s.pillar + .005) * s.wheelbase_m + .18};
    if (s.style != BodyStyle::kCoupe) places.push_back(.115 * s.wheelbase_m + .14);
  }
  for (const double x : places) {
    const double z = field.belt_z(x) - (van ? .10 : .125);
    const Vec3d at = skin_beside(field, x, z);
    TriangleMesh one =
        box(Vec3f(at) + Vec3f(0, .012f, 0), {.20f, .036f, .034f}, van ? kPlastic : kPaint, .012f);
    one.append(box(Vec3f(at) + Vec3f(0, .001f, -.004f), {.13f, .012f, .060f}, kGap, .003f));
    add_both_sides(mesh, one);
  }
}

// A thin bar that follows the skin between two places; points are found ahead of (y, z).
TriangleMesh bar_on_front(const BodyField& field, Vec2f from, Vec2f to, float lift, float radius,
                          std::uint16_t material, int steps) {
  std::vector<Vec3f> path;
  for (int i = 0; i <= steps; ++i) {
    const Vec2f at = glm::mix(from, to, static_cast<float>(i) / static_cast<float>(steps));
    const Vec3d start(field.shape().from_front(field.shape().style == BodyStyle::kVan ? .3 : .5),
                      at.x, at.y);
    const Vec3d p = field.hit(start, {1, 0, 0});
    path.push_back(Vec3f(p) + lift * Vec3f(field.normal(p)));
  }
  return tube(path, std::vector<float>(path.size(), radius), 4, material);
}

void add_wipers(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  const bool van = s.style == BodyStyle::kVan;
  const auto base = static_cast<float>(field.silhouette().top_z(s.top[van ? 5 : 6].x_m));
  const auto half = static_cast<float>(.5 * s.width_m);
  mesh.append(bar_on_front(field, {.62f * half, base + .035f}, {-.02f, base + .075f}, .014f, .009f,
                           kGap, 4));
  mesh.append(bar_on_front(field, {.02f * half, base + .030f}, {-.56f * half, base + .050f}, .014f,
                           .009f, kGap, 4));
}

void add_grille(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  const auto h = static_cast<float>(s.height_m);
  const auto w = static_cast<float>(s.width_m);
  const bool van = s.style == BodyStyle::kVan;
  const float low = van ? .250f : is_tall(s.style) ? .405f : .378f;
  const float high = van ? .296f : is_tall(s.style) ? .492f : .462f;
  const int slats = van ? 2 : 3;
  for (int i = 0; i < slats; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(slats - 1);
    const float z = (low + t * (high - low)) * h;
    const float y = van ? (.285f - .04f * t) * w : (.183f + .027f * t) * w;
    mesh.append(bar_on_front(field, {-y, z}, {y, z}, -.010f, .006f,
                             i == 1 && !van ? kChrome : kPlastic, 6));
  }
  const Vec3d badge = skin_ahead(field, 0, (van ? .273 : .5 * (low + high)) * s.height_m);
  const Vec3f n(field.normal(badge));
  mesh.append(
      cylinder(Vec3f(badge) - .02f * n, Vec3f(badge) + .004f * n, .052f, .048f, 16, kChrome));
}

void add_rear_badge(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  if (s.style == BodyStyle::kVan || s.style == BodyStyle::kPickup) return;
  const Vec3d at = skin_behind(field, 0, s.rear_glass_bottom_z_m - .065);
  const Vec3f n(field.normal(at));
  mesh.append(cylinder(Vec3f(at) - .01f * n, Vec3f(at) + .004f * n, .042f, .038f, 14, kChrome));
}

void add_antenna(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  if (s.style == BodyStyle::kVan) return;
  const double u = has_boot(s.style) ? .69 : s.style == BodyStyle::kPickup ? .52 : .855;
  const Vec3d at = skin_above(field, s.from_front(u), 0);
  const auto height = static_cast<float>(std::min(.055, s.height_m - at.z - .002));
  const std::vector<Vec2f> fin{
      {-.06f, -.03f}, {.10f, -.03f}, {.10f, .002f}, {-.03f, height}, {-.05f, height}};
  // Drawn in (x, z), .04 m thick in y.
  const Affine3f T{glm::mat3(1, 0, 0, 0, 0, 1, 0, -1, 0), Vec3f(at)};
  mesh.append(extrude(fin, -.018f, .018f, T, kPaint, .006f));
}

void add_roof_rails(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  if (s.style != BodyStyle::kEstate && s.style != BodyStyle::kSuv) return;
  std::vector<Vec3f> path;
  for (int i = 0; i <= 8; ++i) {
    const double x = s.from_front(.47 + .40 * i / 8);
    const double y = field.half_width(x, field.rail_z(x)) - .075;
    const bool end = i == 0 || i == 8;
    path.push_back(Vec3f(skin_above(field, x, y)) + Vec3f(0, 0, end ? -.01f : .022f));
  }
  add_both_sides(mesh, tube(path, std::vector<float>(path.size(), .014f), 6, kBlackGloss));
}

// The engine and what covers it from below.
struct Tray {
  explicit Tray(const VehicleShape& s) {
    const auto sill = static_cast<float>(s.sill_z_m);
    const auto wb = static_cast<float>(s.wheelbase_m);
    const auto width = static_cast<float>(s.width_m);
    const float clearance = s.style == BodyStyle::kVan ? .20f : sill - .04f;
    centre = {.52f * wb, 0, .5f * (clearance + sill + .02f)};
    size = {.62f * wb, .52f * width, sill + .02f - clearance};
  }
  Vec3f centre, size;
};

void add_underneath(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  const auto sill = static_cast<float>(s.sill_z_m);
  const auto width = static_cast<float>(s.width_m);
  const bool van = s.style == BodyStyle::kVan;
  const Tray tray(s);
  mesh.append(box(tray.centre, tray.size, kUnderbody, .015f));
  const float tail = static_cast<float>(-s.rear_overhang_m);
  mesh.append(box({.55f * tail, -.12f * width, sill - .01f}, {.28f, .45f, .09f}, kUnderbody, .02f));
  const Vec3f pipe(tail + .15f, -.30f * width, sill + .018f);
  mesh.append(cylinder(pipe + Vec3f(.25f, 0, 0), pipe, .034f, .036f, 12, kRimDark));
  if (van) {
    const auto radius = static_cast<float>(s.tyre_radius_m);
    const auto half = static_cast<float>(.5 * s.track_rear_m);
    mesh.append(
        cylinder({0, half, radius - .03f}, {0, -half, radius - .03f}, .05f, .05f, 8, kUnderbody));
  }
}

void add_van_hardware(TriangleMesh& mesh, const BodyField& field) {
  const VehicleShape& s = field.shape();
  if (s.style != BodyStyle::kVan) return;
  for (const double v : {.33, .55, .84}) {  // hinges
    const double z = v * s.height_m;
    const double side = field.half_width(.05 - s.rear_overhang_m, z) - .075;
    const Vec3d at = skin_behind(field, side, z);
    add_both_sides(mesh,
                   box(Vec3f(at) + Vec3f(.004f, .01f, 0), {.02f, .09f, .05f}, kPlastic, .004f));
  }
  const Vec3d lock = skin_behind(field, .09, .46 * s.height_m);
  mesh.append(box(Vec3f(lock) + Vec3f(.004f, 0, 0), {.02f, .05f, .18f}, kPlastic, .005f));
}

}  // namespace

math::Aabb underbody_box(const VehicleShape& s) {
  const Tray tray(s);
  return {Vec3d(tray.centre - .5f * tray.size), Vec3d(tray.centre + .5f * tray.size)};
}

math::TriangleMesh build_details(const BodyField& field, core::RandomStream& stream) {
  TriangleMesh mesh;
  add_plates(mesh, field);
  add_handles(mesh, field);
  add_wipers(mesh, field);
  add_grille(mesh, field);
  add_rear_badge(mesh, field);
  if (stream.chance(.7)) add_antenna(mesh, field);
  if (stream.chance(.6)) add_roof_rails(mesh, field);
  add_underneath(mesh, field);
  add_van_hardware(mesh, field);
  return mesh;
}

math::TriangleMesh build_left_mirror(const BodyField& field) {
  const VehicleShape& s = field.shape();
  const bool van = s.style == BodyStyle::kVan;
  const float w = van ? .115f : .112f;  // half sizes of the housing
  const float h = van ? .200f : .076f;
  double front = -1e9;
  for (const OutlinePoint& p : s.daylight) front = std::max(front, p.x_m);
  const double x = front - (van ? .30 : .17);
  const double foot_z = field.belt_z(x) + (van ? .10 : .035);
  const Vec3d foot = skin_beside(field, x, foot_z);
  const auto centre =
      Vec3f(Vec3d(x + .01, .5 * s.width_m + (van ? .055 : .018), foot_z + (van ? .12 : .055)));
  struct Station {
    float x, scale;
  };
  std::vector<Ring> rings;
  for (const Station& at : {Station{.085f, .25f}, Station{.075f, .60f}, Station{.045f, .88f},
                            Station{0, 1.0f}, Station{-.055f, .98f}, Station{-.065f, .93f}}) {
    Ring ring;
    for (const Vec2f& p : rounded_rectangle(2 * w * at.scale, 2 * h * at.scale,
                                            .8f * std::min(w, h) * at.scale, 3)) {
      ring.push_back(centre + Vec3f(at.x, -p.x, p.y + .25f * h * (1 - at.scale)));
    }
    rings.push_back(ring);
  }
  TriangleMesh mesh = loft(rings, van ? kPlastic : kPaint);
  mesh.append(
      box(centre + Vec3f(-.066f, 0, 0), {.006f, 1.50f * w, 1.55f * h}, kMirrorGlass, .002f));
  // Foot on the door.
  const Vec3f root = Vec3f(foot) + Vec3f(.015f, -.03f, -.01f);
  const std::vector<Vec3f> arm{root, centre + Vec3f(.01f, -.3f * w, -.75f * h)};
  mesh.append(tube(arm, std::vector<float>{.030f, .022f}, 8, kPlastic));
  return mesh;
}

}  // namespace oddroad::asset
