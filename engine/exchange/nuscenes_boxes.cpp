#include "engine/exchange/nuscenes_boxes.h"

#include <algorithm>
#include <map>

#include "engine/exchange/boxes.h"
#include "engine/exchange/nuscenes_names.h"
#include "engine/exchange/shots.h"

namespace oddroad::exchange {
namespace {

// Parked things never moved so much in a clip; springs and wind move less.
constexpr double kParkedM = 0.3;

bool is_pedestrian(const std::string& category) {
  return category.rfind("human.pedestrian.", 0) == 0;
}
bool is_cycle(const std::string& category) {
  return category == "vehicle.bicycle" || category == "vehicle.motorcycle";
}

const world::Actor* actor_of(const world::Timeline& timeline, core::InstanceId id) {
  const auto it = std::find_if(timeline.actors.begin(), timeline.actors.end(), [&](const auto& a) {
    return a.id == id;
  });
  return it == timeline.actors.end() ? nullptr : &*it;
}

bool is_parked(const world::Timeline& timeline, core::InstanceId id) {
  const auto* actor = actor_of(timeline, id);
  if (actor == nullptr) return true;
  const auto& first = actor->states.front().T_world_actor.translation;
  return std::all_of(actor->states.begin(), actor->states.end(), [&](const auto& state) {
    return glm::length(state.T_world_actor.translation - first) < kParkedM;
  });
}

std::string attribute(const std::string& category, const capture::ObjectInWorld& object,
                      bool ridden, const world::Timeline& timeline) {
  if (is_cycle(category)) return ridden ? "cycle.with_rider" : "cycle.without_rider";
  if (is_pedestrian(category)) {
    return object.attributes.moving ? "pedestrian.moving" : "pedestrian.standing";
  }
  if (category.rfind("vehicle.", 0) != 0) return "";
  if (object.attributes.moving) return "vehicle.moving";
  return is_parked(timeline, object.id) ? "vehicle.parked" : "vehicle.stopped";
}

// The object's box, known at the sweep's stamp, as it lies at another instant: it moves with its
// actor.
math::OrientedBox box_at(const capture::ObjectInWorld& object, const world::Timeline& timeline,
                         std::int64_t from_ns, std::int64_t to_ns) {
  const auto* actor = actor_of(timeline, object.id);
  if (actor == nullptr) return object.box_world;
  const math::Pose then = math::to_pose(world::pose_at(*actor, from_ns));
  const math::Pose now = math::to_pose(world::pose_at(*actor, to_ns));
  return {now * (then.inverse() * object.box_world.pose), object.box_world.size_m};
}

struct Seen {
  std::int64_t visible_px = 0, in_frame_px = 0;
};

int visibility_level(const Seen& seen) {
  if (seen.in_frame_px == 0) return 1;
  const auto percent = 100 * seen.visible_px / seen.in_frame_px;
  return percent < 40 ? 1 : percent < 60 ? 2 : percent < 80 ? 3 : 4;
}

bool passes(const NuscenesBox& box, const Seen& seen, const Thresholds& thresholds) {
  const bool visible = seen.in_frame_px == 0 ||
                       static_cast<double>(seen.visible_px) >=
                           thresholds.min_visibility * static_cast<double>(seen.in_frame_px);
  return visible && box.lidar_points + box.radar_points > 0 &&
         box.lidar_points >= thresholds.min_lidar_points;
}

// One box for each thing that nuScenes knows, riders joined to what they ride; ascending id.
std::vector<NuscenesBox> whole_boxes(const NuscenesKeyframe& at, const NuscenesThings& things,
                                     const world::Timeline& timeline) {
  const math::Pose T_ego_world =
      math::to_pose(world::pose_at(timeline.actors[timeline.ego], at.stamp_ns)).inverse();
  const auto placed = [&](const capture::ObjectInWorld& object) {
    math::OrientedBox box = box_at(object, timeline, at.sweep.stamp.stamp_ns, at.stamp_ns);
    box.pose = T_ego_world * box.pose;
    return box;
  };
  std::map<core::InstanceId, NuscenesBox> whole;
  for (const auto& object : at.sweep.in_world) {
    const std::string category = things.category(object.class_id, object.type);
    const int index = nuscenes_index(category);
    if (things.whole(object.id) != object.id || index == 0 || index >= kNuscenesStuff) continue;
    whole[object.id] = {object.id, category,
                        attribute(category, object, things.has_rider(object.id), timeline),
                        placed(object)};
  }
  for (const auto& object : at.sweep.in_world) {
    const auto mount = whole.find(things.whole(object.id));
    if (mount == whole.end() || mount->first == object.id) continue;
    mount->second.box_ego = united(mount->second.box_ego, placed(object));
  }
  std::vector<NuscenesBox> boxes;
  for (auto& [id, box] : whole) boxes.push_back(std::move(box));
  return boxes;
}

// Points inside a box. Most lie outside the box's own bounds, which a few comparisons tell.
std::int64_t points_inside(const math::OrientedBox& box_lidar,
                           const std::vector<NuscenesPoint>& points,
                           const math::Pose& T_box_lidar) {
  constexpr double kMarginM = 0.01;  // far above what rounding does to bounds
  math::Aabb bounds;
  for (const auto& corner : box_lidar.corners()) bounds.include(corner);
  const math::Vec3f lower(bounds.lower - kMarginM), upper(bounds.upper + kMarginM);
  const math::Vec3d half = 0.5 * box_lidar.size_m;
  std::int64_t count = 0;
  for (const auto& p : points) {
    if (!(p.x >= lower.x && p.x <= upper.x && p.y >= lower.y && p.y <= upper.y)) continue;
    const math::Vec3d q = glm::abs(T_box_lidar * math::Vec3d(p.x, p.y, p.z));
    count += q.x <= half.x && q.y <= half.y && q.z <= half.z;
  }
  return count;
}

// Points of the files inside the boxes of the files; echoes of radars by the dataset's own count.
void count_points(const NuscenesKeyframe& at, const NuscenesThings& things,
                  std::vector<NuscenesBox>& boxes) {
  for (auto& one : boxes) {
    const math::Pose T_box_lidar = one.box_ego.pose.inverse() * at.T_ego_lidar;
    one.lidar_points =
        points_inside({T_box_lidar.inverse(), one.box_ego.size_m}, at.cloud.points, T_box_lidar);
    for (const auto& labels : at.radars) {
      for (const auto& object : labels.in_world) {
        if (things.whole(object.id) == one.id) one.radar_points += object.points_in_box;
      }
    }
  }
}

// Over all cameras together.
std::map<core::InstanceId, Seen> count_pixels(const NuscenesKeyframe& at,
                                              const NuscenesThings& things) {
  std::map<core::InstanceId, Seen> seen;
  for (const auto& labels : at.cameras) {
    for (const auto& object : labels.in_image) {
      if (!has_pixels(object)) continue;
      Seen& one = seen[things.whole(object.id)];
      one.visible_px += object.visible_px;
      one.in_frame_px += object.in_frame_px;
    }
  }
  return seen;
}

}  // namespace

std::vector<NuscenesBox> nuscenes_boxes(const NuscenesKeyframe& at, const NuscenesThings& things,
                                        const world::Timeline& timeline,
                                        const FormatContext& context) {
  auto boxes = whole_boxes(at, things, timeline);
  count_points(at, things, boxes);
  const auto seen = count_pixels(at, things);
  std::vector<NuscenesBox> out;
  for (NuscenesBox& box : boxes) {
    const auto it = seen.find(box.id);
    const Seen pixels = it == seen.end() ? Seen{} : it->second;
    box.visibility = things.pixels_are_counted() ? visibility_level(pixels) : 0;
    if (passes(box, pixels, context.thresholds)) out.push_back(std::move(box));
  }
  return out;
}

}  // namespace oddroad::exchange
