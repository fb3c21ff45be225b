// What everybody has been told to do, and what came of it.
#include "engine/sim/simulation.h"

namespace oddroad::sim {
namespace {

std::string what_of(const std::string& actor, const scenario::Action& action) {
  return action.label.empty() ? actor + "." + action.verb : action.label;
}

// What goes on beside the entry before it, or changes it, and so does not wait for its end.
bool overlaps_the_last(const scenario::Action& action) {
  return action.verb == "turn_back" || action.verb == "look_at" || action.verb == "lights";
}

}  // namespace

// Entries without a condition of their own start once the one before them has run its course.
bool Simulation::waits_its_turn(std::size_t actor, std::size_t entry) const {
  const scenario::Action& action = variant_.actors[actor].actions[entry];
  return scripts_[actor].triggers[entry].is_always() && entry > 0 && !overlaps_the_last(action);
}

ActionReport Simulation::report_on(std::size_t actor, std::size_t entry) const {
  using State = ActionReport::State;
  const Script& script = scripts_[actor];
  ActionReport out;
  out.actor = bodies_[actor].name;
  out.entry = entry;
  out.what = what_of(out.actor, variant_.actors[actor].actions[entry]);
  out.has_condition = !script.triggers[entry].is_always();
  if (entry < script.next) {
    out.state = State::kStarted;
    out.time_s = script.started_s[entry];
  } else if (entry == script.next) {
    out.state = waits_its_turn(actor, entry) ? State::kInTurn
                : script.due_s >= 0          ? State::kDelayed
                                             : State::kWaiting;
    out.time_s = entry == 0 ? 0 : script.started_s[entry - 1];
    if (out.state == State::kWaiting) out.shortfall = script.triggers[entry].shortfall();
  }
  return out;
}

void Simulation::watch_rare() {
  if (!rare_ || rare_s_ >= 0 || !rare_->evaluate(bodies_, time_s(), kStep_s)) return;
  rare_s_ = time_s();
  note("rare event: " + rare_->cause());
}

RunReport Simulation::report() const {
  RunReport out;
  for (std::size_t i = 0; i < scripts_.size(); ++i) {
    for (std::size_t k = 0; k < scripts_[i].triggers.size(); ++k) {
      out.actions.push_back(report_on(i, k));
    }
  }
  const bool met = end_reason_ == kEndCondition;
  out.end = met ? end_reason_ + ": " + end_->cause() : end_reason_;
  out.end_s = time_s();
  const bool only_time = variant_.end.quantity == "time";
  if (!met && end_ && !only_time) out.end_shortfall = end_->shortfall();
  if (rare_ && rare_s_ >= 0) out.rare = WatchReport{true, rare_s_, {}};
  if (rare_ && rare_s_ < 0) out.rare = WatchReport{false, 0, rare_->shortfall()};
  return out;
}

void Simulation::run_scripts() {
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    Script& script = scripts_[i];
    if (script.next >= script.triggers.size()) continue;
    Trigger& trigger = script.triggers[script.next];
    const scenario::Action& action = variant_.actors[i].actions[script.next];
    if (waits_its_turn(i, script.next) && !movers_[i]->finished()) continue;
    if (script.due_s < 0) {
      if (!trigger.evaluate(bodies_, time_s(), kStep_s)) continue;
      script.due_s = time_s() + action.number("delay", 0);
    }
    if (time_s() < script.due_s - 1e-9) continue;
    if (!movers_[i]->is_due(action, bodies_, bodies_[i])) continue;
    script.due_s = -1;
    const std::string what = what_of(bodies_[i].name, action);
    note(what + " started");
    const std::string remark = movers_[i]->start(action, bodies_, bodies_[i]);
    if (!remark.empty()) note(what + ": " + remark);
    script.started_s.push_back(time_s());
    ++script.next;
  }
}

}  // namespace oddroad::sim
