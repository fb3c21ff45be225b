#include "engine/asset/vehicle_keypoints.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

using math::TriangleMesh;
using math::Vec3d;

namespace {

// Points on the body's surface: what lies before them by less is the curve of their own panel.
constexpr double kSurfaceReach = .05;

const Part& part_named(const Model& model, const std::string& name) {
  return *std::find_if(model.parts.begin(), model.parts.end(), [&](const Part& part) {
    return part.name == name;
  });
}

std::array<Vec3d, 3> corners(const TriangleMesh& mesh, std::size_t t) {
  const auto& [a, b, c] = mesh.triangles[t];
  return {Vec3d(mesh.positions[a]), Vec3d(mesh.positions[b]), Vec3d(mesh.positions[c])};
}

// Where the body's outline at height z turns from one end (+1 front, -1 rear) into the left side:
// the outline's furthest point half-way between both directions.
Vec3d corner_at(const TriangleMesh& body, double z, double end) {
  Vec3d best(0);
  double reached = -1e9;
  for (std::size_t t = 0; t < body.triangles.size(); ++t) {
    const auto p = corners(body, t);
    for (int k = 0; k < 3; ++k) {
      const Vec3d& a = p[k];
      const Vec3d& b = p[(k + 1) % 3];
      if ((a.z < z) == (b.z < z)) continue;
      const Vec3d q = a + (b - a) * ((z - a.z) / (b.z - a.z));
      if (end * q.x + q.y <= reached) continue;
      reached = end * q.x + q.y;
      best = q;
    }
  }
  return best;
}

// Where the mean normal through the middle of all left-hand triangles of these surfaces meets them,
// at the front (+1) or the rear (-1) half of the vehicle.
Vec3d lamp_middle(const TriangleMesh& body, std::initializer_list<std::uint16_t> surfaces,
                  double centre_x, double end) {
  std::vector<std::size_t> glass;
  Vec3d middle(0);
  Vec3d normal(0);
  double area = 0;
  for (std::size_t t = 0; t < body.triangles.size(); ++t) {
    const auto [a, b, c] = corners(body, t);
    const Vec3d third = (a + b + c) / 3.0;
    // The stop lamp over the rear window sits in the middle.
    if (third.y < .2 || (third.x - centre_x) * end < 0) continue;
    if (std::find(surfaces.begin(), surfaces.end(), body.material[t]) == surfaces.end()) continue;
    const Vec3d face = .5 * glm::cross(b - a, c - a);
    glass.push_back(t);
    middle += third * glm::length(face);
    normal += face;
    area += glm::length(face);
  }
  middle /= area;
  normal = glm::normalize(normal);
  for (const std::size_t t : glass) {
    const auto [a, b, c] = corners(body, t);
    const glm::dmat3 m(b - a, c - a, -normal);
    if (std::abs(glm::determinant(m)) < 1e-15) continue;
    const Vec3d uvt = glm::inverse(m) * (middle - a);
    if (uvt.x >= 0 && uvt.y >= 0 && uvt.x + uvt.y <= 1) return middle + normal * uvt.z;
  }
  return middle;
}

Vec3d mirrored(const Vec3d& p) {
  return {p.x, -p.y, p.z};
}

class Collector {
 public:
  void both(const std::string& name, const Vec3d& left, double reach_m) {
    out.push_back({name + "_left", -1, left, reach_m});
    out.push_back({name + "_right", -1, mirrored(left), reach_m});
  }
  std::vector<KeypointAnchor> out;
};

void add_wheels(const Model& model, Collector& points) {
  for (std::size_t i = 0; i < model.parts.size(); ++i) {
    const Part& part = model.parts[i];
    if (part.role != PartRole::kWheel) continue;
    const double side = part.T_model_part.translation.y > 0 ? 1 : -1;
    double face = 0;  // the cap's outer end
    for (const math::Vec3f& p : part.mesh->positions) {
      if (std::hypot(p.x, p.z) < .02) face = std::max(face, side * p.y);
    }
    std::string name = part.name;
    std::replace(name.begin(), name.end(), ' ', '_');
    points.out.push_back({name, static_cast<int>(i), {0, side * face, 0}, kSurfaceReach});
  }
}

void add_lamps(const TriangleMesh& body, const VehicleShape& shape, Collector& points) {
  using namespace surface;
  const double middle = .5 * shape.wheelbase_m;
  points.both("headlamp",
              lamp_middle(body, {kLampHousing, kLampLens, kLampGuide, kAmber}, middle, 1),
              kSurfaceReach);
  points.both("taillamp",
              lamp_middle(body, {kTailLamp, kTailDark, kAmber, kReverseLamp}, middle, -1),
              kSurfaceReach);
}

// Height of the outline's foremost (+1) or rearmost (-1) points: the bumper.
double bumper_z(const VehicleShape& shape, double end) {
  double tip = -1e9;
  for (const OutlinePoint& p : shape.top) tip = std::max(tip, end * p.x_m);
  double sum = 0;
  int count = 0;
  for (const OutlinePoint& p : shape.top) {
    if (end * p.x_m < tip - 1e-6) continue;
    sum += p.z_m;
    ++count;
  }
  return sum / count;
}

void add_bumpers(const TriangleMesh& body, const VehicleShape& shape, Collector& points) {
  points.both("bumper_front", corner_at(body, bumper_z(shape, 1), 1), kSurfaceReach);
  points.both("bumper_rear", corner_at(body, bumper_z(shape, -1), -1), kSurfaceReach);
}

// At the upper edges of windscreen and rear window. A van's roof rises on above its windscreen, and
// tails go up to a corner of the outline where there is one.
void add_roof(const TriangleMesh& body, const VehicleShape& shape, Collector& points) {
  const bool van = shape.style == BodyStyle::kVan;
  const double front_z = van ? .95 * shape.height_m : shape.windscreen_top_z_m;
  double rear_z = shape.rear_glass_top_z_m;
  for (const OutlinePoint& p : shape.top) {
    if (p.corner && p.z_m > .9 * shape.height_m) rear_z = p.z_m;
  }
  points.both("roof_front", corner_at(body, front_z, 1), kSurfaceReach);
  points.both("roof_rear", corner_at(body, rear_z, -1), kSurfaceReach);
}

// Half a housing's breadth deep.
void add_mirrors(const Model& model, Collector& points) {
  const TriangleMesh& mesh = *part_named(model, "mirror left").mesh;
  math::Aabb glass;
  for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
    if (mesh.material[t] != surface::kMirrorGlass) continue;
    for (const Vec3d& p : corners(mesh, t)) glass.include(p);
  }
  const double depth = mesh.bounds().upper.x - glass.upper.x;
  points.both("mirror", glass.centre() + Vec3d(.5 * depth, 0, 0), .75 * glass.size().y);
}

}  // namespace

std::vector<KeypointAnchor> vehicle_keypoints(const Model& model, const VehicleShape& shape) {
  Collector points;
  const TriangleMesh& body = *part_named(model, "body").mesh;
  add_wheels(model, points);
  add_lamps(body, shape, points);
  add_bumpers(body, shape, points);
  add_roof(body, shape, points);
  add_mirrors(model, points);
  return std::move(points.out);
}

}  // namespace oddroad::asset
