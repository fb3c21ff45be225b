// Detections counted by thing, and the tracks beside them.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/capture/radar.h"
#include "engine/capture/tolerances.h"
#include "engine/verify/check_radar.h"
#include "engine/verify/text.h"
#include "engine/verify/true_boxes.h"

namespace oddroad::verify {

using capture::RadarCause;
using math::Vec3d;

// Straight echoes of a thing, and those that lie in its box at their own time.
void check_radar_counts(const world::Actor& ego, const math::Pose& T_ego_radar,
                        const FrameRecord& frame, const std::vector<RadarPoint>& points,
                        const world::SceneWindow& window, Report& report) {
  for (const WorldObjectRecord& object : frame.in_world) {
    const world::InstanceInfo* info = window.find(core::InstanceId(object.id));
    if (info == nullptr) continue;  // world_objects says so
    const MovingBox box(window, *info);
    std::int64_t hits = 0, least = 0, most = 0;
    for (const RadarPoint& p : points) {
      if (p.cause != static_cast<int>(RadarCause::kTarget)) continue;
      hits += p.instance == object.id ? 1 : 0;
      const std::int64_t t = frame.stamp_ns + p.time_ns;
      const Vec3d there = world::pose_at(ego, t) * (math::to_affine(T_ego_radar) * p.position_m);
      const Vec3d m = placement(*info, t).inverse().point(there);
      const math::Aabb b = box.at(t);
      const double out = std::max({b.lower.x - m.x, m.x - b.upper.x, b.lower.y - m.y,
                                   m.y - b.upper.y, b.lower.z - m.z, m.z - b.upper.z});
      least += out <= 0 ? 1 : 0;
      most += out <= 2 * capture::kBoxMarginM ? 1 : 0;
    }
    report["radar_counts"].compare(object.returns_by_id == hits ? 0 : 1, 0, [&] {
      return Disagreement{frame.file, "object " + std::to_string(object.id) + " returns_by_id",
                          std::to_string(object.returns_by_id), std::to_string(hits)};
    });
    const bool inside = object.points_in_box >= least && object.points_in_box <= most;
    report["radar_counts"].compare(inside ? 0 : 1, 0, [&] {
      return Disagreement{frame.file, "object " + std::to_string(object.id) + " points_in_box",
                          std::to_string(object.points_in_box), std::to_string(least)};
    });
  }
}

// A track stands where something of its thing was detected lately, or is about to be dropped.
void check_radar_tracks(const math::Pose& T_ego_radar, const FrameRecord& frame,
                        const std::vector<RadarPoint>& points, Report& report) {
  for (const TrackRecord& track : frame.tracks) {
    if (track.missed > 0) continue;
    double nearest = std::numeric_limits<double>::infinity();
    for (const RadarPoint& p : points) {
      const Vec3d there = T_ego_radar * p.position_m;
      nearest =
          std::min(nearest, std::hypot(there.x - track.position_m.x, there.y - track.position_m.y));
    }
    report["radar_tracks"].compare(nearest, 8, [&] {
      return Disagreement{frame.file, "track " + std::to_string(track.id),
                          to_text(nearest) + " m from any detection", "within 8 m of one"};
    });
  }
  for (std::size_t k = 1; k < frame.tracks.size(); ++k) {
    report["radar_tracks"].compare(frame.tracks[k].id > frame.tracks[k - 1].id ? 0 : 1, 0, [&] {
      return Disagreement{frame.file, "track " + std::to_string(k), "ids out of order",
                          "ascending"};
    });
  }
}

}  // namespace oddroad::verify
