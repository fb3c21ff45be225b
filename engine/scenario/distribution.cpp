// Continuous distributions with a formula.
#include "engine/scenario/distribution.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"

namespace oddroad::scenario {

namespace {

class Uniform : public Distribution {
 public:
  Uniform(core::Dimension dimension, double lower, double upper)
      : dimension_(dimension), lower_(lower), upper_(upper) {}
  [[nodiscard]] Drawn at(double uniform) const override {
    return {{false, dimension_}, "", lower_ + (upper_ - lower_) * uniform};
  }
  [[nodiscard]] double share_below(double x) const override {
    return std::clamp((x - lower_) / (upper_ - lower_), 0.0, 1.0);
  }
  [[nodiscard]] std::pair<double, double> span() const override { return {lower_, upper_}; }

 private:
  core::Dimension dimension_;
  double lower_, upper_;
};

// The standard normal distribution between two limits. In the upper tail the mirrored function is
// used, where probabilities are small and keep their digits.
class CutNormal {
 public:
  CutNormal(double lower, double upper) : mirrored_(lower > 0) {
    lower_ = mirrored_ ? -upper : lower;
    upper_ = mirrored_ ? -lower : upper;
    below_ = core::normal_cdf(lower_);
    inside_ = core::normal_cdf(upper_) - below_;
  }
  [[nodiscard]] double at(double uniform) const {
    const double p = below_ + inside_ * (mirrored_ ? 1 - uniform : uniform);
    // Farther than 38 deviations out nothing is left of p.
    const double z = p > 0 && p < 1 ? core::inverse_normal_cdf(p) : upper_;
    return mirrored_ ? -z : z;
  }
  [[nodiscard]] double share_below(double z) const {
    const double own = mirrored_ ? -z : z;
    if (own <= lower_ || !(inside_ > 0)) return mirrored_ ? 1 : 0;
    const double share = std::min((core::normal_cdf(own) - below_) / inside_, 1.0);
    return mirrored_ ? 1 - share : share;
  }

 private:
  bool mirrored_;
  double lower_ = 0, upper_ = 0, below_ = 0, inside_ = 0;
};

class Normal : public Distribution {
 public:
  Normal(core::Dimension dimension, double mean, double deviation, double lower, double upper)
      : dimension_(dimension),
        mean_(mean),
        deviation_(deviation),
        lower_(lower),
        upper_(upper),
        cut_((lower - mean) / deviation, (upper - mean) / deviation) {}
  [[nodiscard]] Drawn at(double uniform) const override {
    return {
        {false, dimension_}, "", std::clamp(mean_ + deviation_ * cut_.at(uniform), lower_, upper_)};
  }
  [[nodiscard]] double share_below(double x) const override {
    if (x >= upper_) return 1;
    return x < lower_ ? 0 : cut_.share_below((x - mean_) / deviation_);
  }
  [[nodiscard]] std::pair<double, double> span() const override { return {lower_, upper_}; }

 private:
  core::Dimension dimension_;
  double mean_, deviation_, lower_, upper_;
  CutNormal cut_;
};

class Lognormal : public Distribution {
 public:
  Lognormal(core::Dimension dimension, double median, double sigma, double lower, double upper)
      : dimension_(dimension),
        median_(median),
        sigma_(sigma),
        lower_(std::max(lower, 0.0)),
        upper_(upper),
        cut_(z_of(lower_), z_of(upper_)) {}
  [[nodiscard]] Drawn at(double uniform) const override {
    const double x = median_ * std::exp(sigma_ * cut_.at(uniform));
    return {{false, dimension_}, "", std::clamp(x, lower_, upper_)};
  }
  [[nodiscard]] double share_below(double x) const override {
    if (x >= upper_) return 1;
    return x <= lower_ ? 0 : cut_.share_below(z_of(x));
  }
  [[nodiscard]] std::pair<double, double> span() const override { return {lower_, upper_}; }

 private:
  [[nodiscard]] double z_of(double x) const { return std::log(x / median_) / sigma_; }

  core::Dimension dimension_;
  double median_, sigma_, lower_, upper_;
  CutNormal cut_;
};

}  // namespace

DistributionPtr make_uniform(core::Dimension dimension, double lower, double upper) {
  return std::make_shared<Uniform>(dimension, lower, upper);
}

DistributionPtr make_normal(core::Dimension dimension, double mean, double deviation, double lower,
                            double upper) {
  return std::make_shared<Normal>(dimension, mean, deviation, lower, upper);
}

DistributionPtr make_lognormal(core::Dimension dimension, double median, double sigma, double lower,
                               double upper) {
  return std::make_shared<Lognormal>(dimension, median, sigma, lower, upper);
}

}  // namespace oddroad::scenario
