#include "engine/verify/check_alone.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/verify/alone_mask.h"
#include "engine/verify/check_mask_boxes.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using capture::Box2;

namespace {

constexpr double kTruncation = 1e-12;  // a quotient of two whole numbers

bool before(const OccluderRecord& a, const OccluderRecord& b) {
  return a.px != b.px ? a.px > b.px : a.id < b.id;
}

std::string list(const std::vector<OccluderRecord>& occluders) {
  std::string out = "[";
  for (const OccluderRecord& o : occluders) {
    out += (out.size() > 1 ? ", " : "") + std::to_string(o.id) + ": " + std::to_string(o.px);
  }
  return out + "]";
}

class AloneChecker {
 public:
  AloneChecker(const CameraScene& scene, const Masks& masks, const FrameRecord& frame,
               Report& report)
      : scene_(scene), masks_(masks), frame_(frame), report_(report) {}

  void run() {
    const TileCones tiles(scene_.view());
    for (const world::InstanceInfo& info : scene_.window().instances) {
      if (!is_countable(info)) continue;
      const AloneMask alone = alone_mask(scene_, tiles, info.drawables);
      const auto it =
          std::find_if(frame_.in_image.begin(), frame_.in_image.end(), [&](const auto& o) {
            return o.id == info.id.value;
          });
      if (it != frame_.in_image.end()) {
        check(*it, info, alone);
      } else {
        check_left_out(info, alone);
      }
    }
  }

 private:
  void disagree(const char* name, double size, std::uint16_t id, const std::string& found,
                const std::string& expected) {
    report_[name].disagree(size, [&] {
      return Disagreement{frame_.file, "object " + scene_.name_of(id), found, expected};
    });
  }

  void check(const ImageObjectRecord& object, const world::InstanceInfo& info,
             const AloneMask& alone) {
    const Covered& in = alone.in_frame;
    const Covered& all = alone.everywhere;
    const bool same = object.in_frame_px == in.px && object.unoccluded_px == all.px &&
                      object.amodal == in.bounds.box() &&
                      object.amodal_unclipped == all.bounds.box();
    AloneRange range{{in, in}, {all, all}};
    if (!same) range = alone_range(scene_, alone, info.drawables);
    count("in_frame_px", object.id, object.in_frame_px, in, range.in_frame);
    count("unoccluded_px", object.id, object.unoccluded_px, all, range.everywhere);
    box("amodal", object.id, object.amodal, in, range.in_frame);
    box("unclipped", object.id, object.amodal_unclipped, all, range.everywhere);
    check_truncation(object);
    check_occluders(object, alone, range.in_frame.possible.px - range.in_frame.certain.px);
  }

  void count(const char* what, std::uint16_t id, std::int64_t found, const Covered& centres,
             const CoveredRange& range) {
    if (found == centres.px) return report_["ledger"].agree();
    if (range.allows(found)) return report_["ledger"].agree_on_edge();
    disagree("ledger", std::abs(double(found - centres.px)), id,
             std::string(what) + " " + std::to_string(found), std::to_string(centres.px));
  }

  void box(const char* what, std::uint16_t id, const Box2& found, const Covered& centres,
           const CoveredRange& range) {
    const Box2 expected = centres.bounds.box();
    if (found == expected) return report_["amodal"].agree();
    if (range.allows(found)) return report_["amodal"].agree_on_edge();
    disagree("amodal", farthest_side(found, expected), id, std::string(what) + " " + to_text(found),
             to_text(expected));
  }

  void check_truncation(const ImageObjectRecord& object) {
    const double expected =
        1 - static_cast<double>(object.in_frame_px) / static_cast<double>(object.unoccluded_px);
    report_["truncation"].compare(std::abs(object.truncation - expected), kTruncation, [&] {
      return Disagreement{frame_.file, "object " + scene_.name_of(object.id),
                          to_text(object.truncation), to_text(expected)};
    });
  }

  // What the mask shows where the object would be. `doubtful` pixels near edges may go either way.
  void check_occluders(const ImageObjectRecord& object, const AloneMask& alone,
                       std::int64_t doubtful) {
    std::map<std::uint16_t, std::int64_t> hiding;
    const PixelBounds& b = alone.in_frame.bounds;
    for (int y = b.top; y < b.bottom; ++y) {
      for (int x = b.left; x < b.right; ++x) {
        if (alone.mask.at(x, y) != 0 && masks_.at(x, y) != object.id) ++hiding[masks_.at(x, y)];
      }
    }
    std::vector<OccluderRecord> expected;
    for (const auto& [id, px] : hiding) expected.push_back({id, px});
    std::sort(expected.begin(), expected.end(), before);
    std::int64_t sum = 0;
    for (const OccluderRecord& o : object.occluders) {
      hiding[o.id] -= o.px;
      sum += o.px;
    }
    std::int64_t worst = std::abs(sum - (object.in_frame_px - object.visible_px)) * 2;
    const bool adds_up = worst == 0;
    for (const auto& [id, off] : hiding) worst = std::max(worst, std::abs(off));
    if (adds_up && object.occluders == expected) return report_["occluders"].agree();
    const bool sorted = std::is_sorted(object.occluders.begin(), object.occluders.end(), before);
    if (adds_up && sorted && worst <= doubtful) return report_["occluders"].agree_on_edge();
    disagree("occluders", static_cast<double>(worst), object.id, list(object.occluders),
             list(expected));
  }

  void check_left_out(const world::InstanceInfo& info, const AloneMask& alone) {
    if (alone.in_frame.px == 0) return report_["ledger"].agree();
    if (alone_range(scene_, alone, info.drawables).in_frame.certain.px == 0) {
      return report_["ledger"].agree_on_edge();
    }
    disagree("ledger", static_cast<double>(alone.in_frame.px), info.id.value, "no entry",
             std::to_string(alone.in_frame.px) + " pixels if it were alone");
  }

  const CameraScene& scene_;
  const Masks& masks_;
  const FrameRecord& frame_;
  Report& report_;
};

}  // namespace

void check_alone(const CameraScene& scene, const Masks& masks, const FrameRecord& frame,
                 Report& report) {
  AloneChecker(scene, masks, frame, report).run();
}

}  // namespace oddroad::verify
