// WebDataset shards (Aizman et al., IEEE Big Data 2019), as its Python package reads them:
//   <split>-%06d.tar of at most 500 MB (one sample more at the end)
// A sample is one capture of the rig's first camera (without cameras: first LiDAR) with the nearest
// capture, within half a period, of every other camera, LiDAR and radar. Members are the dataset's
// own files, byte by byte:
//
//   key      <scenario>/<index>-<short id>/<tick>      no dots: '.' becomes '_'
//   fields   <sensor>.rgb.png, <sensor>.ids.png, <sensor>.json, <sensor>.pcd, ...
//            calibration.json, sample.json (clip, split, tick and stamp of every sensor)
//
// Field names are lower case, as readers make them. Frames, units and pixels are the dataset's own
// (scenarios/labels.md).
#pragma once

#include <cstdint>

#include "engine/exchange/format.h"

namespace oddroad::exchange {

FormatTraits webdataset_format(std::uint64_t shard_bytes = 500'000'000);

}  // namespace oddroad::exchange
