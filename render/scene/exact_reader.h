// A record, and exact rays against the triangles that it names.
#pragma once

#include <algorithm>

#include "render/scene/pixel_geometry.h"
#include "render/scene/triangle_source.h"
#include "render/scene/visibility.h"

namespace oddroad::scene {

// drawable and triangle as in VisibilityRecord.
struct Seen {
  std::uint32_t drawable = 0;
  std::uint32_t triangle = 0;
  bool operator==(const Seen&) const = default;
};

// One for each thread: it remembers triangles. Borrows both.
class ExactReader {
 public:
  ExactReader(const TriangleSource& triangles, const VisibilityRecord& record)
      : triangles_(triangles), record_(record) {}

  [[nodiscard]] const VisibilityRecord& record() const { return record_; }
  [[nodiscard]] Seen at(int x, int y) const {
    const std::size_t i = static_cast<std::size_t>(y) * record_.width_px + x;
    return {record_.drawable[i], record_.triangle[i]};
  }
  [[nodiscard]] std::array<math::Vec3d, 3> corners(Seen what, std::int64_t stamp_ns) const {
    return triangles_.corners(what.drawable - 1, what.triangle, stamp_ns);
  }
  // The reference holds until the next call.
  const AimedTriangle& aimed(Seen what, const ViewInstant& from) {
    return aimed_.get(what.drawable, what.triangle, from.stamp_ns, [&] {
      return AimedTriangle(from.T_world_camera.translation, corners(what, from.stamp_ns));
    });
  }
  // Calls visit(seen) for what the pixels around (x, y) show.
  template <typename Visit>
  void around(int x, int y, const Visit& visit) const {
    for (int j = std::max(y - 1, 0); j <= std::min(y + 1, record_.height_px - 1); ++j) {
      for (int i = std::max(x - 1, 0); i <= std::min(x + 1, record_.width_px - 1); ++i) {
        if (at(i, j).drawable != 0 && (i != x || j != y)) visit(at(i, j));
      }
    }
  }

 private:
  const TriangleSource& triangles_;
  const VisibilityRecord& record_;
  TriangleCache<AimedTriangle> aimed_;
};

}  // namespace oddroad::scene
