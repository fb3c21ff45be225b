#include "engine/exchange/kitti_velodyne.h"

#include <algorithm>
#include <bit>

#include "engine/dataset/sweep_motion.h"

namespace oddroad::exchange {
namespace {

static_assert(std::endian::native == std::endian::little, "points are written as they lie");
static_assert(sizeof(KittiPoint) == 16);

// A point on its way into a ring's order.
struct Spot {
  float x, y;
  std::uint32_t index;
};

// Counter-clockwise from +x on, equal directions as they came. Products of floats are exact in
// double, and a difference has the right sign: no angle is needed.
bool is_before(const Spot& a, const Spot& b) {
  const auto is_right_half = [](const Spot& s) {
    return s.y < 0 || (s.y == 0 && s.x < 0);
  };
  if (is_right_half(a) != is_right_half(b)) return is_right_half(b);
  const double turn = static_cast<double>(a.x) * b.y - static_cast<double>(a.y) * b.x;
  return turn != 0 ? turn > 0 : a.index < b.index;
}

// Insertion: a step for each pair that is the wrong way round. False: more pairs than it is for.
bool sort_few(Spot* begin, Spot* end) {
  std::ptrdiff_t steps_left = 8 * (end - begin);
  for (Spot* at = begin + 1; at < end; ++at) {
    const Spot one = *at;
    Spot* to = at;
    for (; to > begin && is_before(one, to[-1]); --to, --steps_left) *to = to[-1];
    *to = one;
    if (steps_left < 0) return false;
  }
  return true;
}

// Lasers turn: a ring comes in its order or against it, from anywhere on the circle, and the ego's
// motion and noise swap neighbours only.
void sort_ring(Spot* begin, Spot* end) {
  if (end - begin < 2) return;
  std::ptrdiff_t against = 0;
  for (const Spot* at = begin + 1; at < end; ++at) against += is_before(at[0], at[-1]);
  if (2 * against > end - begin) std::reverse(begin, end);
  std::rotate(begin, std::min_element(begin, end, is_before), end);
  if (!sort_few(begin, end)) std::sort(begin, end, is_before);
}

}  // namespace

KittiCloud kitti_cloud(const capture::PointCloud& cloud, std::int64_t sweep_stamp_ns,
                       const capture::LidarCalibration& lidar, const world::Actor& ego,
                       std::int64_t stamp_ns) {
  const auto is_kept = [&](std::size_t i) {
    return cloud.range_m[i] > 0 && cloud.instance[i] != ego.id.value;
  };
  std::uint16_t rings = 0;
  for (const std::uint16_t ring : cloud.ring) rings = std::max(rings, ring);
  // Where each ring begins, the top one first.
  std::vector<std::size_t> begin_of(rings + 2u, 0);
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    begin_of[rings - cloud.ring[i] + 1u] += is_kept(i) ? 1 : 0;
  }
  for (std::size_t r = 1; r < begin_of.size(); ++r) begin_of[r] += begin_of[r - 1];
  const auto points = dataset::points_at(stamp_ns, lidar.T_ego_lidar, cloud, sweep_stamp_ns,
                                         lidar.T_ego_lidar, ego);
  std::vector<KittiPoint> moved(cloud.size());
  std::vector<Spot> spots(begin_of.back());
  std::vector<std::size_t> next = begin_of;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    if (!is_kept(i)) continue;
    const math::Vec3f& p = points[i];
    moved[i] = {p.x, p.y, p.z, std::clamp(cloud.intensity[i], 0.0f, 1.0f)};
    const bool has_direction = p.x != 0 || p.y != 0;
    spots[next[rings - cloud.ring[i]]++] = {has_direction ? p.x : 1, p.y,
                                            static_cast<std::uint32_t>(i)};
  }
  for (std::size_t r = 0; r + 1 < begin_of.size(); ++r) {
    sort_ring(spots.data() + begin_of[r], spots.data() + begin_of[r + 1]);
  }
  KittiCloud out;
  out.points.reserve(spots.size());
  out.index.reserve(spots.size());
  for (const Spot& spot : spots) {
    out.points.push_back(moved[spot.index]);
    out.index.push_back(spot.index);
  }
  return out;
}

}  // namespace oddroad::exchange
