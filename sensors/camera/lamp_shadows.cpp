#include "sensors/camera/lamp_shadows.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/parallel.h"
#include "render/scene/light_grid.h"

namespace oddroad::camera {
namespace {

using math::Vec3d;

constexpr std::uint32_t kNoLight = 0xffffffffu;

// What one sample has traced.
struct Traced {
  std::uint32_t light = kNoLight;
  bool dark = false;
};

std::uint32_t shadowed(const scene::LightGrid& grid, std::uint32_t cell) {
  return std::min(static_cast<std::uint32_t>(grid.lights_of(cell).size()), scene::kShadowedLights);
}

// Where on what shines: over the disc that faces the sample.
Vec3d target(const world::Light& light, const Vec3d& from, const Vec3d& spread) {
  const Vec3d way = glm::normalize(light.position - from);
  return light.position +
         static_cast<double>(light.radius_m) * turned({spread.x, spread.y, 0}, way);
}

class LampTracer {
 public:
  LampTracer(const world::SceneWindow& window, const SampleLayout& layout,
             std::span<const Place> places, std::vector<scene::ShadeSample>& samples)
      : window_(window),
        grid_(window, scene::least_lux(window.environment)),
        layout_(layout),
        places_(places),
        samples_(samples),
        traced_(samples.size()) {}

  void trace(const scene::CameraView& view, const scene::RayCaster& caster) {
    for (std::uint32_t i = 0; i < layout_.pixel_samples; ++i) choose(i);
    scene::RayBatch rays;
    rays.resize(asking_.size());
    const auto pattern = sky_pattern();
    core::parallel_chunks(asking_.size(), 4096, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k != end; ++k) {
        const scene::ShadeSample& s = samples_[asking_[k]];
        const int x = static_cast<int>(s.u_px);
        const int y = static_cast<int>(s.v_px);
        const Vec3d& from = places_[asking_[k]].point;
        const world::Light& light = window_.lights[traced_[asking_[k]].light];
        const Vec3d to = target(light, from, pattern[(y & 3) * 4 + (x & 3)]);
        rays.set(k, from, to - from, ray_of(view, s, true).stamp_ns, .999f);
      }
    });
    std::vector<std::uint8_t> dark;
    caster.occluded(rays, scene::RayKind::kShadow, false, dark);
    for (std::size_t k = 0; k < asking_.size(); ++k) traced_[asking_[k]].dark = dark[k] != 0;
  }

  void share() {
    core::parallel_for(layout_.height_px, [&](int y) {
      for (int x = 0; x < layout_.width_px; ++x) average(x, y);
    });
    for (std::size_t i = layout_.pixel_samples; i < samples_.size(); ++i) borrow(i);
  }

 private:
  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * layout_.width_px + x;
  }

  void choose(std::uint32_t i) {
    scene::ShadeSample& s = samples_[i];
    if (s.drawable == 0) return;
    s.light_cell = grid_.cell_at(places_[i].point);
    const std::uint32_t count = shadowed(grid_, s.light_cell);
    if (count == 0) return;
    const auto turn = static_cast<std::uint32_t>((static_cast<int>(s.u_px) & 1) +
                                                 2 * (static_cast<int>(s.v_px) & 1));
    const std::uint32_t light = grid_.lights_of(s.light_cell)[turn % count];
    // A face turned away is dark whatever lies between; so is what the lamp turns away from.
    const Vec3d way = window_.lights[light].position - places_[i].point;
    if (glm::dot(way, places_[i].normal) <= 0 || glm::dot(way, window_.lights[light].axis) >= 0) {
      return;
    }
    traced_[i].light = light;
    asking_.push_back(i);
  }

  // Over the window of 4x4 pixels that holds each lamp of the cell four times.
  void average(int x, int y) {
    const std::size_t i = at(x, y);
    scene::ShadeSample& s = samples_[i];
    if (s.drawable == 0) return;
    const std::uint32_t count = shadowed(grid_, s.light_cell);
    if (count == 0) return;
    const auto lights = grid_.lights_of(s.light_cell);
    std::array<int, scene::kShadowedLights> seen{};
    std::array<int, scene::kShadowedLights> lit{};
    for (int j = std::max(y - 2, 0); j <= std::min(y + 1, layout_.height_px - 1); ++j) {
      for (int k = std::max(x - 2, 0); k <= std::min(x + 1, layout_.width_px - 1); ++k) {
        const std::size_t n = at(k, j);
        if (traced_[n].light == kNoLight || samples_[n].drawable != s.drawable) continue;
        if (std::abs(places_[n].depth - places_[i].depth) > 0.05f * places_[i].depth) continue;
        if (glm::dot(places_[n].normal, places_[i].normal) < 0.8) continue;
        for (std::uint32_t slot = 0; slot < count; ++slot) {
          if (lights[slot] != traced_[n].light) continue;
          ++seen[slot];
          lit[slot] += traced_[n].dark ? 0 : 1;
        }
      }
    }
    for (std::uint32_t slot = 0; slot < count; ++slot) {
      if (seen[slot] == 0) continue;
      const auto share = static_cast<std::uint32_t>(255 * lit[slot] / seen[slot]);
      s.light_visibility &= ~(255u << 8 * slot);
      s.light_visibility |= share << 8 * slot;
    }
  }

  // Other samples take what a neighbouring pixel on the same drawable found.
  void borrow(std::size_t i) {
    scene::ShadeSample& s = samples_[i];
    if (s.drawable == 0) return;
    const int x = static_cast<int>(s.u_px);
    const int y = static_cast<int>(s.v_px);
    for (const auto& [dx, dy] :
         {std::pair(0, 0), std::pair(-1, 0), std::pair(1, 0), std::pair(0, -1), std::pair(0, 1),
          std::pair(-1, -1), std::pair(1, -1), std::pair(-1, 1), std::pair(1, 1)}) {
      if (x + dx < 0 || y + dy < 0 || x + dx >= layout_.width_px || y + dy >= layout_.height_px) {
        continue;
      }
      const scene::ShadeSample& n = samples_[at(x + dx, y + dy)];
      if (n.drawable != s.drawable) continue;
      s.light_cell = n.light_cell;
      s.light_visibility = n.light_visibility;
      return;
    }
    s.light_cell = grid_.cell_at(places_[i].point);
  }

  const world::SceneWindow& window_;
  scene::LightGrid grid_;
  SampleLayout layout_;
  std::span<const Place> places_;
  std::vector<scene::ShadeSample>& samples_;
  std::vector<Traced> traced_;
  std::vector<std::uint32_t> asking_;  // samples that trace a ray
};

}  // namespace

void trace_lamps(const world::SceneWindow& window, const scene::CameraView& view,
                 const scene::RayCaster& caster, const SampleLayout& layout,
                 std::span<const Place> places, std::vector<scene::ShadeSample>& samples) {
  if (window.lights.empty()) return;
  LampTracer tracer(window, layout, places, samples);
  tracer.trace(view, caster);
  tracer.share();
}

}  // namespace oddroad::camera
