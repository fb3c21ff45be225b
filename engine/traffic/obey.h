// What signs, lights, right of way, people and ends of lanes ask of a driver. Internal.
#pragma once

#include "engine/traffic/state.h"

namespace oddroad::traffic {

// The least acceleration asked for so far, and by whom.
struct Wish {
  double a = kUnbounded;
  Limit limit = Limit::kNone;
  std::uint32_t by = kNobody;

  void lower(double value, Limit why, std::uint32_t who) {
    if (value >= a) return;
    a = value;
    limit = why;
    by = who;
  }
};

// Behind a leader; `free_mps2` is what the driver would do without it.
double following(const State& state, const Vehicle& v, double free_mps2, const Ahead& leader);

void obey_passage(State& state, std::uint32_t slot, const Ahead& leader, Wish& wish);
// Lets somebody in whose lane ends, without braking hard for it.
void be_courteous(const State& state, const Vehicle& v, Wish& wish);
void obey_road_lights(const State& state, const Vehicle& v, Wish& wish);
void obey_people(const State& state, const Vehicle& v, Wish& wish);
void obey_ends(const State& state, const Vehicle& v, Wish& wish);

}  // namespace oddroad::traffic
