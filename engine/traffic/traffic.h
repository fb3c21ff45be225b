// Background traffic: vehicles that appear, choose their way, follow, change lanes, obey lights and
// right of way, keep off whatever else moves, and leave. Deterministic: a Traffic depends on its
// network, settings and key, and on what each step was given; it uses one thread.
// Frame: the map's. Vehicle frame: ISO 8855, origin on the ground below the rear axle. Pitch turns
// the nose down, roll to the right (engine/math/README.md).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/traffic/external.h"
#include "engine/traffic/network.h"
#include "engine/traffic/settings.h"

namespace oddroad::traffic {

struct TrailerView {
  math::Vec3d position{0};  // on the ground below the trailer's (middle) axle
  double yaw_rad = 0, pitch_rad = 0, roll_rad = 0;
};

// One vehicle after the last step.
struct VehicleView {
  std::uint32_t id = 0;     // 1, 2, ... in spawn order, never used again
  std::uint32_t model = 0;  // index into Settings::models
  VehicleClass kind = VehicleClass::kCar;
  math::Vec3d position{0};
  double yaw_rad = 0, pitch_rad = 0, roll_rad = 0;
  double speed_mps = 0;          // of the rear axle, along the vehicle
  double acceleration_mps2 = 0;  // its derivative
  double yaw_rate_rps = 0;       // speed x tan(steer) / wheelbase
  double steer_rad = 0;          // of the front wheels (bicycle model), positive left
  double rolled_m = 0;           // by the rear wheels since the vehicle appeared
  bool indicator_left = false, indicator_right = false, hazard = false;
  bool brake_lamp = false, headlamps = false;
  std::optional<TrailerView> trailer;
  road::LanePosition lane;  // of the front axle
  double lateral_m = 0;     // of the front axle, left of the lane's centre
  bool changing_lane = false;
};

// A vehicle that somebody else moves but whose driver asks here what the rules demand: it takes
// part in right of way like any other.
using GuestId = std::uint32_t;  // also its id among the vehicles
struct GuestDemand {
  double acceleration_mps2 = 0;  // bounded by friction, not by the guest's engine
  bool indicator_left = false, indicator_right = false;
  int change_to = 0;   // +1: its route needs the lane to the left, -1: to the right
  std::string reason;  // what limits it now; empty if nothing
};

class Traffic {
 public:
  // Keeps a pointer to the network, which must outlive it. Fills the area at once, so that nobody
  // has to brake hard for `bodies`, or they for it.
  Traffic(const Network& network, Settings settings, std::uint64_t key,
          std::span<const ExternalBody> bodies = {});
  ~Traffic();
  Traffic(Traffic&&) noexcept;
  Traffic& operator=(Traffic&&) noexcept;

  // Moves everything on by dt_s (0 < dt_s <= 0.02; 0.01 is what it is tuned for).
  void step(double dt_s, const Surroundings& around = {});

  [[nodiscard]] double time_s() const;
  // In the order of ids.
  [[nodiscard]] std::vector<VehicleView> vehicles() const;
  // The same into a vector that is kept, so that nothing is allocated.
  void vehicles(std::vector<VehicleView>& out) const;
  [[nodiscard]] std::size_t count() const;
  // Of a signal of the map, now.
  [[nodiscard]] std::optional<SignalState> signal_state(std::string_view signal_id) const;

  // What keeps a vehicle from going faster: "light at signal 12 is red", "yields to vehicle 7", ...
  // or why it goes against the rule: "ends a ring of waiting: ...". Empty if nothing does.
  [[nodiscard]] std::string reason(std::uint32_t id) const;
  struct Standing {
    std::uint32_t id = 0;
    double for_s = 0;  // below 0.1 m/s
    std::string reason;
  };
  // All that have stood for longer than this.
  [[nodiscard]] std::vector<Standing> standing(double longer_than_s = 60) const;

  // The lanes that a vehicle stands on and means to drive, from its rear on; guests included.
  [[nodiscard]] std::vector<road::LaneId> way(std::uint32_t id) const;

  // --- one vehicle by hand ---
  // Puts a vehicle of a model at the centre of a lane (front axle at the place), whatever the
  // density; with a route it follows these roads, then chooses. 0 if it does not fit there.
  std::uint32_t add(std::uint32_t model, const road::LanePosition& at, double speed_mps,
                    const std::vector<std::string>& route_road_ids = {});
  // --- guests ---
  // As add(), but moved by the caller: place it before every step.
  GuestId join(const VehicleModel& model, const DriverModel& driver, double speed_factor,
               const road::LanePosition& at, const std::vector<std::string>& route_road_ids = {});
  // Position and yaw of the rear axle's ground point. Off its route's lanes it keeps its last
  // place.
  void place(GuestId guest, const math::Vec3d& position, double yaw_rad, double speed_mps,
             double acceleration_mps2);
  [[nodiscard]] GuestDemand demand(GuestId guest) const;
  void leave(GuestId guest);

 private:
  std::unique_ptr<struct State> state_;
};

}  // namespace oddroad::traffic
