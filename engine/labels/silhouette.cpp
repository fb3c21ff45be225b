#include "engine/labels/silhouette.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <numeric>

#include "engine/core/parallel.h"
#include "engine/labels/search_area.h"
#include "engine/labels/span_fill.h"
#include "render/scene/row_rays.h"

namespace oddroad::labels {
namespace {

struct Pixel {
  int x, y;
};

// What sees an object alone, made when the first ray asks for it: most objects are known from the
// frame or filled. Thread-safe.
class Alone {
 public:
  Alone(const scene::RayCaster& all, core::InstanceId id) : all_(all), id_(id) {}
  const scene::RayCaster& caster() {
    std::call_once(made_, [&] {
      caster_ = all_.only(id_);
    });
    return *caster_;
  }

 private:
  const scene::RayCaster& all_;
  core::InstanceId id_;
  std::once_flag made_;
  std::unique_ptr<scene::RayCaster> caster_;
};

// Rows of a mask: asks the frame first, then casts what is unknown.
class RowCaster {
 public:
  RowCaster(core::InstanceId id, const SearchArea& area, const SeenFrame& seen,
            const scene::CameraView& view, Alone& alone)
      : id_(id.value),
        farthest_m_(
            static_cast<float>((seen.by_range ? area.farthest_m : area.deepest_m) * 1.001 + 0.01)),
        seen_(seen),
        view_(view),
        alone_(alone) {}

  // Sets what the frame shows; how many pixels remain unknown.
  std::size_t fill_known(Silhouette& out) const {
    std::size_t unknown = 0;
    for (int y = out.rect.y0; y < out.rect.y1; ++y) {
      ask(y, out, [&](int) {
        ++unknown;
      });
    }
    return unknown;
  }

  void fill(int y0, int y1, Silhouette& out) const {
    core::RawVector<Pixel> unknown(static_cast<std::size_t>(y1 - y0) * out.rect.width());
    Pixel* end = unknown.data();
    for (int y = y0; y < y1; ++y) {
      ask(y, out, [&](int x) {
        *end++ = {x, y};
      });
    }
    unknown.resize(static_cast<std::size_t>(end - unknown.data()));
    if (unknown.empty()) return;
    scene::RayBatch rays;
    rays.resize(unknown.size());
    for (std::size_t k = 0; k < unknown.size();) {
      const int y = unknown[k].y;
      const scene::RowRays row(view_, y);
      for (; k < unknown.size() && unknown[k].y == y; ++k) rays.set(k, row.at(unknown[k].x));
    }
    scene::RayHits hits;
    alone_.caster().intersect(rays, scene::RayKind::kSensor, true, hits);
    for (std::size_t k = 0; k < unknown.size(); ++k) {
      out.set(unknown[k].x, unknown[k].y, hits.drawable[k] != 0);
    }
  }

 private:
  // Sets what the frame shows of a row; calls unknown(x) for the other pixels, from left to right.
  template <typename Unknown>
  void ask(int y, Silhouette& out, const Unknown& unknown) const {
    const int width = seen_.instance.width_px;
    const bool in_image = y >= 0 && y < seen_.instance.height_px;
    const int x0 = out.rect.x0;
    const int x1 = out.rect.x1;
    const int in0 = in_image ? std::clamp(0, x0, x1) : x1;
    const int in1 = in_image ? std::clamp(width, x0, x1) : x1;
    for (int x = x0; x < in0; ++x) unknown(x);
    if (in0 < in1) {
      const std::uint16_t* instance = &seen_.instance.at(0, y);
      const float* distance_m = &seen_.distance_m.at(0, y);
      for (int x = in0; x < in1; ++x) {
        if (instance[x] == id_) {
          out.set(x, y, true);
        } else if (!(distance_m[x] > farthest_m_)) {
          unknown(x);
        }
      }
    }
    for (int x = in1; x < x1; ++x) unknown(x);
  }

  std::uint16_t id_;
  float farthest_m_;
  const SeenFrame& seen_;
  const scene::CameraView& view_;
  Alone& alone_;
};

Silhouette cast_rect(const PixelRect& rect, const RowCaster& rows) {
  Silhouette out(rect);
  core::parallel_chunks(rect.height(), 32, [&](std::size_t begin, std::size_t end) {
    rows.fill(rect.y0 + static_cast<int>(begin), rect.y0 + static_cast<int>(end), out);
  });
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

// A ray costs about as much as a triangle that is filled.
std::size_t triangles(const world::SceneWindow& window, const world::InstanceInfo& instance) {
  std::size_t count = 0;
  for (const std::uint32_t d : instance.drawables) {
    count += window.drawables[d].mesh->triangles.size();
  }
  return count;
}

}  // namespace

std::pair<int, int> Silhouette::row(int y) const {
  const std::uint8_t* begin = &covered[index(rect.x0, y)];
  const auto width = static_cast<std::size_t>(rect.width());
  const auto* first = static_cast<const std::uint8_t*>(std::memchr(begin, 1, width));
  if (first == nullptr) return {rect.x0, rect.x0};
  const std::uint8_t* end = begin + width;
  while (end[-1] == 0) --end;
  return {rect.x0 + static_cast<int>(first - begin), rect.x0 + static_cast<int>(end - begin)};
}

std::int64_t Silhouette::count(int y, int x0, int x1) const {
  const std::uint8_t* begin = &covered[index(x0, y)];
  return std::accumulate(begin, begin + (x1 - x0), 0);
}

PixelRect extended_grid(const math::CameraModel& camera) {
  return {-camera.width_px, -camera.height_px, 2 * camera.width_px, 2 * camera.height_px};
}

Silhouette silhouette(const world::SceneWindow& window, const world::InstanceInfo& instance,
                      const scene::CameraView& view, const scene::RayCaster& caster,
                      const SeenFrame& seen) {
  const SearchArea area = search_area(window, instance, view, caster);
  // Wholly beside the image: nothing of it counts.
  const PixelRect image{0, 0, view.camera.width_px, view.camera.height_px};
  if (area.rect.empty() || area.rect.x0 >= image.x1 || area.rect.x1 <= 0 ||
      area.rect.y0 >= image.y1 || area.rect.y1 <= 0) {
    return {};
  }
  Alone alone(caster, instance.id);
  const RowCaster rows(instance.id, area, seen, view, alone);
  if (view.single_projection() && area.rect.pixels() > triangles(window, instance)) {
    Silhouette out(area.rect);
    if (rows.fill_known(out) > triangles(window, instance)) {
      fill_spans(window, instance, view, out);
      return out;
    }
  }
  const PixelRect grid = extended_grid(view.camera);
  PixelRect rect = area.rect;
  while (true) {
    Silhouette out = cast_rect(rect, rows);
    const PixelRect next = grown(out, grid);
    if (next == rect) return out;
    rect = next;
  }
}

}  // namespace oddroad::labels
