#include "engine/pipeline/clip_renderer.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "engine/core/parallel.h"
#include "engine/pipeline/schedule.h"
#include "engine/pipeline/tick.h"
#include "engine/world/scene_window.h"

namespace oddroad::pipeline {
namespace {

constexpr std::size_t kTicksInMemory = 4;

std::vector<TickPlan> ticks_of(const Rig& rig, const ClipPlan& plan) {
  return plan_ticks(rig, plan.rate_hz, plan.from_ns, plan.end_ns, capture::needs_camera(plan.kinds),
                    capture::needs_lidar(plan.kinds), capture::needs_radar(plan.kinds),
                    needs_fixes(rig.motion, plan.kinds));
}

// The first failure of any thread; later ones are dropped.
class FirstError {
 public:
  void set(core::Diagnostics diagnostics) {
    const std::scoped_lock lock(mutex_);
    if (!failed_.exchange(true)) diagnostics_ = std::move(diagnostics);
  }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] core::Diagnostics take() { return std::move(diagnostics_); }

 private:
  std::mutex mutex_;
  std::atomic<bool> failed_ = false;
  core::Diagnostics diagnostics_;
};

// Renders a tick, and beside it makes the scene that the next one will be the first to look at: a
// tree of instances is built by one thread alone.
core::Result<TickCaptures> render_and_look_ahead(TickScenes& scenes, const Rig& rig,
                                                 const ClipPlan& plan,
                                                 const std::vector<TickPlan>& ticks,
                                                 std::size_t tick, const BackEnds& back_ends,
                                                 ClipState& state) {
  const std::size_t ahead = tick + (plan.kinds.contains("flow") ? 2 : 1);
  core::Result<TickCaptures> rendered;
  std::unique_ptr<TickScene> scene;
  core::parallel_for(ahead < ticks.size() ? 2 : 1, [&](int part) {
    if (part == 0) {
      rendered = render_tick(scenes, rig, plan, ticks, tick, back_ends, state);
    } else {
      scene = scenes.make(ahead);
    }
  });
  if (scene) scenes.keep(ahead, std::move(scene));
  return rendered;
}

void deliver(const TickCaptures& captures, const FrameSink& sink, const Progress& progress,
             FirstError& error) {
  const auto after = [&](const core::Result<void>& written) {
    if (!written) error.set(written.error());
    if (!progress()) error.set(core::fail("interrupted").value());
  };
  for (const capture::LidarFrame& frame : captures.lidars) after(sink.lidar(frame));
  for (const capture::RadarFrame& frame : captures.radars) after(sink.radar(frame));
  for (const capture::CameraFrame& frame : captures.cameras) after(sink.camera(frame));
}

}  // namespace

namespace {

std::size_t captures_of(const TickPlan& tick) {
  return tick.cameras.size() + tick.lidars.size() + tick.radars.size();
}

}  // namespace

std::size_t count_ticks(const Rig& rig, const ClipPlan& plan) {
  return ticks_of(rig, plan).size();
}

std::size_t count_captures_before(const Rig& rig, const ClipPlan& plan, std::size_t tick) {
  const std::vector<TickPlan> ticks = ticks_of(rig, plan);
  std::size_t count = 0;
  for (std::size_t k = 0; k < std::min(tick, ticks.size()); ++k) count += captures_of(ticks[k]);
  return count;
}

std::size_t count_captures(const Rig& rig, const ClipPlan& plan) {
  return count_captures_before(rig, plan, count_ticks(rig, plan)) +
         (records_motion(rig.motion, plan.kinds) ? 1 : 0);
}

core::Result<std::size_t> render_ticks(const world::Timeline& timeline,
                                       const world::StaticWorld& stage, const Rig& rig,
                                       const ClipPlan& plan, const BackEnds& back_ends,
                                       ClipState& state, const TickSpan& span,
                                       const FrameSink& sink, const Progress& progress) {
  const world::SceneBuilder builder(timeline, stage);
  const std::vector<TickPlan> ticks = ticks_of(rig, plan);
  if (ticks.empty() && !state.motion) {
    return core::fail("the clip is too short for a single capture");
  }
  TickScenes scenes(builder, *back_ends.rays, ticks);
  FirstError error;
  std::size_t next = span.first;
  core::run_ahead(kTicksInMemory, [&]() -> std::function<void()> {
    if (next == ticks.size() || error.failed() || (span.pause && span.pause())) return {};
    auto rendered = render_and_look_ahead(scenes, rig, plan, ticks, next, back_ends, state);
    if (!rendered) {
      error.set(rendered.error());
      return {};
    }
    ++next;
    return [&, captures = std::make_shared<const TickCaptures>(std::move(*rendered))] {
      deliver(*captures, sink, progress, error);
    };
  });
  if (next == ticks.size() && state.motion && sink.motion && !error.failed()) {
    const auto written = sink.motion(state.motion->finish());
    if (!written) error.set(written.error());
    if (!progress()) error.set(core::fail("interrupted").value());
  }
  if (error.failed()) return tl::unexpected(error.take());
  return next;
}

core::Result<void> render_clip(const world::Timeline& timeline, const world::StaticWorld& stage,
                               const Rig& rig, const ClipPlan& plan, const BackEnds& back_ends,
                               const FrameSink& sink, const Progress& progress) {
  ClipState state(timeline, rig, plan, back_ends);
  const auto done = render_ticks(timeline, stage, rig, plan, back_ends, state, {}, sink, progress);
  if (!done) return core::forward_error(done);
  return {};
}

}  // namespace oddroad::pipeline
