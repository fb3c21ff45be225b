// Drops and flakes that answer a beam one by one.
//
// A drop fills only a share (D / width)^2 of the beam's cone, width = divergence x range, so only
// those near the device answer; they are a Poisson process along the beam, thinned to the drops
// large enough to be heard. (Kilic et al. 2021, "LiDAR light scattering augmentation (LISA)", draw
// every drop of the cone and keep the strongest: the same distribution.)
#pragma once

#include <vector>

#include "sensors/lidar/lidar_model.h"
#include "sensors/lidar/shot_random.h"
#include "sensors/lidar/weather_laws.h"

namespace oddroad::lidar {

struct DropEcho {
  double range_m = 0;
  double snr = 0;
};

class Droplets {
 public:
  // Rates in mm/h. Rain: Marshall and Palmer's N(D) = 8000 exp(-4.1 R^-0.21 D) per m3 and mm, to
  // 6 mm; a drop's face reflects |(n - 1) / (n + 1)|^2 = 0.02. Snow: Gunn and Marshall's N(D) =
  // 7600 R^-0.87 exp(-2.55 R^-0.48 D) of melted diameters, to 8 mm; flakes of 0.1 g/cm3 are 2.15
  // times as wide and reflect 0.9.
  Droplets(Airborne kind, double rate_mm_per_h, const LidarModel& model, double extinction_per_m);

  [[nodiscard]] bool empty() const { return mean_.empty() || mean_.back() <= 0; }
  [[nodiscard]] Airborne kind() const { return kind_; }
  // Mean number of heard drops before a distance.
  [[nodiscard]] double mean_before(double distance_m) const;
  // The next drop after `mean` heard drops' worth of way; past the last: infinite range.
  [[nodiscard]] DropEcho drop_at(double mean, double u) const;

  // Drops below this signal-to-noise ratio are not heard: the threshold lies three deviations of
  // the noise higher.
  static constexpr double kLeastSnr = 0.7;

 private:
  [[nodiscard]] double width_m(double range_m) const;   // of the beam
  [[nodiscard]] double least_mm(double range_m) const;  // diameter; infinite: none is heard
  [[nodiscard]] double snr(double range_m, double diameter_mm) const;

  Airborne kind_;
  double per_m3_mm_ = 0, falloff_per_mm_ = 1, largest_mm_ = 6, widened_ = 1, reflectance_ = 0.02;
  double extinction_per_m_ = 0;
  double scale_ = 0;  // snr of reflectance 1 at 1 m
  double divergence_rad_ = 0;
  double step_m_ = 0.05;
  std::vector<double> mean_;  // before (k + 1) steps after the overlap
};

}  // namespace oddroad::lidar
