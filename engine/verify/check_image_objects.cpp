#include "engine/verify/check_image_objects.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <tbb/parallel_for.h>

#include "engine/verify/alone_mask.h"
#include "engine/verify/text.h"

namespace oddroad::verify {
namespace {

using capture::Box2;

constexpr double kTruncation = 1e-12;  // a quotient of two whole numbers

bool inside(const Box2& inner, const Box2& outer) {
  return inner == Box2{} || (inner.left >= outer.left && inner.top >= outer.top &&
                             inner.right <= outer.right && inner.bottom <= outer.bottom);
}

double farthest_side(const Box2& a, const Box2& b) {
  return std::max({std::abs(a.left - b.left), std::abs(a.top - b.top), std::abs(a.right - b.right),
                   std::abs(a.bottom - b.bottom)});
}

class ObjectChecker {
 public:
  ObjectChecker(const CameraScene& scene, const FrameImages& images, const SeenImage& seen,
                const FrameRecord& frame, Report& report)
      : scene_(scene), images_(images), seen_(seen), frame_(frame), report_(report) {
    const int w = scene.view().camera().width_px, h = scene.view().camera().height_px;
    for (int y = 0; y < h; ++y) {
      for (int x = 0; x < w; ++x) masks_[id_at(x, y)].add(x, y);
    }
  }

  void run() {
    const TileCones tiles(scene_.view());
    check_counts();
    for (const world::InstanceInfo& info : scene_.window().instances) {
      if (info.is_ego || !(info.actor != nullptr || info.labelled_box)) continue;
      const AloneMask alone = alone_mask(scene_, tiles, info.drawables);
      const ImageObjectRecord* object = find(info.id.value);
      if (object != nullptr) {
        check_visible(*object);
        check_alone(*object, info, alone);
      } else {
        check_left_out(info, alone);
      }
    }
  }

 private:
  [[nodiscard]] std::uint16_t id_at(int x, int y) const {
    const auto i = static_cast<std::size_t>(y) * scene_.view().camera().width_px + x;
    return images_.ids.empty() ? seen_[i].id : images_.ids.pixels[i];
  }
  [[nodiscard]] const ImageObjectRecord* find(std::uint16_t id) const {
    const auto it = std::find_if(frame_.in_image.begin(), frame_.in_image.end(),
                                 [&](const ImageObjectRecord& o) {
                                   return o.id == id;
                                 });
    return it == frame_.in_image.end() ? nullptr : &*it;
  }
  [[nodiscard]] Covered mask(std::uint16_t id) const {
    const auto it = masks_.find(id);
    return it == masks_.end() ? Covered{} : it->second;
  }
  void disagree(const char* check, double size, std::uint16_t id, const std::string& found,
                const std::string& expected) {
    report_[check].disagree(size, [&] {
      return Disagreement{frame_.file, "object " + scene_.name_of(id), found, expected};
    });
  }

  // An object in the mask has a box and the other way round; each once.
  void check_counts() {
    std::map<std::uint16_t, int> listed;
    for (const ImageObjectRecord& o : frame_.in_image) ++listed[o.id];
    for (const auto& [id, count] : listed) {
      const world::InstanceInfo* info = scene_.window().find(core::InstanceId(id));
      const bool countable =
          info != nullptr && !info->is_ego && (info->actor != nullptr || info->labelled_box);
      if (!countable || count > 1) {
        disagree("box_of_mask", count, id, std::to_string(count) + " entries",
                 countable ? "one entry" : "none: it is not countable");
      } else if (find(id)->visible_px > 0 && mask(id).px == 0) {
        disagree("box_of_mask", 1, id, "visible", "no pixel of the mask shows it");
      } else {
        report_["box_of_mask"].agree();
      }
    }
    for (const auto& [id, covered] : masks_) {
      const world::InstanceInfo* info = scene_.window().find(core::InstanceId(id));
      const bool countable = info != nullptr && (info->actor != nullptr || info->labelled_box);
      if (!countable || listed.count(id) > 0) continue;
      disagree("box_of_mask", static_cast<double>(covered.px), id, "no entry",
               std::to_string(covered.px) + " pixels in the mask");
    }
  }

  void check_visible(const ImageObjectRecord& object) {
    const Covered covered = mask(object.id);
    const Box2 box = covered.bounds.box();
    if (object.box == box) {
      report_["boxes_2d"].agree();
    } else {
      disagree("boxes_2d", farthest_side(object.box, box), object.id, to_text(object.box),
               to_text(box));
    }
    count("visible_px", object.id, object.visible_px, covered.px, covered.px, covered.px);
  }

  // A number of the ledger; other answers than the centres' count where edges are near.
  void count(const char* what, std::uint16_t id, std::int64_t found, std::int64_t centres,
             std::int64_t certain, std::int64_t possible) {
    if (found == centres) return report_["ledger"].agree();
    if (found >= certain && found <= possible) return report_["ledger"].agree_on_edge();
    disagree("ledger", std::abs(static_cast<double>(found - centres)), id,
             std::string(what) + " " + std::to_string(found), std::to_string(centres));
  }

