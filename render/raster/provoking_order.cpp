#include "render/raster/provoking_order.h"

namespace oddroad::raster {

ProvokingOrder provoking_order(const math::TriangleMesh& mesh) {
  constexpr std::uint32_t kNone = 0xffffffffu;
  ProvokingOrder out;
  const auto count = static_cast<std::uint32_t>(mesh.triangles.size());
  std::vector<std::uint32_t> place(mesh.positions.size(), kNone);  // old vertex to new
  out.source.resize(count);
  out.triangles.resize(count);
  // Let each triangle provoke with a corner that no other does yet, so that few are stored twice.
  for (std::uint32_t t = 0; t < count; ++t) {
    const auto& old = mesh.triangles[t];
    int first = 0;
    for (int k = 0; k < 3; ++k) {
      if (place[old[k]] == kNone) {
        first = k;
        break;
      }
    }
    if (place[old[first]] == kNone) place[old[first]] = t;
    out.source[t] = old[first];
    out.triangles[t] = {old[first], old[(first + 1) % 3], old[(first + 2) % 3]};
  }
  for (std::uint32_t t = 0; t < count; ++t) {
    auto& corners = out.triangles[t];
    corners[0] = t;
    for (int k = 1; k < 3; ++k) {
      std::uint32_t& at = place[corners[k]];
      if (at == kNone) {
        at = static_cast<std::uint32_t>(out.source.size());
        out.source.push_back(corners[k]);
      }
      corners[k] = at;
    }
  }
  return out;
}

}  // namespace oddroad::raster
