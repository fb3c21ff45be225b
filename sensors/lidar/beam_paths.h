// Where the light of a sweep goes: what the axis of each beam meets, what its footprint meets
// beside that, and what lies behind panes and in mirrors.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "sensors/lidar/effects.h"
#include "sensors/lidar/footprint.h"
#include "sensors/lidar/sweep_buffers.h"
#include "sensors/lidar/sweep_view.h"

namespace oddroad::lidar {

class BeamPaths {
 public:
  // Of mirrors (more than kMirror of the light, met at more
  // than 60 degrees) one bounce of the axis, in front of any pane.
  static constexpr double kMirror = 0.3;
  // Sheeting: sends back so many times what a white wall would.
  static constexpr float kBright = 10;

  // `limit_m`: how far rays are followed. The buffers hold everything and must outlive it.
  BeamPaths(const SweepView& view, const LidarModel& model, const Effects& effects,
            const Neighbours& neighbours, double limit_m, SweepBuffers& buffers);

  [[nodiscard]] const Met& axis(std::size_t shot) const { return buffers_.axis[shot]; }
  // The axis ends at the ego's masked body, and nothing else is known of it.
  [[nodiscard]] bool on_body(std::size_t shot) const {
    return !buffers_.body.empty() && buffers_.body[shot] != 0;
  }
  // Shots whose axis meets sheeting, ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& bright() const { return buffers_.bright; }
  // How many ring rays were cast as well; the axis stands for the rest of the footprint.
  [[nodiscard]] int rays_beside(std::size_t shot) const { return buffers_.beside[shot]; }
  // By ascending shot within each round.
  [[nodiscard]] const std::vector<Leg>& legs(int round) const {
    return buffers_.legs[static_cast<std::size_t>(round)];
  }
  [[nodiscard]] std::size_t rays() const;  // all that were cast

 private:
  void meet_axes(const SweepView& view, const Effects& effects, double limit_m);
  // Of a run of shots.
  void meet_axes(const SweepView& view, const Effects& effects, double limit_m, std::size_t first,
                 std::size_t count, std::vector<std::uint32_t>& bright);
  // Bit k: ring ray k may meet something else than the axis.
  [[nodiscard]] unsigned open_sides(std::size_t shot, const Neighbours& neighbours) const;
  void begin_legs(const SweepView& view, const LidarModel& model, const Effects& effects,
                  const Neighbours& neighbours);
  void go_on(int round);
  void cast(const SweepView& view, const Effects& effects, double limit_m, std::vector<Leg>& legs);

  SweepBuffers& buffers_;
};

}  // namespace oddroad::lidar
