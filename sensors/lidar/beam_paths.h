// Where the light of a sweep goes: what the axis of each beam meets, what its footprint meets
// beside that, and what lies behind panes and in mirrors.
#pragma once

#include <span>
#include <vector>

#include "sensors/lidar/cast_order.h"
#include "sensors/lidar/chunk_legs.h"
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

  // Casts the axes. `limit_m`: how far rays are followed. Everything must outlive it; the buffers
  // hold what is met.
  BeamPaths(const SweepView& view, const LidarModel& model, const Effects& effects,
            const Neighbours& neighbours, const CastOrder& order, double limit_m,
            SweepBuffers& buffers);

  [[nodiscard]] const Met& axis(std::size_t shot) const { return buffers_.axis[shot]; }
  // The axis ends at the ego's masked body, and nothing else is known of it.
  [[nodiscard]] bool on_body(std::size_t shot) const {
    return !buffers_.body.empty() && buffers_.body[shot] != 0;
  }
  // Shots whose axis meets sheeting, ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& bright() const { return buffers_.bright; }

  // Follows the light of a chunk of shots beside and behind its axes. Thread-safe.
  void follow(std::size_t chunk, ChunkLegs& out) const;

 private:
  void meet_axes(std::size_t chunk, std::vector<std::uint32_t>& bright);
  // Bit k: ring ray k may meet something else than the axis.
  [[nodiscard]] unsigned open_sides(std::size_t shot) const;
  void fetch_sides(std::size_t shot) const;
  void begin_legs(std::size_t shot, ChunkLegs& out) const;
  void cast(std::span<const std::uint32_t> order, std::vector<Leg>& legs) const;
  // Where the k-th ray to be cast belongs.
  [[nodiscard]] std::size_t at(std::size_t k) const {
    return order_.shots.empty() ? k : order_.shots[k];
  }

  const SweepView& view_;
  const LidarModel& model_;
  const Effects& effects_;
  const Neighbours& neighbours_;
  CastOrder order_;
  double limit_m_;
  SweepBuffers& buffers_;
};

}  // namespace oddroad::lidar
