#include "engine/scenario/value.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/check.h"

namespace oddroad::scenario {

namespace {

bool has_parameter(const Expression& expression) {
  return expression.kind == Expression::Kind::kParameter ||
         std::any_of(expression.operands.begin(), expression.operands.end(), has_parameter);
}

}  // namespace

bool GivenTable::Case::holds(const Drawn& drawn) const {
  if (drawn.type.is_word) return is.word == drawn.word;
  if (is_range) return drawn.number >= lower && drawn.number <= upper;
  // Steps and literals are rounded each in their own way.
  return std::abs(drawn.number - is.number) <= 1e-9 * std::max(1.0, std::abs(is.number));
}

const Value& GivenTable::of(const Drawn& drawn) const {
  for (const Case& one : cases) {
    if (one.holds(drawn)) return one.value;
  }
  ODDROAD_CHECK(otherwise.has_value());
  return *otherwise;
}

Drawn draw_value(const Value& value, double uniform, const Draws& draws) {
  switch (value.kind) {
    case Value::Kind::kFixed:
      return evaluate(value.fixed, draws);
    case Value::Kind::kDrawn:
      return value.distribution->at(uniform);
    case Value::Kind::kGiven: {
      const auto found = draws.find(value.given->parameter);
      ODDROAD_CHECK(found != draws.end());
      return draw_value(value.given->of(found->second), uniform, draws);
    }
  }
  ODDROAD_CHECK(false);
  return {};
}

core::Result<double> check_limits(const Value& value, double number) {
  const auto show = [&](double x) {
    if (!(value.spec.dimension == core::kAngle)) {
      return core::format_quantity(x, value.spec.dimension);
    }
    return core::format_quantity(x * 180 / std::numbers::pi, core::kNumber) + " deg";
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

bool refers_to_parameters(const Value& value) {
  return value.kind == Value::Kind::kGiven ||
         (value.kind == Value::Kind::kFixed && has_parameter(value.fixed));
}

std::vector<Distribution::Option> listed_options(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kFixed:
      if (has_parameter(value.fixed)) return {};
      return {{evaluate(value.fixed, {}), 1, value.where}};
    case Value::Kind::kDrawn:
      return value.distribution->options();
    case Value::Kind::kGiven:
      break;
  }
  std::vector<Distribution::Option> out;
  std::vector<const Value*> values;
  for (const GivenTable::Case& one : value.given->cases) values.push_back(&one.value);
  if (value.given->otherwise) values.push_back(&*value.given->otherwise);
  for (const Value* one : values) {
    const std::vector<Distribution::Option> own = listed_options(*one);
    if (own.empty()) return {};
    out.insert(out.end(), own.begin(), own.end());
  }
  return out;
}

std::vector<double> known_numbers(const Value& value) {
  std::vector<double> out;
  if (value.kind == Value::Kind::kFixed) {
    if (value.fixed.kind == Expression::Kind::kLiteral) out = {value.fixed.literal.number};
    return out;
  }
  if (value.kind == Value::Kind::kGiven) return out;
  for (const auto& option : value.distribution->options()) out.push_back(option.value.number);
  if (!out.empty()) return out;
  const auto [lower, upper] = value.distribution->span();
  const double typical = value.distribution->at(0.5).number;
  return {std::isinf(lower) ? typical : lower, std::isinf(upper) ? typical : upper};
}

std::pair<double, double> span_of(const Value& value) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (value.kind == Value::Kind::kDrawn) return value.distribution->span();
  const std::vector<Distribution::Option> options = listed_options(value);
  if (options.empty()) return {-kInfinity, kInfinity};
  std::pair<double, double> out{kInfinity, -kInfinity};
  for (const Distribution::Option& option : options) {
    out.first = std::min(out.first, option.value.number);
    out.second = std::max(out.second, option.value.number);
  }
  return out;
}

}  // namespace oddroad::scenario
