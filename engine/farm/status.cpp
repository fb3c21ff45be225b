#include "engine/farm/status.h"

#include <algorithm>
#include <map>

#include "engine/farm/ledger.h"
#include "engine/farm/set_aside.h"
#include "engine/farm/survey.h"

namespace oddroad::farm {
namespace {

constexpr double kWindowMs = 600e3;
constexpr std::size_t kBadHostClips = 3, kSlowest = 5;

struct Pace {
  int clips = 0;
  std::int64_t frames = 0;
  double seconds = 0;
};

// Pace of the last minutes, and of each scenario over all time.
class Paces {
 public:
  Paces(const Ledger& ledger, std::int64_t now_ms) : now_ms_(now_ms) {
    const auto begun = ledger.first_ms == 0 ? now_ms : ledger.first_ms;
    window_ms_ = std::clamp(static_cast<double>(now_ms - begun), 1.0, kWindowMs);
  }

  void add(const std::string& scenario, const ClipHistory& history) {
    if (history.ended_ms == 0) return;
    Pace& pace = by_scenario_[scenario];
    ++pace.clips;
    pace.frames += history.made;
    pace.seconds += history.seconds;
    if (static_cast<double>(now_ms_ - history.ended_ms) > window_ms_) return;
    ++recent_.clips;
    recent_.frames += history.made;
  }

  void tell(Status& status) const {
    status.frames_per_s = static_cast<double>(recent_.frames) / window_ms_ * 1e3;
    const int left = status.clips - status.done - status.failed;
    if (left == 0) {
      status.seconds_left = 0;
    } else if (recent_.clips > 0) {
      status.seconds_left = left * window_ms_ / 1e3 / recent_.clips;
    }
    for (const auto& [scenario, pace] : by_scenario_) {
      const double frames = static_cast<double>(std::max<std::int64_t>(pace.frames, 1));
      status.slowest.push_back({scenario, pace.clips, pace.seconds / frames});
    }
    std::stable_sort(status.slowest.begin(), status.slowest.end(),
                     [](const ScenarioPace& a, const ScenarioPace& b) {
                       return a.seconds_per_frame > b.seconds_per_frame;
                     });
    status.slowest.resize(std::min(status.slowest.size(), kSlowest));
  }

 private:
  std::int64_t now_ms_;
  double window_ms_ = 1;
  Pace recent_;
  std::map<std::string, Pace> by_scenario_;
};

core::Result<void> count(const Plan& plan, const SurveyedClip& clip, const ClipHistory& history,
                         const Output& out, Status& status) {
  ++status.clips;
  status.crashes += history.crashes;
  status.lost += history.lost;
  status.differing += history.differing;
  if (clip.state == ClipState::kDone) {
    ++status.done;
    status.frames += history.frames;
  } else if (clip.state == ClipState::kSetAside) {
    const auto reason = read_reason(out, clip.name);
    if (!reason) return core::forward_error(reason);
    ++status.failed;
    status.failures.push_back({clip.name, *reason});
  } else if (history.open) {
    ++status.running;
  } else {
    ++status.missing;
    const std::string where = out.stopped_at(plan.identity(clip.clip.clip));
    if (!where.empty()) status.paused.push_back({clip.name, where});
  }
  return {};
}

}  // namespace

core::Result<Status> read_status(const Plan& plan, const Output& out, std::int64_t now_ms) {
  const auto read = read_ledger(out, plan);
  if (!read) return core::forward_error(read);
  const auto clips = survey(plan, out, SurveyDepth::kPresence);
  if (!clips) return core::forward_error(clips);
  const Ledger& ledger = *read;
  Status status;
  status.plan = plan.id;
  status.worker_seconds = ledger.worker_seconds;
  Paces paces(ledger, now_ms);
  for (const SurveyedClip& clip : *clips) {
    const auto it = ledger.clips.find(clip.name);
    const ClipHistory history = it == ledger.clips.end() ? ClipHistory{} : it->second;
    if (auto counted = count(plan, clip, history, out, status); !counted) {
      return core::forward_error(counted);
    }
    paces.add(plan.header.scenarios[clip.clip.clip.scenario].name, history);
  }
  paces.tell(status);
  for (const auto& [host, crashed] : ledger.crashes_by_host) {
    if (crashed.size() >= kBadHostClips) status.bad_hosts.push_back(host);
  }
  return status;
}

}  // namespace oddroad::farm
