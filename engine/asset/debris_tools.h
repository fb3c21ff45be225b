// Shared by the generators of debris.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "engine/asset/materials.h"
#include "engine/asset/mesh_tools.h"
#include "engine/asset/prop.h"

namespace oddroad::asset::debris {

inline float number(const PropNumbers& n, const char* name) {
  return static_cast<float>(n.get(name));
}
inline float uniform(core::RandomStream& stream, float lower, float upper) {
  return static_cast<float>(stream.uniform(lower, upper));
}
// A size of its own length, width and height, middle over the origin.
inline ModelSize box_size(const PropNumbers& n) {
  return {n.get("length"), n.get("width"), n.get("height"), .5 * n.get("length"), 0};
}
inline std::vector<NumberRange> box_numbers(double length, double width, double height,
                                            double share = .5) {
  const auto range = [share](const char* name, double v) {
    return NumberRange{name, (1 - share) * v, (1 + share) * v, v, false};
  };
  return {range("length", length), range("width", width), range("height", height)};
}
// A smooth wobble of about unit size in space, different for every seed.
class Noise {
 public:
  explicit Noise(core::RandomStream& stream) {
    for (Wave& w : waves_) {
      for (int c = 0; c < 3; ++c) w.k[c] = uniform(stream, -1, 1);
      w.phase = uniform(stream, 0, 2 * kPi);
    }
  }
  // `pitch_m` is about the size of its lumps.
  [[nodiscard]] float operator()(const Vec3f& p, float pitch_m) const {
    float sum = 0;
    for (const Wave& w : waves_) sum += std::sin(glm::dot(w.k, p) * 2 * kPi / pitch_m + w.phase);
    return sum / 3.5f;
  }

 private:
  struct Wave {
    Vec3f k;
    float phase = 0;
  };
  Wave waves_[8];
};
// Stretches the mesh to exactly this box, standing on z = 0 with its middle over the origin.
inline void fit_box(TriangleMesh& mesh, const Vec3f& size) {
  const math::Aabb box = mesh.bounds();
  const Vec3f low(box.lower);
  const Vec3f scale = size / glm::max(Vec3f(box.size()), Vec3f(1e-6f));
  for (Vec3f& p : mesh.positions) {
    p = (p - low) * scale - Vec3f(.5f * size.x, .5f * size.y, 0);
  }
}
inline Model debris_model(const PropNumbers& n, TriangleMesh mesh, std::vector<Material> list) {
  mesh.remove_degenerate();
  return single_part_model(n.type(), "debris", std::move(mesh), std::move(list));
}

}  // namespace oddroad::asset::debris
