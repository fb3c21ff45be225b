// Renders the captures of one clip and hands them to a sink.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/capture/frames.h"
#include "engine/capture/ins.h"
#include "engine/capture/kinds.h"
#include "engine/capture/ontology.h"
#include "engine/capture/radar.h"
#include "engine/core/result.h"
#include "engine/labels/lanes.h"
#include "engine/pipeline/rig.h"
#include "engine/world/material_table.h"
#include "engine/world/static_world.h"
#include "engine/world/timeline.h"
#include "render/scene/visibility.h"

namespace oddroad::pipeline {

// Which machines do the work. Borrowed; not shared between clips that render at the same time.
struct BackEnds {
  scene::RayCasterFactory* rays = nullptr;
  scene::Visibility* visibility = nullptr;  // null: records come from the ray caster
  scene::Shading* shading = nullptr;        // null: no colour
  std::string shading_name = "gpu";         // "gpu" or "cpu", as the clip's identity records it
};

struct ClipPlan {
  double rate_hz = 10;
  std::int64_t from_ns = 0;
  std::int64_t end_ns = 0;
  std::set<std::string> kinds;   // engine/capture/kinds.h
  std::uint64_t random_key = 0;  // of the variant: keys all sensor noise
  const capture::Ontology* ontology = nullptr;
  const labels::LaneMap* lanes = nullptr;           // kind lanes
  const world::MaterialTable* materials = nullptr;  // kind lidar_geometry
};

// Takes captures, from several threads at once, in no fixed order.
struct FrameSink {
  std::function<core::Result<void>(const capture::CameraFrame&)> camera;
  std::function<core::Result<void>(const capture::LidarFrame&)> lidar;
  std::function<core::Result<void>(const capture::RadarFrame&)> radar;
  std::function<core::Result<void>(const capture::MotionRecords&)> motion;  // once, at the end
};

// Called after each capture; false stops the clip (interrupted).
using Progress = std::function<bool()>;

struct ClipState;  // clip_state.h

// How many ticks a clip has, and how many captures in all or before a tick.
std::size_t count_ticks(const Rig& rig, const ClipPlan& plan);
std::size_t count_captures(const Rig& rig, const ClipPlan& plan);
std::size_t count_captures_before(const Rig& rig, const ClipPlan& plan, std::size_t tick);

// Which ticks of a clip: from `first` to the end, or until `pause`, asked before each further one,
// says true. Empty: never.
struct TickSpan {
  std::size_t first = 0;
  std::function<bool()> pause{};
};

// Ticks are rendered in order; encoding (the sink) of one tick overlaps the rendering of the next.
// At most four ticks are in memory. `state`: as the tick before `first` left it. Returns at which
// tick it would go on: behind the last, the clip is whole; before it, all captures of ticks before
// have been delivered and no others. Errors: a back-end's, or the sink's; "interrupted".
core::Result<std::size_t> render_ticks(const world::Timeline& timeline,
                                       const world::StaticWorld& stage, const Rig& rig,
                                       const ClipPlan& plan, const BackEnds& back_ends,
                                       ClipState& state, const TickSpan& span,
                                       const FrameSink& sink, const Progress& progress);

// All of them.
core::Result<void> render_clip(const world::Timeline& timeline, const world::StaticWorld& stage,
                               const Rig& rig, const ClipPlan& plan, const BackEnds& back_ends,
                               const FrameSink& sink, const Progress& progress);

}  // namespace oddroad::pipeline
