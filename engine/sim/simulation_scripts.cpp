// What everybody has been told to do, and what came of it.
#include <algorithm>

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

// The entries that start together with this one stand in [begin, end).
std::size_t Simulation::group_begin(std::size_t actor, std::size_t entry) const {
  while (entry > 0 && variant_.actors[actor].actions[entry].with_last) --entry;
  return entry;
}

std::size_t Simulation::group_end(std::size_t actor, std::size_t entry) const {
  const auto& actions = variant_.actors[actor].actions;
  std::size_t end = entry + 1;
  while (end < actions.size() && actions[end].with_last) ++end;
  return end;
}

// Entries without a condition of their own start once the one before them has run its course.
bool Simulation::waits_its_turn(std::size_t actor, std::size_t entry) const {
  if (entry == 0 || !scripts_[actor].triggers[entry].is_always()) return false;
  const auto first = variant_.actors[actor].actions.begin();
  const auto at = [&](std::size_t k) {
    return first + static_cast<std::ptrdiff_t>(k);
  };
  return !std::all_of(at(entry), at(group_end(actor, entry)), overlaps_the_last);
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
    out.time_s = starts_[actor][entry];
  } else if (entry == script.next) {
    out.state = waits_its_turn(actor, entry) ? State::kInTurn
                : script.due_s >= 0          ? State::kDelayed
                                             : State::kWaiting;
    out.time_s = entry == 0 ? 0 : starts_[actor][entry - 1];
    if (out.state == State::kWaiting) out.shortfall = script.triggers[entry].shortfall();
  } else if (group_begin(actor, entry) == script.next) {
    out.state = State::kTogether;
  }
  return out;
}

void Simulation::watch_rare() {
  if (!rare_ || rare_s_ >= 0 || !rare_->evaluate(bodies_, time_s(), kStep_s, starts_)) return;
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
      if (!trigger.evaluate(bodies_, time_s(), kStep_s, starts_)) continue;
      script.due_s = time_s() + action.number("delay", 0);
    }
    if (time_s() < script.due_s - 1e-9) continue;
    const std::size_t end = group_end(i, script.next);
    if (!all_due(i, script.next, end)) continue;
    script.due_s = -1;
    while (script.next < end) start_entry(i);
  }
}

bool Simulation::all_due(std::size_t actor, std::size_t from, std::size_t to) const {
  bool due = true;
  for (std::size_t k = from; k < to; ++k) {
    const scenario::Action& action = variant_.actors[actor].actions[k];
    due = due && movers_[actor]->is_due(action, bodies_, bodies_[actor]);
  }
  return due;
}

void Simulation::start_entry(std::size_t actor) {
  std::size_t& next = scripts_[actor].next;
  const scenario::Action& action = variant_.actors[actor].actions[next];
  const std::string what = what_of(bodies_[actor].name, action);
  note(what + " started");
  const std::string remark = movers_[actor]->start(action, bodies_, bodies_[actor]);
  if (!remark.empty()) note(what + ": " + remark);
  starts_[actor].push_back(time_s());
  ++next;
}

}  // namespace oddroad::sim
