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
constexpr int kReach = 2;  // pixels to either side that share what they found
constexpr int kBlock = 8;

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
    shady_.assign(static_cast<std::size_t>(shady_columns()) * (layout_.height_px / kBlock + 1), 0);
    for (std::size_t k = 0; k < asking_.size(); ++k) {
      traced_[asking_[k]].dark = dark[k] != 0;
      if (!dark[k]) continue;
      const auto width = static_cast<std::uint32_t>(layout_.width_px);
      shady_[asking_[k] / width / kBlock * shady_columns() + asking_[k] % width / kBlock] = 1;
    }
  }

  void share() {
    core::parallel_for(layout_.height_px, [&](int y) {
      for (int x = 0; x < layout_.width_px; ++x) average(x, y);
    });
    for (std::size_t i = layout_.pixel_samples; i < samples_.size(); ++i) borrow(i);
  }

 private:
  [[nodiscard]] int shady_columns() const { return layout_.width_px / kBlock + 1; }
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

  // Whether anything of the window around a pixel is in the shadow of a lamp.
  [[nodiscard]] bool near_shadow(int x, int y) const {
    const int x1 = std::min(x + kReach, layout_.width_px - 1) / kBlock;
    const int y1 = std::min(y + kReach, layout_.height_px - 1) / kBlock;
    for (int j = std::max(y - kReach, 0) / kBlock; j <= y1; ++j) {
      for (int i = std::max(x - kReach, 0) / kBlock; i <= x1; ++i) {
        if (shady_[static_cast<std::size_t>(j) * shady_columns() + i]) return true;
      }
    }
    return false;
  }

  // Weighted by nearness over 5x5 pixels: each lamp of the cell was traced at every other one.
  void average(int x, int y) {
    const std::size_t i = at(x, y);
    scene::ShadeSample& s = samples_[i];
    if (s.drawable == 0 || !near_shadow(x, y)) return;
    const std::uint32_t count = shadowed(grid_, s.light_cell);
    if (count == 0) return;
    const auto lights = grid_.lights_of(s.light_cell);
    std::array<float, scene::kShadowedLights> seen{};
    std::array<float, scene::kShadowedLights> lit{};
    for (int j = std::max(y - kReach, 0); j <= std::min(y + kReach, layout_.height_px - 1); ++j) {
      for (int k = std::max(x - kReach, 0); k <= std::min(x + kReach, layout_.width_px - 1); ++k) {
        const std::size_t n = at(k, j);
        if (traced_[n].light == kNoLight || samples_[n].drawable != s.drawable) continue;
        if (std::abs(places_[n].depth - places_[i].depth) > 0.05f * places_[i].depth) continue;
        if (glm::dot(places_[n].normal, places_[i].normal) < 0.8) continue;
        const auto weight =
            static_cast<float>((kReach + 1 - std::abs(k - x)) * (kReach + 1 - std::abs(j - y)));
        for (std::uint32_t slot = 0; slot < count; ++slot) {
          if (lights[slot] != traced_[n].light) continue;
          seen[slot] += weight;
          lit[slot] += traced_[n].dark ? 0.f : weight;
        }
      }
    }
    for (std::uint32_t slot = 0; slot < count; ++slot) {
      if (seen[slot] == 0) continue;
      const auto share = static_cast<std::uint32_t>(255 * lit[slot] / seen[slot] + .5f);
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
  std::vector<std::uint8_t> shady_;    // per 8x8 pixels: some ray was stopped
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
