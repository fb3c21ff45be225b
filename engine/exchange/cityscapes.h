// Cityscapes (Cordts et al., CVPR 2016; Gählert et al. 2020 for boxes), as cityscapesScripts reads
// it. The first camera is leftImg8bit, a second beside it rightImg8bit.
//   {leftImg8bit,rightImg8bit,gtFine,camera,vehicle,timestamp,disparity,gtBbox3d}/<split>/<city>/
//   <city>_<sequence>_<tick>_<type>.*       city = scenario, letters and digits only; clips.csv
//
//   what         ours                              Cityscapes
//   class        ontology id                       labelIds, of the ontology's column `cityscapes`
//   instance     16-bit id                         16-bit: labelId * 1000 + k, k from 0 in a frame
//                                                  in the order of polygons, for the classes 24 to
//                                                  33; else labelId
//   polygons     masks                             through the centres of border pixels, which
//                                                  readers fill with their borders included, three
//                                                  points or more; in the order of drawing:
//                                                  instances, one polygon each, then all else
//   camera       x right, y down, z forward        x forward, y left, z up: RC->V = Rz(yaw)
//                                                  Ry(pitch) Rx(roll) in the vehicle frame
//   vehicle      ego, ISO 8855                     the same
//   pixels       first centre at (0.5, 0.5)        first centre at (0, 0): u0, v0 and boxes - 0.5
//   3-D box      ego frame; length, width, height  vehicle frame at the image's instant, centre,
//                quaternion w x y z                dimensions l w h, quaternion w x y z
//   disparity    depth z, infinite for sky         d = fx baseline / z; 256 d + 1 in 16 bits,
//                                                  0 = none
//
// Readers that draw polygons (json2labelImg, json2instanceImg) take each for an instance. So the
// parts of a thing hang together by lines of one pixel, over what is drawn later. Where each of two
// things encloses a part of the other a line crosses the one that is drawn first, and LOST.md
// counts its pixels. Riders and bicycles are instances of their own, as in Cityscapes.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits cityscapes_format();

}  // namespace oddroad::exchange
