// One of several distributions, by weight.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "engine/core/check.h"
#include "engine/scenario/distribution.h"

namespace oddroad::scenario {

namespace {

// Doubles in their order as whole numbers, so that halving always ends.
std::int64_t rank_of(double x) {
  const auto bits = std::bit_cast<std::int64_t>(x);
  return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}
double number_of(std::int64_t rank) {
  return std::bit_cast<double>(rank >= 0 ? rank : std::numeric_limits<std::int64_t>::min() - rank);
}
std::int64_t middle(std::int64_t a, std::int64_t b) {
  return (a >> 1) + (b >> 1) + (a & b & 1);
}

class Mixture : public Distribution {
 public:
  Mixture(core::Dimension dimension, std::vector<Part> parts)
      : dimension_(dimension), parts_(std::move(parts)) {
    for (const Part& part : parts_) {
      total_ += part.weight;
      is_list_.push_back(!part.of->options().empty());
    }
    ODDROAD_CHECK(total_ > 0);
  }

  // Monotone in `uniform`, unlike choosing a part first: strata and correlations survive it.
  [[nodiscard]] Drawn at(double uniform) const override {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    // The quantile of a mixture lies between those of its parts. A list may stand in any order.
    for (std::size_t k = 0; k < parts_.size(); ++k) {
      if (parts_[k].weight <= 0) continue;
      const double x = parts_[k].of->at(uniform).number;
      least = std::min(least, is_list_[k] ? parts_[k].of->span().first : x);
      most = std::max(most, is_list_[k] ? parts_[k].of->span().second : x);
    }
    std::int64_t below = rank_of(least), reaches = rank_of(most);
    if (share_below(least) >= uniform) reaches = below;
    while (below + 1 < reaches) {
      const std::int64_t half = middle(below, reaches);
      (share_below(number_of(half)) >= uniform ? reaches : below) = half;
    }
    return {{false, dimension_}, "", number_of(reaches)};
  }

  [[nodiscard]] double share_below(double x) const override {
    double share = 0;
    for (const Part& part : parts_) share += part.weight * part.of->share_below(x);
    return share / total_;
  }

  [[nodiscard]] std::pair<double, double> span() const override {
    std::pair<double, double> out = parts_.front().of->span();
    for (const Part& part : parts_) {
      const auto [lower, upper] = part.of->span();
      out = {std::min(out.first, lower), std::max(out.second, upper)};
    }
    return out;
  }

  // In the order of numbers, as `at` gives them.
  [[nodiscard]] std::vector<Option> options() const override {
    std::vector<Option> all;
    for (const Part& part : parts_) {
      const std::vector<Option> own = part.of->options();
      if (own.empty()) return {};
      double weights = 0;
      for (const Option& option : own) weights += option.weight;
      for (Option option : own) {
        option.weight *= part.weight / weights;
        all.push_back(option);
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const Option& a, const Option& b) {
      return a.value.number < b.value.number;
    });
    std::vector<Option> out;
    for (const Option& option : all) {
      if (!out.empty() && out.back().value.number == option.value.number) {
        out.back().weight += option.weight;
      } else {
        out.push_back(option);
      }
    }
    return out;
  }

 private:
  core::Dimension dimension_;
  std::vector<Part> parts_;
  std::vector<bool> is_list_;
  double total_ = 0;
};

}  // namespace

DistributionPtr make_mixture(core::Dimension dimension, std::vector<Part> parts) {
  return std::make_shared<Mixture>(dimension, std::move(parts));
}

}  // namespace oddroad::scenario
