// Rain drops and snow flakes between the lens and the scene at one tick.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/world/environment.h"
#include "render/scene/camera_view.h"

namespace oddroad::camera {

// Drops per cubic metre with diameters above `above_mm`: Marshall and Palmer 1948,
// N(D) = 8000 exp(-4.1 R^-0.21 D) per m3 and mm, R in mm/h.
double rain_drops_per_m3(double rain_mm_per_h, double above_mm);
// Flakes by the diameter that they have melted: Gunn and Marshall 1958,
// N(D) = 3800 R^-0.87 exp(-2.55 R^-0.48 D) per m3 and mm.
double snow_flakes_per_m3(double snow_mm_per_h, double above_mm);
// Terminal velocities, m/s. Rain: 9.65 - 10.3 exp(-0.6 D), D in mm (Atlas, Srivastava and Sekhon
// 1973). Snow: 1 when dry, 1.5 when wet, which is above -1 degree.
double rain_fall_speed_mps(double diameter_mm);
double snow_fall_speed_mps(double temperature_c);

struct Particle {
  math::Vec3d place;         // world, at the middle of the exposure
  math::Vec3d velocity_mps;  // world
  double distance_m = 0;     // from the camera
  double diameter_m = 0;     // as seen: flakes are wider than what they melt to
  float u_px = 0, v_px = 0;
  bool snow = false;
};

// What the exposure makes of particles.
struct Exposure {
  double time_s = 0.008;
  double aperture_m = 0.0033;  // of the entrance pupil: 6 mm at f/1.8
  math::Vec3d camera_velocity_mps{0};
};

// Everything that covers at least 0.4 % of a pixel, out to 25 m; the fog of what is farther or
// finer is the shading's (render/shade/air_layer.h). Any lens. Same key, same particles; every tile
// of the image and shell of distance draws alone.
std::vector<Particle> falling_particles(const world::Environment& environment,
                                        const scene::CameraView& view, const Exposure& exposure,
                                        std::uint64_t key);

}  // namespace oddroad::camera
