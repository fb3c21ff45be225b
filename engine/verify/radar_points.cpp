#include "engine/verify/radar_points.h"

#include "engine/verify/files.h"

namespace oddroad::verify {

core::Result<std::vector<RadarPoint>> read_radar(const std::filesystem::path& path) {
  const auto pcd = read_pcd(path);
  if (!pcd) return core::forward_error(pcd);
  std::string missing;
  std::vector<RadarPoint> out(pcd->points);
  const auto each = [&](const char* name, const auto& put) {
    const auto it = pcd->columns.find(name);
    if (it == pcd->columns.end()) {
      if (missing.empty()) missing = name;
      return;
    }
    for (std::size_t i = 0; i < out.size(); ++i) put(out[i], it->second[i]);
  };
  using P = RadarPoint;
  each("x", [](P& p, double v) {
    p.position_m.x = v;
  });
  each("y", [](P& p, double v) {
    p.position_m.y = v;
  });
  each("z", [](P& p, double v) {
    p.position_m.z = v;
  });
  each("range", [](P& p, double v) {
    p.range_m = v;
  });
  each("azimuth", [](P& p, double v) {
    p.azimuth_rad = v;
  });
  each("elevation", [](P& p, double v) {
    p.elevation_rad = v;
  });
  each("radial_velocity", [](P& p, double v) {
    p.velocity_mps = v;
  });
  each("radial_velocity_compensated", [](P& p, double v) {
    p.compensated_mps = v;
  });
  each("rcs_dbsm", [](P& p, double v) {
    p.rcs_dbsm = v;
  });
  each("snr_db", [](P& p, double v) {
    p.snr_db = v;
  });
  each("time", [](P& p, double v) {
    p.time_ns = static_cast<std::int64_t>(v);
  });
  each("instance", [](P& p, double v) {
    p.instance = static_cast<std::uint16_t>(v);
  });
  each("via", [](P& p, double v) {
    p.via = static_cast<std::uint16_t>(v);
  });
  each("class", [](P& p, double v) {
    p.class_id = static_cast<int>(v);
  });
  each("cause", [](P& p, double v) {
    p.cause = static_cast<int>(v);
  });
  each("scan", [](P& p, double v) {
    p.scan = static_cast<int>(v);
  });
  each("true_range", [](P& p, double v) {
    p.true_range_m = v;
  });
  each("true_azimuth", [](P& p, double v) {
    p.true_azimuth_rad = v;
  });
  each("true_elevation", [](P& p, double v) {
    p.true_elevation_rad = v;
  });
  each("true_radial_velocity", [](P& p, double v) {
    p.true_velocity_mps = v;
  });
  each("true_rcs_dbsm", [](P& p, double v) {
    p.true_rcs_dbsm = v;
  });
  each("true_snr_db", [](P& p, double v) {
    p.true_snr_db = v;
  });
  if (!missing.empty()) {
    return core::fail_at({path.string()}, "PCD: there is no field '" + missing + "'");
  }
  return out;
}

}  // namespace oddroad::verify
