#include "engine/asset/lamp_photometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace oddroad::asset {
namespace {

using math::Vec3d;
using math::Vec3f;

constexpr double kAhead_m = .04;         // of the lens
constexpr double kOneLamp_m = .3;        // clusters nearer than this to each other are one lamp
constexpr double kLowBeamSeen_cd = 350;  // of a low beam by who stands above its cut-off

struct Photometry {
  std::string_view lamp;
  double front_cd;  // on axis, where the lens looks ahead; 0 = such lenses give no light
  double rear_cd;
  float exponent;  // of the cosine: how wide it spreads
  bool vehicle;    // the lens gets the luminance that goes with the intensity
};
constexpr std::array kKnown = {
    Photometry{"head", kLowBeamSeen_cd, 0, 1, true},
    Photometry{"tail", 0, 10, 6, true},
    Photometry{"brake", 0, 110, 8, true},
    Photometry{"indicator_left", 350, 200, 6, true},
    Photometry{"indicator_right", 350, 200, 6, true},
    Photometry{"reverse", 0, 300, 3, true},
    Photometry{"beacon", 200, 200, .4f, false},
    Photometry{"red", 200, 0, 60, false},
    Photometry{"yellow", 200, 0, 60, false},
    Photometry{"green", 200, 0, 60, false},
};

const Photometry* known(std::string_view lamp) {
  const auto* found = std::find_if(kKnown.begin(), kKnown.end(), [&](const Photometry& p) {
    return p.lamp == lamp;
  });
  return found == kKnown.end() ? nullptr : found;
}

// Triangles of one lens, summed.
struct Cluster {
  Vec3d weighted{0};  // middles times areas
  Vec3d facing{0};    // area vectors
  double area_m2 = 0;
  Vec3d middle() const { return weighted / std::max(area_m2, 1e-12); }
  void add(const Cluster& other) {
    weighted += other.weighted;
    facing += other.facing;
    area_m2 += other.area_m2;
  }
};

// By end (rear, front) and side (right, left).
using Clusters = std::array<std::array<Cluster, 2>, 2>;

// Of vehicles, what faces away from them: lenses are closed bodies. Other things have one face.
Clusters clusters_of(const Model& model, const Lamp& lamp, bool vehicle) {
  Clusters out;
  const double middle_x = .5 * (model.box.lower.x + model.box.upper.x);
  for (const Part& part : model.parts) {
    const math::TriangleMesh& mesh = *part.mesh;
    for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
      if (mesh.material[t] != lamp.off) continue;
      std::array<Vec3d, 3> p;
      for (int k = 0; k < 3; ++k) {
        p[k] = part.T_model_part.point(Vec3d(mesh.positions[mesh.triangles[t][k]]));
      }
      const Vec3d middle = (p[0] + p[1] + p[2]) / 3.0;
      if (lamp.side != 0 && middle.y * lamp.side <= 0) continue;
      const Vec3d facing = glm::cross(p[1] - p[0], p[2] - p[0]) / 2.0;
      if (vehicle && (middle.x - middle_x) * facing.x <= 0) continue;
      const double area = glm::length(facing);
      out[facing.x > 0 ? 1 : 0][middle.y > 0 ? 1 : 0].add({middle * area, facing, area});
    }
  }
  return out;
}

struct Found {
  Cluster lens;
  double sense;  // +1 looks ahead, -1 back
};

std::vector<Found> lenses_of(const Model& model, const Lamp& lamp, const Photometry& what) {
  Clusters clusters = clusters_of(model, lamp, what.vehicle);
  std::vector<Found> out;
  for (int end = 0; end < 2; ++end) {
    if ((end == 1 ? what.front_cd : what.rear_cd) <= 0) continue;
    auto& [right, left] = clusters[end];
    if (right.area_m2 > 0 && left.area_m2 > 0 &&
        glm::length(left.middle() - right.middle()) < kOneLamp_m) {
      right.add(left);
      left = {};
    }
    for (const Cluster& c : clusters[end]) {
      if (std::abs(c.facing.x) > 1e-5) out.push_back({c, end == 1 ? 1.0 : -1.0});
    }
  }
  return out;
}

void set_luminance(Model& model, const Lamp& lamp, const std::vector<Found>& lenses,
                   const Photometry& what) {
  double intensity = 0;
  double area = 0;
  for (const Found& lens : lenses) {
    intensity += lens.sense > 0 ? what.front_cd : what.rear_cd;
    area += std::abs(lens.lens.facing.x);
  }
  const Vec3f tint = unit_luminance(model.materials[lamp.on].emission_cd_m2);
  model.materials[lamp.on].emission_cd_m2 = tint * static_cast<float>(intensity / area);
}

void add_luminaires(Model& model, const Lamp& lamp, const Photometry& what) {
  const Vec3f light = model.materials[lamp.on].emission_cd_m2;
  if (light == Vec3f(0)) return;
  const std::vector<Found> lenses = lenses_of(model, lamp, what);
  if (lenses.empty()) return;
  for (const Found& found : lenses) {
    Luminaire out;
    out.lamp = lamp.name;
    out.axis = {found.sense, 0, 0};
    out.position_m = found.lens.middle() + kAhead_m * out.axis;
    out.exponent = what.exponent;
    out.radius_m = static_cast<float>(std::sqrt(std::abs(found.lens.facing.x) / M_PI));
    const double candela = found.sense > 0 ? what.front_cd : what.rear_cd;
    out.candela = unit_luminance(light) * static_cast<float>(candela);
    if (what.lamp == "head") {
      out.beam = ODDROAD_BEAM_LOW;
      out.candela = unit_luminance(light);
      model.luminaires.push_back(out);
      out.lamp = "high";
      out.beam = ODDROAD_BEAM_HIGH;
    }
    model.luminaires.push_back(std::move(out));
  }
  // The left and the right indicator share what is lit.
  if (what.vehicle && lamp.side <= 0) set_luminance(model, lamp, lenses, what);
}

}  // namespace

void add_lamp_luminaires(Model& model) {
  if (!model.luminaires.empty()) return;
  for (const Lamp& lamp : model.lamps) {
    const Photometry* what = known(lamp.name);
    if (what != nullptr) add_luminaires(model, lamp, *what);
  }
}

}  // namespace oddroad::asset
