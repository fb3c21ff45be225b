// What a line of sight from far away meets of one model: by brute force, in double precision.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/asset/model.h"

namespace oddroad::asset::testing {

struct Face {
  std::array<math::Vec3d, 3> p;
  const Part* part = nullptr;
  std::uint16_t material = 0;
};

// All triangles in the model frame; the skin posed by the articulation, the rest at rest.
inline std::vector<Face> faces_of(const Model& model, const Articulation& articulation = {}) {
  std::vector<Face> out;
  for (const Part& part : model.parts) {
    std::vector<math::Vec3f> positions = part.mesh->positions;
    std::vector<math::Vec3f> normals;
    if (part.role == PartRole::kSkin) model.deformer->deform(articulation, positions, normals);
    for (std::size_t t = 0; t < part.mesh->triangles.size(); ++t) {
      Face face{{}, &part, part.mesh->material[t]};
      for (int k = 0; k < 3; ++k) {
        const math::Vec3f& p = positions[part.mesh->triangles[t][k]];
        face.p[k] = part.T_model_part.point(math::Vec3d(p));
      }
      out.push_back(face);
    }
  }
  return out;
}

// Unit vector towards somebody who looks from there; azimuth 0 is ahead, 90 to the left, degrees.
inline math::Vec3d from(double azimuth_deg, double elevation_deg) {
  const double a = azimuth_deg * M_PI / 180;
  const double e = elevation_deg * M_PI / 180;
  return {std::cos(e) * std::cos(a), std::cos(e) * std::sin(a), std::sin(e)};
}

// How far before `point` a line of sight from `direction` meets its first surface; 0 = nothing.
inline double cover_m(const std::vector<Face>& faces, const math::Vec3d& point,
                      const math::Vec3d& direction) {
  double first = 0;
  for (const Face& f : faces) {
    const math::Vec3d ab = f.p[1] - f.p[0];
    const math::Vec3d ac = f.p[2] - f.p[0];
    const math::Vec3d q = glm::cross(direction, ac);
    const double det = glm::dot(ab, q);
    if (std::abs(det) < 1e-15) continue;
    const math::Vec3d s = point - f.p[0];
    const double u = glm::dot(s, q) / det;
    if (u < 0 || u > 1) continue;
    const math::Vec3d r = glm::cross(s, ab);
    const double v = glm::dot(direction, r) / det;
    if (v < 0 || u + v > 1) continue;
    first = std::max(first, glm::dot(ac, r) / det);
  }
  return first;
}

// Where a keypoint of a rigid model lies at rest, model frame.
inline math::Vec3d at_rest(const Model& model, const KeypointAnchor& k) {
  return k.part < 0 ? k.position_m : model.parts[k.part].T_model_part.point(k.position_m);
}

inline const KeypointAnchor& keypoint(const Model& model, const std::string& name) {
  for (const KeypointAnchor& k : model.keypoints) {
    if (k.name == name) return k;
  }
  static const KeypointAnchor none;
  return none;
}

}  // namespace oddroad::asset::testing
