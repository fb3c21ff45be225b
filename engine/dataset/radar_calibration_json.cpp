#include "engine/dataset/radar_calibration_json.h"

namespace oddroad::dataset {
namespace {

struct Number {
  const char* name;
  double capture::RadarScan::*member;
};
constexpr Number kNumbers[] = {
    {"azimuth_max_rad", &capture::RadarScan::azimuth_max_rad},
    {"elevation_max_rad", &capture::RadarScan::elevation_max_rad},
    {"range_min_m", &capture::RadarScan::range_min_m},
    {"range_max_m", &capture::RadarScan::range_max_m},
    {"elevation_3db_rad", &capture::RadarScan::elevation_3db_rad},
    {"range_resolution_m", &capture::RadarScan::range_resolution_m},
    {"azimuth_resolution_rad", &capture::RadarScan::azimuth_resolution_rad},
    {"elevation_resolution_rad", &capture::RadarScan::elevation_resolution_rad},
    {"velocity_resolution_mps", &capture::RadarScan::velocity_resolution_mps},
    {"velocity_min_mps", &capture::RadarScan::velocity_min_mps},
    {"velocity_max_mps", &capture::RadarScan::velocity_max_mps},
    {"range_floor_m", &capture::RadarScan::range_floor_m},
    {"azimuth_floor_rad", &capture::RadarScan::azimuth_floor_rad},
    {"azimuth_floor_45_rad", &capture::RadarScan::azimuth_floor_45_rad},
    {"elevation_floor_rad", &capture::RadarScan::elevation_floor_rad},
    {"velocity_floor_mps", &capture::RadarScan::velocity_floor_mps},
    {"reference_rcs_dbsm", &capture::RadarScan::reference_rcs_dbsm},
    {"reference_snr_db", &capture::RadarScan::reference_snr_db},
    {"reference_range_m", &capture::RadarScan::reference_range_m},
};

struct Flag {
  const char* name;
  bool capture::RadarCalibration::*member;
};
constexpr Flag kFlags[] = {
    {"noise", &capture::RadarCalibration::noise},
    {"fluctuation", &capture::RadarCalibration::fluctuation},
    {"clutter", &capture::RadarCalibration::clutter},
    {"multipath", &capture::RadarCalibration::multipath},
    {"weather", &capture::RadarCalibration::weather},
};

}  // namespace

Json radar_json(const capture::RadarCalibration& r) {
  Json scans = Json::array();
  for (const capture::RadarScan& s : r.scans) {
    Json scan = {{"name", s.name}, {"offset_ns", s.offset_ns}};
    for (const Number& n : kNumbers) scan[n.name] = number(s.*n.member);
    scan["pattern_rad_db"] = Json::array();
    for (const auto& [angle, gain] : s.pattern) {
      scan["pattern_rad_db"].push_back(Json::array({number(angle), number(gain)}));
    }
    scans.push_back(scan);
  }
  Json out = {{"name", r.name},
              {"model", r.model},
              {"T_ego_radar", pose_json(r.T_ego_radar)},
              {"period_ns", r.period_ns},
              {"frequency_hz", number(r.frequency_hz)},
              {"false_alarm", number(r.false_alarm)}};
  for (const Flag& f : kFlags) out[f.name] = r.*f.member;
  out["scans"] = scans;
  return out;
}

capture::RadarCalibration as_radar(const Json& json) {
  capture::RadarCalibration r;
  r.name = json.at("name").get<std::string>();
  r.model = json.at("model").get<std::string>();
  r.T_ego_radar = as_pose(json.at("T_ego_radar"));
  r.period_ns = as_integer<std::int64_t>(json.at("period_ns"));
  r.frequency_hz = as_number(json.at("frequency_hz"));
  r.false_alarm = as_number(json.at("false_alarm"));
  for (const Flag& f : kFlags) r.*f.member = json.at(f.name).get<bool>();
  for (const Json& scan : json.at("scans")) {
    capture::RadarScan s;
    s.name = scan.at("name").get<std::string>();
    s.offset_ns = as_integer<std::int64_t>(scan.at("offset_ns"));
    for (const Number& n : kNumbers) s.*n.member = as_number(scan.at(n.name));
    for (const Json& point : scan.at("pattern_rad_db")) {
      s.pattern.push_back({as_number(point.at(0)), as_number(point.at(1))});
    }
    r.scans.push_back(std::move(s));
  }
  return r;
}

}  // namespace oddroad::dataset
