#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/capture/tolerances.h"
#include "engine/core/check.h"
#include "engine/core/parallel.h"
#include "engine/labels/box_over_time.h"
#include "engine/labels/objects.h"

namespace oddroad::labels {

using math::Affine3d;
using math::Vec3d;

namespace {

constexpr std::size_t kChunk = 4096;

struct Moment {
  std::size_t millisecond = 0;  // of the window
  double share = 0;             // of the way to the next
};

Moment moment_of(const world::SceneWindow& window, std::int64_t stamp_ns) {
  const std::int64_t t = stamp_ns - window.begin_ns;
  ODDROAD_CHECK_OP(t, >=, 0);
  return {
      static_cast<std::size_t>(t / world::kMillisecondNs),
      static_cast<double>(t % world::kMillisecondNs) / static_cast<double>(world::kMillisecondNs)};
}

// Poses at the window's whole milliseconds; one if they are all the same.
std::vector<Affine3d> poses_of(const world::SceneWindow& window, const world::Actor& actor) {
  std::vector<Affine3d> poses;
  poses.reserve(
      static_cast<std::size_t>((window.end_ns - window.begin_ns) / world::kMillisecondNs + 1));
  for (std::int64_t t = window.begin_ns; t <= window.end_ns; t += world::kMillisecondNs) {
    poses.push_back(world::pose_at_millisecond(actor, t / world::kMillisecondNs));
  }
  const bool still = std::all_of(poses.begin(), poses.end(), [&](const Affine3d& pose) {
    return pose == poses.front();
  });
  if (still) poses.resize(1);
  return poses;
}

// The box of one instance, posed at any instant of the window.
class MovingBox {
 public:
  MovingBox(const world::SceneWindow& window, const world::InstanceInfo& instance)
      : box_(window, instance),
        poses_(instance.actor ? poses_of(window, *instance.actor)
                              : std::vector<Affine3d>{instance.T_world_model}) {
    if (poses_.size() == 1) T_model_world_ = poses_.front().inverse();
  }

  [[nodiscard]] bool contains(const Vec3d& p_world, std::int64_t stamp_ns,
                              const Moment& moment) const {
    const Vec3d p = T_model_world(moment).point(p_world);
    const math::Aabb box = box_.at(stamp_ns);
    return glm::all(glm::greaterThanEqual(p, box.lower - capture::kBoxMarginM)) &&
           glm::all(glm::lessThanEqual(p, box.upper + capture::kBoxMarginM));
  }

 private:
  [[nodiscard]] Affine3d T_model_world(const Moment& moment) const {
    if (poses_.size() == 1) return T_model_world_;
    const Affine3d& a = poses_[moment.millisecond];
    if (moment.share == 0) return a.inverse();
    return math::lerp(a, poses_[moment.millisecond + 1], moment.share).inverse();
  }

  BoxOverTime box_;
  std::vector<Affine3d> poses_;
  Affine3d T_model_world_;  // of what stands still
};

// Which objects may have a point of their box above a place, in cells of the ground plane.
class Neighbourhood {
 public:
  // `stamp_ns`: the instant of the boxes.
  Neighbourhood(const world::SceneWindow& window, std::int64_t stamp_ns,
                const std::vector<capture::ObjectInWorld>& objects) {
    for (const auto& object : objects) {
      reach_m_.push_back(reach_m(window, stamp_ns, object));
      const Vec3d reach(reach_m_.back());
      bounds_.include(object.box_world.pose.translation - reach);
      bounds_.include(object.box_world.pose.translation + reach);
    }
    if (objects.empty()) return;
    const Vec3d size = bounds_.size();
    cell_m_ = std::max({4.0, size.x / kMaxCells, size.y / kMaxCells});
    columns_ = static_cast<std::size_t>(size.x / cell_m_) + 1;
    rows_ = static_cast<std::size_t>(size.y / cell_m_) + 1;
    cells_.resize(columns_ * rows_);
    for (std::size_t k = 0; k < objects.size(); ++k) add(k, objects[k]);
  }

  // Indices of objects.
  [[nodiscard]] const std::vector<std::size_t>& near(const Vec3d& p) const {
    if (cells_.empty() || !(p.x >= bounds_.lower.x && p.x <= bounds_.upper.x &&
                            p.y >= bounds_.lower.y && p.y <= bounds_.upper.y)) {
      return nobody_;
    }
    return cells_[row(p.y) * columns_ + column(p.x)];
  }

 private:
  static constexpr double kMaxCells = 256;

  // No point of it comes further than this from the box's centre at the stamp during the window.
  static double reach_m(const world::SceneWindow& window, std::int64_t stamp_ns,
                        const capture::ObjectInWorld& object) {
    const double size = 0.5 * glm::length(object.track_size_m) + 1.0;
    const world::Actor* actor = window.find(object.id)->actor;
    if (actor == nullptr) return size;
    const Vec3d centre = object.box_world.pose.translation;
    const Vec3d on_model = world::pose_at(*actor, stamp_ns).inverse().point(centre);
    double moved = 0;
    for (std::int64_t t = window.begin_ns; t <= window.end_ns; t += world::kStepNs) {
      moved = std::max(moved, glm::length(world::pose_at(*actor, t).point(on_model) - centre));
    }
    return size + moved;
  }
  [[nodiscard]] std::size_t column(double x) const {
    return std::min(static_cast<std::size_t>((x - bounds_.lower.x) / cell_m_), columns_ - 1);
  }
  [[nodiscard]] std::size_t row(double y) const {
    return std::min(static_cast<std::size_t>((y - bounds_.lower.y) / cell_m_), rows_ - 1);
  }
  void add(std::size_t k, const capture::ObjectInWorld& object) {
    const double reach = reach_m_[k];
    const Vec3d& c = object.box_world.pose.translation;
    for (std::size_t r = row(c.y - reach); r <= row(c.y + reach); ++r) {
      for (std::size_t i = column(c.x - reach); i <= column(c.x + reach); ++i) {
        cells_[r * columns_ + i].push_back(k);
      }
    }
  }

