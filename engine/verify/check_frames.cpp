#include <algorithm>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/verify/check_clip.h"
#include "engine/verify/text.h"

namespace oddroad::verify {
namespace {

std::string stamp(std::int64_t ns) {
  return std::to_string(ns) + " ns";
}

// Ticks count from 0 without a gap; stamps are equally spaced, and no two frames share one.
void check_sequence(const std::vector<FrameRecord>& frames, Check& check) {
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const FrameRecord& frame = frames[i];
    const auto expected = static_cast<std::int64_t>(i);
    const bool fine = frame.tick == frame.file_tick && frame.tick == expected;
    check.compare(fine ? 0 : 1, 0, [&] {
      return Disagreement{frame.file, "tick", std::to_string(frame.tick), std::to_string(expected)};
    });
    if (i < 2) continue;
    const std::int64_t period = frames[1].stamp_ns - frames[0].stamp_ns;
    const std::int64_t before = frames[i - 1].stamp_ns;
    check.compare(std::abs(static_cast<double>(frame.stamp_ns - before - period)), 0, [&] {
      return Disagreement{frame.file, "stamp", stamp(frame.stamp_ns), stamp(before + period)};
    });
  }
  if (frames.size() < 2) return;
  check.compare(frames[1].stamp_ns > frames[0].stamp_ns ? 0 : 1, 0, [&] {
    return Disagreement{frames[1].file, "stamp", stamp(frames[1].stamp_ns),
                        "after " + stamp(frames[0].stamp_ns)};
  });
}

// Stamps are whole multiples of a period, and no period of the clip is left out at its ends.
void check_period(const ClipContext& context, const std::vector<FrameRecord>& frames,
                  std::int64_t around, Check& check) {
  if (frames.size() < 2) return;
  const std::int64_t period = frames[1].stamp_ns - frames[0].stamp_ns;
  const auto least = static_cast<double>(std::llround(1e9 / context.clip.rate_hz));
  check.compare(period > 0 && static_cast<double>(period) >= least ? 0 : 1, 0, [&] {
    return Disagreement{frames[1].file, "period", stamp(period),
                        "at least " + to_text(least) + " ns"};
  });
  if (period <= 0) return;
  const FrameRecord& first = frames.front();
  const FrameRecord& last = frames.back();
  const auto from =
      static_cast<std::int64_t>(std::llround(context.rebuilt.variant.record.from_s * 1e9));
  const std::int64_t end = context.rebuilt.timeline.end_ns;
  check.compare(first.stamp_ns % period == 0 ? 0 : 1, 0, [&] {
    return Disagreement{first.file, "stamp", stamp(first.stamp_ns),
                        "a multiple of " + stamp(period)};
  });
  check.compare(first.stamp_ns >= from && first.stamp_ns - period < std::max(from, around) ? 0 : 1,
                0, [&] {
                  return Disagreement{first.file, "first stamp", stamp(first.stamp_ns),
                                      "the first multiple of the period in the clip"};
                });
  check.compare(last.stamp_ns <= end && last.stamp_ns + period + around > end ? 0 : 1, 0, [&] {
    return Disagreement{last.file, "last stamp", stamp(last.stamp_ns),
                        "the last multiple of the period before " + stamp(end)};
  });
}

void check_pose(const ClipContext& context, const FrameRecord& frame, Check& check) {
  const std::int64_t end = context.rebuilt.timeline.end_ns;
  const std::int64_t t = std::clamp<std::int64_t>(frame.stamp_ns, 0, end);
  const math::Pose truth = math::to_pose(world::pose_at(context.ego(), t));
  const math::Pose& found = frame.T_world_ego;
  // A metre ahead, left and above of the origin: turned axes show as distances.
  double worst = glm::length(found.translation - truth.translation);
  for (int k = 0; k < 3; ++k) {
    math::Vec3d axis(0);
    axis[k] = 1;
    worst = std::max(worst, glm::length(found.rotation * axis - truth.rotation * axis));
  }
  check.compare(t == frame.stamp_ns ? worst : 1e9, capture::kRebuiltM, [&] {
    return Disagreement{frame.file, "T_world_ego", to_text(found), to_text(truth)};
  });
}

// Nothing fires before the earliest row or beam, or after the last one, fits into the clip.
std::int64_t around_ns(const ClipContext& context) {
  std::int64_t around = 0;
  for (const LidarRecord& l : context.calibration.lidars) {
    if (context.clip.has("lidar") || context.clip.has("lidar_compensated") ||
        context.clip.has("lidar_geometry") || context.clip.has("lidar_rays")) {
      around = std::max(around, l.sweep_ns - l.sweep_ns / 2);
    }
  }
  for (const capture::RadarCalibration& r : context.calibration.radars) {
    for (const capture::RadarScan& s : r.scans) {
      if (context.clip.has("radar"))
        around = std::max(around, std::abs(s.offset_ns) + world::kMillisecondNs);
    }
  }
  for (const CameraRecord& c : context.calibration.cameras) {
    if (c.rolling) around = std::max(around, (c.height_px - 1) * c.row_time_ns / 2);
  }
  return around;
}

}  // namespace

void check_frames(const ClipContext& context, Report& report) {
  Check& check = report["frames"];
  for (const auto& [sensor, frames] : context.frames) {
    check_sequence(frames, check);
    check_period(context, frames, around_ns(context), check);
    for (const FrameRecord& frame : frames) {
      check.compare(frame.sensor == sensor ? 0 : 1, 0, [&] {
        return Disagreement{frame.file, "sensor", frame.sensor, sensor};
      });
      check_pose(context, frame, check);
    }
  }
}

}  // namespace oddroad::verify
