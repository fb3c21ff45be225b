#include "engine/pipeline/clip_renderer.h"

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

std::size_t count_captures(const Rig& rig, const ClipPlan& plan) {
  std::size_t count = 0;
  for (const TickPlan& tick : ticks_of(rig, plan)) {
    count += tick.cameras.size() + tick.lidars.size() + tick.radars.size();
  }
  return count + (records_motion(rig.motion, plan.kinds) ? 1 : 0);
}

core::Result<void> render_clip(const world::Timeline& timeline, const world::StaticWorld& stage,
                               const Rig& rig, const ClipPlan& plan, const BackEnds& back_ends,
                               const FrameSink& sink, const Progress& progress) {
  const world::SceneBuilder builder(timeline, stage);
  const std::vector<TickPlan> ticks = ticks_of(rig, plan);
  const bool motion = records_motion(rig.motion, plan.kinds);
  if (ticks.empty() && !motion) return core::fail("the clip is too short for a single capture");
  TickScenes scenes(builder, *back_ends.rays, ticks);
  ClipState state;
  for (const RigCamera& camera : rig.cameras) {
    if (back_ends.shading && capture::needs_colour(plan.kinds)) {
      state.cameras.emplace_back(camera.settings);
    }
  }
  if (rig.rcs && plan.ontology) state.reflectors = rig.rcs->by_class(*plan.ontology);
  for (std::size_t r = 0; r < rig.radars.size(); ++r) state.trackers.emplace_back();
  if (motion) state.motion.emplace(timeline, rig, plan);
  FirstError error;
  std::size_t next = 0;
  core::run_ahead(kTicksInMemory, [&]() -> std::function<void()> {
    if (next == ticks.size() || error.failed()) return {};
    auto rendered = render_and_look_ahead(scenes, rig, plan, ticks, next++, back_ends, state);
    if (!rendered) {
      error.set(rendered.error());
      return {};
    }
    return [&, captures = std::make_shared<const TickCaptures>(std::move(*rendered))] {
      deliver(*captures, sink, progress, error);
    };
  });
  if (motion && sink.motion && !error.failed()) {
    const auto written = sink.motion(state.motion->finish());
    if (!written) error.set(written.error());
    if (!progress()) error.set(core::fail("interrupted").value());
  }
  if (error.failed()) return tl::unexpected(error.take());
  return {};
}

}  // namespace oddroad::pipeline
