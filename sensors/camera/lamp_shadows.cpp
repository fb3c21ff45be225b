#include "sensors/camera/lamp_shadows.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/parallel.h"
#include "render/scene/light_grid.h"
#include "sensors/camera/bit_window.h"

namespace oddroad::camera {
namespace {

using math::Vec3f;

constexpr std::uint32_t kNoLight = 0xffffffffu;
constexpr int kReach = 2;  // pixels to either side that share what they found

// What one sample has traced.
struct Traced {
  std::uint32_t light = kNoLight;
  std::uint8_t slot = 0;  // of the light in its cell
  bool dark = false;
};

// What was found of a cell's lamps, as bits.
std::uint8_t lit_bit(std::uint32_t slot) {
  return static_cast<std::uint8_t>(1u << slot);
}
std::uint8_t dark_bit(std::uint32_t slot) {
  return static_cast<std::uint8_t>(16u << slot);
}
static_assert(scene::kShadowedLights == 4);

std::uint32_t shadowed(const scene::LightGrid& grid, std::uint32_t cell) {
  return std::min(static_cast<std::uint32_t>(grid.lights_of(cell).size()), scene::kShadowedLights);
}

// Where on what shines: over the disc that faces the sample.
Vec3f target(const world::Light& light, const Vec3f& from, const Vec3f& spread) {
  const Vec3f at(light.position);
  return at + light.radius_m * turned({spread.x, spread.y, 0}, glm::normalize(at - from));
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
    const std::vector<std::uint32_t> asking = choose_lights();
    scene::RayBatch rays;
    rays.resize(asking.size());
    const auto pattern = sky_pattern();
    core::parallel_chunks(asking.size(), 4096, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k != end; ++k) {
        const scene::ShadeSample& s = samples_[asking[k]];
        const int x = static_cast<int>(s.u_px);
        const int y = static_cast<int>(s.v_px);
        const Vec3f& from = places_[asking[k]].point;
        const world::Light& light = window_.lights[traced_[asking[k]].light];
        const Vec3f to = target(light, from, pattern[(y & 3) * 4 + (x & 3)]);
        rays.set(k, from, to - from, view.stamp_of_row(y), .999f);
      }
    });
    std::vector<std::uint8_t> dark;
    caster.occluded(rays, scene::RayKind::kShadow, false, dark);
    for (std::size_t k = 0; k < asking.size(); ++k) traced_[asking[k]].dark = dark[k] != 0;
  }

  void share() {
    look_around();
    core::parallel_for((layout_.height_px + 1) / 2, [&](int row) {
      for (int y = 2 * row; y < std::min(2 * row + 2, layout_.height_px); ++y) {
        for (int x = 0; x < layout_.width_px; ++x) share_at(x, y);
      }
    });
    core::parallel_chunks(samples_.size() - layout_.pixel_samples, 4096,
                          [&](std::size_t begin, std::size_t end) {
                            for (std::size_t k = begin; k != end; ++k) {
                              borrow(layout_.pixel_samples + k);
                            }
                          });
  }

 private:
  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * layout_.width_px + x;
  }

  // Gives every pixel its cell and at most one lamp; the pixels that have one.
  std::vector<std::uint32_t> choose_lights() {
    std::vector<std::vector<std::uint32_t>> rows(layout_.height_px);
    core::parallel_for(layout_.height_px, [&](int y) {
      for (int x = 0; x < layout_.width_px; ++x) {
        const auto i = static_cast<std::uint32_t>(at(x, y));
        if (choose(i)) rows[y].push_back(i);
      }
    });
    std::vector<std::uint32_t> out;
    for (const auto& row : rows) out.insert(out.end(), row.begin(), row.end());
    return out;
  }

  bool choose(std::uint32_t i) {
    scene::ShadeSample& s = samples_[i];
    if (s.drawable == 0) return false;
    const Place& place = places_[i];
    s.light_cell = grid_.cell_at(math::Vec3d(place.point));
    const std::uint32_t count = shadowed(grid_, s.light_cell);
    if (count == 0) return false;
    const auto turn = static_cast<std::uint32_t>((static_cast<int>(s.u_px) & 1) +
                                                 2 * (static_cast<int>(s.v_px) & 1));
    const std::uint32_t light = grid_.lights_of(s.light_cell)[turn % count];
    // A face turned away is dark whatever lies between; so is what the lamp turns away from.
    const Vec3f way = Vec3f(window_.lights[light].position) - place.point;
    const bool faces = glm::dot(way, place.normal) > 0;
    if (!faces || glm::dot(way, Vec3f(window_.lights[light].axis)) >= 0) return false;
    traced_[i].light = light;
    traced_[i].slot = static_cast<std::uint8_t>(turn % count);
    return true;
  }

  // What the pixels around each found, by slots; and which cells they lie in.
  void look_around() {
    std::vector<std::uint8_t> found(layout_.pixel_samples, 0);
    std::vector<std::uint8_t> cells(layout_.pixel_samples, 0);
    for (std::size_t i = 0; i < layout_.pixel_samples; ++i) {
      const Traced& t = traced_[i];
      if (t.light == kNoLight) continue;
      found[i] = t.dark ? dark_bit(t.slot) : lit_bit(t.slot);
      // Neighbouring cells have different bits.
      const std::uint32_t columns = static_cast<std::uint32_t>(grid_.columns());
      const std::uint32_t cell = samples_[i].light_cell;
      cells[i] = static_cast<std::uint8_t>(1u << ((cell % columns + 3 * (cell / columns)) & 7u));
    }
    found_ = bits_around(found, layout_.width_px, layout_.height_px, kReach, kReach);
    cells_ = bits_around(cells, layout_.width_px, layout_.height_px, kReach, kReach);
  }

  void share_at(int x, int y) {
    const std::size_t i = at(x, y);
    scene::ShadeSample& s = samples_[i];
    const std::uint8_t found = found_[i];
    if (s.drawable == 0 || found < dark_bit(0)) return;
    const bool one_cell = (cells_[i] & (cells_[i] - 1)) == 0;
    const bool agreed = (found & (found >> 4)) == 0;
    if (!one_cell || !agreed) {
      // The first of 2x2 pixels stands for those like it.
      const std::size_t first = at(x & ~1, y & ~1);
      const scene::ShadeSample& f = samples_[first];
      if (first == i || f.drawable != s.drawable || f.light_cell != s.light_cell ||
          !alike(places_[first], places_[i])) {
        return average(x, y);
      }
      s.light_visibility = f.light_visibility;
      return;
    }
    for (std::uint32_t slot = 0; slot < scene::kShadowedLights; ++slot) {
      if (found & dark_bit(slot)) s.light_visibility &= ~(255u << 8 * slot);
    }
  }

  // Weighted by nearness over 5x5 pixels: each lamp of the cell was traced at every other one.
  void average(int x, int y) {
    const std::size_t i = at(x, y);
    scene::ShadeSample& s = samples_[i];
    const std::uint32_t count = shadowed(grid_, s.light_cell);
    if (count == 0) return;
    const auto lights = grid_.lights_of(s.light_cell);
    std::array<float, scene::kShadowedLights> seen{};
    std::array<float, scene::kShadowedLights> lit{};
    for (int j = std::max(y - kReach, 0); j <= std::min(y + kReach, layout_.height_px - 1); ++j) {
      for (int k = std::max(x - kReach, 0); k <= std::min(x + kReach, layout_.width_px - 1); ++k) {
        const std::size_t n = at(k, j);
        if (traced_[n].light == kNoLight || samples_[n].drawable != s.drawable) continue;
        if (!alike(places_[n], places_[i])) continue;
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
    s.light_cell = grid_.cell_at(math::Vec3d(places_[i].point));
  }

  const world::SceneWindow& window_;
  scene::LightGrid grid_;
  SampleLayout layout_;
  std::span<const Place> places_;
  std::vector<scene::ShadeSample>& samples_;
  std::vector<Traced> traced_;
  std::vector<std::uint8_t> found_, cells_;  // look_around
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
