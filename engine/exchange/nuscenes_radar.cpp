#include "engine/exchange/nuscenes_radar.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/exchange/bytes.h"

namespace oddroad::exchange {
namespace {

constexpr const char* kLayout =
    "FIELDS x y z dyn_prop id rcs vx vy vx_comp vy_comp is_quality_valid ambig_state x_rms y_rms "
    "invalid_state pdh0 vx_rms vy_rms\n"
    "SIZE 4 4 4 1 2 4 4 4 4 4 1 1 1 1 1 1 1 1\n"
    "TYPE F F F I I F F F F F I I I I I I I I\n"
    "COUNT 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n";
constexpr std::size_t kRecordBytes = 43;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

void append_point(std::string& bytes, const capture::RadarDetection& d, float x) {
  const float ahead = std::cos(d.azimuth_rad), left = std::sin(d.azimuth_rad);
  const float v = d.velocity_mps, over_ground = d.velocity_compensated_mps;
  append(bytes, x);
  append(bytes, d.y_m);
  append(bytes, d.z_m);
  append(bytes, static_cast<std::int8_t>(std::abs(over_ground) > 0.5f ? 0 : 1));  // dyn_prop
  append(bytes, static_cast<std::int16_t>(0));                                    // id
  append(bytes, d.rcs_dbsm);
  for (const float speed : {v * ahead, v * left, over_ground * ahead, over_ground * left}) {
    append(bytes, speed);
  }
  // is_quality_valid, ambig_state (3: unambiguous), x_rms, y_rms, invalid_state (0: valid), pdh0,
  // vx_rms, vy_rms
  for (const int value : {1, 3, 19, 19, 0, 1, 16, 3}) {
    append(bytes, static_cast<std::int8_t>(value));
  }
}

// A record as it lies there.
class Record {
 public:
  explicit Record(const char* at) : at_(at) {}
  template <typename T>
  [[nodiscard]] T at(std::size_t offset) const {
    T value;
    std::memcpy(&value, at_ + offset, sizeof value);
    return value;
  }
  // As the development kit's defaults: invalid_state, dyn_prop, ambig_state.
  [[nodiscard]] bool is_sound() const {
    const auto moves = at<std::int8_t>(12);
    return at<std::int8_t>(39) == 0 && moves >= 0 && moves <= 6 && at<std::int8_t>(36) == 3;
  }

 private:
  const char* at_;
};

capture::RadarDetection detection_of(const Record& r) {
  capture::RadarDetection d;
  d.x_m = r.at<float>(0);
  d.y_m = r.at<float>(4);
  d.z_m = r.at<float>(8);
  d.range_m = std::sqrt(d.x_m * d.x_m + d.y_m * d.y_m + d.z_m * d.z_m);
  d.azimuth_rad = std::atan2(d.y_m, d.x_m);
  const float ahead = std::cos(d.azimuth_rad), left = std::sin(d.azimuth_rad);
  d.velocity_mps = ahead * r.at<float>(19) + left * r.at<float>(23);
  d.velocity_compensated_mps = ahead * r.at<float>(27) + left * r.at<float>(31);
  d.rcs_dbsm = r.at<float>(15);
  d.snr_db = kNaN;
  d.true_range_m = d.true_azimuth_rad = d.true_elevation_rad = kNaN;
  d.true_velocity_mps = d.true_rcs_dbsm = d.true_snr_db = kNaN;
  return d;
}

// The number behind "\nPOINTS ", and where the records begin. 0: this is no such header.
std::size_t records_begin(const std::string& bytes, std::size_t& points) {
  constexpr std::string_view kPoints = "\nPOINTS ", kData = "\nDATA binary\n";
  const auto count = bytes.find(kPoints), data = bytes.find(kData);
  if (bytes.find(kLayout) == std::string::npos || count == std::string::npos ||
      data == std::string::npos) {
    return 0;
  }
  const char* first = bytes.data() + count + kPoints.size();
  const auto parsed = std::from_chars(first, bytes.data() + bytes.size(), points);
  return parsed.ec == std::errc() ? data + kData.size() : 0;
}

}  // namespace

std::string encode_nuscenes_radar(const std::vector<capture::RadarDetection>& detections) {
  const std::string count = std::to_string(std::max<std::size_t>(detections.size(), 1));
  std::string bytes = "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\n";
  bytes += kLayout;
  bytes += "WIDTH " + count + "\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS " + count;
  bytes += "\nDATA binary\n";
  for (const auto& one : detections) append_point(bytes, one, one.x_m);
  if (detections.empty()) append_point(bytes, {}, kNaN);  // readers want one: NaN means none
  return bytes + "\n";                                    // and at least a byte behind the last
}

core::Result<NuscenesRadar> decode_nuscenes_radar(const std::string& bytes,
                                                  const std::string& file) {
  std::size_t points = 0;
  const std::size_t begin = records_begin(bytes, points);
  if (begin == 0) return core::fail_at({file}, "is no radar file of nuScenes: its header differs");
  const std::size_t found = (bytes.size() - begin) / kRecordBytes;
  if (found < points) {
    return core::fail_at({file}, "has " + std::to_string(found) + " points, its header says " +
                                     std::to_string(points));
  }
  NuscenesRadar out;
  for (std::size_t i = 0; i < points; ++i) {
    const Record record(bytes.data() + begin + i * kRecordBytes);
    if (i == 0 && std::isnan(record.at<float>(0))) break;
    const auto one = detection_of(record);
    if (!std::isfinite(one.range_m + one.velocity_mps + one.velocity_compensated_mps +
                       one.rcs_dbsm)) {
      return core::fail_at({file}, "point " + std::to_string(i) + " is not made of numbers");
    }
    if (record.is_sound()) {
      out.detections.push_back(one);
    } else {
      ++out.doubtful;
    }
  }
  std::stable_sort(out.detections.begin(), out.detections.end(), [](const auto& a, const auto& b) {
    return a.range_m < b.range_m;
  });
  return out;
}

}  // namespace oddroad::exchange
