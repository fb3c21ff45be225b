// A lane graph made ready for traffic: sampled lanes, conflicts, right of way, light programs.
// Immutable; one network serves any number of Traffic objects.
#pragma once

#include <optional>
#include <string_view>

#include "engine/traffic/signal_program.h"

namespace oddroad::traffic {

// What lights up on one signal of the map. Lamps that neither field names are dark.
struct SignalState {
  SignalKind kind = SignalKind::kLight;
  LightState state = LightState::kRed;
};

class Network {
 public:
  // Keeps a pointer to the graph, which must outlive it.
  explicit Network(const road::LaneGraph& graph);

  [[nodiscard]] const road::LaneGraph& graph() const { return *graph_; }
  [[nodiscard]] const LaneTable& lanes() const { return lanes_; }
  [[nodiscard]] const ConflictTable& conflicts() const { return conflicts_; }
  [[nodiscard]] const Controls& controls() const { return controls_; }
  [[nodiscard]] const std::vector<HeadTiming>& programs() const { return programs_; }

  [[nodiscard]] const Movement& movement(std::uint32_t lane) const { return movements_[lane]; }

  // Of a signal of the map (its OpenDRIVE id) at a time since the start of simulation; empty if it
  // shows no lights.
  [[nodiscard]] std::optional<SignalState> state_of(std::string_view signal_id,
                                                    double time_s) const;
  [[nodiscard]] LightState head_state(std::uint32_t head, double time_s) const {
    return state_at(programs_[head], time_s);
  }
  // The usable lane under a point, or none; offset and distance to the left of the centre.
  struct Place {
    std::uint32_t lane = kNoLane;
    double offset_m = 0;
    double lateral_m = 0;
  };
  // All usable lanes whose strip, widened by margin_m, contains the point (heights within 3 m).
  void places(const math::Vec3d& point, double margin_m, std::vector<Place>& out) const;
  // Length of all usable lanes for motor vehicles, km.
  [[nodiscard]] double lane_km() const;

 private:
  void index_lanes();

  const road::LaneGraph* graph_;
  LaneTable lanes_;
  ConflictTable conflicts_;
  Controls controls_;
  std::vector<Movement> movements_;
  std::vector<HeadTiming> programs_;
  // Grid of lane stretches for places().
  math::Vec2d grid_origin_{0};
  int grid_columns_ = 0, grid_rows_ = 0;
  std::vector<std::uint32_t> cell_first_;
  struct Stretch {
    std::uint32_t lane, from_sample, to_sample;
  };
  std::vector<Stretch> cell_stretches_;
};

}  // namespace oddroad::traffic
