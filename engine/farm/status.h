// How far a plan is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/farm/output.h"
#include "engine/farm/plan.h"

namespace oddroad::farm {

struct ScenarioPace {
  std::string scenario;
  int clips = 0;
  double seconds_per_frame = 0;  // of a worker
};

struct Status {
  std::string plan;                                               // id
  int clips = 0, done = 0, running = 0, failed = 0, missing = 0;  // missing: and not running
  int crashes = 0, lost = 0, differing = 0;
  std::int64_t frames = 0;            // of clips that are done and in the ledger
  double worker_seconds = 0;          // spent on all attempts
  double frames_per_s = 0;            // over the last ten minutes, or since the beginning
  double seconds_left = -1;           // at the pace of those minutes; -1: unknown
  std::vector<ScenarioPace> slowest;  // at most five
  struct Failed {
    std::string clip, reason;
  };
  std::vector<Failed> failures;
  struct Paused {
    std::string clip, where;  // "stopped at tick 17 of 40"
  };
  std::vector<Paused> paused;          // of those that are missing
  std::vector<std::string> bad_hosts;  // where three different clips or more crashed
};

// `now_ms`: since 1970. Errors: cannot look.
core::Result<Status> read_status(const Plan& plan, const Output& out, std::int64_t now_ms);

// `price_per_hour`: of one worker's machine share; 0: no costs are told. Any currency.
std::string status_text(const Status& status, double price_per_hour);
// A page that needs nothing else.
std::string status_page(const Status& status, double price_per_hour);
// Prometheus text exposition format 0.0.4, for node_exporter's textfile collector.
std::string status_metrics(const Status& status);

}  // namespace oddroad::farm
