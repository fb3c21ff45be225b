#include "engine/explore/sighting.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/outline.h"
#include "sensors/camera/view.h"

namespace oddroad::explore {
namespace {

using math::Vec2d;
using world::SceneWindow;

sim::Outline outline_of(const world::Actor& actor, std::int64_t stamp_ns) {
  const math::Affine3d T = world::pose_at(actor, stamp_ns);
  const math::Vec3d forward = T.vector({1, 0, 0});
  return sim::outline_at(sim::footprint_of(actor.model->box), Vec2d(T.translation),
                         std::atan2(forward.y, forward.x));
}

core::Result<void> flesh_out(world::Timeline& timeline, const std::vector<bool>& wanted,
                             sim::RememberedModels& models) {
  for (std::size_t k = 0; k < timeline.actors.size(); ++k) {
    if (!wanted[k]) continue;
    auto made = models.in_full(timeline.actors[k].model);
    if (!made) return core::forward_error(made);
    timeline.actors[k].model = std::move(*made);
  }
  return {};
}

std::vector<math::Vec3d> eyes_of(const pipeline::Rig& rig) {
  std::vector<math::Vec3d> out;
  for (const auto& camera : rig.cameras) out.push_back(camera.T_ego_camera.translation);
  for (const auto& lidar : rig.lidars) out.push_back(lidar.T_ego_lidar.translation);
  return out;
}

class Looker {
 public:
  Looker(const world::Timeline& timeline, const world::StaticWorld& stage,
         const sim::InstanceSet& target, const SightingJob& job)
      : timeline_(timeline), builder_(timeline, stage), target_(target), job_(job) {}

  [[nodiscard]] Sighting at(std::int64_t stamp_ns) const {
    Sighting out;
    out.stamp_ns = stamp_ns;
    out.gap_m = gap_m(stamp_ns);
    if (!job_.rig.cameras.empty()) count_pixels(stamp_ns, out);
    for (const pipeline::RigLidar& lidar : job_.rig.lidars) {
      const double reach = lidar.scanner.settings().model.range_max_m;
      if (out.gap_m < reach) out.points += points_of(lidar, stamp_ns);
    }
    return out;
  }

 private:
  [[nodiscard]] double gap_m(std::int64_t stamp_ns) const {
    const sim::Outline ego = outline_of(timeline_.actors[timeline_.ego], stamp_ns);
    double least = INFINITY;
    for (const world::Actor& actor : timeline_.actors) {
      if (!target_.contains(actor.id)) continue;
      least = std::min(least, sim::free_gap(ego, outline_of(actor, stamp_ns)).distance_m);
    }
    return least;
  }

  void count_pixels(std::int64_t stamp_ns, Sighting& out) const {
    const SceneWindow window = builder_.window(stamp_ns, stamp_ns);
    const auto caster = job_.rays.create_at(window, stamp_ns);
    for (const pipeline::RigCamera& camera : job_.rig.cameras) {
      scene::CameraView view =
          camera::make_view(camera.settings, camera.T_ego_camera, *window.ego, stamp_ns);
      view.rows.clear();
      const std::size_t alone = alone_in(view, *caster);
      if (alone == 0) continue;
      const std::size_t seen = seen_in(window, caster->record(view));
      const bool more = seen > out.pixels || (seen == out.pixels && alone > out.alone);
      if (!more) continue;
      out.pixels = seen;
      out.alone = alone;
    }
  }

  [[nodiscard]] std::size_t seen_in(const SceneWindow& window,
                                    const scene::VisibilityRecord& record) const {
    return static_cast<std::size_t>(
        std::count_if(record.drawable.begin(), record.drawable.end(), [&](std::uint32_t d) {
          return d != 0 && target_.contains(window.drawables[d - 1].instance);
        }));
  }

  [[nodiscard]] std::size_t alone_in(const scene::CameraView& view,
                                     const scene::RayCaster& caster) const {
    std::vector<bool> covered;
    for (const core::InstanceId id : target_) {
      const scene::VisibilityRecord record = caster.only(id)->record(view);
      covered.resize(record.drawable.size());
      for (std::size_t k = 0; k < covered.size(); ++k) {
        if (record.drawable[k] != 0) covered[k] = true;
      }
    }
    return static_cast<std::size_t>(std::count(covered.begin(), covered.end(), true));
  }

  [[nodiscard]] std::size_t points_of(const pipeline::RigLidar& lidar,
                                      std::int64_t stamp_ns) const {
    const lidar::Scanner& scanner = lidar.scanner;
    const SceneWindow window =
        builder_.window(scanner.begin_ns(stamp_ns), scanner.end_ns(stamp_ns), stamp_ns);
    const auto caster = job_.rays.create(window);
    scene::RayBatch rays;
    scanner.rays(window, lidar.T_ego_lidar, stamp_ns, rays);
    scene::RayHits hits;
    caster->intersect(rays, scene::RayKind::kSensor, false, hits);
    const auto& model = scanner.settings().model;
    std::size_t count = 0;
    for (std::size_t k = 0; k < rays.size(); ++k) {
      const std::uint32_t d = hits.drawable[k];
      if (d == 0 || !target_.contains(window.drawables[d - 1].instance)) continue;
      const double range =
          hits.t[k] * std::hypot(rays.direction_x[k], rays.direction_y[k], rays.direction_z[k]);
      if (range >= model.range_min_m && range <= model.range_max_m) ++count;
    }
    return count;
  }

  const world::Timeline& timeline_;
  world::SceneBuilder builder_;
  const sim::InstanceSet& target_;
  const SightingJob& job_;
};

}  // namespace

sim::InstanceSet target_ids(const world::Timeline& timeline, const std::string& name) {
  sim::InstanceSet out;
  for (const world::Actor& actor : timeline.actors) {
    if (actor.name == name || (actor.rides && out.contains(actor.rides))) out.insert(actor.id);
  }
  return out;
}

core::Result<std::vector<Sighting>> sight(world::Timeline& timeline, const sim::InstanceSet& target,
                                          const std::vector<std::int64_t>& stamps,
                                          const SightingJob& job) {
  std::vector<bool> wanted(timeline.actors.size(), false);
  for (std::size_t k = 0; k < timeline.actors.size(); ++k) {
    wanted[k] = target.contains(timeline.actors[k].id);
  }
  if (auto made = flesh_out(timeline, wanted, job.models); !made) return core::forward_error(made);
  std::vector<sim::Look> looks;
  {
    const world::StaticWorld nothing;
    const world::SceneBuilder actors(timeline, nothing);
    for (const std::int64_t stamp : stamps) {
      const SceneWindow window = actors.window(stamp, stamp);
      const math::Affine3d T_world_ego = world::pose_at(timeline.actors[timeline.ego], stamp);
      for (const math::Vec3d& eye : eyes_of(job.rig)) {
        looks.push_back(sim::look_at(window, target, T_world_ego.point(eye), stamp));
        (void)sim::free_points(timeline, target, looks.back(), wanted);
      }
    }
  }
  if (auto made = flesh_out(timeline, wanted, job.models); !made) return core::forward_error(made);
  world::StaticWorld stage;
  if (job.stage) {
    auto made = job.stage(looks);
    if (!made) return core::forward_error(made);
    stage = std::move(*made);
  }
  const Looker looker(timeline, stage, target, job);
  std::vector<Sighting> out;
  for (const std::int64_t stamp : stamps) out.push_back(looker.at(stamp));
  return out;
}

}  // namespace oddroad::explore
