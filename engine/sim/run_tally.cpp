#include "engine/sim/run_tally.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/sim/quantities.h"

namespace oddroad::sim {
namespace {

constexpr std::size_t kMostEnds = 6;
constexpr std::size_t kNameColumn = 26;

// "parked" of "parked.3".
std::string declared_name(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  const bool piece = dot != std::string::npos && dot + 1 < name.size() &&
                     name.find_first_not_of("0123456789", dot + 1) == std::string::npos;
  return piece ? name.substr(0, dot) : name;
}

std::string declared_what(const ActionReport& action) {
  const std::size_t n = action.actor.size();
  const bool by_name = action.what.compare(0, n, action.actor) == 0;
  return by_name ? declared_name(action.actor) + action.what.substr(n) : action.what;
}

class Tallier {
 public:
  RunTally run(const std::vector<RunOutcome>& outcomes) {
    for (const RunOutcome& one : outcomes) add(one);
    add_rare(outcomes);
    for (EntryTally& entry : out_.entries) sort(entry.started_s);
    sort(out_.min_gap_m);
    sort(out_.min_ttc_s);
    return std::move(out_);
  }

 private:
  void add_rare(const std::vector<RunOutcome>& outcomes) {
    std::vector<scenario::SearchRun> runs;
    for (const RunOutcome& one : outcomes) {
      if (!one.report.rare) return;
      runs.push_back({{}, one.log_weight, one.report.rare->happened ? 0.0 : 1.0});
    }
    if (!runs.empty()) out_.rare = scenario::estimate(runs);
  }

  static void sort(std::vector<double>& values) { std::sort(values.begin(), values.end()); }

  void add(const RunOutcome& one) {
    ++out_.runs;
    ++out_.ends[one.report.end];
    for (const std::string& name : one.hit) ++out_.hit[name];
    out_.min_gap_m.push_back(one.min_gap_m);
    out_.min_ttc_s.push_back(one.min_ttc_s);
    for (const ActionReport& action : one.report.actions) add(action, one.sample);
  }

  void add(const ActionReport& action, std::uint32_t sample) {
    const auto key = std::pair(declared_name(action.actor), action.entry);
    const auto [at, is_new] = by_key_.try_emplace(key, out_.entries.size());
    if (is_new) {
      EntryTally entry;
      entry.what = declared_what(action);
      entry.has_condition = action.has_condition;
      out_.entries.push_back(std::move(entry));
    }
    EntryTally& entry = out_.entries[at->second];
    ++entry.runs;
    if (action.state == ActionReport::State::kStarted) {
      ++entry.started;
      entry.started_s.push_back(action.time_s);
      return;
    }
    const bool first = entry.runs - entry.started == 1;
    if (!first && !(action.shortfall.share < entry.nearest.shortfall.share)) return;
    entry.nearest = action;
    entry.nearest_sample = sample;
  }

  RunTally out_;
  std::map<std::pair<std::string, std::size_t>, std::size_t> by_key_;
};

std::string share(int count, int of) {
  char text[64];
  std::snprintf(text, sizeof text, "%d of %d (%.1f %%)", count, of,
                of == 0 ? 0.0 : 100.0 * count / of);
  return text;
}

std::string spread(const std::vector<double>& ascending, core::Dimension dimension) {
  const auto finite = std::find_if(ascending.begin(), ascending.end(), [](double value) {
    return !std::isfinite(value);
  });
  const auto n = static_cast<std::size_t>(finite - ascending.begin());
  if (n == 0) return "none";
  return amount(ascending[0], dimension) + " to " + amount(ascending[n - 1], dimension) +
         ", median " + amount(ascending[n / 2], dimension);
}

std::string line(const std::string& name, const std::string& text) {
  const std::size_t gap = name.size() < kNameColumn ? kNameColumn - name.size() : 1;
  return "  " + name + std::string(gap, ' ') + text + "\n";
}

}  // namespace

int EntryTally::at_start() const {
  if (!has_condition) return 0;
  return static_cast<int>(std::count(started_s.begin(), started_s.end(), 0.0));
}

RunOutcome outcome_of(std::uint32_t sample, const Rehearsal& run) {
  const world::Timeline& timeline = run.timeline;
  RunOutcome out{sample,
                 run.report,
                 {},
                 std::numeric_limits<double>::infinity(),
                 std::numeric_limits<double>::infinity()};
  const core::InstanceId ego = timeline.actors[timeline.ego].id;
  const auto name_of = [&](core::InstanceId id) {
    const auto actor =
        std::find_if(timeline.actors.begin(), timeline.actors.end(), [&](const auto& a) {
          return a.id == id;
        });
    return actor == timeline.actors.end() ? std::string("?") : declared_name(actor->name);
  };
  for (const world::CollisionFact& c : timeline.facts.collisions) {
    if (c.a != ego && c.b != ego) continue;
    const std::string name = name_of(c.a == ego ? c.b : c.a);
    if (std::find(out.hit.begin(), out.hit.end(), name) == out.hit.end()) out.hit.push_back(name);
  }
  for (const world::EncounterFact& e : timeline.facts.encounters) {
    if (e.min_gap_ns >= 0) out.min_gap_m = std::min(out.min_gap_m, e.min_gap_m);
    if (e.min_ttc_ns >= 0) out.min_ttc_s = std::min(out.min_ttc_s, e.min_ttc_s);
  }
  return out;
}

RunTally tally(const std::vector<RunOutcome>& outcomes) {
  return Tallier().run(outcomes);
}

std::string to_text(const RunTally& tally) {
  std::string out;
  for (const EntryTally& entry : tally.entries) {
    std::string text = "started in " + share(entry.started, entry.runs);
    if (entry.started > 0) text += ", at " + spread(entry.started_s, core::kTime);
    out += line(entry.what, text);
    if (entry.at_start() > 0) {
      out +=
          line("", "its condition was true from the start in " + std::to_string(entry.at_start()));
    }
    if (entry.started == entry.runs) continue;
    out += line("", "nearest, sample " + std::to_string(entry.nearest_sample) + ": " +
                        why_not(entry.nearest));
  }
  for (const auto& [name, count] : tally.hit) {
    out += line("ego hit " + name, "in " + share(count, tally.runs));
  }
  out += line("least gap of the ego", spread(tally.min_gap_m, core::kLength));
  out += line("least time to collision", spread(tally.min_ttc_s, core::kTime));
  if (tally.rare) {
    char text[200];
    std::snprintf(
        text, sizeof text,
        "in %zu of %zu, %.3g %% of natural draws (+- %.2g); effective sample size %.0f %%",
        tally.rare->events, tally.rare->runs, 100 * tally.rare->probability,
        100 * tally.rare->error, 100 * tally.rare->effective);
    out += line("rare event", text);
  }
  std::vector<std::pair<int, std::string>> ends;
  for (const auto& [why, count] : tally.ends) ends.emplace_back(-count, why);
  std::sort(ends.begin(), ends.end());
  for (std::size_t k = 0; k < std::min(ends.size(), kMostEnds); ++k) {
    out += line(k == 0 ? "ends" : "", share(-ends[k].first, tally.runs) + " " + ends[k].second);
  }
  if (ends.size() > kMostEnds) {
    out += line("", "and " + std::to_string(ends.size() - kMostEnds) + " other ways");
  }
  return out;
}

}  // namespace oddroad::sim
