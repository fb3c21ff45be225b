// One frame in Cityscapes' files: masks, polygons, boxes, camera.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/rig.h"
#include "engine/exchange/format.h"
#include "engine/exchange/joined_outline.h"
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

// How readers of polygons.json draw a frame.
struct CityscapesDrawing {
  std::vector<SegmentKey> order;                 // each over those before
  std::map<SegmentKey, JoinedOutline> outlines;  // of instances: they come first
  // Of instances that a line crosses which joins the parts of another.
  std::int64_t crossed_px = 0;
};
// Instances in an order in which none has to cross one that was drawn before it, as far as there is
// such an order, and from far to near where that leaves a choice; then all else.
CityscapesDrawing cityscapes_drawing(const SegmentImage& image, const capture::CameraFrame& frame,
                                     const capture::CameraCalibration& camera,
                                     const CityscapesNames& names);

// Instances count in the order of drawing, as readers of polygons count.
CityscapesMasks cityscapes_masks(const SegmentImage& image, const CityscapesDrawing& drawing,
                                 const CityscapesNames& names);

std::string cityscapes_polygons(const SegmentImage& image, const CityscapesDrawing& drawing,
                                const CityscapesNames& names);

// Pinholes only.
std::string cityscapes_camera(const capture::CameraCalibration& left, double baseline_m);

// Of things with a visible mask and an instance.
std::string cityscapes_boxes(const capture::CameraFrame& frame,
                             const capture::CameraCalibration& left, double baseline_m,
                             const CityscapesMasks& masks, const FormatContext& context);

capture::Image<std::uint16_t> cityscapes_disparity(const capture::Image<float>& depth_m,
                                                   double fx_px, double baseline_m);

}  // namespace oddroad::exchange
