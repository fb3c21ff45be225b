// Runs traffic and watches what no traffic may do: touch, leave the lane, brake harder than the
// road grips, jerk, stand without a reason.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/traffic/traffic.h"

namespace oddroad::tests {

// A rectangle seen from above.
struct WatchBox {
  math::Vec2d centre{0};
  math::Vec2d forward{1, 0};
  double half_length_m = 0, half_width_m = 0;
  double z = 0;
  std::uint32_t id = 0;
};

inline std::vector<WatchBox> boxes_of(const traffic::VehicleView& v,
                                      const std::vector<traffic::VehicleModel>& models) {
  const traffic::VehicleModel& m = models[v.model];
  std::vector<WatchBox> out;
  const math::Vec2d u(std::cos(v.yaw_rad), std::sin(v.yaw_rad));
  out.push_back({math::Vec2d(v.position) + (0.5 * m.length_m - m.rear_overhang_m()) * u, u,
                 0.5 * m.length_m, 0.5 * m.width_m, v.position.z, v.id});
  if (v.trailer) {
    const math::Vec2d w(std::cos(v.trailer->yaw_rad), std::sin(v.trailer->yaw_rad));
    const math::Vec2d hitch = math::Vec2d(v.trailer->position) + m.trailer.wheelbase_m * w;
    out.push_back({hitch + (m.trailer.front_m - 0.5 * m.trailer.length_m) * w, w,
                   0.5 * m.trailer.length_m, 0.5 * m.trailer.width_m, v.trailer->position.z, v.id});
  }
  return out;
}

// Separation along the best of the four axes; negative: they overlap by that much.
inline double separation(const WatchBox& a, const WatchBox& b) {
  double best = -1e9;
  for (const WatchBox* box : {&a, &b}) {
    for (const math::Vec2d axis : {box->forward, math::Vec2d(-box->forward.y, box->forward.x)}) {
      const auto reach = [&](const WatchBox& x) {
        return x.half_length_m * std::abs(glm::dot(x.forward, axis)) +
               x.half_width_m * std::abs(-x.forward.y * axis.x + x.forward.x * axis.y);
      };
      best = std::max(best, std::abs(glm::dot(a.centre - b.centre, axis)) - reach(a) - reach(b));
    }
  }
  return best;
}

struct Watched {
  std::size_t vehicles = 0, most_vehicles = 0;
  int overlaps = 0;  // pairs, at all looks
  double closest_m = 1e9;
  double closest_s = 0;
  std::uint32_t closest_ids[2] = {0, 0};
  int off_lane = 0;  // vehicles x looks
  double worst_off_s = 0;
  std::uint32_t worst_off_id = 0;
  double hardest_braking_mps2 = 0, hardest_s = 0;
  std::uint32_t hardest_id = 0;
  double most_acceleration_mps2 = 0, most_jerk_mps3 = 0, most_lateral_mps2 = 0;
  double lateral_s = 0;
  std::uint32_t lateral_id = 0;
  double largest_gap_to_road_m = 0;
  double most_over_border_m = 0;  // of a wheel beyond the lane, on a lane or in a bend
  int stuck_without_reason = 0;
  double longest_wait_s = 0;
  std::string longest_reason;
  double mean_speed_mps = 0;
  double share_standing = 0;
  std::uint32_t last_id = 0;
  int lane_changes = 0;
  std::vector<std::string> remarks;  // the first few of what went wrong
};

struct Watch {
  const traffic::Network& network;
  traffic::Traffic& traffic;
  const std::vector<traffic::VehicleModel>& models;
  Watched out{};
  struct Last {
    double acceleration = 0;
    bool changing = false;
  };
  std::unordered_map<std::uint32_t, Last> last{};
  std::vector<traffic::VehicleView> views{};
  std::vector<traffic::Network::Place> places{};
  double speed_sum = 0, standing_sum = 0;
  std::size_t looks = 0;

  void remark(const char* format, auto... values) {
    if (out.remarks.size() >= 12) return;
    char text[256];
    std::snprintf(text, sizeof text, format, values...);
    out.remarks.emplace_back(text);
  }

  void step(double dt, const traffic::Surroundings& around = {}) {
    traffic.step(dt, around);
    traffic.vehicles(views);
    std::unordered_map<std::uint32_t, Last> now;
    for (const auto& v : views) {
      const auto before = last.find(v.id);
      const double jerk =
          before == last.end() ? 0.0 : (v.acceleration_mps2 - before->second.acceleration) / dt;
      out.most_jerk_mps3 = std::max(out.most_jerk_mps3, std::abs(jerk));
      if (-v.acceleration_mps2 > out.hardest_braking_mps2) {
        out.hardest_braking_mps2 = -v.acceleration_mps2;
        out.hardest_s = traffic.time_s();
        out.hardest_id = v.id;
      }
      out.most_acceleration_mps2 = std::max(out.most_acceleration_mps2, v.acceleration_mps2);
      const double lateral = std::abs(v.speed_mps * v.yaw_rate_rps);
      if (lateral > out.most_lateral_mps2) {
        out.most_lateral_mps2 = lateral;
        out.lateral_s = traffic.time_s();
        out.lateral_id = v.id;
      }
      if (v.changing_lane && before != last.end() && !before->second.changing) ++out.lane_changes;
      now[v.id] = {v.acceleration_mps2, v.changing_lane};
      out.last_id = std::max(out.last_id, v.id);
    }
    last = std::move(now);
  }

