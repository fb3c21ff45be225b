#include "engine/labels/silhouette.h"

#include <algorithm>

#include "engine/labels/search_area.h"

namespace oddroad::labels {
namespace {

enum class Known { kCovered, kEmpty, kUnknown };

class Asker {
 public:
  Asker(const scene::CameraView& view, core::InstanceId id, double farthest_m,
        const SeenFrame& seen)
      : view_(view),
        id_(id),
        farthest_m_(static_cast<float>(farthest_m * 1.001 + 0.01)),
        seen_(seen) {}

  [[nodiscard]] Known known(int x, int y) const {
    const math::CameraModel& c = view_.camera;
    if (x < 0 || y < 0 || x >= c.width_px || y >= c.height_px) return Known::kUnknown;
    if (seen_.instance->at(x, y) == id_.value) return Known::kCovered;
    return seen_.range_m->at(x, y) > farthest_m_ ? Known::kEmpty : Known::kUnknown;
  }

 private:
  const scene::CameraView& view_;
  core::InstanceId id_;
  float farthest_m_;
  const SeenFrame& seen_;
};

Silhouette cast_rect(const PixelRect& rect, const scene::CameraView& view, const Asker& asker,
                     const scene::RayCaster& alone) {
  Silhouette out{
      rect, std::vector<std::uint8_t>(static_cast<std::size_t>(rect.width()) * rect.height(), 0)};
  std::vector<std::uint32_t> unknown;
  std::uint32_t i = 0;
  for (int y = rect.y0; y < rect.y1; ++y) {
    for (int x = rect.x0; x < rect.x1; ++x, ++i) {
      const Known known = asker.known(x, y);
      out.covered[i] = known == Known::kCovered;
      if (known == Known::kUnknown) unknown.push_back(i);
    }
  }
  scene::RayBatch rays;
  rays.resize(unknown.size());
  for (std::size_t k = 0; k < unknown.size(); ++k) {
    const int width = rect.width();
    rays.set(k, view.ray_at(rect.x0 + static_cast<int>(unknown[k]) % width,
                            rect.y0 + static_cast<int>(unknown[k]) / width));
  }
  scene::RayHits hits;
  alone.intersect(rays, scene::RayKind::kSensor, true, hits);
  for (std::size_t k = 0; k < unknown.size(); ++k) {
    out.covered[unknown[k]] = hits.drawable[k] != 0;
  }
  return out;
}

// The rect with each side moved out that the mask touches, as far as the grid allows.
PixelRect grown(const Silhouette& s, const PixelRect& grid) {
  const PixelRect& r = s.rect;
  bool left = false, right = false, top = false, bottom = false;
  for (int y = r.y0; y < r.y1; ++y) {
    left |= s.at(r.x0, y);
    right |= s.at(r.x1 - 1, y);
  }
  for (int x = r.x0; x < r.x1; ++x) {
    top |= s.at(x, r.y0);
    bottom |= s.at(x, r.y1 - 1);
  }
  const int step = 8 + std::max(r.width(), r.height()) / 4;
  return {left ? std::max(r.x0 - step, grid.x0) : r.x0, top ? std::max(r.y0 - step, grid.y0) : r.y0,
          right ? std::min(r.x1 + step, grid.x1) : r.x1,
          bottom ? std::min(r.y1 + step, grid.y1) : r.y1};
}

}  // namespace

PixelRect extended_grid(const math::CameraModel& camera) {
  return {-camera.width_px, -camera.height_px, 2 * camera.width_px, 2 * camera.height_px};
}

Silhouette silhouette(const world::SceneWindow& window, const world::InstanceInfo& instance,
                      const scene::CameraView& view, const scene::RayCaster& caster,
                      const SeenFrame& seen) {
  const SearchArea area = search_area(window, instance, view);
  // Wholly beside the image: nothing of it counts.
  const PixelRect image{0, 0, view.camera.width_px, view.camera.height_px};
  if (area.rect.empty() || area.rect.x0 >= image.x1 || area.rect.x1 <= 0 ||
      area.rect.y0 >= image.y1 || area.rect.y1 <= 0) {
    return {};
  }
  const auto alone = caster.only(instance.id);
  const Asker asker(view, instance.id, area.farthest_m, seen);
  const PixelRect grid = extended_grid(view.camera);
  PixelRect rect = area.rect;
  while (true) {
    Silhouette out = cast_rect(rect, view, asker, *alone);
    const PixelRect next = grown(out, grid);
    if (next == rect) return out;
    rect = next;
  }
}

}  // namespace oddroad::labels
