// Distributions over lists: choices, steps, histograms, measured numbers.
#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/scenario/distribution.h"

namespace oddroad::scenario {

namespace {

class Choice : public Distribution {
 public:
  explicit Choice(std::vector<Option> options) : options_(std::move(options)) {
    for (const Option& option : options_) total_ += option.weight;
    ODDROAD_CHECK(total_ > 0);
  }
  [[nodiscard]] Drawn at(double uniform) const override {
    double reached = 0;
    const Option* last = nullptr;
    for (const Option& option : options_) {
      if (option.weight <= 0) continue;
      last = &option;
      reached += option.weight;
      if (uniform * total_ < reached) break;
    }
    return last->value;
  }
  [[nodiscard]] double share_below(double x) const override {
    double reached = 0;
    for (const Option& option : options_) {
      if (!option.value.type.is_word && option.value.number <= x) reached += option.weight;
    }
    return reached / total_;
  }
  [[nodiscard]] std::pair<double, double> span() const override {
    if (options_.front().value.type.is_word) return {0, 0};
    const auto [least, most] =
        std::minmax_element(options_.begin(), options_.end(), [](const Option& a, const Option& b) {
          return a.value.number < b.value.number;
        });
    return {least->value.number, most->value.number};
  }
  [[nodiscard]] std::vector<Option> options() const override { return options_; }

 private:
  std::vector<Option> options_;
  double total_ = 0;
};

class Steps : public Distribution {
 public:
  Steps(core::Dimension dimension, double lower, double by, int count)
      : dimension_(dimension), lower_(lower), by_(by), count_(count) {
    ODDROAD_CHECK_OP(count, >, 0);
  }
  [[nodiscard]] Drawn at(double uniform) const override {
    return step(std::min(static_cast<int>(uniform * count_), count_ - 1));
  }
  [[nodiscard]] double share_below(double x) const override {
    int below = std::clamp(static_cast<int>(std::floor((x - lower_) / by_)) + 1, 0, count_);
    // The quotient is rounded; the steps themselves decide.
    while (below < count_ && step(below).number <= x) ++below;
    while (below > 0 && step(below - 1).number > x) --below;
    return static_cast<double>(below) / count_;
  }
  [[nodiscard]] std::pair<double, double> span() const override {
    return {lower_, step(count_ - 1).number};
  }
  [[nodiscard]] std::vector<Option> options() const override {
    std::vector<Option> out;
    for (int k = 0; k < count_; ++k) out.push_back({step(k), 1, {}});
    return out;
  }

 private:
  [[nodiscard]] Drawn step(int k) const { return {{false, dimension_}, "", lower_ + k * by_}; }

  core::Dimension dimension_;
  double lower_, by_;
  int count_;
};

// Numbers in order with the share of draws up to each; straight lines in between.
class Polyline : public Distribution {
 public:
  struct Knot {
    double x, share;
  };
  Polyline(core::Dimension dimension, std::vector<Knot> knots)
      : dimension_(dimension), knots_(std::move(knots)) {}
  [[nodiscard]] Drawn at(double uniform) const override {
    const auto next = std::upper_bound(knots_.begin() + 1, knots_.end() - 1, uniform,
                                       [](double u, const Knot& k) {
                                         return u < k.share;
                                       });
    const Knot &a = *(next - 1), &b = *next;
    const double along = b.share > a.share ? (uniform - a.share) / (b.share - a.share) : 0;
    return {{false, dimension_}, "", a.x + (b.x - a.x) * std::clamp(along, 0.0, 1.0)};
  }
  [[nodiscard]] double share_below(double x) const override {
    if (x < knots_.front().x) return 0;
    const auto next =
        std::upper_bound(knots_.begin(), knots_.end(), x, [](double v, const Knot& k) {
          return v < k.x;
        });
    if (next == knots_.end()) return 1;
    const Knot &a = *(next - 1), &b = *next;
    return a.share + (b.share - a.share) * (x - a.x) / (b.x - a.x);
  }
  [[nodiscard]] std::pair<double, double> span() const override {
    return {knots_.front().x, knots_.back().x};
  }

 private:
  core::Dimension dimension_;
  std::vector<Knot> knots_;
};

// One of these numbers, each as likely as the others; they are in order.
class Samples : public Distribution {
 public:
  Samples(core::Dimension dimension, std::vector<double> numbers)
      : dimension_(dimension), numbers_(std::move(numbers)) {}
  [[nodiscard]] Drawn at(double uniform) const override {
    const auto count = static_cast<double>(numbers_.size());
    const auto k = std::min(static_cast<std::size_t>(uniform * count), numbers_.size() - 1);
    return {{false, dimension_}, "", numbers_[k]};
  }
  [[nodiscard]] double share_below(double x) const override {
    const auto above = std::upper_bound(numbers_.begin(), numbers_.end(), x);
    return static_cast<double>(above - numbers_.begin()) / static_cast<double>(numbers_.size());
  }
  [[nodiscard]] std::pair<double, double> span() const override {
    return {numbers_.front(), numbers_.back()};
  }
  [[nodiscard]] std::vector<Option> options() const override {
    std::vector<Option> out;
    for (const double number : numbers_) {
      if (out.empty() || out.back().value.number != number) {
        out.push_back({{{false, dimension_}, "", number}, 0, {}});
      }
      out.back().weight += 1;
    }
    return out;
  }

 private:
  core::Dimension dimension_;
  std::vector<double> numbers_;
};

}  // namespace

DistributionPtr make_choice(std::vector<Distribution::Option> options) {
  return std::make_shared<Choice>(std::move(options));
}

DistributionPtr make_steps(core::Dimension dimension, double lower, double by, int count) {
  return std::make_shared<Steps>(dimension, lower, by, count);
}

DistributionPtr make_histogram(core::Dimension dimension, const std::vector<Bin>& bins) {
  double total = 0;
  for (const Bin& bin : bins) total += bin.weight;
  ODDROAD_CHECK(total > 0);
  std::vector<Polyline::Knot> knots;
  double reached = 0;
  for (const Bin& bin : bins) {
    if (bin.weight <= 0) continue;
    if (knots.empty() || knots.back().x < bin.lower) knots.push_back({bin.lower, reached / total});
    reached += bin.weight;
    knots.push_back({bin.upper, reached / total});
  }
  return std::make_shared<Polyline>(dimension, std::move(knots));
}

DistributionPtr make_samples(core::Dimension dimension, std::vector<double> numbers, bool smooth) {
  ODDROAD_CHECK(!numbers.empty());
  std::sort(numbers.begin(), numbers.end());
  if (!smooth) return std::make_shared<Samples>(dimension, std::move(numbers));
  std::vector<Polyline::Knot> knots;
  const auto last = static_cast<double>(numbers.size() - 1);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    knots.push_back({numbers[k], static_cast<double>(k) / last});
  }
  return std::make_shared<Polyline>(dimension, std::move(knots));
}

}  // namespace oddroad::scenario
