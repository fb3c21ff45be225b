// Background traffic and the map's lights as part of a simulation: what drives around the scripted
// actors, seen by them as bodies, and in the end actors of the timeline with a life of their own.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "engine/road/lane_graph.h"
#include "engine/scenario/variant.h"
#include "engine/sim/body.h"
#include "engine/sim/cast.h"
#include "engine/sim/traffic_fleet.h"
#include "engine/traffic/traffic.h"
#include "engine/world/timeline.h"

namespace oddroad::sim {

class TrafficActors {
 public:
  // `drivers`: indices of the scripted bodies that drive by the rules of the road. Null where there
  // is neither traffic nor a light nor a junction that such a driver may come to. Borrows the
  // graph; origin: map coordinates of the local frame. Nothing appears on or near the bodies as
  // they stand.
  static std::unique_ptr<TrafficActors> create(const scenario::Variant& variant,
                                               const road::LaneGraph& graph,
                                               const math::Vec3d& origin, double friction,
                                               const Bodies& scripted,
                                               const std::vector<std::size_t>& drivers);

  // The traffic at the present instant, local frame; names "traffic.1", ... and
  // "traffic.1.trailer".
  [[nodiscard]] const Bodies& bodies() const { return bodies_; }
  // Moves on by one step among the scripted bodies as they are before it, and tells the drivers
  // among them (Body::rules_mps2) what the rules demand in this step.
  void step(Bodies& scripted);

  // Adds whom there was to a timeline of scripted actors, ids after theirs, and the lights. Errors:
  // models that cannot be made, classes that the ontology lacks.
  core::Result<void> append_to(world::Timeline& timeline, const SimContext& context) const;

 private:
  struct Life {
    std::uint32_t model = 0;  // index into the fleet
    std::int64_t first_step = 0;
    std::vector<world::ActorState> states, trailer_states;
  };

  // A scripted driver among the traffic.
  struct Guest {
    std::size_t body = 0;
    traffic::GuestId id = 0;  // 0: on no lane of the network now
    std::shared_ptr<const Track> track;
  };

  TrafficActors(const scenario::Variant& variant, const road::LaneGraph& graph,
                const math::Vec3d& origin);
  [[nodiscard]] traffic::Settings settings(const scenario::Variant& variant, double friction) const;
  [[nodiscard]] std::vector<traffic::ExternalBody> external(const Bodies& scripted) const;
  [[nodiscard]] Body body_of(const traffic::VehicleView& view,
                             const world::ActorState& state) const;
  [[nodiscard]] Body trailer_body(const traffic::VehicleView& view,
                                  const world::ActorState& state) const;
  [[nodiscard]] bool is_guest(std::uint32_t vehicle) const;
  void place(Guest& guest, const Body& body);
  void look();
  void see_lights();

  math::Vec3d origin_;
  std::size_t ego_ = 0;
  traffic::Network network_;
  const road::LaneGraph& graph_;
  std::vector<FleetVehicle> fleet_;
  std::vector<Guest> guests_;
  std::unique_ptr<traffic::Traffic> traffic_;  // null: lights only
  std::int64_t step_ = 0;
  std::vector<traffic::VehicleView> views_;
  Bodies bodies_;
  std::map<std::uint32_t, Life> lives_;  // by vehicle, in spawn order
  std::vector<world::SignalTrack> lights_;
};

}  // namespace oddroad::sim
