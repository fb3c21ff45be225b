#include "engine/exchange/mcap_motion.h"

#include <algorithm>
#include <limits>

#include "engine/exchange/motion_messages.h"

namespace oddroad::exchange {
namespace {

// Calibrations of those that have a series, in the order of the series.
template <typename Calibration, typename Series>
std::vector<Calibration> of_recorded(const std::vector<Calibration>& rig,
                                     const std::vector<Series>& recorded) {
  std::vector<Calibration> out;
  for (const Series& series : recorded) {
    out.push_back(*std::find_if(rig.begin(), rig.end(), [&](const Calibration& one) {
      return one.name == series.sensor;
    }));
  }
  return out;
}

}  // namespace

core::Result<McapMotion> McapMotion::open(const dataset::ClipReader& clip, McapChannels& channels) {
  McapMotion out;
  auto records = clip.motion();
  if (!records) return core::forward_error(records);
  out.records_ = std::move(*records);
  const auto& all = out.records_;
  const auto& rig = clip.calibration().motion;
  out.rig_ = {of_recorded(rig.imus, all.imus), of_recorded(rig.gnss, all.gnss),
              of_recorded(rig.navigations, all.navigations),
              of_recorded(rig.odometries, all.odometries)};
  const auto mount = [&](const std::string& name, const math::Pose& T_ego_sensor) {
    out.mounts_.push_back({"ego", name, T_ego_sensor});
  };
  for (const auto& one : out.rig_.imus) mount(one.name, one.T_ego_imu);
  for (const auto& one : out.rig_.gnss) mount(one.name, one.T_ego_antenna);
  for (const auto& one : out.rig_.navigations) mount(one.name, one.T_ego_ins);
  out.list(Kind::kImu, "imu", "ros.sensor_msgs.Imu", all.imus, channels);
  out.list(Kind::kFix, "fix", "LocationFix", all.gnss, channels);
  out.list(Kind::kNavigation, "odometry", "Odometry", all.navigations, channels);
  out.list(Kind::kWheels, "wheels", "ros.sensor_msgs.JointState", all.odometries, channels);
  out.list(Kind::kSpeed, "speed", "ros.geometry_msgs.TwistStamped", all.odometries, channels);
  std::stable_sort(out.entries_.begin(), out.entries_.end(), [](const Entry& a, const Entry& b) {
    return a.stamp_ns < b.stamp_ns;
  });
  return out;
}

template <typename Series>
void McapMotion::list(Kind kind, const std::string& topic, const std::string& type,
                      const std::vector<Series>& all, McapChannels& channels) {
  for (std::uint32_t s = 0; s < all.size(); ++s) {
    Entry entry{0, kind, channels.add("/" + all[s].sensor + "/" + topic, type), s, 0, 0};
    for (const auto& sample : all[s].samples) {
      entry.stamp_ns = sample.stamp_ns;
      if constexpr (std::is_same_v<Series, capture::GnssSeries>) {
        if (!foxglove::has_place(sample)) {
          ++fixes_without_place_;
          ++entry.sample;
          continue;
        }
      }
      entries_.push_back(entry);
      ++entry.sample;
      ++entry.sequence;
    }
  }
}

std::int64_t McapMotion::begin_ns() const {
  return entries_.empty() ? std::numeric_limits<std::int64_t>::max() : entries_.front().stamp_ns;
}

void McapMotion::add(std::int64_t from_ns, std::int64_t to_ns, std::int64_t start_ns,
                     std::vector<mcap::Message>& out) const {
  auto it = std::lower_bound(entries_.begin(), entries_.end(), from_ns,
                             [](const Entry& entry, std::int64_t t) {
                               return entry.stamp_ns < t;
                             });
  for (; it != entries_.end() && it->stamp_ns < to_ns; ++it) {
    const std::int64_t ns = start_ns + it->stamp_ns;
    out.push_back({it->channel, it->sequence, ns, encode(*it, ns)});
  }
}

std::string McapMotion::encode(const Entry& entry, std::int64_t stamp_ns) const {
  const auto head = [&](const auto& calibrations) {
    return foxglove::Head{stamp_ns, calibrations[entry.series].name};
  };
  const auto sample = [&](const auto& series) -> const auto& {
    return series[entry.series].samples[entry.sample];
  };
  switch (entry.kind) {
    case Kind::kImu:
      return foxglove::imu(head(rig_.imus), sample(records_.imus));
    case Kind::kFix:
      return foxglove::location_fix(head(rig_.gnss), sample(records_.gnss));
    case Kind::kNavigation:
      return foxglove::navigation({stamp_ns, "map"}, rig_.navigations[entry.series],
                                  sample(records_.navigations));
    case Kind::kWheels:
      return foxglove::wheels({stamp_ns, "ego"}, rig_.odometries[entry.series],
                              sample(records_.odometries));
    case Kind::kSpeed:
      break;
  }
  return foxglove::speed({stamp_ns, "ego"}, sample(records_.odometries));
}

}  // namespace oddroad::exchange
