#include "engine/verify/check_radar.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/capture/radar.h"
#include "engine/capture/tolerances.h"
#include "engine/verify/frame_files.h"
#include "engine/verify/radar_equation.h"
#include "engine/verify/radar_way.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using capture::kFloatShare;
using capture::RadarCause;
using capture::RadarScan;
using math::Vec3d;

namespace {

constexpr double kDb = 2e-4;        // levels are float32 of tens of dB
constexpr double kAngleRad = 4e-7;  // float32 of up to pi

class RadarChecker {
 public:
  RadarChecker(const ClipContext& context, const capture::RadarCalibration& radar,
               const FrameRecord& frame, const world::SceneWindow& window, MeshTrees& trees,
               Report& report)
      : context_(context),
        radar_(radar),
        frame_(frame),
        tracer_(window, trees),
        report_(report),
        file_(frame_prefix(radar.name, frame.file_tick) + ".pcd") {
    for (const RadarScan& s : radar.scans) {
      ways_.emplace_back(tracer_, context.ego(), radar.T_ego_radar, frame.stamp_ns + s.offset_ns);
    }
  }

  void run() {
    const auto points = read_radar(context_.folder / file_);
    report_["files"].compare(points ? 0 : 1, 0, [&] {
      return Disagreement{file_, "", core::to_string(points.error()), "a file that can be read"};
    });
    if (!points) return;
    double before = 0;
    for (std::size_t i = 0; i < points->size(); ++i) {
      const RadarPoint& p = (*points)[i];
      index_ = i;
      const bool known = p.scan >= 0 && std::size_t(p.scan) < radar_.scans.size() && p.cause >= 1 &&
                         p.cause <= static_cast<int>(RadarCause::kFalseAlarm);
      book("radar_geometry", known && p.range_m >= before ? 0 : 1e9, 0, "scan or order",
           to_text(p.range_m), "a scan of the device, not nearer than the one before");
      if (!known) continue;
      before = p.range_m;
      const RadarScan& s = radar_.scans[std::size_t(p.scan)];
      geometry(p, s);
      signal(p, s);
      if (p.cause == static_cast<int>(RadarCause::kFalseAlarm)) {
        book("radar_ids", p.instance == 0 && p.via == 0 ? 0 : 1, 0, "false alarm",
             std::to_string(p.instance), "nothing");
        continue;
      }
      noise(p, s);
      way(p);
    }
    check_radar_counts(context_.ego(), radar_.T_ego_radar, frame_, *points, tracer_.window(),
                       report_);
    check_radar_tracks(radar_.T_ego_radar, frame_, *points, report_);
  }

 private:
  void book(const char* check, double off, double tolerance, const std::string& what,
            const std::string& found, const std::string& expected) {
    report_[check].compare(off, tolerance, [&] {
      return Disagreement{file_, "detection " + std::to_string(index_) + " " + what, found,
                          expected};
    });
  }

  void geometry(const RadarPoint& p, const RadarScan& s) {
    const double c = std::cos(p.elevation_rad);
    const Vec3d n(c * std::cos(p.azimuth_rad), c * std::sin(p.azimuth_rad),
                  std::sin(p.elevation_rad));
    book("radar_geometry", glm::length(p.position_m - n * p.range_m),
         1e-6 + (2 * kFloatShare + kAngleRad) * p.range_m, "place", to_text(p.position_m),
         to_text(n * p.range_m));
    const double own = glm::dot(n, ways_[std::size_t(p.scan)].own_velocity_mps());
    book("radar_geometry", std::abs(p.compensated_mps - p.velocity_mps - own), 1e-4, "own motion",
         to_text(p.compensated_mps), to_text(p.velocity_mps + own));
    book("radar_geometry", std::abs(double(p.time_ns - s.offset_ns)), 0, "time",
         std::to_string(p.time_ns), std::to_string(s.offset_ns));
    const bool inside = std::abs(p.true_azimuth_rad) <= s.azimuth_max_rad + kAngleRad &&
                        p.true_range_m <= s.range_max_m * (1 + kFloatShare) &&
                        p.velocity_mps >= s.velocity_min_mps - 1e-4 &&
                        p.velocity_mps <= s.velocity_max_mps + 1e-4 &&
                        (s.elevation_resolution_rad > 0 || p.elevation_rad == 0);
    book("radar_geometry", inside ? 0 : 1, 0, "field",
         to_text(p.true_range_m) + " m at " + to_text(p.true_azimuth_rad),
         "inside the scan's field");
  }

  void signal(const RadarPoint& p, const RadarScan& s) {
    const double least = 10 * std::log10(-std::log(radar_.false_alarm) - 1);
    book("radar_signal", least - p.snr_db, kDb, "threshold", to_text(p.snr_db),
         "at least " + to_text(least));
    const double near = std::max(p.range_m, 1e-3);
    const double measured = signal_db(s, p.rcs_dbsm, near, p.azimuth_rad, p.elevation_rad);
    book("radar_signal", std::abs(measured - p.snr_db), kDb + 40 * kFloatShare, "cross section",
         to_text(p.rcs_dbsm), "that of " + to_text(p.snr_db) + " dB");
    if (p.cause == static_cast<int>(RadarCause::kFalseAlarm)) return;
    const double rain = context_.rebuilt.timeline.environment.rain_mm_per_h;
    const double lost =
        radar_.weather ? 2 * p.true_range_m * rain_db_per_m(rain, radar_.frequency_hz) : 0;
    const double truth =
        signal_db(s, p.true_rcs_dbsm, p.true_range_m, p.true_azimuth_rad, p.true_elevation_rad) -
        lost;
    book("radar_signal", std::abs(truth - p.true_snr_db), kDb, "true signal",
         to_text(p.true_snr_db), to_text(truth));
    // A signal of a mean is exceeded forty-fold once in e^40.
    const double most = 10 * std::log10(40 * (1 + std::pow(10, p.true_snr_db / 10)));
    book("radar_signal", p.snr_db - (radar_.fluctuation ? most : p.true_snr_db), kDb, "signal",
         to_text(p.snr_db), "about " + to_text(p.true_snr_db));
  }

