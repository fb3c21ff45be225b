// Works out one placement (engine/sim/placement.h). Internal to it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/sim/placement.h"
#include "engine/sim/relations.h"

namespace oddroad::sim {

// "12.3 m", for messages.
std::string metres(double value);

class Placer {
 public:
  Placer(const scenario::Variant& variant, const road::LaneGraph& graph, const math::Vec3d& origin,
         const Ground& ground, const road::LanePosition& base, Bodies& bodies);
  core::Result<Stageplan> run();

 private:
  // Rows come last: they make room for whoever stands in their way.
  void place_all();
  [[nodiscard]] bool is_ready(std::size_t i) const;
  void report_unresolved(const std::vector<std::size_t>& left);
  [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const;
  bool fail(const scenario::Placement& at, const std::string& message,
            const std::string& hint = {});
  bool place_one(std::size_t i);

  // --- where things are along the base line ---
  [[nodiscard]] Shadow shadow(std::size_t i) const;
  // Of the model origin. The base line may pass the same place twice: the hint tells which.
  [[nodiscard]] TrackPoint on_base(std::size_t i) const;
  // The lane that the actor's word means at a station of the base line.
  std::optional<road::LanePosition> lane_at(std::size_t i, double station, const std::string& word);

  // --- setting bodies ---
  [[nodiscard]] double facing_yaw(const scenario::Placement& at, double own_heading,
                                  double base_heading, double base_lateral) const;
  void spread_out(std::size_t i);
  void set_on_lane(std::size_t i, const road::LanePosition& at, double lateral);
  // A vehicle that stands with two wheels on the kerb leans: the plane through its wheels' contacts
  // replaces the lane's where they differ.
  void stand_on_wheels(Body& body) const;
  void set_on_base(std::size_t i, double station, double lateral);
  // Sideways offset from the lane's centre that leaves the free side gap to the ego's outline.
  double lateral_in_lane(std::size_t i, const road::LanePosition& at);
  bool put_in_lane(std::size_t i, double station, const std::string& word);
  bool put_on_road(std::size_t i);
  // `sign` +1: rear face `by` ahead of the other's front; -1: front face behind its rear.
  bool put_at_gap(std::size_t i, std::size_t other, double by, int sign);
  // The line of the lane that somebody stands in, `reach` either way; null off all lanes.
  [[nodiscard]] std::shared_ptr<const Track> way_of(std::size_t i, double reach) const;
  // How much farther it is along a line than straight on, between the ends that two turn to each
  // other.
  [[nodiscard]] double detour(const Track& way, std::size_t a, std::size_t b) const;
  // In another lane next to the other: fronts, middles or rears level, moved on by `by`.
  bool put_abreast(std::size_t i, std::size_t other);
  // Next to one end of the other, or (middle) next to its kerb side.
  bool put_beside(std::size_t i, std::size_t other);
  [[nodiscard]] double kerb_side(double lateral) const;
  // `beside` leaves open where across the other's width somebody waits. If an aimed run at a given
  // path_ttc follows, the place is chosen so that the run takes just that time, within the other's
  // shadow and 1.5 m of pavement behind it; else it is the other's middle.
  [[nodiscard]] double start_behind(std::size_t i, const Shadow& there, double half_width,
                                    double kerb) const;

  // On the deck of the other, carried by it.
  bool put_on(std::size_t i, std::size_t other);

  // --- rows ---
  bool put_in_row(std::size_t i);
  // How much farther a row piece must move to clear bodies that are no part of rows, and the lines
  // on which people will cross. 0 = free.
  [[nodiscard]] double obstruction(std::size_t i, int sign) const;
  [[nodiscard]] bool crosses(std::size_t k) const;

  void check_overlaps();

  const scenario::Variant& variant_;
  const road::LaneGraph& graph_;
  math::Vec3d origin_;
  const Ground& ground_;
  road::LanePosition base_;
  Bodies& bodies_;
  std::vector<bool> placed_;
  std::vector<double> station_;  // roughly, on the base line
  bool failed_ = false;
  Stageplan plan_;
  core::Diagnostics problems_;
};

}  // namespace oddroad::sim
