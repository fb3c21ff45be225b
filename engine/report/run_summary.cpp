#include "engine/report/run_summary.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace oddroad::report {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json spread(const std::vector<double>& ascending) {
  if (ascending.empty()) return nullptr;
  return {{"least", number(ascending.front())},
          {"median", number(ascending[ascending.size() / 2])},
          {"greatest", number(ascending.back())}};
}

Json entry_json(const sim::EntryTally& entry) {
  Json out = {{"what", entry.what},
              {"has_condition", entry.has_condition},
              {"runs", entry.runs},
              {"started", entry.started},
              {"share", entry.share()},
              {"at_start", entry.at_start()},
              {"started_s", spread(entry.started_s)}};
  if (entry.started < entry.runs) {
    out["nearest"] = {{"sample", entry.nearest_sample}, {"why", sim::why_not(entry.nearest)}};
  }
  return out;
}

}  // namespace

std::string to_json(const RunSummary& summary) {
  const sim::RunTally& tally = summary.tally;
  Json turned_away = Json::array(), failures = Json::array(), entries = Json::array();
  for (const auto& one : summary.turned_away.entries()) {
    turned_away.push_back({{"reason", one.reason}, {"count", one.count}});
  }
  for (const auto& one : summary.failures) failures.push_back(core::to_string(one));
  for (const auto& one : tally.entries) entries.push_back(entry_json(one));
  Json rare = nullptr;
  if (tally.rare) {
    rare = {{"events", tally.rare->events},
            {"probability", tally.rare->probability},
            {"error", tally.rare->error},
            {"effective", tally.rare->effective}};
  }
  const Json json = {{"scenario", summary.scenario},
                     {"seed", summary.seed},
                     {"samples", summary.samples},
                     {"runs", tally.runs},
                     {"attempts", summary.attempts},
                     {"acceptance", summary.acceptance()},
                     {"turned_away", std::move(turned_away)},
                     {"failures", std::move(failures)},
                     {"entries", std::move(entries)},
                     {"rare", std::move(rare)},
                     {"ego_hit", tally.hit},
                     {"ends", tally.ends},
                     {"min_gap_m", spread(tally.min_gap_m)},
                     {"min_ttc_s", spread(tally.min_ttc_s)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oddroad::report
