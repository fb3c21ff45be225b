#include "engine/explore/search.h"

#include <algorithm>

#include "engine/core/parallel.h"
#include "engine/explore/forecast.h"

namespace oddroad::explore {
namespace {

constexpr std::size_t kLeastPlayed = 24;  // before there is a forecast

// A sample that may be played.
struct Candidate {
  std::uint32_t index = 0;
  std::vector<double> place;
  Chances chances;  // none without a forecast
  double worth = 0;
};

class Searcher {
 public:
  Searcher(const scenario::OutcomeRule& rule, const SearchOptions& options,
           const SearchSpace& space)
      : rule_(rule),
        options_(options),
        space_(space),
        goals_(rule),
        record_(rule),
        next_(options.first) {}

  SearchResult run() {
    std::uint32_t runs = 0;
    while (runs < options_.most) {
      const std::vector<Candidate> round = choose(std::min(options_.round, options_.most - runs));
      play(round);
      runs += static_cast<std::uint32_t>(round.size());
      out_.reached = !rule_.cover.empty() && goals_.reached();
      const bool go_on = !space_.told || space_.told(runs);
      if (out_.reached || !go_on) break;
    }
    return std::move(out_);
  }

 private:
  std::vector<Candidate> choose(std::uint32_t count) {
    if (rule_.cover.empty() || places_.size() < kLeastPlayed) return next(count, nullptr);
    const Forecast forecast(rule_, places_, out_.played);
    std::vector<Candidate> pool = next(count * options_.ahead, &forecast);
    const auto rest = pool.begin() + (count + 3) / 4;
    std::stable_sort(rest, pool.end(), [](const Candidate& a, const Candidate& b) {
      return a.worth > b.worth;
    });
    pool.resize(count);
    std::sort(pool.begin(), pool.end(), [](const Candidate& a, const Candidate& b) {
      return a.index < b.index;
    });
    return pool;
  }

  std::vector<Candidate> next(std::uint32_t count, const Forecast* forecast) {
    std::vector<Candidate> out(count);
    core::parallel_for(count, [&](std::size_t k) {
      out[k].index = next_ + static_cast<std::uint32_t>(k);
      out[k].place = space_.coordinates(out[k].index);
      if (forecast == nullptr || out[k].place.empty()) return;
      out[k].chances = forecast->chances(out[k].place);
      out[k].worth = expected_help(out[k].chances, goals_, record_);
    });
    next_ += count;
    return out;
  }

  void play(const std::vector<Candidate>& round) {
    std::vector<std::optional<Outcome>> made(round.size());
    core::parallel_for(round.size(), [&](std::size_t k) {
      made[k] = space_.play(round[k].index);
    });
    for (std::size_t k = 0; k < round.size(); ++k) {
      if (!made[k]) {
        ++out_.failed;
        continue;
      }
      record_.add(round[k].chances, made[k]->values);
      const bool helps = rule_.cover.empty() || goals_.help(made[k]->values) > 0;
      if (helps) goals_.add(made[k]->values);
      out_.kept.push_back(helps);
      places_.push_back(round[k].place);
      out_.played.push_back(std::move(*made[k]));
    }
  }

  const scenario::OutcomeRule& rule_;
  const SearchOptions& options_;
  const SearchSpace& space_;
  Goals goals_;
  TrackRecord record_;
  std::uint32_t next_;
  std::vector<std::vector<double>> places_;  // as out_.played
  SearchResult out_;
};

}  // namespace

SearchResult search(const scenario::OutcomeRule& rule, const SearchOptions& options,
                    const SearchSpace& space) {
  return Searcher(rule, options, space).run();
}

}  // namespace oddroad::explore
