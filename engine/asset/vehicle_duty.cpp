#include "engine/asset/vehicle_duty.h"

#include <algorithm>
#include <string>

#include "engine/asset/materials.h"
#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_livery.h"
#include "engine/asset/vehicle_paint.h"
#include "engine/core/random.h"

namespace oddroad::asset {

namespace {

using math::Vec2d;
using math::Vec3d;

float f(double v) {
  return static_cast<float>(v);
}

// A film on both flanks between two places along the body, two millimetres proud; it reads from
// left to right on either side.
TriangleMesh flank_film(const BodyField& field, double x0, double x1, double z0, double z1,
                        std::uint16_t material) {
  constexpr int kColumns = 16;
  constexpr int kRows = 6;
  TriangleMesh mesh;
  for (const float side : {1.f, -1.f}) {
    const auto base = static_cast<std::uint32_t>(mesh.positions.size());
    for (int j = 0; j <= kRows; ++j) {
      for (int i = 0; i <= kColumns; ++i) {
        const double u = static_cast<double>(i) / kColumns;
        const double v = static_cast<double>(j) / kRows;
        const double x = side > 0 ? x1 + (x0 - x1) * u : x0 + (x1 - x0) * u;
        const Vec3d p = skin_beside(field, x, z0 + (z1 - z0) * v);
        const Vec3d n = field.normal(p);
        const Vec3d q = p + .002 * n;
        mesh.add_vertex({f(q.x), side * f(q.y), f(q.z)}, {f(n.x), side * f(n.y), f(n.z)},
                        {f(u), f(1 - v)});
      }
    }
    for (std::uint32_t j = 0; j < kRows; ++j) {
      for (std::uint32_t i = 0; i < kColumns; ++i) {
        const std::uint32_t a = base + j * (kColumns + 1) + i;
        mesh.add_triangle(a, a + 1, a + kColumns + 2, material);
        mesh.add_triangle(a, a + kColumns + 2, a + kColumns + 1, material);
      }
    }
  }
  return mesh;
}

void repaint(Model& model, const Vec3f& color) {
  Material& paint = model.materials[surface::kPaint];
  const float used = paint.pattern_strength;
  paint.base_color = color * (1 - .06f * used);
  paint.metallic = 0;
  paint.roughness = .45f;
  paint.reflectance_905nm = .5f;
}

// Light bar across the roof: dark foot, lenses at both ends, white module between.
TriangleMesh light_bar(const Vec3f& at, float width, float height, std::uint16_t lens) {
  using namespace surface;
  TriangleMesh mesh = box(at + Vec3f(0, 0, .02f), {.22f, .9f * width, .04f}, kPlastic, .008f);
  const float z = .5f * (height + .04f);
  for (const float s : {-1.f, 1.f}) {
    mesh.append(
        box(at + Vec3f(0, s * .36f * width, z), {.30f, .28f * width, height - .04f}, lens, .03f));
  }
  mesh.append(
      box(at + Vec3f(0, 0, z - .005f), {.28f, .43f * width, height - .05f}, kReverseLamp, .025f));
  return mesh;
}

TriangleMesh taxi_sign(const Vec3f& at, std::uint16_t face) {
  TriangleMesh mesh = box(at + Vec3f(0, 0, .065f), {.13f, .42f, .13f}, surface::kPlastic, .015f);
  for (const float s : {1.f, -1.f}) {
    const float x = at.x + s * .0655f;
    const auto corner = [&](float right, float up, Vec2f uv) {
      return mesh.add_vertex({x, s * right * .19f, at.z + .065f + up * .05f}, {s, 0, 0}, uv);
    };
    const auto a = corner(-1, -1, {0, 1});
    corner(1, -1, {1, 1});
    corner(1, 1, {1, 0});
    corner(-1, 1, {0, 0});
    mesh.add_triangle(a, a + 1, a + 2, face);
    mesh.add_triangle(a, a + 2, a + 3, face);
  }
  return mesh;
}

std::uint16_t material_named(const Model& model, const char* name) {
  const auto found =
      std::find_if(model.materials.begin(), model.materials.end(), [&](const Material& m) {
        return m.name == name;
      });
  return static_cast<std::uint16_t>(found - model.materials.begin());
}

}  // namespace

double roof_height_m(Duty duty) {
  switch (duty) {
    case Duty::kTaxi:
      return .13;
    case Duty::kPolice:
      return .13;
    case Duty::kAmbulance:
      return .19;
    case Duty::kPrivate:
    case Duty::kDelivery:
      break;
  }
  return 0;
}

std::uint16_t add_beacon(Model& model, bool blue, bool lit) {
  Material off = materials::plain(
      "beacon_off", blue ? Vec3f(.015f, .05f, .32f) : Vec3f(.60f, .22f, .02f), .15f, .3f);
  off.clearcoat = 1;
  Material on = off;
  on.name = "beacon";
  on.emission_cd_m2 = (blue ? Vec3f(.05f, .20f, 1.f) : Vec3f(1.f, .42f, .02f)) * 22000.f;
  model.materials.push_back(off);
  const auto index = static_cast<std::uint16_t>(model.materials.size() - 1);
  if (!lit) return index;
  model.materials.push_back(on);
  model.lamps.push_back({"beacon", index, static_cast<std::uint16_t>(index + 1), 0});
  return index;
}

TriangleMesh dress_for_duty(const BodyField& field, Model& model) {
  const VehicleShape& s = field.shape();
  core::RandomStream draw(s.seed, "vehicle/duty");
  const double h = s.height_m;
  const double wb = s.wheelbase_m;
  switch (s.duty) {
    case Duty::kPrivate:
      break;
    case Duty::kTaxi:
      repaint(model, linear_from_srgb(230, 214, 181));
      add_film(model, lettering("sign", "TAXI", 3.8f, {255, 205, 20}, {20, 20, 20}, .62f),
               "roof sign", .3f);
      break;
    case Duty::kPolice: {
      repaint(model, draw.chance(.6) ? Vec3f(.50f, .51f, .52f) : Vec3f(.70f, .70f, .69f));
      add_beacon(model, true, s.beacon);
      const auto film =
          add_film(model, lettering("livery", "POLICE", 8.f, {0, 91, 140}, {245, 245, 245}, .62f),
                   "livery", .35f);
      return flank_film(field, .10 * wb, .80 * wb, .42 * h, .58 * h, film);
    }
    case Duty::kAmbulance: {
      const bool yellow = draw.chance(.4);
      repaint(model, yellow ? linear_from_srgb(241, 221, 56) : Vec3f(.72f, .72f, .70f));
      add_beacon(model, true, s.beacon);
      const auto film = add_film(
          model, lettering("livery", "AMBULANCE", 10.f, {193, 18, 28}, {250, 250, 250}, .6f),
          "livery", .35f);
      return flank_film(field, .06 - s.rear_overhang_m, s.daylight[6].x_m - .10, .39 * h, .51 * h,
                        film);
    }
    case Duty::kDelivery: {
      const Brand brand = draw_brand(draw);
      if (draw.chance(.65)) {
        repaint(model, linear_from_srgb(brand.ground.r, brand.ground.g, brand.ground.b));
      } else {
        repaint(model, Vec3f(.72f, .72f, .70f));
      }
      const auto film = add_film(model, delivery_livery(draw, brand), "livery", .35f);
      return flank_film(field, .35 - s.rear_overhang_m, s.daylight[6].x_m - .20, .46 * h, .84 * h,
                        film);
    }
  }
  return {};
}

TriangleMesh roof_equipment(const BodyField& field, const Model& model) {
  const VehicleShape& s = field.shape();
  const auto on_roof = [&](double x) {
    return Vec3f(f(x), 0, f(s.height_m - .005 - (s.height_m - field.silhouette().top_z(x))));
  };
  switch (s.duty) {
    case Duty::kTaxi:
      return taxi_sign(on_roof(s.from_front(.56)), material_named(model, "roof sign"));
    case Duty::kPolice: {
      Vec3f at = on_roof(s.pillar * s.wheelbase_m);
      return light_bar(at, 1.12f, f(s.height_m + roof_height_m(s.duty)) - at.z,
                       material_named(model, "beacon_off"));
    }
    case Duty::kAmbulance: {
      const std::uint16_t lens = material_named(model, "beacon_off");
      const Vec3f front = on_roof(s.from_front(.44));
      const Vec3f rear = on_roof(s.from_front(.94));
      TriangleMesh mesh =
          light_bar(front, 1.5f, f(s.height_m + roof_height_m(s.duty)) - front.z, lens);
      for (const float y : {-.70f, .70f}) {
        mesh.append(
            cylinder(rear + Vec3f(0, y, -.03f), rear + Vec3f(0, y, .15f), .08f, .07f, 14, lens));
      }
      return mesh;
    }
    case Duty::kPrivate:
    case Duty::kDelivery:
      break;
  }
  return {};
}

}  // namespace oddroad::asset
