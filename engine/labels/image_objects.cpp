#include "engine/labels/image_objects.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <map>

#include "engine/core/parallel.h"
#include "engine/labels/objects.h"
#include "engine/labels/silhouette.h"

namespace oddroad::labels {

using capture::Box2;

namespace {

// Grows by pixels.
struct MaskBox {
  int left = std::numeric_limits<int>::max(), top = left;
  int right = std::numeric_limits<int>::min(), bottom = right;
  std::int64_t pixels = 0;

  void include(int x, int y) {
    left = std::min(left, x);
    right = std::max(right, x);
    top = std::min(top, y);
    bottom = std::max(bottom, y);
    ++pixels;
  }
  // `count` pixels of a row, the outermost at x0 and x1 - 1.
  void include_row(int y, int x0, int x1, std::int64_t count) {
    if (count == 0) return;
    include(MaskBox{x0, y, x1 - 1, y, count});
  }
  void include(const MaskBox& other) {
    if (other.pixels == 0) return;
    left = std::min(left, other.left);
    right = std::max(right, other.right);
    top = std::min(top, other.top);
    bottom = std::max(bottom, other.bottom);
    pixels += other.pixels;
  }
  [[nodiscard]] Box2 box() const {
    return pixels == 0 ? Box2{} : Box2{double(left), double(top), right + 1.0, bottom + 1.0};
  }
};

// Behind the last pixel of the run that begins at x.
int run_end(const std::uint16_t* row, int x, int width) {
  const std::uint64_t four = row[x] * 0x0001000100010001u;
  int end = x + 1;
  for (std::uint64_t next; end + 4 <= width; end += 4) {
    std::memcpy(&next, row + end, sizeof next);
    if (next != four) break;
  }
  while (end < width && row[end] == row[x]) ++end;
  return end;
}

// The box of each thing's mask, in the order of `of`; other things are not looked at.
std::vector<MaskBox> mask_boxes(const capture::Image<std::uint16_t>& instances,
                                const std::vector<const world::InstanceInfo*>& of) {
  constexpr int kBand = 32;                    // rows
  std::vector<std::uint16_t> place(65536, 0);  // + 1
  for (std::size_t k = 0; k < of.size(); ++k) {
    place[of[k]->id.value] = static_cast<std::uint16_t>(k + 1);
  }
  const int bands = (instances.height_px + kBand - 1) / kBand;
  std::vector<std::vector<MaskBox>> parts(bands, std::vector<MaskBox>(of.size()));
  core::parallel_for(bands, [&](int band) {
    const int last = std::min((band + 1) * kBand, instances.height_px);
    for (int y = band * kBand; y < last; ++y) {
      const std::uint16_t* row = &instances.at(0, y);
      for (int x = 0; x < instances.width_px;) {
        const int end = run_end(row, x, instances.width_px);
        if (const std::uint16_t k = place[row[x]]; k != 0) {
          parts[band][k - 1].include_row(y, x, end, end - x);
        }
        x = end;
      }
    }
  });
  std::vector<MaskBox> boxes(of.size());
  for (const auto& part : parts) {
    for (std::size_t k = 0; k < of.size(); ++k) boxes[k].include(part[k]);
  }
  return boxes;
}

std::vector<capture::Occluder> ranked(const std::map<std::uint16_t, std::int64_t>& pixels) {
  std::vector<capture::Occluder> out;
  for (const auto& [id, px] : pixels) out.push_back({core::InstanceId(id), px});
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.px > b.px;
  });
  return out;
}

void measure_alone(const Silhouette& alone, const capture::Image<std::uint16_t>& instances,
                   capture::ObjectInImage& object) {
  MaskBox inside;
  MaskBox all;
  std::map<std::uint16_t, std::int64_t> hidden_by;
  std::uint16_t last = object.id.value;
  std::int64_t* hidden = nullptr;  // of `last`
  for (int y = alone.rect.y0; y < alone.rect.y1; ++y) {
    const auto [x0, x1] = alone.row(y);
    if (x0 == x1) continue;
    all.include_row(y, x0, x1, alone.count(y, x0, x1));
    if (y < 0 || y >= instances.height_px) continue;
    for (int x = std::max(x0, 0); x < std::min(x1, instances.width_px); ++x) {
      if (!alone.at(x, y)) continue;
      inside.include(x, y);
      const std::uint16_t seen = instances.at(x, y);
      if (seen == object.id.value) continue;
      if (seen != last || hidden == nullptr) hidden = &hidden_by[last = seen];
      ++*hidden;
    }
  }
  object.in_frame_px = inside.pixels;
  object.unoccluded_px = all.pixels;
  object.amodal_box = inside.box();
  object.amodal_box_unclipped = all.box();
  object.truncation =
      all.pixels > 0 ? 1 - static_cast<double>(inside.pixels) / static_cast<double>(all.pixels) : 0;
  object.occluders = ranked(hidden_by);
}

// When the middle row of the visible box was exposed, and the 3-D box then.
void set_observed(const world::SceneWindow& window, const world::InstanceInfo& instance,
                  const scene::CameraView& view, capture::ObjectInImage& object) {
  object.observed_ns = view.stamp_ns;
  if (object.visible_px > 0) {
    const int row = static_cast<int>(object.box.top + object.box.bottom) / 2;
    object.observed_ns = view.at_row(row).stamp_ns;
  }
  object.box_ego_observed = ego_box(window, instance, object.observed_ns);
}

}  // namespace

std::vector<capture::ObjectInImage> objects_in_image(const world::SceneWindow& window,
                                                     const scene::CameraView& view,
                                                     const capture::Image<std::uint16_t>& instances,
                                                     const capture::Image<float>& distance_m,
                                                     const scene::RayCaster& caster) {
  std::vector<const world::InstanceInfo*> labelled;
  for (const world::InstanceInfo& instance : window.instances) {
    if (has_box(instance)) labelled.push_back(&instance);
  }
  const auto masks = mask_boxes(instances, labelled);
  std::vector<capture::ObjectInImage> all(labelled.size());
  core::parallel_for(labelled.size(), [&](std::size_t k) {
    const world::InstanceInfo& instance = *labelled[k];
    capture::ObjectInImage& object = all[k];
    object.id = instance.id;
    object.class_id = instance.class_id;
    object.visible_px = masks[k].pixels;
    object.box = masks[k].box();
    const Silhouette alone =
        silhouette(window, instance, view, caster, {instances, distance_m, ranked_by_range(view)});
    measure_alone(alone, instances, object);
    if (object.in_frame_px > 0) set_observed(window, instance, view, object);
  });
  std::erase_if(all, [](const auto& object) {
    return object.in_frame_px == 0;
  });
  return all;
}

}  // namespace oddroad::labels
