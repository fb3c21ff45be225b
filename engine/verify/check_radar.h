// Checks of one radar frame, by own rays and own arithmetic:
//   radar_geometry    places, angles and own motion of every detection; order, field, threshold
//   radar_signal      the radar equation: cross section against signal, measured and true
//   radar_ids, radar_ranges, radar_velocities
//                     the way of each echo, mirrors and vehicles above it included: what it meets,
//                     how long it is, how fast it grows
//   radar_noise       measured against true, within the device's deviations
//   radar_counts      detections by thing, and in its box
//   radar_tracks      ids of tracks against those of detections
#pragma once

#include "engine/verify/clip_context.h"
#include "engine/verify/mesh_tree.h"
#include "engine/verify/radar_points.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// The window holds the instants of all scans.
void check_radar(const ClipContext& context, const capture::RadarCalibration& radar,
                 const FrameRecord& frame, const world::SceneWindow& window, MeshTrees& trees,
                 Report& report);

// Its parts that look at objects.
void check_radar_counts(const world::Actor& ego, const math::Pose& T_ego_radar,
                        const FrameRecord& frame, const std::vector<RadarPoint>& points,
                        const world::SceneWindow& window, Report& report);
void check_radar_tracks(const math::Pose& T_ego_radar, const FrameRecord& frame,
                        const std::vector<RadarPoint>& points, Report& report);

}  // namespace oddroad::verify
