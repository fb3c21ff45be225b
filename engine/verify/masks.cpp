#include "engine/verify/masks.h"

namespace oddroad::verify {

Masks::Masks(const FrameImages& images, const SeenImage& seen, int width_px, int height_px)
    : images_(images), seen_(seen), width_px_(width_px) {
  for (int y = 0; y < height_px; ++y) {
    for (int x = 0; x < width_px; ++x) covered_[at(x, y)].add(x, y);
  }
}

Covered Masks::of(std::uint16_t id) const {
  const auto it = covered_.find(id);
  return it == covered_.end() ? Covered{} : it->second;
}

CoveredRange visible_range(const CameraScene& scene, std::uint16_t id, PixelBounds bounds) {
  const CameraRecord& camera = scene.view().camera();
  bounds = bounds.grown(0, 0, camera.width_px, camera.height_px);
  CoveredRange out;
  for (int y = bounds.top; y < bounds.bottom; ++y) {
    for (int x = bounds.left; x < bounds.right; ++x) {
      bool any = false, all = true;
      for (const PixelTruth& t : scene.near_centre(x, y)) {
        any |= t.id == id;
        all &= t.id == id;
      }
      if (all) out.certain.add(x, y);
      if (any) out.possible.add(x, y);
    }
  }
  return out;
}

}  // namespace oddroad::verify
