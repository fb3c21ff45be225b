// One variant in motion: placed actors, their scripts and movers, stepped at 100 Hz.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/sim/cast.h"
#include "engine/sim/facts.h"
#include "engine/sim/ground.h"
#include "engine/sim/mover.h"
#include "engine/sim/placement.h"
#include "engine/sim/run_report.h"
#include "engine/sim/traffic_actors.h"
#include "engine/sim/trigger.h"
#include "engine/sim/vehicle_mover.h"
#include "engine/stage/parked_cars.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

class Simulation {
 public:
  // Places everybody and checks all conditions. Borrows variant, graph and context.
  static core::Result<std::unique_ptr<Simulation>> create(const scenario::Variant& variant,
                                                          const road::LaneGraph& graph,
                                                          const SimContext& context);
  // The same without background traffic: for questions about the start. Not to be stepped.
  static core::Result<std::unique_ptr<Simulation>> place_actors(const scenario::Variant& variant,
                                                                const road::LaneGraph& graph,
                                                                const SimContext& context);
  // What keeps `create` from placing everybody, if anything does.
  static std::optional<core::Diagnostics> placement_problem(const scenario::Variant& variant,
                                                            const road::LaneGraph& graph,
                                                            const SimContext& context);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // The bodies at the present instant, in the order of variant.actors.
  [[nodiscard]] const Bodies& bodies() const { return bodies_; }
  [[nodiscard]] std::int64_t stamp_ns() const { return step_ * world::kStepNs; }
  [[nodiscard]] double time_s() const { return static_cast<double>(step_) * kStep_s; }
  // Map coordinates of the local origin.
  [[nodiscard]] const math::Vec3d& origin() const { return origin_; }
  // Who stands parked around them and takes no part.
  [[nodiscard]] const std::vector<stage::ParkedCar>& parked() const { return parked_; }

  // Evaluates end and triggers at the present instant, then moves everybody on by one step. False
  // (and nothing moves) once the clip has ended.
  bool step();

  // What the scripted actors have done so far. Complete once step() has returned false.
  [[nodiscard]] world::Timeline timeline() const;
  // What has become of everybody's script so far.
  [[nodiscard]] RunReport report() const;
  // Adds background traffic, its facts and the lights to it. Errors: models that cannot be made.
  [[nodiscard]] core::Result<void> add_traffic(world::Timeline& timeline,
                                               const SimContext& context) const;

 private:
  // An actor's `do:` list; entries that go together count as one here. Entry i + 1 becomes active
  // once entry i has started; without a `when` of its own it waits until entry i has run its
  // course.
  struct Script {
    std::vector<Trigger> triggers;
    std::size_t next = 0;
    double due_s = -1;  // when entry `next` starts, once its trigger has fired
  };

  static constexpr const char* kEndCondition = "end condition";

  Simulation(const scenario::Variant& variant, const road::LaneGraph& graph);
  // place_actors without parked cars.
  static core::Result<std::unique_ptr<Simulation>> set_out(const scenario::Variant& variant,
                                                           const road::LaneGraph& graph,
                                                           const SimContext& context);
  [[nodiscard]] std::vector<std::size_t> rule_drivers() const;
  core::Diagnostics set_up(Stageplan plan);
  void set_up_track(std::size_t i, const Stageplan& plan, core::Diagnostics& problems);
  void set_up_way_across(std::size_t i, core::Diagnostics& problems);
  void set_up_crossing(std::size_t i, core::Diagnostics& problems);
  void set_up_mover(std::size_t i, const Stageplan& plan);
  void set_up_person(std::size_t i, const Stageplan& plan);
  void set_up_script(std::size_t i, core::Diagnostics& problems);
  [[nodiscard]] std::vector<math::Vec2d> crosswalks() const;
  [[nodiscard]] std::unique_ptr<Mover> thing_mover(std::size_t i) const;
  [[nodiscard]] bool drives(std::size_t i) const;
  // What the driver of a body can ask about the road.
  [[nodiscard]] Roadside roadside() const;
  [[nodiscard]] double track_length_m(double speed_mps) const;
  [[nodiscard]] std::shared_ptr<const Track> neighbour_track(const Body& body,
                                                             const std::string& side) const;
  [[nodiscard]] RouteTrack track_along(const Body& body,
                                       const std::vector<std::string>& route) const;
  [[nodiscard]] VehicleParameters parameters_of(std::size_t i) const;
  void set_up_grip(const Stageplan& plan);
  void park_cars();
  [[nodiscard]] Bodies with_parked(Bodies bodies) const;

  [[nodiscard]] std::optional<std::string> reason_to_end();
  void watch_rare();
  void run_scripts();
  void follow_all();
  [[nodiscard]] std::size_t group_begin(std::size_t actor, std::size_t entry) const;
  [[nodiscard]] std::size_t group_end(std::size_t actor, std::size_t entry) const;
  [[nodiscard]] bool all_due(std::size_t actor, std::size_t from, std::size_t to) const;
  void start_entry(std::size_t actor);
  [[nodiscard]] bool waits_its_turn(std::size_t actor, std::size_t entry) const;
  [[nodiscard]] ActionReport report_on(std::size_t actor, std::size_t entry) const;
  void note_hits();
  void note_parked_hits();
  void note(const std::string& what);
  void record();

  const scenario::Variant& variant_;
  const road::LaneGraph& graph_;
  math::Vec3d origin_{0};
  MapGround ground_;
  GripMap grip_;
  math::Vec3d smoke_{0};  // the foot of the plume
  Cast cast_;
  Bodies bodies_;
  std::unique_ptr<TrafficActors> traffic_;  // null: none
  std::shared_ptr<const Track> base_;       // what the scenario is laid out along
  std::vector<stage::ParkedCar> parked_;
  Bodies parked_bodies_;          // as parked_
  std::vector<bool> parked_hit_;  // by anybody, as parked_
  std::vector<std::unique_ptr<Mover>> movers_;
  std::vector<double> crossing_end_m_;
  std::vector<Script> scripts_;
  Starts starts_;  // as scripts_: of the entries before `next`
  std::optional<Trigger> end_;
  std::optional<Trigger> rare_;  // the scenario's rare event
  double rare_s_ = -1;           // when it happened; < 0: not yet
  std::int64_t step_ = 0;
  bool ended_ = false;
  std::string end_reason_;
  std::vector<std::vector<world::ActorState>> states_;  // as bodies
  std::vector<world::TimelineEvent> events_;
  std::set<std::string> hit_by_ego_;  // names
  std::optional<FactRecorder> facts_;
};

}  // namespace oddroad::sim
