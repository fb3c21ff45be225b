#include "engine/explore/search.h"

#include <algorithm>
#include <numeric>

#include "engine/core/parallel.h"

namespace oddroad::explore {
namespace {

constexpr std::size_t kNeighbours = 5;
constexpr std::size_t kLeastPlayed = 24;  // before neighbours are asked

double squared_distance(const std::vector<double>& a, const std::vector<double>& b) {
  double out = 0;
  for (std::size_t k = 0; k < std::min(a.size(), b.size()); ++k) {
    out += (a[k] - b[k]) * (a[k] - b[k]);
  }
  return out;
}

class Searcher {
 public:
  Searcher(const scenario::OutcomeRule& rule, const SearchOptions& options,
           const SearchSpace& space)
      : rule_(rule), options_(options), space_(space), goals_(rule), next_(options.first) {}

  SearchResult run() {
    std::uint32_t runs = 0;
    while (runs < options_.most) {
      const std::vector<std::uint32_t> round =
          choose(std::min(options_.round, options_.most - runs));
      play(round);
      runs += static_cast<std::uint32_t>(round.size());
      out_.reached = !rule_.cover.empty() && goals_.reached();
      const bool go_on = !space_.told || space_.told(runs);
      if (out_.reached || !go_on) break;
    }
    return std::move(out_);
  }

 private:
  std::vector<std::uint32_t> choose(std::uint32_t count) {
    std::vector<std::uint32_t> pool(count);
    const bool blind = rule_.cover.empty() || places_.size() < kLeastPlayed;
    if (!blind) pool.resize(std::size_t{count} * options_.ahead);
    std::iota(pool.begin(), pool.end(), next_);
    next_ += static_cast<std::uint32_t>(pool.size());
    if (blind) return pool;
    std::vector<double> worth(pool.size());
    core::parallel_for(pool.size(), [&](std::size_t k) {
      worth[k] = promise(pool[k]);
    });
    const std::size_t in_order = (count + 3) / 4;
    std::vector<std::size_t> rest(pool.size() - in_order);
    std::iota(rest.begin(), rest.end(), in_order);
    std::stable_sort(rest.begin(), rest.end(), [&](std::size_t a, std::size_t b) {
      return worth[a] > worth[b];
    });
    std::vector<std::uint32_t> out(pool.begin(), pool.begin() + static_cast<long>(in_order));
    for (std::size_t k = 0; k < count - in_order; ++k) out.push_back(pool[rest[k]]);
    std::sort(out.begin(), out.end());
    return out;
  }

  // What the nearest of those that were played would help by now.
  [[nodiscard]] double promise(std::uint32_t index) const {
    const std::vector<double> place = space_.coordinates(index);
    if (place.empty()) return -1;
    std::vector<std::pair<double, std::size_t>> near;
    for (std::size_t k = 0; k < places_.size(); ++k) {
      near.emplace_back(squared_distance(place, places_[k]), k);
    }
    const std::size_t count = std::min(kNeighbours, near.size());
    std::partial_sort(near.begin(), near.begin() + static_cast<long>(count), near.end());
    double out = 0;
    for (std::size_t k = 0; k < count; ++k) out += goals_.help(out_.played[near[k].second].values);
    return out;
  }

  void play(const std::vector<std::uint32_t>& round) {
    std::vector<std::optional<Outcome>> made(round.size());
    core::parallel_for(round.size(), [&](std::size_t k) {
      made[k] = space_.play(round[k]);
    });
    for (std::size_t k = 0; k < round.size(); ++k) {
      if (!made[k]) {
        ++out_.failed;
        continue;
      }
      const bool helps = rule_.cover.empty() || goals_.help(made[k]->values) > 0;
      if (helps) goals_.add(made[k]->values);
      out_.kept.push_back(helps);
      places_.push_back(space_.coordinates(round[k]));
      out_.played.push_back(std::move(*made[k]));
    }
  }

  const scenario::OutcomeRule& rule_;
  const SearchOptions& options_;
  const SearchSpace& space_;
  Goals goals_;
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
