// What each pixel shows, for formats of masks: countable things one by one, all else by class.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/ontology.h"
#include "engine/dataset/clip_info.h"

namespace oddroad::exchange {

// Pixels [left, right) x [top, bottom).
struct PixelBox {
  int left = 0, top = 0, right = 0, bottom = 0;
  void include(int x, int y);
};

// A thing's number is its id; stuff has 65536 + class.
using SegmentKey = std::uint32_t;
inline constexpr SegmentKey kStuff = 65536;

struct Segment {
  core::ClassId class_id;  // of the whole thing, of the surface for stuff
  core::InstanceId id;     // 0: stuff
  std::int64_t px = 0;
  PixelBox box;
};

// Which ids of a clip are things, and of which class.
class ClipThings {
 public:
  ClipThings(const dataset::ClipInfo& info, const capture::Ontology& ontology);
  [[nodiscard]] SegmentKey key(std::uint16_t id, std::uint8_t surface_class) const {
    return thing_[id] ? id : kStuff + surface_class;
  }
  [[nodiscard]] core::ClassId class_of(SegmentKey key) const;

 private:
  std::vector<std::uint8_t> thing_, class_;  // by id
};

struct SegmentImage {
  capture::Image<SegmentKey> keys;
  std::map<SegmentKey, Segment> segments;
};

// The frame needs ids and classes.
SegmentImage segment_image(const capture::CameraFrame& frame, const ClipThings& things);

}  // namespace oddroad::exchange
