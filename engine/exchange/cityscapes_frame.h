// One frame in Cityscapes' files: masks, polygons, boxes, camera.
#pragma once

#include <map>
#include <string>

#include "engine/capture/frames.h"
#include "engine/capture/rig.h"
#include "engine/exchange/format.h"
#include "engine/exchange/segments.h"

namespace oddroad::exchange {

struct CityscapesMasks {
  capture::Image<std::uint8_t> label_ids, train_ids;
  capture::Image<std::uint16_t> instance_ids;
  capture::Image<capture::Rgb8> color;
  std::map<core::InstanceId, int> instance_of;  // of things with an instance in this frame
};
// Who the pixels of a clip belong to; the ego's own are "ego vehicle" whatever its class is called.
struct CityscapesNames {
  const ClassNames& of_class;
  core::InstanceId ego;
};
CityscapesMasks cityscapes_masks(const SegmentImage& image, const CityscapesNames& names);

std::string cityscapes_polygons(const SegmentImage& image, const CityscapesNames& names);

// Pinholes only.
std::string cityscapes_camera(const capture::CameraCalibration& left, double baseline_m);

// Of things with a visible mask and an instance.
std::string cityscapes_boxes(const capture::CameraFrame& frame,
                             const capture::CameraCalibration& left, double baseline_m,
                             const CityscapesMasks& masks, const FormatContext& context);

capture::Image<std::uint16_t> cityscapes_disparity(const capture::Image<float>& depth_m,
                                                   double fx_px, double baseline_m);

}  // namespace oddroad::exchange
