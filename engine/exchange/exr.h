// OpenEXR with many channels: all labels of a camera's frame in one file,
//   <split>/<scenario>/<index>-<short id>/<camera>/<tick>.exr
//
//   channels                 ours                     OpenEXR
//   R, G, B                  radiance, cd/m2          FLOAT, the same
//   Z                        depth, m                 FLOAT, along the axis; +inf is nothing
//   range                    range, m                 FLOAT, along the ray; +inf is nothing
//   N.X, N.Y, N.Z            normals                  FLOAT, camera frame (x right, y down, z
//                                                     forward); 0 is nothing
//   forward.u, forward.v     flow to the next frame   FLOAT, px, right and down; NaN where the lens
//                                                     cannot show the point there
//   forward.occluded         what is there            UINT, 0 seen, 1 hidden, 2 outside
//   backward.*               to the frame before      the same
//   instance.id              ids                      UINT, 0 is nothing
//   semantic.id              classes                  UINT, numbers of the ontology, 0 is the sky
//   CryptoObject00.R .G      ids                      FLOAT, Cryptomatte 1.1.0: hash of
//                                                     "<name>#<id>", coverage 1
//   CryptoAsset00.R .G       classes                  the same of the class's name
//   worldToCamera            T_camera_world           row vectors: p M; at the stamp
//
// Every pixel shows one thing: B and A of the mattes, the second rank, are 0. What was not recorded
// is not there; flow and occlusion of a frame without a neighbour are not either. Rows of a rolling
// shutter hold for their own instants.
#pragma once

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits exr_format();

}  // namespace oddroad::exchange
