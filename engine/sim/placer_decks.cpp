// Things on vehicles: loads on roofs and beds.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/sim/placer.h"

namespace oddroad::sim {
namespace {

constexpr double kAboveDeck_m = 0.002;  // so that they do not overlap
constexpr double kEdge_m = 0.1;         // kept free at the ends of a bed

bool starts_with(const std::string& type, const char* word) {
  return type.starts_with(word);
}

// Beds of trucks and trailers lie 1.2-1.35 m above the road, of pickups 0.75 m.
double deck_height_m(const std::string& type, const std::string& deck, double roof) {
  if (deck == "roof") return roof;
  if (type.find("pickup") != std::string::npos) return std::min(0.75, roof);
  const bool truck = starts_with(type, "truck") || starts_with(type, "trailer");
  return truck ? std::min(1.25, roof) : roof;
}

// Of the deck's middle part that is meant, forward of the vehicle's rear face.
double deck_ahead_m(const std::string& deck, double vehicle_length, double load_length) {
  constexpr double kBedShare = 0.65;  // of the vehicle's length, the cab is before it
  const double bed = kBedShare * vehicle_length;
  const double half = 0.5 * load_length + kEdge_m;
  if (deck == "rear") return half;
  if (deck == "front") return bed - half;
  return deck == "middle" ? 0.5 * bed : 0.5 * vehicle_length;
}

// Piece k of many lies k - 1 lengths farther on.
int piece_of(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos ? 1 : std::atoi(name.c_str() + dot + 1);
}

}  // namespace

bool Placer::put_on(std::size_t i, std::size_t other) {
  const scenario::Placement& at = variant_.actors[i].at;
  const Body& carrier = bodies_[other];
  Body& body = bodies_[i];
  if (carrier.kind != BodyKind::kVehicle) {
    return fail(at, "'" + body.name + "' can lie on vehicles only, not on '" + carrier.name + "'");
  }
  const std::string& type = variant_.actors[other].model.type;
  const double height = at.height_m.value_or(deck_height_m(type, at.deck, carrier.height_m));
  const double length = body.footprint.length_m() * std::abs(std::cos(at.yaw_rad)) +
                        body.footprint.width_m() * std::abs(std::sin(at.yaw_rad));
  const double row = (piece_of(body.name) - 1) * (length + 0.05);
  const double x = -carrier.footprint.rear_m +
                   deck_ahead_m(at.deck, carrier.footprint.length_m(), length) + at.along_m + row;
  const math::Pose T_carrier_body{math::from_yaw_pitch_roll(at.yaw_rad),
                                  {x, at.lateral_m, height + kAboveDeck_m}};
  body.pose = carrier.pose * T_carrier_body;
  body.position = body.pose.translation;
  body.yaw_rad = math::yaw_of(body.pose.rotation);
  body.carried_by = carrier.name;
  station_[i] = station_[other];
  plan_.lanes[i] = {};
  return true;
}

}  // namespace oddroad::sim
