#include "render/scene/deform.h"

#include "engine/core/check.h"

namespace oddroad::scene {
namespace {

using Field = std::vector<math::Vec3f> world::DeformedStep::*;

void blend(const world::SceneWindow& window, const world::Drawable& drawable, std::int64_t stamp_ns,
           Field field, std::vector<math::Vec3f>& out) {
  const std::int64_t t = stamp_ns - window.begin_ns;
  ODDROAD_CHECK_OP(t, >=, 0);
  const auto index = static_cast<std::size_t>(t / world::kStepNs);
  const double share = static_cast<double>(t % world::kStepNs) / world::kStepNs;
  ODDROAD_CHECK_OP(index, <, drawable.steps.size());
  const std::vector<math::Vec3f>& a = (*drawable.steps[index]).*field;
  if (share == 0) {
    out = a;
    return;
  }
  ODDROAD_CHECK_OP(index + 1, <, drawable.steps.size());
  const std::vector<math::Vec3f>& b = (*drawable.steps[index + 1]).*field;
  out.resize(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    out[i] = math::Vec3f(math::Vec3d(a[i]) * (1 - share) + math::Vec3d(b[i]) * share);
  }
}

}  // namespace

void positions_at(const world::SceneWindow& window, const world::Drawable& drawable,
                  std::int64_t stamp_ns, std::vector<math::Vec3f>& positions) {
  if (drawable.steps.empty()) {
    positions = drawable.mesh->positions;
  } else {
    blend(window, drawable, stamp_ns, &world::DeformedStep::positions, positions);
  }
}

void normals_at(const world::SceneWindow& window, const world::Drawable& drawable,
                std::int64_t stamp_ns, std::vector<math::Vec3f>& normals) {
  if (drawable.steps.empty()) {
    normals = drawable.mesh->normals;
  } else {
    blend(window, drawable, stamp_ns, &world::DeformedStep::normals, normals);
  }
}

}  // namespace oddroad::scene
