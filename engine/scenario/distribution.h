// Distributions, each by its inverse distribution function: a draw is a function of one uniform
// number, without rejection, so that every way to choose that number (random, Sobol, hypercube,
// grid) serves all of them. Immutable; safe for several threads.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "engine/scenario/names.h"

namespace oddroad::scenario {

class Distribution {
 public:
  struct Option {
    Drawn value;
    double weight = 1;
    core::SourceLocation where;
  };

  virtual ~Distribution() = default;
  // What a share `uniform` in (0, 1) of all draws stays below. Options follow each other in the
  // order of options(), each over a stretch as long as its share.
  [[nodiscard]] virtual Drawn at(double uniform) const = 0;
  // Share of the draws at or below x, SI. Of words: 0.
  [[nodiscard]] virtual double share_below(double x) const = 0;
  // Least and greatest number, SI; infinite where there is none. Of words: {0, 0}.
  [[nodiscard]] virtual std::pair<double, double> span() const = 0;
  // All it can come to, where that is a list; empty for a continuum.
  [[nodiscard]] virtual std::vector<Option> options() const { return {}; }
};
using DistributionPtr = std::shared_ptr<const Distribution>;

// lower < upper, SI. The others' limits may be infinite.
DistributionPtr make_uniform(core::Dimension dimension, double lower, double upper);
// Cut exactly. deviation > 0.
DistributionPtr make_normal(core::Dimension dimension, double mean, double deviation, double lower,
                            double upper);
// exp(normal): `median` > 0, `sigma` > 0 the deviation of the logarithm. Cut exactly; upper > 0.
DistributionPtr make_lognormal(core::Dimension dimension, double median, double sigma, double lower,
                               double upper);
// lower, lower + by, ..., `count` > 0 of them, all alike.
DistributionPtr make_steps(core::Dimension dimension, double lower, double by, int count);
// Weights of 0 or more that sum to more than 0; all options of one type.
DistributionPtr make_choice(std::vector<Distribution::Option> options);
// Even within each bin. Bins in order, without overlap; weights as above.
struct Bin {
  double lower = 0, upper = 0, weight = 1;
};
DistributionPtr make_histogram(core::Dimension dimension, const std::vector<Bin>& bins);
// Measured numbers, at least one: one of them each time, or (smooth, at least two different ones)
// anything between neighbours in size, which is the linear interpolation of their quantiles.
DistributionPtr make_samples(core::Dimension dimension, std::vector<double> numbers, bool smooth);
// One of several, by weight. Its inverse is found by bisection, to the last bit.
struct Part {
  DistributionPtr of;
  double weight = 1;
};
DistributionPtr make_mixture(core::Dimension dimension, std::vector<Part> parts);

}  // namespace oddroad::scenario
