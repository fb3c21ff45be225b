#include "engine/core/quantity.h"

#include <cmath>

#include <gtest/gtest.h>

namespace oddroad::core {
namespace {

const SourceLocation kWhere{"f.yaml", 3, 10};

double si(const char* text, Dimension dimension) {
  const auto parsed = parse_quantity(text, dimension);
  EXPECT_TRUE(parsed) << text << ": " << (parsed ? "" : to_string(parsed.error()));
  return parsed.value_or(NAN);
}

Diagnostic error_of(const char* text, Dimension dimension) {
  const auto parsed = parse_quantity(text, dimension, kWhere);
  EXPECT_FALSE(parsed) << text;
  return parsed ? Diagnostic{} : parsed.error().items().at(0);
}

TEST(Quantity, UnitsBecomeSi) {
  EXPECT_DOUBLE_EQ(si("36 km/h", kSpeed), 10);
  EXPECT_DOUBLE_EQ(si("0.5 s", kTime), 0.5);
  EXPECT_DOUBLE_EQ(si("5 %", kNumber), 0.05);
  EXPECT_DOUBLE_EQ(si("3 mm/h", kRain), 3);
  EXPECT_DOUBLE_EQ(si("-6 deg", kAngle), -6 * M_PI / 180);
  EXPECT_DOUBLE_EQ(si("3 m/s2", kAcceleration), 3);
  EXPECT_DOUBLE_EQ(si("1.5e3 mm", kLength), 1.5);
  EXPECT_DOUBLE_EQ(si("  .25 m ", kLength), 0.25);
  EXPECT_DOUBLE_EQ(si("905 nm", kLength), 905e-9);
  EXPECT_DOUBLE_EQ(si("7", kNumber), 7);
}

TEST(Quantity, ErrorsPointAtTheFault) {
  Diagnostic e = error_of("60m", kLength);
  EXPECT_EQ(e.message, "write a space between number and unit: '60 m'");
  EXPECT_EQ(e.where, (SourceLocation{"f.yaml", 3, 10}));
  e = error_of("60 metres", kLength);
  EXPECT_EQ(e.message, "unknown unit 'metres'");
  EXPECT_EQ(e.hint, "did you mean 'm'?");
  EXPECT_EQ(e.where.column, 13);
  EXPECT_EQ(error_of("60 kmh", kSpeed).hint, "did you mean 'km/h'?");
  EXPECT_EQ(error_of("30 m", kSpeed).message, "expected a speed like '30 km/h', found '30 m'");
  EXPECT_EQ(error_of("30", kSpeed).message, "expected a speed like '30 km/h', found '30'");
  EXPECT_EQ(error_of("30 km/h", kRain).message,
            "expected a rain rate like '3 mm/h', found '30 km/h'");
  EXPECT_EQ(error_of("3 s", kNumber).message, "expected a number without a unit, found '3 s'");
  EXPECT_EQ(error_of("fast", kSpeed).message, "expected a number, found 'fast'");
  EXPECT_EQ(error_of("", kSpeed).message, "expected a number, found ''");
  EXPECT_EQ(error_of("3 m s", kLength).message, "unexpected 's'");
  EXPECT_EQ(error_of("1e999 m", kLength).message, "the number is too large");
  EXPECT_EQ(error_of("nan m", kLength).message, "expected a number, found 'nan m'");
}

TEST(Quantity, Ranges) {
  const auto range = parse_range("20 .. 50 km/h");
  ASSERT_TRUE(range);
  EXPECT_DOUBLE_EQ(range->lower, 20 / 3.6);
  EXPECT_DOUBLE_EQ(range->upper, 50 / 3.6);
  EXPECT_EQ(range->dimension, kSpeed);
  const auto negative = parse_range("-6 .. 2 deg");
  ASSERT_TRUE(negative);
  EXPECT_DOUBLE_EQ(negative->lower, -6 * M_PI / 180);
  const auto both = parse_range("500 m..2 km");
  ASSERT_TRUE(both);
  EXPECT_DOUBLE_EQ(both->upper, 2000);
  EXPECT_TRUE(parse_range("1..2 m"));
  EXPECT_TRUE(parse_range("0 .. 1"));

  const auto message = [](const char* text) {
    const auto parsed = parse_range(text, kWhere);
    return parsed ? std::string("fine") : parsed.error().items().at(0).message;
  };
  EXPECT_EQ(message("50 .. 20 km/h"), "empty range: 50 .. 20 km/h");
  EXPECT_EQ(message("5 .. 5 m"), "empty range: 5 .. 5 m");
  EXPECT_EQ(message("5 m .. 9"), "the unit stands behind the second number: '5 m .. 9'");
  EXPECT_EQ(message("5 m .. 9 s"), "both ends of a range need the same kind of unit");
  EXPECT_EQ(message("5 m"), "expected a range like '20 .. 50 km/h'");
  EXPECT_EQ(message("1 .. 60m"), "write a space between number and unit: '60 m'");
}

TEST(Quantity, FormattingReadsBack) {
  EXPECT_EQ(format_quantity(30 / 3.6, kSpeed), "8.33333 m/s");
  EXPECT_EQ(format_quantity(4, kNumber), "4");
  for (const Unit& unit : all_units()) {
    const std::string text = format_quantity(0.25, unit.dimension);
    const auto back = parse_quantity(text, unit.dimension);
    ASSERT_TRUE(back) << text;
    EXPECT_DOUBLE_EQ(*back, 0.25);
  }
}

}  // namespace
}  // namespace oddroad::core
