#include "engine/exchange/segments.h"

#include <algorithm>

#include "engine/core/check.h"

namespace oddroad::exchange {

void PixelBox::include(int x, int y) {
  if (right <= left) {
    *this = {x, y, x + 1, y + 1};
    return;
  }
  left = std::min(left, x);
  right = std::max(right, x + 1);
  top = std::min(top, y);
  bottom = std::max(bottom, y + 1);
}

ClipThings::ClipThings(const dataset::ClipInfo& info, const capture::Ontology& ontology)
    : thing_(65536, 0), class_(65536, 0) {
  const auto note = [&](core::InstanceId id, core::ClassId class_id) {
    const auto* known = ontology.find(class_id);
    thing_[id.value] = known != nullptr && known->thing;
    class_[id.value] = class_id.value;
  };
  for (const auto& actor : info.actors) note(actor.id, actor.class_id);
  for (const auto& one : info.statics) note(one.id, one.class_id);
}

core::ClassId ClipThings::class_of(SegmentKey key) const {
  return core::ClassId(key >= kStuff ? static_cast<std::uint8_t>(key - kStuff) : class_[key]);
}

SegmentImage segment_image(const capture::CameraFrame& frame, const ClipThings& things) {
  const auto& ids = frame.instance;
  ODDROAD_CHECK(!ids.empty() && ids.width_px == frame.class_id.width_px);
  SegmentImage out;
  out.keys = capture::Image<SegmentKey>::unwritten(ids.width_px, ids.height_px);
  Segment* last = nullptr;
  SegmentKey last_key = 0;
  for (int y = 0; y < ids.height_px; ++y) {
    for (int x = 0; x < ids.width_px; ++x) {
      const SegmentKey key = things.key(ids.at(x, y), frame.class_id.at(x, y));
      out.keys.at(x, y) = key;
      if (last == nullptr || key != last_key) {
        last = &out.segments[key];
        last_key = key;
        last->class_id = things.class_of(key);
        last->id = core::InstanceId(static_cast<std::uint16_t>(key < kStuff ? key : 0));
      }
      ++last->px;
      last->box.include(x, y);
    }
  }
  return out;
}

}  // namespace oddroad::exchange
