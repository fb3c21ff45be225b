#include "engine/pipeline/motion_recorder.h"

#include "engine/core/random.h"

namespace oddroad::pipeline {
namespace {

core::ClassId foliage(const ClipPlan& plan) {
  const auto* found = plan.ontology ? plan.ontology->find(std::string("vegetation")) : nullptr;
  return found ? found->id : core::ClassId(0);
}

}  // namespace

std::uint64_t sensor_key(const ClipPlan& plan, const std::string& sensor) {
  return core::hash64("motion." + sensor, plan.random_key);
}

MotionRecorder::MotionRecorder(const world::Timeline& timeline, const Rig& rig,
                               const ClipPlan& plan)
    : timeline_(timeline),
      rig_(rig),
      plan_(plan),
      path_(timeline.actors.at(timeline.ego)),
      earth_(timeline.environment.latitude_rad, timeline.environment.longitude_rad) {
  // An INS listens to a receiver whether its fixes are recorded or not.
  if (!needs_fixes(rig.motion, plan.kinds)) return;
  for (const RigGnss& g : rig.motion.gnss) {
    const ins::GnssModel& model = g.settings.model;
    // One sky for all receivers of a clip.
    auto satellites = ins::satellites_of(model.satellites, model.mask_rad,
                                         core::hash64("motion.sky", plan.random_key));
    records_.gnss.push_back({{g.name, {}}, satellites});
    receivers_.emplace_back(g.settings, path_, g.T_ego_antenna, std::move(satellites), earth_,
                            foliage(plan), sensor_key(plan, g.name));
  }
}

void MotionRecorder::add_fix(const TickScene& scene, std::size_t gnss) {
  records_.gnss[gnss].samples.push_back(
      receivers_[gnss].fix(scene.window, *scene.caster, scene.stamp_ns));
}

void MotionRecorder::remember(core::Archive& archive) {
  std::uint64_t count = receivers_.size();
  archive(count);
  if (count != receivers_.size()) return archive.refuse();
  for (std::size_t g = 0; g < receivers_.size(); ++g) {
    archive(receivers_[g], records_.gnss[g].samples);
  }
}

capture::MotionRecords MotionRecorder::finish() {
  const auto wants = [&](const char* kind) {
    return plan_.kinds.contains(kind);
  };
  for (const RigImu& s : rig_.motion.imus) {
    if (!wants("imu")) break;
    records_.imus.push_back(ins::simulate_imu(s.settings, path_, s.T_ego_imu, earth_.gravity_mps2(),
                                              plan_.from_ns, plan_.end_ns,
                                              sensor_key(plan_, s.name)));
    records_.imus.back().sensor = s.name;
  }
  for (const RigNavigation& s : rig_.motion.navigations) {
    if (!wants("ins")) break;
    const capture::GnssSeries* aid = nullptr;
    for (const auto& series : records_.gnss) {
      if (series.sensor == s.settings.gnss) aid = &series;
    }
    records_.navigations.push_back(ins::simulate_navigation(s.settings, path_, s.T_ego_ins, earth_,
                                                            aid, plan_.from_ns, plan_.end_ns,
                                                            sensor_key(plan_, s.name)));
    records_.navigations.back().sensor = s.name;
  }
  for (const RigOdometry& s : rig_.motion.odometries) {
    if (!wants("odometry")) break;
    records_.odometries.push_back(
        ins::simulate_odometry(s.settings, timeline_.actors[timeline_.ego], path_, plan_.from_ns,
                               plan_.end_ns, sensor_key(plan_, s.name)));
    records_.odometries.back().sensor = s.name;
  }
  if (!wants("gnss")) records_.gnss.clear();
  return std::move(records_);
}

}  // namespace oddroad::pipeline
