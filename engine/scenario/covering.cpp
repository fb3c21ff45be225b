#include "engine/scenario/covering.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "engine/core/check.h"
#include "engine/core/random.h"
#include "engine/scenario/row_rules.h"

namespace oddroad::scenario {

namespace {

constexpr std::size_t kMostCombinations = 200'000;
constexpr std::size_t kMostRows = 5'000;
constexpr std::size_t kWorkPerRow =
    400'000;  // look-ups, which decide how many candidates there are
constexpr int kMostCandidates = 200;

// Every group of `ways` factors, with a mark for each combination of its options.
class Combinations {
 public:
  struct Group {
    std::vector<int> factors;
    std::vector<bool> done;
    std::size_t left = 0;
  };

  Combinations(const std::vector<int>& levels, int ways) : levels_(levels) {
    std::vector<int> factors;
    add_groups(0, ways, factors);
    of_factor_.resize(levels.size());
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      for (const int f : groups_[g].factors) of_factor_[static_cast<std::size_t>(f)].push_back(g);
    }
  }

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t left() const { return left_; }
  std::vector<Group>& groups() { return groups_; }

  // The place of a row's combination in a group, or none where a factor is open.
  [[nodiscard]] std::size_t place(const Group& group, const std::vector<int>& row) const {
    std::size_t at = 0;
    for (const int factor : group.factors) {
      const auto f = static_cast<std::size_t>(factor);
      if (row[f] == kOpen) return kNone;
      at = at * static_cast<std::size_t>(levels_[f]) + static_cast<std::size_t>(row[f]);
    }
    return at;
  }
  void set(const Group& group, std::size_t at, std::vector<int>& row) const {
    for (std::size_t k = group.factors.size(); k-- > 0;) {
      const auto f = static_cast<std::size_t>(group.factors[k]);
      row[f] = static_cast<int>(at % static_cast<std::size_t>(levels_[f]));
      at /= static_cast<std::size_t>(levels_[f]);
    }
  }
  // How many that are not done yet hold this factor and are complete.
  [[nodiscard]] int gain(std::size_t factor, const std::vector<int>& row) const {
    int found = 0;
    for (const std::size_t g : of_factor_[factor]) {
      const std::size_t at = place(groups_[g], row);
      if (at != kNone && !groups_[g].done[at]) ++found;
    }
    return found;
  }
  [[nodiscard]] std::size_t gain_of(const std::vector<int>& row) const {
    return static_cast<std::size_t>(
        std::count_if(groups_.begin(), groups_.end(), [&](const Group& group) {
          return !group.done[place(group, row)];
        }));
  }
  void finish(Group& group, std::size_t at) {
    if (group.done[at]) return;
    group.done[at] = true;
    --group.left;
    --left_;
  }
  void finish_all(const std::vector<int>& row) {
    for (Group& group : groups_) finish(group, place(group, row));
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

 private:
  void add_groups(int from, int ways, std::vector<int>& factors) {
    if (count_ > kMostCombinations) return;
    if (ways == 0) {
      std::size_t size = 1;
      for (const int f : factors) {
        size *= static_cast<std::size_t>(levels_[static_cast<std::size_t>(f)]);
        if (size > kMostCombinations) break;
      }
      count_ += size;
      if (count_ > kMostCombinations) return;
      groups_.push_back({factors, std::vector<bool>(size, false), size});
      left_ += size;
      return;
    }
    for (int f = from; f < static_cast<int>(levels_.size()); ++f) {
      factors.push_back(f);
      add_groups(f + 1, ways - 1, factors);
      factors.pop_back();
    }
  }

  const std::vector<int>& levels_;
  std::vector<Group> groups_;
  std::vector<std::vector<std::size_t>> of_factor_;
  std::size_t count_ = 0, left_ = 0;
};

// Marks what no allowed row has.
std::size_t leave_out_impossible(Combinations& all, const RowRules& rules, std::size_t factors) {
  if (rules.always()) return 0;
  const std::size_t before = all.left();
  for (Combinations::Group& group : all.groups()) {
    for (std::size_t at = 0; at < group.done.size(); ++at) {
      std::vector<int> row(factors, kOpen);
      all.set(group, at, row);
      if (!rules.extends(row)) all.finish(group, at);
    }
  }
  return before - all.left();
}

class RowMaker {
 public:
  RowMaker(const CoverRequest& request, Combinations& all, const RowRules& rules)
      : request_(request), all_(all), rules_(rules), random_(request.key, "covering") {
    std::size_t work = 0;
    for (const int level : request.levels) {
      work += static_cast<std::size_t>(level) * (1 + all.groups().size());
    }
    candidates_ = std::clamp(static_cast<int>(kWorkPerRow / work), 10, kMostCandidates);
  }

