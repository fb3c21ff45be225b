// How much light reaches a pixel and what it becomes, at the middle of the image.
//   illuminance  E = pi L T / (4 N^2)   of a distant Lambertian surface of luminance L through a
//                lens of transmission T and f-number N (Born and Wolf; ISO 12232)
//   electrons    e = E t A q k c        A area, q quantum efficiency, k photons per lux, second and
//                m^2 of daylight between 400 and 700 nm (1.1e4 per um^2; one lux at 555 nm makes
//                4.09e3), c share of them that a colour filter lets through
// An image level of 1 is a full well: e gain / full well.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sensors/camera/image_settings.h"
#include "sensors/camera/optics_settings.h"
#include "sensors/camera/sensor_settings.h"

namespace oddroad::camera {

inline constexpr double kPhotonsPerLuxSecondM2 = 1.1e16;
inline constexpr double kFilterShare = 0.33;
// Of mid-grey and of saturation at an exposure value: L = 0.125 * 2^EV (K = 12.5, ISO 2720) and
// L = 1.2 * 2^EV (ISO 12232: saturation at 78 / ISO lux seconds, q = 0.65).
inline constexpr double kMidGreyLuminance = 0.125;
inline constexpr double kSaturationLuminance = 1.2;
inline constexpr double kMidGreyLevel = kMidGreyLuminance / kSaturationLuminance;

inline double illuminance_per_luminance(const OpticsSettings& optics) {
  return std::numbers::pi * optics.transmission / (4 * optics.f_number * optics.f_number);
}

// Electrons a second in a green pixel per cd/m2 of white.
inline double electrons_per_luminance_second(const OpticsSettings& optics,
                                             const SensorSettings& sensor) {
  return illuminance_per_luminance(optics) * kPhotonsPerLuxSecondM2 * kFilterShare *
         sensor.pixel_m * sensor.pixel_m * sensor.quantum_efficiency;
}

// The image level that the picture shows as white: all that the chip holds, or less of it.
inline double white_level(const SensorSettings& sensor, const ImageSettings& image) {
  if (!image.white_ev) return sensor.hdr_ratio;
  return std::min(kMidGreyLevel * std::exp2(*image.white_ev), sensor.hdr_ratio);
}

inline float luminance(float r, float g, float b) {
  return 0.2126f * r + 0.7152f * g + 0.0722f * b;
}

}  // namespace oddroad::camera
