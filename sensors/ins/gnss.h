// The fixes of a receiver over a clip, one epoch after another.
#pragma once

#include "engine/core/archive.h"
#include "sensors/ins/earth.h"
#include "sensors/ins/gnss_model.h"
#include "sensors/ins/noise.h"
#include "sensors/ins/path.h"
#include "sensors/ins/sky_view.h"

namespace oddroad::ins {

// Position: truth + slow and white errors of the quality reached, scaled by the dilution + what
// reflected signals make of the solution (a reflected range counts a tenth of a direct one; with
// RTK it is thrown out). Quality: RTK fixed needs 6 satellites in sight, a horizontal dilution
// below 3 and no interruption for refix_s (none before the clip's start), float 5; fewer than 4 in
// all, or a dilution above 20, is no fix.
class GnssReceiver {
 public:
  // The path must outlive it. key: hash of (variant, sensor).
  GnssReceiver(GnssSettings settings, const SmoothPath& path, const math::Pose& T_ego_antenna,
               std::vector<capture::Satellite> satellites, const LocalEarth& earth,
               core::ClassId foliage, std::uint64_t key);

  // The next epoch; stamps ascend. The window holds the stamp.
  capture::GnssFix fix(const world::SceneWindow& window, const scene::RayCaster& caster,
                       std::int64_t stamp_ns);
  [[nodiscard]] const std::vector<capture::Satellite>& satellites() const { return satellites_; }
  // What the epochs so far have left behind.
  void remember(core::Archive& archive) { archive(epoch_, last_ns_, interrupted_ns_, slow_); }

 private:
  struct Reached {
    capture::FixQuality quality = capture::FixQuality::kNone;
    const FixErrors* errors = nullptr;
    std::optional<Solution> solution;
  };
  [[nodiscard]] Reached reach(const SkyView& view, std::int64_t stamp_ns);
  void step_errors(std::int64_t stamp_ns, double tau_s);

  GnssSettings settings_;
  const SmoothPath& path_;
  math::Pose T_ego_antenna_;
  std::vector<capture::Satellite> satellites_;
  LocalEarth earth_;
  core::ClassId foliage_;
  Dice dice_;
  std::int64_t epoch_ = 0, last_ns_ = 0;
  std::int64_t interrupted_ns_ = -1;  // < 0: never
  GaussMarkov slow_[3];               // of unit deviation
};

}  // namespace oddroad::ins
