// What heavy vehicles and two-wheelers are put together from.
#pragma once

#include <string>
#include <vector>

#include "engine/asset/lamp_set.h"
#include "engine/asset/mesh_tools.h"
#include "engine/asset/prop.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset::kit {

using surface::Surface;

struct VehicleSize {
  double length_m, width_m, height_m, wheelbase_m, front_overhang_m;
  [[nodiscard]] double rear_m() const { return length_m - wheelbase_m - front_overhang_m; }
  [[nodiscard]] ModelSize size() const {
    return {length_m, width_m, height_m, rear_m(), wheelbase_m};
  }
};

// A model with the materials of vehicles, a number plate and lamps; parts are added by the caller.
struct Kit {
  Model model;
  LampMaterials lamp;
  TriangleMesh body;
};
Kit begin(const PropNumbers& numbers, const char* class_name, bool commercial);
// Whether beacons flash: the number "beacon", or one vehicle in two by its seed.
bool beacon_is_on(const PropNumbers& numbers);
// Makes the front panes ones that are looked through: there must be a cabin behind them.
void clear_panes(Model& model);
// Adds the body and fills in box and measures.
Model finish(Kit kit, const VehicleSize& size, double max_steer_rad);

// A side view (x, z) swept from y = -half to half, edges bevelled.
TriangleMesh swept(const std::vector<Vec2f>& side, float half, std::uint16_t material, float bevel);
// Cuts half-round wheel arches into a straight underside at z, from x_high to x_low (decreasing x).
std::vector<Vec2f> arches(const std::vector<float>& centres_x, float radius, float axle_z, float z);
// A plate standing proud of a flat face: corners counter-clockwise seen from outside.
TriangleMesh plate(const Vec3f& a, const Vec3f& b, const Vec3f& c, const Vec3f& d, float proud,
                   std::uint16_t material);
// A plate on the left (+1) or right (-1) flank at |y| = half, from x0 to x1, z0 to z1.
TriangleMesh flank(float side, float half, float x0, float x1, float z0, float z1, float proud,
                   std::uint16_t material);
// A plate facing forward (+1) or back (-1) at x.
TriangleMesh face(float towards, float x, float y0, float y1, float z0, float z1, float proud,
                  std::uint16_t material);

struct Axle {
  double x = 0;
  double track_m = 0;  // middle of tyre to middle of tyre (outer ones of twins)
  bool steered = false;
  bool twin = false;
};
struct Tyre {
  double radius_m, width_m, rim_radius_m;
};
void add_axle(Model& model, const Axle& axle, const Tyre& tyre, const std::string& name);
void add_mirror(Model& model, TriangleMesh left);  // and its twin on the right

// For the rows of the catalog.
template <VehicleSize (*kSize)(const PropNumbers&)>
ModelSize size_of(const PropNumbers& n) {
  return kSize(n).size();
}

inline float f(double v) {
  return static_cast<float>(v);
}

}  // namespace oddroad::asset::kit
