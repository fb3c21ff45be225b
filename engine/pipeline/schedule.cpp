#include "engine/pipeline/schedule.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "sensors/camera/view.h"
#include "sensors/radar/radar.h"

namespace oddroad::pipeline {
namespace {

// Calls add(stamp, tick) for each trigger with [stamp - before, stamp + after] inside the clip.
template <typename Add>
void triggers(double rate_hz, std::int64_t from_ns, std::int64_t end_ns, std::int64_t before_ns,
              std::int64_t after_ns, const Add& add) {
  const std::int64_t period = std::llround(1e9 / rate_hz);
  const std::int64_t earliest = std::max<std::int64_t>(std::max(from_ns, before_ns), 0);
  std::int64_t stamp = (earliest + period - 1) / period * period;
  for (int tick = 0; stamp + after_ns <= end_ns; ++tick, stamp += period) add(stamp, tick);
}

TickPlan& at(std::map<std::int64_t, TickPlan>& plans, std::int64_t stamp) {
  const auto [it, fresh] = plans.try_emplace(stamp);
  if (fresh) it->second = {stamp, stamp, stamp, {}, {}, {}, {}};
  return it->second;
}

}  // namespace

std::vector<TickPlan> plan_ticks(const Rig& rig, double rate_hz, std::int64_t from_ns,
                                 std::int64_t end_ns, bool with_cameras, bool with_lidars,
                                 bool with_radars, bool with_gnss) {
  std::int64_t before = 0;
  std::int64_t after = 0;
  for (std::size_t l = 0; with_lidars && l < rig.lidars.size(); ++l) {
    before = std::max(before, -rig.lidars[l].scanner.begin_ns(0));
    after = std::max(after, rig.lidars[l].scanner.end_ns(0));
  }
  for (std::size_t c = 0; with_cameras && c < rig.cameras.size(); ++c) {
    before = std::max(before, -camera::exposure_begin_ns(rig.cameras[c].settings));
    after = std::max(after, camera::exposure_end_ns(rig.cameras[c].settings));
  }
  for (std::size_t r = 0; with_radars && r < rig.radars.size(); ++r) {
    before = std::max(before, -radar::begin_ns(rig.radars[r].settings.model, 0));
    after = std::max(after, radar::end_ns(rig.radars[r].settings.model, 0));
  }
  std::map<std::int64_t, TickPlan> plans;
  for (std::size_t c = 0; with_cameras && c < rig.cameras.size(); ++c) {
    const camera::CameraSettings& settings = rig.cameras[c].settings;
    triggers(std::min(rate_hz, settings.rate_hz), from_ns, end_ns, before, after,
             [&](std::int64_t stamp, int tick) {
               TickPlan& plan = at(plans, stamp);
               plan.cameras.push_back({c, tick});
               plan.begin_ns = std::min(plan.begin_ns, stamp + camera::exposure_begin_ns(settings));
               plan.end_ns = std::max(plan.end_ns, stamp + camera::exposure_end_ns(settings));
             });
  }
  for (std::size_t l = 0; with_lidars && l < rig.lidars.size(); ++l) {
    const lidar::Scanner& scanner = rig.lidars[l].scanner;
    triggers(std::min(rate_hz, scanner.settings().model.rate_hz), from_ns, end_ns, before, after,
             [&](std::int64_t stamp, int tick) {
               TickPlan& plan = at(plans, stamp);
               plan.lidars.push_back({l, tick});
               plan.begin_ns = std::min(plan.begin_ns, scanner.begin_ns(stamp));
               plan.end_ns = std::max(plan.end_ns, scanner.end_ns(stamp));
             });
  }
  for (std::size_t r = 0; with_radars && r < rig.radars.size(); ++r) {
    const radar::RadarModel& model = rig.radars[r].settings.model;
    triggers(std::min(rate_hz, model.rate_hz), from_ns, end_ns, before, after,
             [&](std::int64_t stamp, int tick) {
               TickPlan& plan = at(plans, stamp);
               plan.radars.push_back({r, tick});
               plan.begin_ns = std::min(plan.begin_ns, radar::begin_ns(model, stamp));
               plan.end_ns = std::max(plan.end_ns, radar::end_ns(model, stamp));
             });
  }
  for (std::size_t g = 0; with_gnss && g < rig.motion.gnss.size(); ++g) {
    triggers(rig.motion.gnss[g].settings.model.rate_hz, from_ns, end_ns, 0, 0,
             [&](std::int64_t stamp, int tick) {
               at(plans, stamp).gnss.push_back({g, tick});
             });
  }
  std::vector<TickPlan> out;
  for (auto& [stamp, plan] : plans) out.push_back(std::move(plan));
  return out;
}

}  // namespace oddroad::pipeline
