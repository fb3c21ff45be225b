#include "engine/asset/vehicle_kit.h"

#include <cmath>

#include "engine/asset/vehicle_plate.h"
#include "engine/asset/wheel.h"

namespace oddroad::asset::kit {

Kit begin(const PropNumbers& n, const char* class_name, bool commercial) {
  Kit kit;
  core::RandomStream stream = n.stream("vehicle/kit");
  const int drawn = draw_paint_colour(stream, commercial);
  const int paint = n.is_set("paint") ? static_cast<int>(std::lround(n.get("paint"))) : drawn;
  kit.model.name = n.type();
  kit.model.class_name = class_name;
  kit.model.materials = vehicle_materials(paint, n.seed());
  kit.model.textures.push_back(plate_texture(draw_registration(stream)));
  // Panes lie on solid bodies unless a type opens its own.
  for (const auto pane : {surface::kGlass, surface::kPrivacy}) {
    kit.model.materials[pane].transmission = Vec3f(0);
  }
  kit.lamp = add_lamps(kit.model);
  return kit;
}

bool beacon_is_on(const PropNumbers& n) {
  core::RandomStream stream = n.stream("vehicle/beacon");
  const bool drawn = stream.chance(.5);
  return n.is_set("beacon") ? n.get("beacon") > .5 : drawn;
}

void clear_panes(Model& model) {
  model.materials[surface::kGlass].transmission = {.70f, .76f, .72f};
}

Model finish(Kit kit, const VehicleSize& size, double max_steer_rad) {
  kit.body.remove_degenerate();
  Part part;
  part.name = "body";
  part.mesh = std::make_shared<const TriangleMesh>(std::move(kit.body));
  kit.model.parts.insert(kit.model.parts.begin(), std::move(part));
  kit.model.box = rest_bounds(kit.model, false);
  kit.model.wheelbase_m = size.wheelbase_m;
  kit.model.front_overhang_m = kit.model.box.upper.x - size.wheelbase_m;
  kit.model.max_steer_rad = max_steer_rad;
  kit.model.height_m = kit.model.box.upper.z;
  return std::move(kit.model);
}

TriangleMesh swept(const std::vector<Vec2f>& side, float half, std::uint16_t material,
                   float bevel) {
  const Affine3f T{glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}), Vec3f(0)};
  return extrude(side, -half, half, T, material, bevel);
}

std::vector<Vec2f> arches(const std::vector<float>& centres_x, float radius, float axle_z,
                          float z) {
  std::vector<Vec2f> out;
  for (const float x : centres_x) {
    const float half = std::sqrt(std::max(0.f, radius * radius - (axle_z - z) * (axle_z - z)));
    const float from = std::atan2(z - axle_z, half);
    constexpr int kSteps = 14;
    for (int k = 0; k <= kSteps; ++k) {
      const float a = from + (kPi - 2 * from) * static_cast<float>(k) / kSteps;
      out.emplace_back(x + radius * std::cos(a), axle_z + radius * std::sin(a));
    }
  }
  return out;
}

TriangleMesh plate(const Vec3f& a, const Vec3f& b, const Vec3f& c, const Vec3f& d, float proud,
                   std::uint16_t material) {
  const Vec3f n = glm::normalize(glm::cross(b - a, d - a));
  const Ring low = {a - .004f * n, b - .004f * n, c - .004f * n, d - .004f * n};
  const Ring high = {a + proud * n, b + proud * n, c + proud * n, d + proud * n};
  const Ring rings[] = {low, high};
  return loft(rings, material, {.crease_rad = .3f});
}

TriangleMesh flank(float side, float half, float x0, float x1, float z0, float z1, float proud,
                   std::uint16_t material) {
  const float y = side * half;
  if (side < 0) return plate({x0, y, z0}, {x1, y, z0}, {x1, y, z1}, {x0, y, z1}, proud, material);
  return plate({x1, y, z0}, {x0, y, z0}, {x0, y, z1}, {x1, y, z1}, proud, material);
}

TriangleMesh face(float towards, float x, float y0, float y1, float z0, float z1, float proud,
                  std::uint16_t material) {
  if (towards > 0)
    return plate({x, y0, z0}, {x, y1, z0}, {x, y1, z1}, {x, y0, z1}, proud, material);
  return plate({x, y1, z0}, {x, y0, z0}, {x, y0, z1}, {x, y1, z1}, proud, material);
}

void add_axle(Model& model, const Axle& axle, const Tyre& tyre, const std::string& name) {
  WheelSpec spec;
  spec.radius_m = tyre.radius_m;
  spec.width_m = tyre.width_m;
  spec.rim_radius_m = tyre.rim_radius_m;
  spec.steel = true;
  TriangleMesh left = build_wheel(spec);
  if (axle.twin) left.append(build_wheel(spec), translation({0, -f(1.1 * tyre.width_m), 0}));
  const auto mesh = std::make_shared<const TriangleMesh>(std::move(left));
  const auto mirror = std::make_shared<const TriangleMesh>(mirrored_y(*mesh));
  for (const double side : {1.0, -1.0}) {
    Part part;
    part.name = "wheel " + name + (side > 0 ? " left" : " right");
    part.role = PartRole::kWheel;
    part.mesh = side > 0 ? mesh : mirror;
    part.T_model_part.translation = {axle.x, side * .5 * axle.track_m, tyre.radius_m};
    part.wheel_radius_m = tyre.radius_m;
    part.steered = axle.steered;
    model.parts.push_back(std::move(part));
  }
}

void add_mirror(Model& model, TriangleMesh left) {
  Part right;
  right.name = "mirror right";
  right.role = PartRole::kMirror;
  right.mesh = std::make_shared<const TriangleMesh>(mirrored_y(left));
  Part part;
  part.name = "mirror left";
  part.role = PartRole::kMirror;
  part.mesh = std::make_shared<const TriangleMesh>(std::move(left));
  model.parts.push_back(std::move(right));
  model.parts.push_back(std::move(part));
}

}  // namespace oddroad::asset::kit
