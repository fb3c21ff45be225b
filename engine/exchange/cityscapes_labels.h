// The label table of Cityscapes (helpers/labels.py of its scripts).
#pragma once

#include <string>
#include <vector>

#include "engine/capture/image.h"

namespace oddroad::exchange {

struct CityscapesLabel {
  const char* name;
  int id;        // labelId
  int train_id;  // 255: not trained
  bool instances;
  capture::Rgb8 color;
};

const std::vector<CityscapesLabel>& cityscapes_labels();  // ids 0 to 33, in order
// 0 (unlabeled) for names that are not there.
const CityscapesLabel& cityscapes_label(const std::string& name);

}  // namespace oddroad::exchange
