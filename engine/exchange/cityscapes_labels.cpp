#include "engine/exchange/cityscapes_labels.h"

namespace oddroad::exchange {

const std::vector<CityscapesLabel>& cityscapes_labels() {
  static const std::vector<CityscapesLabel> table = {
      {"unlabeled", 0, 255, false, {0, 0, 0}},
      {"ego vehicle", 1, 255, false, {0, 0, 0}},
      {"rectification border", 2, 255, false, {0, 0, 0}},
      {"out of roi", 3, 255, false, {0, 0, 0}},
      {"static", 4, 255, false, {0, 0, 0}},
      {"dynamic", 5, 255, false, {111, 74, 0}},
      {"ground", 6, 255, false, {81, 0, 81}},
      {"road", 7, 0, false, {128, 64, 128}},
      {"sidewalk", 8, 1, false, {244, 35, 232}},
      {"parking", 9, 255, false, {250, 170, 160}},
      {"rail track", 10, 255, false, {230, 150, 140}},
      {"building", 11, 2, false, {70, 70, 70}},
      {"wall", 12, 3, false, {102, 102, 156}},
      {"fence", 13, 4, false, {190, 153, 153}},
      {"guard rail", 14, 255, false, {180, 165, 180}},
      {"bridge", 15, 255, false, {150, 100, 100}},
      {"tunnel", 16, 255, false, {150, 120, 90}},
      {"pole", 17, 5, false, {153, 153, 153}},
      {"polegroup", 18, 255, false, {153, 153, 153}},
      {"traffic light", 19, 6, false, {250, 170, 30}},
      {"traffic sign", 20, 7, false, {220, 220, 0}},
      {"vegetation", 21, 8, false, {107, 142, 35}},
      {"terrain", 22, 9, false, {152, 251, 152}},
      {"sky", 23, 10, false, {70, 130, 180}},
      {"person", 24, 11, true, {220, 20, 60}},
      {"rider", 25, 12, true, {255, 0, 0}},
      {"car", 26, 13, true, {0, 0, 142}},
      {"truck", 27, 14, true, {0, 0, 70}},
      {"bus", 28, 15, true, {0, 60, 100}},
      {"caravan", 29, 255, true, {0, 0, 90}},
      {"trailer", 30, 255, true, {0, 0, 110}},
      {"train", 31, 16, true, {0, 80, 100}},
      {"motorcycle", 32, 17, true, {0, 0, 230}},
      {"bicycle", 33, 18, true, {119, 11, 32}},
  };
  return table;
}

const CityscapesLabel& cityscapes_label(const std::string& name) {
  for (const auto& label : cityscapes_labels()) {
    if (label.name == name) return label;
  }
  return cityscapes_labels().front();
}

}  // namespace oddroad::exchange