  void noise(const RadarPoint& p, const RadarScan& s) {
    const double snr = std::pow(10, p.snr_db / 10), share = 1 / std::sqrt(2 * snr);
    const double sigmas = radar_.noise ? capture::kNoiseSigmas : 0;
    const auto within = [&](const char* what, double measured, double truth, double resolution,
                            double floor, double slack) {
      book("radar_noise", std::abs(measured - truth),
           sigmas * std::max(floor, resolution * share) * 1.001 + slack, what, to_text(measured),
           to_text(truth));
    };
    within("range", p.range_m, p.true_range_m, s.range_resolution_m, s.range_floor_m,
           1e-6 + 2 * kFloatShare * p.range_m);
    const double off = std::abs(p.true_azimuth_rad) / (glm::pi<double>() / 4);
    within("azimuth", p.azimuth_rad, p.true_azimuth_rad,
           s.azimuth_resolution_rad / std::cos(p.true_azimuth_rad),
           s.azimuth_floor_rad + off * (s.azimuth_floor_45_rad - s.azimuth_floor_rad), kAngleRad);
    if (s.elevation_resolution_rad > 0) {
      within("elevation", p.elevation_rad, p.true_elevation_rad, s.elevation_resolution_rad,
             s.elevation_floor_rad, kAngleRad);
    }
    // Measured velocity is folded by whole spans.
    const double span = s.velocity_max_mps - s.velocity_min_mps;
    const double turns = std::round((p.true_velocity_mps - p.velocity_mps) / span);
    within("velocity", p.velocity_mps + turns * span, p.true_velocity_mps,
           s.velocity_resolution_mps, s.velocity_floor_mps, 1e-4);
  }

  void way(const RadarPoint& p) {
    const RadarWays& ways = ways_[std::size_t(p.scan)];
    const auto same = [&](const WayEnd& e) {
      return e.instance == p.instance && e.via == p.via && e.class_id == p.class_id;
    };
    const auto close = [&](const WayEnd& e) {
      const double angle = kAngleRad + capture::kRayShare;
      return std::abs(e.range_m - p.true_range_m) <=
             1e-5 + 2 * kFloatShare * p.true_range_m + angle * e.slack_m;
    };
    const auto steady = [&](const WayEnd& e) {
      return std::abs(e.velocity_mps - p.true_velocity_mps) <=
             2 * capture::kPointSpeedMps + kFloatShare * std::abs(p.true_velocity_mps);
    };
    const std::optional<WayEnd> found = ways.end(p, 0);
    std::optional<WayEnd> end = found;
    for (int k = 0; k <= RadarWays::kBeside; end = ways.end(p, ++k)) {
      // Beside the ray a slanting surface lies at another distance.
      const bool fits =
          end && same(*end) && steady(*end) && (close(*end) || (k > 0 && beside(p, *end)));
      if (!fits) continue;
      for (const char* check : {"radar_ids", "radar_ranges", "radar_velocities"}) {
        k == 0 ? report_[check].agree() : report_[check].agree_on_edge();
      }
      return;
    }
    book(
        "radar_ids", found && same(*found) ? 0 : 1, 0, "thing",
        std::to_string(p.instance) + " via " + std::to_string(p.via),
        found ? std::to_string(found->instance) + " via " + std::to_string(found->via) : "nothing");
    if (!found) return;
    book("radar_ranges", close(*found) ? 0 : std::abs(found->range_m - p.true_range_m), 0, "range",
         to_text(p.true_range_m), to_text(found->range_m));
    book("radar_velocities",
         steady(*found) ? 0 : std::abs(found->velocity_mps - p.true_velocity_mps), 0, "velocity",
         to_text(p.true_velocity_mps), to_text(found->velocity_mps));
  }
  static bool beside(const RadarPoint& p, const WayEnd& e) {
    const double reach =
        capture::kBeamEdgeM / std::max(p.true_range_m, 1.0) + capture::kBeamEdgeShare;
    return std::abs(e.range_m - p.true_range_m) <= 1e-5 + 2 * reach * e.slack_m;
  }

  const ClipContext& context_;
  const capture::RadarCalibration& radar_;
  const FrameRecord& frame_;
  Tracer tracer_;
  Report& report_;
  std::string file_;
  std::vector<RadarWays> ways_;  // as the scans
  std::size_t index_ = 0;
};

}  // namespace

void check_radar(const ClipContext& context, const capture::RadarCalibration& radar,
                 const FrameRecord& frame, const world::SceneWindow& window, MeshTrees& trees,
                 Report& report) {
  RadarChecker(context, radar, frame, window, trees, report).run();
}

}  // namespace oddroad::verify
