#include "engine/dataset/series_npy.h"

#include <cstdio>
#include <cstring>

#include "engine/dataset/npy.h"

namespace oddroad::dataset {
namespace {

// The fields of a sample, once, for names, encoding and decoding: visit(name, reference).
template <typename Visit>
void fields(capture::ImuSample& s, const Visit& visit) {
  visit("stamp", s.stamp_ns);
  visit("force", s.force_mps2);
  visit("rate", s.rate_rps);
  visit("true_force", s.true_force_mps2);
  visit("true_rate", s.true_rate_rps);
  visit("force_bias", s.force_bias_mps2);
  visit("rate_bias", s.rate_bias_rps);
  visit("saturated", s.saturated);
}

template <typename Visit>
void fields(capture::GnssFix& s, const Visit& visit) {
  visit("stamp", s.stamp_ns);
  visit("arrival", s.arrival_ns);
  visit("quality", s.quality);
  visit("satellites", s.satellites);
  visit("in_sight", s.in_sight);
  visit("reflected", s.reflected);
  visit("hdop", s.hdop);
  visit("vdop", s.vdop);
  visit("sigma_h", s.sigma_h_m);
  visit("sigma_v", s.sigma_v_m);
  visit("position", s.position_m);
  visit("velocity", s.velocity_mps);
  visit("latitude", s.latitude_rad);
  visit("longitude", s.longitude_rad);
  visit("height", s.height_m);
  visit("true_position", s.true_position_m);
  visit("true_velocity", s.true_velocity_mps);
}

template <typename Visit>
void fields(capture::NavigationSample& s, const Visit& visit) {
  visit("stamp", s.stamp_ns);
  visit("quality", s.quality);
  visit("satellites", s.satellites);
  visit("position", s.position_m);
  visit("velocity", s.velocity_mps);
  visit("roll", s.roll_rad);
  visit("pitch", s.pitch_rad);
  visit("yaw", s.yaw_rad);
  visit("acceleration", s.acceleration_mps2);
  visit("rate", s.rate_rps);
  visit("latitude", s.latitude_rad);
  visit("longitude", s.longitude_rad);
  visit("height", s.height_m);
  visit("sigma_position", s.sigma_position_m);
  visit("sigma_velocity", s.sigma_velocity_mps);
  visit("true_position", s.true_position_m);
  visit("true_velocity", s.true_velocity_mps);
  visit("true_roll", s.true_roll_rad);
  visit("true_pitch", s.true_pitch_rad);
  visit("true_yaw", s.true_yaw_rad);
}

template <typename Visit>
void fields(capture::OdometrySample& s, const Visit& visit) {
  visit("stamp", s.stamp_ns);
  visit("ticks_fl", s.ticks_fl);
  visit("ticks_fr", s.ticks_fr);
  visit("ticks_rl", s.ticks_rl);
  visit("ticks_rr", s.ticks_rr);
  visit("speed", s.speed_mps);
  visit("steer", s.steer_rad);
  visit("true_fl", s.true_fl_m);
  visit("true_fr", s.true_fr_m);
  visit("true_rl", s.true_rl_m);
  visit("true_rr", s.true_rr_m);
  visit("true_speed", s.true_speed_mps);
  visit("true_steer", s.true_steer_rad);
}

struct Describe {
  std::string& out;
  void operator()(const std::string& name, const std::int64_t&) const { add(name, "<i8"); }
  void operator()(const std::string& name, const double&) const { add(name, "<f8"); }
  void operator()(const std::string& name, const math::Vec3d&) const {
    for (const char* axis : {"_x", "_y", "_z"}) add(name + axis, "<f8");
  }
  void add(const std::string& name, const char* type) const {
    out += "('" + name + "', '" + type + "'), ";
  }
};

struct Append {
  std::string& out;
  template <typename Value>
  void operator()(const char*, const Value& value) const {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
};

struct Take {
  const char*& in;
  template <typename Value>
  void operator()(const char*, Value& value) const {
    std::memcpy(&value, in, sizeof value);
    in += sizeof value;
  }
};

template <typename Sample>
std::string header_for(std::size_t samples) {
  std::string dictionary = "{'descr': [";
  Sample any;
  fields(any, Describe{dictionary});
  return npy_header(dictionary + "], 'fortran_order': False, 'shape': (" + std::to_string(samples) +
                    ",), }");
}

template <typename Sample>
std::string encode(const std::vector<Sample>& samples) {
  std::string bytes = header_for<Sample>(samples.size());
  for (Sample sample : samples) fields(sample, Append{bytes});
  return bytes;
}

// The shape is read; the header made for that shape must then be the header found.
std::optional<unsigned long long> count_in(const std::string& bytes, const char* format) {
  const std::size_t at = bytes.substr(0, 4096).find("'shape': (");
  unsigned long long count = 0;
  if (at == std::string::npos) return std::nullopt;
  if (std::sscanf(bytes.substr(at, 64).c_str(), format, &count) != 1) return std::nullopt;
  return count <= 1'000'000'000 ? std::optional(count) : std::nullopt;
}

template <typename Sample>
core::Result<std::vector<Sample>> decode(const std::string& bytes, const std::string& file) {
  const auto count = count_in(bytes, "'shape': (%12llu,)");
  const std::string header = count ? header_for<Sample>(*count) : std::string();
  if (!count || bytes.compare(0, header.size(), header) != 0) {
    return core::fail_at({file}, "not the array of this dataset format");
  }
  std::string one;
  Sample any;
  fields(any, Append{one});
  const std::size_t body = bytes.size() - header.size();
  if (body % one.size() != 0 || body / one.size() != *count) {
    return core::fail_at({file}, "the array is truncated or too long");
  }
  std::vector<Sample> out(*count);
  const char* in = bytes.data() + header.size();
  for (Sample& sample : out) fields(sample, Take{in});
  return out;
}

std::string satellites_header(std::size_t n) {
  return npy_header("{'descr': '<f8', 'fortran_order': False, 'shape': (" + std::to_string(n) +
                    ", 3), }");
}

}  // namespace

std::string imu_file(const std::string& sensor) {
  return sensor + ".imu.npy";
}
std::string gnss_file(const std::string& sensor) {
  return sensor + ".gnss.npy";
}
std::string satellites_file(const std::string& sensor) {
  return sensor + ".satellites.npy";
}
std::string navigation_file(const std::string& sensor) {
  return sensor + ".ins.npy";
}
std::string odometry_file(const std::string& sensor) {
  return sensor + ".odometry.npy";
}

std::string encode_series(const std::vector<capture::ImuSample>& samples) {
  return encode(samples);
}
std::string encode_series(const std::vector<capture::GnssFix>& samples) {
  return encode(samples);
}
std::string encode_series(const std::vector<capture::NavigationSample>& samples) {
  return encode(samples);
}
std::string encode_series(const std::vector<capture::OdometrySample>& samples) {
  return encode(samples);
}
std::string encode_satellites(const std::vector<capture::Satellite>& satellites) {
  std::string bytes = satellites_header(satellites.size());
  for (const auto& s : satellites) Append{bytes}("", s.direction);
  return bytes;
}

core::Result<std::vector<capture::ImuSample>> decode_imu(const std::string& bytes,
                                                         const std::string& file) {
  return decode<capture::ImuSample>(bytes, file);
}
core::Result<std::vector<capture::GnssFix>> decode_gnss(const std::string& bytes,
                                                        const std::string& file) {
  return decode<capture::GnssFix>(bytes, file);
}
core::Result<std::vector<capture::NavigationSample>> decode_navigation(const std::string& bytes,
                                                                       const std::string& file) {
  return decode<capture::NavigationSample>(bytes, file);
}
core::Result<std::vector<capture::OdometrySample>> decode_odometry(const std::string& bytes,
                                                                   const std::string& file) {
  return decode<capture::OdometrySample>(bytes, file);
}
core::Result<std::vector<capture::Satellite>> decode_satellites(const std::string& bytes,
                                                                const std::string& file) {
  const auto count = count_in(bytes, "'shape': (%12llu, 3)");
  const std::string header = count ? satellites_header(*count) : std::string();
  const bool fits = count && bytes.compare(0, header.size(), header) == 0 &&
                    bytes.size() - header.size() == *count * sizeof(math::Vec3d);
  if (!fits) return core::fail_at({file}, "not the array of this dataset format");
  std::vector<capture::Satellite> out(*count);
  const char* in = bytes.data() + header.size();
  for (auto& s : out) Take{in}("", s.direction);
  return out;
}

}  // namespace oddroad::dataset
