// YOLO text (Darknet, Ultralytics): one line a thing, "class cx cy w h".
//   images/<split>/<name>.{png,jpg}  labels/<split>/<name>.txt  data.yaml
//
//   what      ours                              YOLO
//   box       visible mask, left top right      centre and size over the image's width and height
//             bottom in pixels
//   class     ontology id                       from 0, in the order of data.yaml
//   pixels    first spans 0 to 1                the same
//   folders   --split                           data.yaml names them from where it lies: it has no
//                                               `path`, which counts from Ultralytics' own folder
//
// A picture without things has an empty file. Riders and bicycles are boxes of their own.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits yolo_format();

}  // namespace oddroad::exchange
