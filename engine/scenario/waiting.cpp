#include "engine/scenario/waiting.h"

#include <algorithm>
#include <set>
#include <utility>

namespace oddroad::scenario {

namespace {

using Kind = Formula::Kind;
using Entry = std::pair<std::size_t, std::size_t>;  // of scenario.actors, of its actions

class Waiting {
 public:
  explicit Waiting(const Scenario& scenario) : scenario_(scenario) {
    for (const ActorRule& actor : scenario.actors) {
      starts_.emplace_back(actor.actions.size(), false);
    }
    while (find_more()) {
    }
  }

  void report(core::Diagnostics& diagnostics) const {
    std::set<Entry> told;
    for (std::size_t i = 0; i < starts_.size(); ++i) {
      for (std::size_t k = 0; k < starts_[i].size(); ++k) {
        if (starts_[i][k]) continue;
        const std::vector<Entry> ring = ring_from({i, k});
        if (told.count(ring.front()) > 0) continue;
        told.insert(ring.begin(), ring.end());
        report_ring(ring, diagnostics);
      }
    }
  }

 private:
  [[nodiscard]] const ActionRule& at(const Entry& entry) const {
    return scenario_.actors[entry.first].actions[entry.second];
  }
  [[nodiscard]] std::string name(const Entry& entry) const {
    return scenario_.actors[entry.first].name + "." + at(entry).verb;
  }
  // A piece of many does what all of them do.
  [[nodiscard]] Entry meant(const Formula& after) const {
    const std::string base = after.a.substr(0, after.a.find('.'));
    std::size_t i = 0;
    while (scenario_.actors[i].name != base) ++i;
    return {i, after.entry};
  }

  [[nodiscard]] bool can_hold(const Formula& formula) const {
    const auto one = [&](const Formula& term) {
      return can_hold(term);
    };
    switch (formula.kind) {
      case Kind::kAfter: {
        const Entry entry = meant(formula);
        return starts_[entry.first][entry.second];
      }
      case Kind::kAnd:
      case Kind::kBecomes:
        return std::all_of(formula.terms.begin(), formula.terms.end(), one);
      case Kind::kOr:
        return std::any_of(formula.terms.begin(), formula.terms.end(), one);
      default:
        return true;
    }
  }

  // One round; true: somebody can start of whom it was not known.
  bool find_more() {
    bool more = false;
    for (std::size_t i = 0; i < starts_.size(); ++i) {
      for (std::size_t k = 0; k < starts_[i].size(); ++k) {
        const auto& when = at({i, k}).when;
        if (starts_[i][k] || (k > 0 && !starts_[i][k - 1]) || (when && !can_hold(*when))) continue;
        starts_[i][k] = more = true;
      }
    }
    return more;
  }

  // The first `after` that keeps the formula from coming true.
  [[nodiscard]] const Formula* obstacle(const Formula& formula) const {
    if (can_hold(formula)) return nullptr;
    if (formula.kind == Kind::kAfter) return &formula;
    for (const Formula& term : formula.terms) {
      if (const Formula* found = obstacle(term)) return found;
    }
    return nullptr;
  }
  [[nodiscard]] const Formula* obstacle(const Entry& entry) const {
    return at(entry).when ? obstacle(*at(entry).when) : nullptr;
  }

  // From one that cannot start along what it waits for, to the ring at the end.
  [[nodiscard]] std::vector<Entry> ring_from(Entry entry) const {
    std::vector<Entry> way;
    for (;;) {
      const auto seen = std::find(way.begin(), way.end(), entry);
      if (seen != way.end()) return {seen, way.end()};
      way.push_back(entry);
      const Formula* after = obstacle(entry);
      entry = after != nullptr ? meant(*after) : Entry{entry.first, entry.second - 1};
    }
  }

  void report_ring(std::vector<Entry> ring, core::Diagnostics& diagnostics) const {
    // It begins at a condition: not every entry of it need have one.
    const auto first = std::find_if(ring.begin(), ring.end(), [&](const Entry& entry) {
      return obstacle(entry) != nullptr;
    });
    std::rotate(ring.begin(), first, ring.end());
    std::string chain;
    bool in_turn = false;
    for (const Entry& entry : ring) {
      chain += name(entry) + " -> ";
      in_turn = in_turn || obstacle(entry) == nullptr;
    }
    const std::string who = name(ring.front());
    const bool alone = ring.size() == 1;
    diagnostics.error(obstacle(ring.front())->where,
                      "'" + who + "' waits for itself" + (alone ? "" : ": " + chain + who),
                      in_turn ? "an entry waits for the one before it in its list, too" : "");
  }

  const Scenario& scenario_;
  std::vector<std::vector<bool>> starts_;  // by actor and entry: it can
};

}  // namespace

void check_waiting(const Scenario& scenario, core::Diagnostics& diagnostics) {
  Waiting(scenario).report(diagnostics);
}

}  // namespace oddroad::scenario
