#include "sensors/lidar/stray.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sensors/lidar/receiver.h"
#include "sensors/lidar/shot_random.h"

namespace oddroad::lidar {
namespace {

using capture::PointCause;

constexpr double kDegree = std::numbers::pi / 180;
constexpr float kOverdriven = 300;  // times a white wall
constexpr double kCrossing = 0.005;
constexpr double kReachRad = 1.5 * kDegree;
constexpr int kMostSteps = 24;

class Halos {
 public:
  Halos(const SweepView& view, const Neighbours& neighbours, std::vector<Stray>& out)
      : view_(view), neighbours_(neighbours), out_(out) {}

  void add(const Stray& source) {
    along(source, source.shot);
    for (const int side : {2, 3}) {
      std::uint32_t at = source.shot;
      for (int k = 0; k < kMostSteps; ++k) {
        at = neighbours_.of(at)[static_cast<std::size_t>(side)];
        if (at == Neighbours::kNobody || angle(source.shot, at) > kReachRad) break;
        put(source, at);
        along(source, at);
      }
    }
  }

 private:
  // To both sides of a shot on its ring.
  void along(const Stray& source, std::uint32_t from) {
    for (const std::size_t side : {0u, 1u}) {
      std::uint32_t at = from;
      for (int k = 0; k < kMostSteps; ++k) {
        at = neighbours_.of(at)[side];
        if (at == Neighbours::kNobody || angle(source.shot, at) > kReachRad) break;
        put(source, at);
      }
    }
  }
  void put(const Stray& source, std::uint32_t at) {
    Stray stray = source;
    stray.shot = at;
    stray.light.snr *= stray_share(angle(source.shot, at));
    if (stray.light.snr > 1) out_.push_back(stray);
  }
  [[nodiscard]] double angle(std::uint32_t a, std::uint32_t b) const {
    return glm::length(view_.shots[a].direction - view_.shots[b].direction);
  }

  const SweepView& view_;
  const Neighbours& neighbours_;
  std::vector<Stray>& out_;
};

// Channels that fire at the same instant lie next to each other in firing order.
void cross_over(const SweepView& view, const Stray& source, std::uint64_t key,
                std::vector<Stray>& out) {
  const auto at_once = [&](std::size_t i) {
    return i < view.shots.size() && view.shots[i].offset_ns == view.shots[source.shot].offset_ns;
  };
  const auto try_one = [&](std::size_t i) {
    ShotRandom random(key ^ 0x63726f7373ull, view.shots[i].column, view.shots[i].beam);
    if (random.uniform() >= kCrossing) return;
    Stray stray = source;
    stray.shot = static_cast<std::uint32_t>(i);
    stray.light.snr = 3 * kThresholdToNoise;
    stray.light.cause = PointCause::kCrosstalk;
    out.push_back(stray);
  };
  for (std::size_t i = source.shot; i > 0 && at_once(i - 1); --i) try_one(i - 1);
  for (std::size_t i = source.shot + 1; at_once(i); ++i) try_one(i);
}

}  // namespace

double stray_share(double angle_rad) {
  const double x = angle_rad / (0.2 * kDegree);
  return 1e-3 * std::pow(1 + x * x, -1.5);
}

std::vector<Stray> stray_light(const SweepView& view, const BeamPaths& paths,
                               const Neighbours& neighbours, const LidarModel& model,
                               std::uint64_t key) {
  std::vector<Stray> out;
  Halos halos(view, neighbours, out);
  for (const std::uint32_t i : paths.bright()) {
    const Met& met = paths.axis(i);
    if (met.surface.range_m <= 0) continue;
    Stray source;
    source.shot = i;
    source.light.range_m = met.surface.range_m;
    source.light.cause = PointCause::kBloom;
    source.light.instance = view.window.drawables[met.surface.drawable - 1].instance.value;
    source.light.snr = signal_to_noise(model, met.response.retro, met.surface.range_m);
    halos.add(source);
    if (met.response.retro > kOverdriven) cross_over(view, source, key, out);
  }
  std::sort(out.begin(), out.end(), [](const Stray& a, const Stray& b) {
    if (a.shot != b.shot) return a.shot < b.shot;
    if (a.light.snr != b.light.snr) return a.light.snr > b.light.snr;
    return a.light.range_m < b.light.range_m;
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Stray& a, const Stray& b) {
                          return a.shot == b.shot;
                        }),
            out.end());
  return out;
}

}  // namespace oddroad::lidar
