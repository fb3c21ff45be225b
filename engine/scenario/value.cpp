#include "engine/scenario/value.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"
#include "engine/core/random.h"

namespace oddroad::scenario {

namespace {

// Truncated normal by its inverse distribution function. In the upper tail the mirrored function is
// used, where probabilities are small and keep their digits.
double draw_normal(const Value& value, double uniform) {
  double lower = (value.lower - value.mean) / value.deviation;
  double upper = (value.upper - value.mean) / value.deviation;
  const bool mirrored = lower > 0;
  if (mirrored) {
    std::swap(lower, upper);
    lower = -lower;
    upper = -upper;
    uniform = 1 - uniform;
  }
  const double below = core::normal_cdf(lower);
  const double p = below + (core::normal_cdf(upper) - below) * uniform;
  // Farther than 38 deviations out nothing is left of p.
  double z = p > 0 && p < 1 ? core::inverse_normal_cdf(p) : upper;
  if (mirrored) z = -z;
  return std::clamp(value.mean + value.deviation * z, value.lower, value.upper);
}

const Value::Option& draw_option(const Value& value, double uniform) {
  double total = 0;
  for (const Value::Option& option : value.options) total += option.weight;
  double reached = 0;
  const Value::Option* last = nullptr;
  for (const Value::Option& option : value.options) {
    if (option.weight <= 0) continue;
    last = &option;
    reached += option.weight;
    if (uniform * total < reached) break;
  }
  ODDROAD_CHECK(last != nullptr);
  return *last;
}

}  // namespace

Drawn draw_value(const Value& value, double uniform, const Draws& draws) {
  switch (value.kind) {
    case Value::Kind::kFixed:
      return evaluate(value.fixed, draws);
    case Value::Kind::kRange:
      return {value.type, "", value.lower + (value.upper - value.lower) * uniform};
    case Value::Kind::kNormal:
      return {value.type, "", draw_normal(value, uniform)};
    case Value::Kind::kChoice:
      return draw_option(value, uniform).value;
  }
  ODDROAD_CHECK(false);
  return {};
}

core::Result<double> check_limits(const Value& value, double number) {
  const auto show = [&](double x) {
    return core::format_quantity(x, value.spec.dimension);
  };
  if (!std::isfinite(number)) {
    return core::fail_at(value.where, "'" + value.path + "' is not a finite number");
  }
  if (number >= value.spec.lower && number <= value.spec.upper) return number;
  std::string limits;
  if (std::isinf(value.spec.upper)) {
    limits = "at least " + show(value.spec.lower);
  } else if (std::isinf(value.spec.lower)) {
    limits = "at most " + show(value.spec.upper);
  } else {
    limits = show(value.spec.lower) + " to " + show(value.spec.upper);
  }
  return core::fail_at(value.where,
                       "'" + value.path + "' is " + show(number) + ", expected " + limits);
}

}  // namespace oddroad::scenario
