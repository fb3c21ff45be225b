#include "engine/dataset/radar_pcd.h"

#include <bit>
#include <charconv>
#include <cstring>

namespace oddroad::dataset {
namespace {

static_assert(std::endian::native == std::endian::little, "records are written as they lie");

// The fields of a detection, once, for names, encoding and decoding: visit(name, reference).
template <typename Visit>
void fields(capture::RadarDetection& d, const Visit& visit) {
  visit("x", d.x_m);
  visit("y", d.y_m);
  visit("z", d.z_m);
  visit("range", d.range_m);
  visit("azimuth", d.azimuth_rad);
  visit("elevation", d.elevation_rad);
  visit("radial_velocity", d.velocity_mps);
  visit("radial_velocity_compensated", d.velocity_compensated_mps);
  visit("rcs_dbsm", d.rcs_dbsm);
  visit("snr_db", d.snr_db);
  visit("time", d.time_offset_ns);
  visit("instance", d.instance);
  visit("via", d.via);
  visit("class", d.class_id);
  visit("cause", d.cause);
  visit("scan", d.scan);
  visit("true_range", d.true_range_m);
  visit("true_azimuth", d.true_azimuth_rad);
  visit("true_elevation", d.true_elevation_rad);
  visit("true_radial_velocity", d.true_velocity_mps);
  visit("true_rcs_dbsm", d.true_rcs_dbsm);
  visit("true_snr_db", d.true_snr_db);
}

struct Lines {
  std::string names = "FIELDS", sizes = "SIZE", types = "TYPE", counts = "COUNT";
  std::size_t bytes = 0;
};

Lines lines() {
  Lines out;
  capture::RadarDetection any;
  fields(any, [&](const char* name, const auto& value) {
    using Value = std::decay_t<decltype(value)>;
    out.names += std::string(" ") + name;
    out.sizes += " " + std::to_string(sizeof value);
    out.types += std::is_floating_point_v<Value> ? " F" : std::is_signed_v<Value> ? " I" : " U";
    out.counts += " 1";
    out.bytes += sizeof value;
  });
  return out;
}

std::string header_for(std::size_t points) {
  const Lines l = lines();
  const std::string count = std::to_string(points);
  return "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\n" + l.names + "\n" + l.sizes +
         "\n" + l.types + "\n" + l.counts + "\nWIDTH " + count +
         "\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS " + count + "\nDATA binary\n";
}

}  // namespace

std::string encode_radar_pcd(const std::vector<capture::RadarDetection>& detections) {
  std::string bytes = header_for(detections.size());
  for (capture::RadarDetection d : detections) {
    fields(d, [&](const char*, const auto& value) {
      bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    });
  }
  return bytes;
}

core::Result<std::vector<capture::RadarDetection>> decode_radar_pcd(const std::string& bytes,
                                                                    const std::string& file) {
  const std::size_t at = bytes.substr(0, 2048).find("\nWIDTH ");
  std::size_t count = 0;
  if (at == std::string::npos) return core::fail_at({file}, "not a PCD file: no WIDTH");
  const auto parsed = std::from_chars(bytes.data() + at + 7, bytes.data() + bytes.size(), count);
  const bool sensible = parsed.ec == std::errc() && count <= 100'000'000;
  const std::string header = sensible ? header_for(count) : std::string();
  if (!sensible || bytes.compare(0, header.size(), header) != 0) {
    return core::fail_at({file}, "PCD: header is not that of this dataset format");
  }
  if (bytes.size() - header.size() != count * lines().bytes) {
    return core::fail_at({file},
                         "PCD: its length does not fit " + std::to_string(count) + " detections");
  }
  std::vector<capture::RadarDetection> out(count);
  const char* in = bytes.data() + header.size();
  for (capture::RadarDetection& d : out) {
    fields(d, [&](const char*, auto& value) {
      std::memcpy(&value, in, sizeof value);
      in += sizeof value;
    });
  }
  return out;
}

}  // namespace oddroad::dataset
