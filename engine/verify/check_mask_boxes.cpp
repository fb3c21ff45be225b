#include "engine/verify/check_mask_boxes.h"

#include <cmath>

#include "engine/verify/text.h"

namespace oddroad::verify {

using capture::Box2;

namespace {

class MaskBoxChecker {
 public:
  MaskBoxChecker(const CameraScene& scene, const Masks& masks, const FrameRecord& frame,
                 Report& report)
      : scene_(scene), masks_(masks), frame_(frame), report_(report) {}

  void run() {
    std::map<std::uint16_t, int> listed;
    for (const ImageObjectRecord& o : frame_.in_image) ++listed[o.id];
    for (const auto& [id, count] : listed) check_entry(id, count);
    for (const auto& [id, covered] : masks_.all()) {
      const world::InstanceInfo* info = scene_.window().find(core::InstanceId(id));
      if (info == nullptr || !is_countable(*info) || listed.count(id) > 0) continue;
      disagree("box_of_mask", static_cast<double>(covered.px), id, "no entry",
               std::to_string(covered.px) + " pixels in the mask");
    }
    for (const ImageObjectRecord& o : frame_.in_image) {
      check_class(o);
      check_visible(o);
    }
  }

 private:
  void disagree(const char* check, double size, std::uint16_t id, const std::string& found,
                const std::string& expected) {
    report_[check].disagree(size, [&] {
      return Disagreement{frame_.file, "object " + scene_.name_of(id), found, expected};
    });
  }

  void check_entry(std::uint16_t id, int count) {
    const world::InstanceInfo* info = scene_.window().find(core::InstanceId(id));
    const bool countable = info != nullptr && is_countable(*info);
    if (countable && count == 1) return report_["box_of_mask"].agree();
    disagree("box_of_mask", 1e9, id, std::to_string(count) + " entries",
             countable ? "one entry" : "none: no such countable thing");
  }

  void check_class(const ImageObjectRecord& object) {
    const world::InstanceInfo* info = scene_.window().find(core::InstanceId(object.id));
    if (info == nullptr) return;  // check_entry tells
    const int truth = info->class_id.value;
    if (object.class_id == truth) return report_["class_of_id"].agree();
    disagree("class_of_id", 1e9, object.id, "class " + std::to_string(object.class_id),
             "class " + std::to_string(truth));
  }

  void check_visible(const ImageObjectRecord& object) {
    const Covered covered = masks_.of(object.id);
    const Box2 box = covered.bounds.box();
    CoveredRange range{covered, covered};
    const bool same = object.box == box && object.visible_px == covered.px;
    if (!same && !masks_.recorded()) range = visible_range(scene_, object.id, covered.bounds);
    if (object.box == box) {
      report_["boxes_2d"].agree();
    } else if (range.allows(object.box)) {
      report_["boxes_2d"].agree_on_edge();
    } else {
      disagree("boxes_2d", farthest_side(object.box, box), object.id, to_text(object.box),
               to_text(box));
    }
    if (object.visible_px == covered.px) {
      report_["ledger"].agree();
    } else if (range.allows(object.visible_px)) {
      report_["ledger"].agree_on_edge();
    } else {
      disagree("ledger", std::abs(double(object.visible_px - covered.px)), object.id,
               "visible_px " + std::to_string(object.visible_px), std::to_string(covered.px));
    }
  }

  const CameraScene& scene_;
  const Masks& masks_;
  const FrameRecord& frame_;
  Report& report_;
};

}  // namespace

bool is_countable(const world::InstanceInfo& info) {
  return !info.is_ego && (info.actor != nullptr || info.labelled_box);
}

double farthest_side(const Box2& a, const Box2& b) {
  return std::max({std::abs(a.left - b.left), std::abs(a.top - b.top), std::abs(a.right - b.right),
                   std::abs(a.bottom - b.bottom)});
}

void check_mask_boxes(const CameraScene& scene, const Masks& masks, const FrameRecord& frame,
                      Report& report) {
  MaskBoxChecker(scene, masks, frame, report).run();
}

}  // namespace oddroad::verify