  void box(std::uint16_t id, const Box2& found, const Box2& centres, const Box2& certain,
           const Box2& possible) {
    if (found == centres) return report_["amodal"].agree();
    if (inside(certain, found) && inside(found, possible)) return report_["amodal"].agree_on_edge();
    disagree("amodal", farthest_side(found, centres), id, to_text(found), to_text(centres));
  }

  void check_alone(const ImageObjectRecord& object, const world::InstanceInfo& info,
                   const AloneMask& alone) {
    // Clips of before `in_frame_px` counted the pixels inside the image as unoccluded_px, and drew
    // amodal boxes around vertices.
    const bool whole = object.in_frame_px.has_value();
    const std::int64_t in_frame = whole ? *object.in_frame_px : object.unoccluded_px;
    const Covered& in = alone.in_frame;
    const Covered& all = alone.everywhere;
    const bool same =
        in_frame == in.px &&
        (!whole || (object.unoccluded_px == all.px && object.amodal == in.bounds.box() &&
                    object.amodal_unclipped == all.bounds.box()));
    AloneRange range{in, in, all, all};
    if (!same) range = alone_range(scene_, alone, info.drawables);
    count("in_frame_px", object.id, in_frame, in.px, range.in_frame_certain.px,
          range.in_frame_possible.px);
    if (!whole) return;
    count("unoccluded_px", object.id, object.unoccluded_px, all.px, range.everywhere_certain.px,
          range.everywhere_possible.px);
    box(object.id, object.amodal, in.bounds.box(), range.in_frame_certain.bounds.box(),
        range.in_frame_possible.bounds.box());
    box(object.id, object.amodal_unclipped, all.bounds.box(), range.everywhere_certain.bounds.box(),
        range.everywhere_possible.bounds.box());
    check_truncation(object);
    if (object.occluders) {
      check_occluders(object, alone, range.in_frame_possible.px - range.in_frame_certain.px);
    }
  }

  void check_truncation(const ImageObjectRecord& object) {
    const auto in = static_cast<double>(*object.in_frame_px);
    const double expected = 1 - in / static_cast<double>(object.unoccluded_px);
    report_["truncation"].compare(std::abs(object.truncation - expected), kTruncation, [&] {
      return Disagreement{frame_.file, "object " + scene_.name_of(object.id),
                          to_text(object.truncation), to_text(expected)};
    });
  }

  // `doubtful` pixels near edges may go either way.
  void check_occluders(const ImageObjectRecord& object, const AloneMask& alone,
                       std::int64_t doubtful) {
    std::map<std::uint16_t, std::int64_t> hiding;
    for (int y = alone.in_frame.bounds.top; y < alone.in_frame.bounds.bottom; ++y) {
      for (int x = alone.in_frame.bounds.left; x < alone.in_frame.bounds.right; ++x) {
        const std::uint16_t id = id_at(x, y);
        if (alone.mask.at(x, y) != 0 && id != object.id) ++hiding[id];
      }
    }
    std::vector<OccluderRecord> expected;
    for (const auto& [id, px] : hiding) expected.push_back({id, px});
    const auto before = [](const OccluderRecord& a, const OccluderRecord& b) {
      return a.px != b.px ? a.px > b.px : a.id < b.id;
    };
    std::sort(expected.begin(), expected.end(), before);
    if (*object.occluders == expected) return report_["occluders"].agree();
    double worst = 0;
    for (const OccluderRecord& o : *object.occluders) hiding[o.id] -= o.px;
    for (const auto& [id, off] : hiding) worst = std::max(worst, std::abs(double(off)));
    const bool sorted = std::is_sorted(object.occluders->begin(), object.occluders->end(), before);
    if (sorted && worst <= static_cast<double>(doubtful)) {
      return report_["occluders"].agree_on_edge();
    }
    disagree("occluders", worst, object.id, list(*object.occluders), list(expected));
  }

  static std::string list(const std::vector<OccluderRecord>& occluders) {
    std::string out = "[";
    for (const OccluderRecord& o : occluders) {
      out += (out.size() > 1 ? ", " : "") + std::to_string(o.id) + ": " + std::to_string(o.px);
    }
    return out + "]";
  }

  // Not listed: then it must not cover a pixel.
  void check_left_out(const world::InstanceInfo& info, const AloneMask& alone) {
    if (alone.in_frame.px == 0) return report_["ledger"].agree();
    const AloneRange range = alone_range(scene_, alone, info.drawables);
    if (range.in_frame_certain.px == 0) return report_["ledger"].agree_on_edge();
    disagree("ledger", static_cast<double>(alone.in_frame.px), info.id.value, "no entry",
             std::to_string(alone.in_frame.px) + " pixels if it were alone");
  }

  const CameraScene& scene_;
  const FrameImages& images_;
  const SeenImage& seen_;
  const FrameRecord& frame_;
  Report& report_;
  std::map<std::uint16_t, Covered> masks_;
};

}  // namespace

void check_image_objects(const CameraScene& scene, const FrameImages& images, const SeenImage& seen,
                         const FrameRecord& frame, Report& report) {
  ObjectChecker(scene, images, seen, frame, report).run();
}

}  // namespace oddroad::verify
