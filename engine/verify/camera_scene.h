// The world as one camera frame saw it, with rays into it and the pixels' exact values.
#pragma once

#include <vector>

#include "engine/verify/tracer.h"
#include "engine/verify/view.h"
#include "engine/world/scene_window.h"

namespace oddroad::verify {

// What the surface behind a pixel makes of it. low and high differ only for surfaces that lie
// beside the pixel's centre.
struct PixelTruth {
  bool nothing = true;
  std::uint16_t id = 0;
  std::uint8_t class_id = 0;
  double range_low_m = 0, range_high_m = 0;  // infinite for nothing
  math::Vec3d camera_ray{0};                 // unit
  math::Vec3d normal{0};                     // camera frame, viewer's side; 0 for nothing
  Hit hit;                                   // along the ray that met it
};

class CameraScene {
 public:
  // Borrows builder and trees for the constructor, and what the window borrows for good.
  CameraScene(const world::SceneBuilder& builder, MeshTrees& trees, View view);
  CameraScene(const CameraScene&) = delete;

  [[nodiscard]] const View& view() const { return view_; }
  [[nodiscard]] const world::SceneWindow& window() const { return window_; }
  [[nodiscard]] const Tracer& tracer() const { return tracer_; }

  [[nodiscard]] PixelTruth at_centre(int x, int y) const;
  // Every answer that some ray within kEdgePx of the centre gives, what lies within kFoldShare
  // behind it included; the centre's own first.
  [[nodiscard]] std::vector<PixelTruth> near_centre(int x, int y) const;
  // "3 child" or "0": for messages.
  [[nodiscard]] std::string name_of(std::uint16_t id) const;

 private:
  [[nodiscard]] PixelTruth truth(const Hit& hit, const ImageRay& centre, int row,
                                 double range_there_m) const;
  // Where edges of the triangle pass within kEdgePx of a pixel's centre, relative to it.
  [[nodiscard]] std::vector<math::Vec2d> near_edges(const Hit& hit, const ImageRay& centre, int x,
                                                    int y) const;

  View view_;
  world::SceneWindow window_;
  Tracer tracer_;
};

// Calls visit(du, dv) for places within kEdgePx of a pixel's centre, outwards, until it says false.
template <typename Visit>
void around_centre(double reach_px, const Visit& visit) {
  constexpr int kGrid = 4;
  for (int ring = 1; ring <= kGrid; ++ring) {
    for (int j = -ring; j <= ring; ++j) {
      for (int i = -ring; i <= ring; ++i) {
        if (std::max(std::abs(i), std::abs(j)) != ring) continue;
        if (!visit(reach_px * i / kGrid, reach_px * j / kGrid)) return;
      }
    }
  }
}

}  // namespace oddroad::verify
