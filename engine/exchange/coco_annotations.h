// One frame as COCO's JSON: objects of the lists of an annotation file, joined by commas.
#pragma once

#include <string>

#include "engine/capture/frames.h"
#include "engine/dataset/clip_info.h"
#include "engine/exchange/format.h"
#include "engine/exchange/segments.h"

namespace oddroad::exchange {

enum CocoFile { kInstances = 0, kPolygons = 1, kKeypoints = 2, kPanoptic = 3, kCocoFiles = 4 };

// Names and numbers of categories (coco.h).
class CocoCategories {
 public:
  explicit CocoCategories(const FormatContext& context);
  // 0: left out.
  [[nodiscard]] int id(core::ClassId id) const;
  // The list "categories" of a file.
  [[nodiscard]] std::string json(CocoFile file) const;
  [[nodiscard]] int person() const { return person_; }

 private:
  struct Category {
    int id = 0;
    std::string name;
    bool thing = false;
    capture::Rgb8 color{0};
  };
  std::vector<Category> list_;
  std::map<core::ClassId, int> id_;
  int person_ = 0;
};

struct CocoFrame {
  std::int64_t image_id = 0;
  std::string file_name;      // of the picture
  std::string panoptic_name;  // of the mask
};

struct CocoTexts {
  std::string image;  // one object
  std::array<std::string, kCocoFiles> annotations;
};

CocoTexts coco_texts(const CocoFrame& where, const capture::CameraFrame& frame,
                     const SegmentImage& segments, const dataset::ClipInfo& info,
                     const CocoCategories& categories, const FormatContext& context);

// The pixels of panoptic_<split>/.
capture::Image<capture::Rgb8> coco_panoptic(const SegmentImage& segments,
                                            const CocoCategories& categories);

}  // namespace oddroad::exchange
