#include "engine/world/sky_clock.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oddroad::world {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kDayS = 86400;
constexpr double kJ2000S = 946'728'000;  // 2000-01-01 12:00 UT

struct Ecliptic {
  double longitude_rad = 0;  // of the sun
  double obliquity_rad = 0;
};

Ecliptic sun_on_ecliptic(double days) {
  const double node = 2.267127827 - 9.300339267e-4 * days;
  const double mean = 4.895036035 + 1.720279602e-2 * days;
  const double anomaly = 6.239468336 + 1.720200135e-2 * days;
  return {mean + 3.338320972e-2 * std::sin(anomaly) + 3.497596876e-4 * std::sin(2 * anomaly) -
              1.544353226e-4 - 8.689729360e-6 * std::sin(node),
          4.090904909e-1 - 6.213605399e-9 * days + 4.418094944e-5 * std::cos(node)};
}

// Of a point on the ecliptic; `parallax`: earth's radius over its distance.
SkyPosition horizontal(double longitude_rad, double obliquity_rad, double days, double ut_hours,
                       const Place& place, double parallax) {
  const double ascension =
      std::atan2(std::cos(obliquity_rad) * std::sin(longitude_rad), std::cos(longitude_rad));
  const double declination = std::asin(std::sin(obliquity_rad) * std::sin(longitude_rad));
  const double greenwich_h = 6.697096103 + 6.570984737e-2 * days + ut_hours;
  const double angle = greenwich_h * 15 * kPi / 180 + place.longitude_rad - ascension;
  const double sin_lat = std::sin(place.latitude_rad);
  const double cos_lat = std::cos(place.latitude_rad);
  double zenith = std::acos(std::clamp(
      cos_lat * std::cos(angle) * std::cos(declination) + std::sin(declination) * sin_lat, -1.0,
      1.0));
  const double from_north =
      std::atan2(-std::sin(angle), std::tan(declination) * cos_lat - sin_lat * std::cos(angle));
  zenith += parallax * std::sin(zenith);
  return {kPi / 2 - zenith, std::remainder(kPi / 2 - from_north, 2 * kPi)};
}

struct Instant {
  double days = 0;  // since J2000
  double ut_hours = 0;
};

Instant instant_of(std::int64_t utc_s) {
  const double second = static_cast<double>(utc_s);
  const double midnight = std::floor(second / kDayS) * kDayS;
  return {(second - kJ2000S) / kDayS, (second - midnight) / 3600};
}

double mean_elongation(std::int64_t utc_s) {
  constexpr double kNewMoonS = 947'182'440;  // 2000-01-06 18:14 UT
  constexpr double kMonthS = 29.530588853 * kDayS;
  const double months = (static_cast<double>(utc_s) - kNewMoonS) / kMonthS;
  return 2 * kPi * (months - std::floor(months));
}

SkyPosition moon_at(std::int64_t utc_s, const Place& place, double elongation_rad) {
  constexpr double kParallax = 6371.01 / 384'400;
  const Instant at = instant_of(utc_s);
  const Ecliptic sun = sun_on_ecliptic(at.days);
  return horizontal(sun.longitude_rad + elongation_rad, sun.obliquity_rad, at.days, at.ut_hours,
                    place, kParallax);
}

}  // namespace

// Hinnant, "chrono-compatible low-level date algorithms".
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t of_era = y - era * 400;
  const std::int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

SkyPosition sun_position(std::int64_t utc_s, const Place& place) {
  constexpr double kParallax = 6371.01 / 149'597'890;
  const Instant at = instant_of(utc_s);
  const Ecliptic sun = sun_on_ecliptic(at.days);
  return horizontal(sun.longitude_rad, sun.obliquity_rad, at.days, at.ut_hours, place, kParallax);
}

SkyPosition moon_position(std::int64_t utc_s, const Place& place) {
  return moon_at(utc_s, place, mean_elongation(utc_s));
}

SkyPosition moon_position(std::int64_t utc_s, const Place& place, double lit) {
  return moon_at(utc_s, place, elongation_of(lit));
}

double moon_lit(std::int64_t utc_s) {
  return 0.5 * (1 - std::cos(mean_elongation(utc_s)));
}

double elongation_of(double lit) {
  return std::acos(1 - 2 * std::clamp(lit, 0.0, 1.0));
}

}  // namespace oddroad::world
