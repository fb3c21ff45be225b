// Echoes that took another way than straight there and back.
#pragma once

#include "sensors/radar/scatterer.h"

namespace oddroad::radar {

// Ghosts: what the fan's rays met throws them on where its class has a `mirror`, within 80 m, met
// at a slope below 60 degrees from upright. Rails, walls and vehicle sides act as upright mirrors:
// the ray is reflected at the triangle's normal turned into the plane of the ground under the ego,
// for profiles that spread it in elevation. Objects met next are seen in the mirror's direction at
// the length of the whole way, R^-4 of that length, two bounces weaker; their cross section goes to
// the rays by area (four fifths of the box's outline show all of it). Doppler is how fast the way
// grows: with unit vectors d to and e from the mirror, surface velocities m and p of mirror and
// thing, radar s: d (m - s) + e (p - m).
std::vector<Scatterer> ghosts(const Eye& eye, const Echoes& echoes,
                              const std::vector<Reflector>& reflectors);

// Underneath vehicles: rays 0.15 m above the ground plane under the ego's wheels from below the
// radar, along each column of the fan, where a level ray at the radar's height meets a vehicle
// (class with `mirror`) and the low one passes below it to an object further on. The angles of the
// scatterer are the column's azimuth and 0; its range is the low ray's. kUnderLossDb weaker.
inline constexpr double kLowRayM = 0.15;
inline constexpr double kUnderLossDb = 22;
std::vector<Scatterer> under_vehicles(const Eye& eye, const Scan& scan,
                                      const std::vector<Reflector>& reflectors, double u);

}  // namespace oddroad::radar