  // Ten times a second.
  void look() {
    std::vector<WatchBox> boxes;
    for (const auto& v : views) {
      const auto own = boxes_of(v, models);
      boxes.insert(boxes.end(), own.begin(), own.end());
      look_at_lane(v, own.front());
      look_at_axles(v);
      speed_sum += v.speed_mps;
      standing_sum += v.speed_mps < 0.1 ? 1 : 0;
      ++looks;
    }
    std::sort(boxes.begin(), boxes.end(), [](const WatchBox& a, const WatchBox& b) {
      return a.centre.x < b.centre.x;
    });
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      for (std::size_t k = i + 1; k < boxes.size() && boxes[k].centre.x - boxes[i].centre.x < 18;
           ++k) {
        const WatchBox& a = boxes[i];
        const WatchBox& b = boxes[k];
        if (a.id == b.id || std::abs(a.z - b.z) > 3) continue;
        const double apart = separation(a, b);
        if (apart < out.closest_m) {
          out.closest_m = apart;
          out.closest_s = traffic.time_s();
          out.closest_ids[0] = a.id;
          out.closest_ids[1] = b.id;
        }
        if (apart >= 0) continue;
        ++out.overlaps;
        remark("%.1f s: %u and %u overlap by %.2f m at (%.1f, %.1f)", traffic.time_s(), a.id, b.id,
               -apart, a.centre.x, a.centre.y);
      }
    }
    out.most_vehicles = std::max(out.most_vehicles, views.size());
    for (const auto& s : traffic.standing(60)) {
      if (s.for_s > out.longest_wait_s) {
        out.longest_wait_s = s.for_s;
        out.longest_reason = s.reason;
      }
      if (!s.reason.empty()) continue;
      ++out.stuck_without_reason;
      remark("%.1f s: %u stands for %.0f s without a reason", traffic.time_s(), s.id, s.for_s);
    }
  }

  void look_at_lane(const traffic::VehicleView& v, const WatchBox& box) {
    network.places({box.centre.x, box.centre.y, v.position.z}, 0.02, places);
    const bool on_lane = std::any_of(places.begin(), places.end(), [&](const auto& p) {
      const double heading = network.lanes().at(p.lane, p.offset_m).heading_rad;
      return std::abs(math::wrap_angle(heading - v.yaw_rad)) < 1;
    });
    if (!on_lane && !v.changing_lane) {
      ++out.off_lane;
      out.worst_off_s = traffic.time_s();
      out.worst_off_id = v.id;
      remark("%.1f s: %u (%s) is off its lane at (%.1f, %.1f), lane %u offset %.1f lateral %.2f",
             traffic.time_s(), v.id, std::string(to_string(v.kind)).c_str(), box.centre.x,
             box.centre.y, v.lane.lane.value, v.lane.offset_m, v.lateral_m);
    }
    network.places(v.position, 0.02, places);
    double nearest = 1e9;
    for (const auto& p : places) {
      const double z = network.lanes().height(p.lane, p.offset_m, p.lateral_m);
      nearest = std::min(nearest, std::abs(z - v.position.z));
    }
    if (nearest < 1e9) out.largest_gap_to_road_m = std::max(out.largest_gap_to_road_m, nearest);
  }

  // The wheels of an axle against the lane that it runs on.
  void look_at_axle(const math::Vec3d& axle, double yaw, double width) {
    network.places(axle, 1.5, places);
    double least = 1e9;
    for (const auto& p : places) {
      const traffic::LanePoint lane = network.lanes().at(p.lane, p.offset_m);
      if (std::abs(math::wrap_angle(lane.heading_rad - yaw)) > 1) continue;
      least = std::min(least, std::abs(p.lateral_m) + 0.5 * width - lane.half_width_m);
    }
    if (least < 1e9) out.most_over_border_m = std::max(out.most_over_border_m, least);
  }

  void look_at_axles(const traffic::VehicleView& v) {
    if (v.changing_lane) return;
    const traffic::VehicleModel& m = models[v.model];
    const math::Vec3d forward(std::cos(v.yaw_rad), std::sin(v.yaw_rad), 0);
    look_at_axle(v.position, v.yaw_rad, m.width_m);
    look_at_axle(v.position + m.wheelbase_m * forward, v.yaw_rad, m.width_m);
    if (v.trailer) look_at_axle(v.trailer->position, v.trailer->yaw_rad, m.trailer.width_m);
  }

  Watched finish() {
    out.vehicles = views.size();
    if (looks > 0) {
      out.mean_speed_mps = speed_sum / static_cast<double>(looks);
      out.share_standing = standing_sum / static_cast<double>(looks);
    }
    return out;
  }
};

inline std::string to_string(const Watched& w) {
  char text[1024];
  std::snprintf(
      text, sizeof text,
      "%zu vehicles (%u ever), mean %.1f m/s, standing %.0f %%, lane changes %d, overlaps "
      "%d, closest %.2f m (%u, %u at %.1f s), off lane %d, braking %.2f (%u at %.1f s), "
      "acceleration %.2f, jerk %.2f, lateral %.2f (%u at %.1f s), road gap %.3f m, over border "
      "%.2f m, stuck %d, "
      "longest wait "
      "%.0f s (%s)",
      w.most_vehicles, w.last_id, w.mean_speed_mps, 100 * w.share_standing, w.lane_changes,
      w.overlaps, w.closest_m, w.closest_ids[0], w.closest_ids[1], w.closest_s, w.off_lane,
      w.hardest_braking_mps2, w.hardest_id, w.hardest_s, w.most_acceleration_mps2, w.most_jerk_mps3,
      w.most_lateral_mps2, w.lateral_id, w.lateral_s, w.largest_gap_to_road_m, w.most_over_border_m,
      w.stuck_without_reason, w.longest_wait_s, w.longest_reason.c_str());
  std::string out = text;
  for (const std::string& remark : w.remarks) out += "\n    " + remark;
  return out;
}

}  // namespace oddroad::tests
