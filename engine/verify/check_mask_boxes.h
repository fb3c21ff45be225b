// Checks `box_of_mask` (an object in the mask has an entry and the other way round), `boxes_2d`
// (tight to the mask) and the visible pixels of `ledger`.
#pragma once

#include "engine/verify/camera_scene.h"
#include "engine/verify/masks.h"
#include "engine/verify/records.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

void check_mask_boxes(const CameraScene& scene, const Masks& masks, const FrameRecord& frame,
                      Report& report);

// Things that get boxes: all actors but the ego, static things with a box.
bool is_countable(const world::InstanceInfo& info);

// The largest distance between two sides of one name, px.
double farthest_side(const capture::Box2& a, const capture::Box2& b);

}  // namespace oddroad::verify
