// What makes a body move: one mover per actor.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/scenario/variant.h"
#include "engine/sim/body.h"

namespace oddroad::sim {

class Mover {
 public:
  virtual ~Mover() = default;
  // Why this actor cannot do the action; empty if it can.
  [[nodiscard]] virtual std::string cannot(const scenario::Action& action) const = 0;
  // For actions that wait for a moment of their own once their trigger has fired: it has come.
  [[nodiscard]] virtual bool is_due(const scenario::Action& /*action*/, const Bodies& /*bodies*/,
                                    const Body& /*self*/) const {
    return true;
  }
  // Starts an action that it can do; returns a remark for the timeline, or nothing.
  virtual std::string start(const scenario::Action& action, const Bodies& bodies, Body& self) = 0;
  // The action started last has run its course.
  [[nodiscard]] virtual bool finished() const = 0;
  // From one step to the next. `bodies` are all bodies before the step, `self` is among them in
  // the next step's copy: all actors move on from the same instant.
  virtual void step(const Bodies& bodies, double dt_s, Body& self) = 0;
  // After everybody has moved: what is carried goes with what carries it.
  virtual void follow(const Bodies& /*now*/, double /*dt_s*/, Body& /*self*/) {}
};

// Stands where it was put.
class ThingMover : public Mover {
 public:
  [[nodiscard]] std::string cannot(const scenario::Action& action) const override {
    return "a thing cannot '" + action.verb + "'";
  }
  std::string start(const scenario::Action&, const Bodies&, Body&) override { return {}; }
  [[nodiscard]] bool finished() const override { return true; }
  void step(const Bodies&, double, Body&) override {}
};

}  // namespace oddroad::sim
