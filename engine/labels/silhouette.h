// What an object would cover if it were alone: amodal masks, by rays against the object only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/capture/image.h"
#include "engine/world/scene_window.h"
#include "render/scene/visibility.h"

namespace oddroad::labels {

// Pixels [x0, x1) x [y0, y1); may lie outside the image.
struct PixelRect {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool operator==(const PixelRect&) const = default;
  [[nodiscard]] bool empty() const { return x1 <= x0 || y1 <= y0; }
  [[nodiscard]] int width() const { return x1 - x0; }
  [[nodiscard]] int height() const { return y1 - y0; }
  [[nodiscard]] std::size_t pixels() const {
    return empty() ? 0 : static_cast<std::size_t>(width()) * height();
  }
};

// The pixels that amodal labels count: the image and one image size beyond each side.
PixelRect extended_grid(const math::CameraModel& camera);

// A mask on a part of the extended grid; everything outside the part is not covered.
struct Silhouette {
  Silhouette() = default;
  explicit Silhouette(const PixelRect& part)
      : rect(part), covered(static_cast<std::size_t>(part.width()) * part.height(), 0) {}

  PixelRect rect;
  std::vector<std::uint8_t> covered;  // row-major over rect
  [[nodiscard]] bool at(int x, int y) const { return covered[index(x, y)] != 0; }
  void set(int x, int y, bool value) { covered[index(x, y)] = value ? 1 : 0; }
  // Pixels [x0, x1) of a row are covered.
  void set_row(int y, int x0, int x1) { std::fill_n(&covered[index(x0, y)], x1 - x0, 1); }
  // From the first to behind the last covered pixel of a row; two equal places where there is none.
  [[nodiscard]] std::pair<int, int> row(int y) const;
  // All of [x0, x1) are covered; few of them are asked for.
  [[nodiscard]] bool covers(int y, int x0, int x1) const {
    const std::uint8_t* at = &covered[index(x0, y)];
    const std::uint8_t* end = at + (x1 - x0);
    while (at != end && *at != 0) ++at;
    return at == end;
  }
  // How many of [x0, x1) are covered.
  [[nodiscard]] std::int64_t count(int y, int x0, int x1) const;

 private:
  [[nodiscard]] std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y - rect.y0) * rect.width() + (x - rect.x0);
  }
};

// What is known of the frame, so that few rays are needed: where the object is seen it is there;
// where something farther than all of it is seen it is not.
struct SeenFrame {
  const capture::Image<std::uint16_t>& instance;
  const capture::Image<float>& distance_m;
  bool by_range = false;  // else by depth
};

// `caster` sees everything; the object is taken out of it.
Silhouette silhouette(const world::SceneWindow& window, const world::InstanceInfo& instance,
                      const scene::CameraView& view, const scene::RayCaster& caster,
                      const SeenFrame& seen);

}  // namespace oddroad::labels