  math::Aabb bounds_;
  double cell_m_ = 4;
  std::size_t columns_ = 0, rows_ = 0;
  std::vector<double> reach_m_;  // as the objects
  std::vector<std::vector<std::size_t>> cells_;
  std::vector<std::size_t> nobody_;
};

struct Count {
  std::int64_t returns = 0;
  std::int64_t time_sum_ns = 0;
  std::int64_t in_box = 0;
};

class Counter {
 public:
  Counter(const world::SceneWindow& window, const capture::PointCloud& cloud,
          std::int64_t sweep_stamp_ns, const math::Pose& T_ego_lidar,
          const std::vector<capture::ObjectInWorld>& objects)
      : window_(window),
        cloud_(cloud),
        stamp_ns_(sweep_stamp_ns),
        near_(window, sweep_stamp_ns, objects),
        object_of_id_(65536, static_cast<std::uint16_t>(objects.size())) {
    ODDROAD_CHECK_OP(objects.size(), <, 65536u);
    for (const Affine3d& pose : poses_of(window, *window.ego)) {
      T_world_lidar_.push_back(pose * math::to_affine(T_ego_lidar));
    }
    boxes_.resize(objects.size());
    core::parallel_for(objects.size(), [&](std::size_t k) {
      const world::InstanceInfo* instance = window.find(objects[k].id);
      ODDROAD_CHECK(instance != nullptr);
      boxes_[k].emplace(window, *instance);
    });
    for (std::size_t k = 0; k < objects.size(); ++k) {
      object_of_id_[objects[k].id.value] = static_cast<std::uint16_t>(k);
    }
  }

  // Adds the points [begin, end); counts has one more place, for what belongs to no object.
  void count(std::size_t begin, std::size_t end, std::vector<Count>& counts) const {
    for (std::size_t i = begin; i != end; ++i) {
      if (capture::has_surface(static_cast<capture::PointCause>(cloud_.cause[i]))) {
        Count& own = counts[object_of_id_[cloud_.instance[i]]];
        ++own.returns;
        own.time_sum_ns += cloud_.time_offset_ns[i];
      }
      const std::int64_t t = stamp_ns_ + cloud_.time_offset_ns[i];
      const Moment moment = moment_of(window_, t);
      const Vec3d p = in_world(Vec3d(cloud_.x_m[i], cloud_.y_m[i], cloud_.z_m[i]), moment);
      for (const std::size_t k : near_.near(p)) {
        counts[k].in_box += boxes_[k]->contains(p, t, moment) ? 1 : 0;
      }
    }
  }

 private:
  [[nodiscard]] Vec3d in_world(const Vec3d& p, const Moment& moment) const {
    if (T_world_lidar_.size() == 1) return T_world_lidar_.front().point(p);
    const Vec3d a = T_world_lidar_[moment.millisecond].point(p);
    if (moment.share == 0) return a;
    return a * (1 - moment.share) + T_world_lidar_[moment.millisecond + 1].point(p) * moment.share;
  }

  const world::SceneWindow& window_;
  const capture::PointCloud& cloud_;
  std::int64_t stamp_ns_;
  Neighbourhood near_;
  std::vector<std::uint16_t> object_of_id_;
  std::vector<Affine3d> T_world_lidar_;
  std::vector<std::optional<MovingBox>> boxes_;  // as the objects
};

}  // namespace

void count_points(const world::SceneWindow& window, const capture::PointCloud& cloud,
                  std::int64_t sweep_stamp_ns, const math::Pose& T_ego_lidar,
                  std::vector<capture::ObjectInWorld>& objects) {
  const Counter counter(window, cloud, sweep_stamp_ns, T_ego_lidar, objects);
  const std::size_t chunks = (cloud.size() + kChunk - 1) / kChunk;
  std::vector<std::vector<Count>> parts(chunks, std::vector<Count>(objects.size() + 1));
  core::parallel_for(chunks, [&](std::size_t c) {
    counter.count(c * kChunk, std::min((c + 1) * kChunk, cloud.size()), parts[c]);
  });
  for (std::size_t k = 0; k < objects.size(); ++k) {
    Count sum;
    for (const std::vector<Count>& part : parts) {
      sum.returns += part[k].returns;
      sum.time_sum_ns += part[k].time_sum_ns;
      sum.in_box += part[k].in_box;
    }
    capture::ObjectInWorld& object = objects[k];
    object.returns_by_id = sum.returns;
    object.points_in_box += sum.in_box;
    if (sum.returns == 0) continue;
    const bool below = sum.time_sum_ns % sum.returns < 0;  // rounded down
    object.observed_ns = sweep_stamp_ns + sum.time_sum_ns / sum.returns - (below ? 1 : 0);
    object.box_ego_observed = ego_box(window, *window.find(object.id), object.observed_ns);
  }
}

}  // namespace oddroad::labels