  std::vector<int> best() {
    std::vector<int> best;
    std::size_t most = 0;
    for (int k = 0; k < candidates_; ++k) {
      std::vector<int> row = candidate();
      const std::size_t gain = all_.gain_of(row);
      if (gain <= most) continue;
      most = gain;
      best = std::move(row);
    }
    return best;
  }

 private:
  // Starts from a combination that is not done yet, of the group that has most of them.
  std::vector<int> candidate() {
    const auto fullest = std::max_element(all_.groups().begin(), all_.groups().end(),
                                          [](const auto& a, const auto& b) {
                                            return a.left < b.left;
                                          });
    std::size_t skip = random_.below(static_cast<std::uint32_t>(fullest->left));
    std::size_t at = 0;
    while (fullest->done[at] || skip-- > 0) ++at;
    std::vector<int> row(request_.levels.size(), kOpen);
    all_.set(*fullest, at, row);
    std::vector<std::size_t> order(row.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t k = order.size(); k > 1; --k) {
      std::swap(order[k - 1], order[random_.below(static_cast<std::uint32_t>(k))]);
    }
    for (const std::size_t factor : order) {
      if (row[factor] == kOpen) choose(factor, row);
    }
    return row;
  }

  // The option that completes most, one of them at random.
  void choose(std::size_t factor, std::vector<int>& row) {
    int chosen = kOpen, most = -1;
    std::uint32_t equals = 0;
    for (int option = 0; option < request_.levels[factor]; ++option) {
      row[factor] = option;
      const int gain = all_.gain(factor, row);
      if (gain < most || !rules_.extends(row)) continue;
      if (gain > most) equals = 0;
      most = gain;
      if (random_.below(++equals) == 0) chosen = option;
    }
    ODDROAD_CHECK(chosen != kOpen);  // the row could be completed when the factor was open
    row[factor] = chosen;
  }

  const CoverRequest& request_;
  Combinations& all_;
  const RowRules& rules_;
  core::RandomStream random_;
  int candidates_ = 1;
};

}  // namespace

std::size_t fewest_rows(const std::vector<int>& levels, int ways) {
  std::vector<int> sorted = levels;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  std::size_t rows = 1;
  for (int k = 0; k < ways && k < static_cast<int>(sorted.size()); ++k) {
    rows *= static_cast<std::size_t>(sorted[static_cast<std::size_t>(k)]);
  }
  return rows;
}

core::Result<CoveringArray> cover_combinations(const CoverRequest& request) {
  ODDROAD_CHECK(request.ways >= 1 && request.ways <= static_cast<int>(request.levels.size()));
  const RowRules rules(request.levels, request.constraints);
  Combinations all(request.levels, request.ways);
  if (all.count() > kMostCombinations) return core::fail("more than 200,000 combinations");
  if (fewest_rows(request.levels, request.ways) > kMostRows) {
    return core::fail("more than 5,000 rows");
  }
  if (!rules.extends(std::vector<int>(request.levels.size(), kOpen))) {
    return core::fail("every combination is forbidden");
  }
  CoveringArray out;
  out.impossible = leave_out_impossible(all, rules, request.levels.size());
  out.combinations = all.left();
  RowMaker maker(request, all, rules);
  while (all.left() > 0) {
    out.rows.push_back(maker.best());
    all.finish_all(out.rows.back());
  }
  return out;
}

double coverage(const std::vector<std::vector<int>>& rows, const CoverRequest& request) {
  const RowRules rules(request.levels, request.constraints);
  Combinations all(request.levels, request.ways);
  (void)leave_out_impossible(all, rules, request.levels.size());
  const auto possible = static_cast<double>(all.left());
  for (const std::vector<int>& row : rows) all.finish_all(row);
  return possible > 0 ? 1 - static_cast<double>(all.left()) / possible : 1;
}

}  // namespace oddroad::scenario
