// Where sun and moon stand at a date, time and place.
//
// Sun: PSA+ (Blanco, Milidonis, Bonanos, "Updating the PSA sun position algorithm", Solar Energy
// 212, 2020): 0.004 degrees from 2020 to 2050, without refraction. Moon: on the ecliptic, ahead of
// the sun by its mean elongation (synodic month of 29.530589 days from the new moon of 2000-01-06
// 18:14 UT); within some 8 degrees and half a day of phase, enough for light and shade.
#pragma once

#include <cstdint>

namespace oddroad::world {

struct SkyPosition {
  double elevation_rad = 0;  // of the centre, geometric
  double azimuth_rad = 0;    // counter-clockwise from east
};

// Radians; north and east positive.
struct Place {
  double latitude_rad = 0;
  double longitude_rad = 0;
};

// Proleptic Gregorian calendar, days since 1970-01-01. Any month number 1 to 12.
std::int64_t days_from_civil(std::int64_t year, int month, int day);

SkyPosition sun_position(std::int64_t utc_s, const Place& place);
SkyPosition moon_position(std::int64_t utc_s, const Place& place);
// The same with the moon where its lit share would be `lit`, waxing.
SkyPosition moon_position(std::int64_t utc_s, const Place& place, double lit);
// Share of the moon's disc that is lit.
double moon_lit(std::int64_t utc_s);
// Angle from sun to moon along the ecliptic for a lit share: 0 new, pi full.
double elongation_of(double lit);

}  // namespace oddroad::world
