// COCO (Lin et al., ECCV 2014; Kirillov et al., CVPR 2019), as pycocotools and panopticapi read it.
//   <split>/<name>.{png,jpg}   panoptic_<split>/<name>.png
//   annotations/{instances,instances_polygons,person_keypoints,panoptic}_<split>.json
//
//   what        ours                           COCO
//   pixels      first spans 0 to 1             the same for boxes and polygons; keypoints count
//                                              from the centre of the first: ours - 0.5
//   bbox        left top right bottom          left, top, width, height of the visible mask
//   mask        16-bit ids                     RLE, column by column (rle.h); in instances_polygons
//                                              outlines along the edges of pixels, cut where a mask
//                                              has holes: the same pixels exactly
//   category    ontology id                    ontology id + 1: COCO avoids 0. Of classes that
//                                              --classes gives one name: that of the first
//   annotation                                 65536 * image id + instance id, never 0
//   panoptic    id, class of each pixel        R + 256 G + 65536 B = instance id of things,
//                                              65536 + ontology id of stuff; 0 = left out
//   keypoints   state outside, hidden, seen    v = 0, 1, 2. Where they were not recorded there are
//                                              no annotations, and LOST.md counts the people
//
// Things below --min-visibility are crowds: evaluation ignores what is found there.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits coco_format();

}  // namespace oddroad::exchange
