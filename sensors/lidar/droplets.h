// Drops and flakes that answer a beam one by one.
//
// A drop fills only a share (D / width)^2 of the beam's cone, width = divergence x range, so only
// those near the device answer; they are a Poisson process along the beam, thinned to the drops
// large enough to be heard. (Kilic et al. 2021, "LiDAR light scattering augmentation (LISA)", draw
// every drop of the cone and keep the strongest: the same distribution.)
//
// Drops of different loudness are independent of each other, so they come in layers, the loudest
// first: who looks for nothing but the strongest echo can leave out the many that are weaker.
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
  Droplets() = default;
  // Rates in mm/h. Rain: Marshall and Palmer's N(D) = 8000 exp(-4.1 R^-0.21 D) per m3 and mm, to
  // 6 mm; a drop's face reflects |(n - 1) / (n + 1)|^2 = 0.02. Snow: Gunn and Marshall's N(D) =
  // 7600 R^-0.87 exp(-2.55 R^-0.48 D) of melted diameters, to 8 mm; flakes of 0.1 g/cm3 are 2.15
  // times as wide and reflect 0.9.
  Droplets(Airborne kind, double rate_mm_per_h, const LidarModel& model, double extinction_per_m) {
    set(kind, rate_mm_per_h, model, extinction_per_m);
  }
  // The same in the memory that it has; always of one kind and model.
  void set(Airborne kind, double rate_mm_per_h, const LidarModel& model, double extinction_per_m);

  [[nodiscard]] bool empty() const { return rows_.empty() || mean_.back() <= 0; }
  [[nodiscard]] Airborne kind() const { return kind_; }
  // Layer j begins at kLeastSnr 4^j; the last one has no end.
  [[nodiscard]] int layers() const { return layers_; }
  // The lowest layer with drops that may be as loud as that. May be one past the last.
  [[nodiscard]] int lowest_layer(double snr) const;
  // Mean number of drops before a distance, of a layer and all louder ones; past the last: 0.
  [[nodiscard]] double mean_before(double distance_m, int layer) const;
  // The next drop of a layer after so many of its own drops' worth of way. u: uniform.
  [[nodiscard]] DropEcho drop_at(int layer, double drops, double u) const;

  // Drops below this signal-to-noise ratio are not heard: the threshold lies three deviations of
  // the noise higher.
  static constexpr double kLeastSnr = 0.7;

 private:
  // A step of the way, its middle.
  struct Row {
    double whole_snr = 0;  // of a drop that fills the beam
    double unit_mm = 0;    // diameter of a drop of snr 1
  };
  [[nodiscard]] double width_m(double range_m) const;  // of the beam
  [[nodiscard]] double whole_snr(double range_m) const;
  // Diameter from which on drops are in a layer or louder; the largest there is: none.
  [[nodiscard]] double least_mm(const Row& row, int layer) const;
  [[nodiscard]] double snr(double range_m, double diameter_mm) const;
  [[nodiscard]] double mean(std::size_t row, int layer) const {
    return mean_[row * static_cast<std::size_t>(layers_) + static_cast<std::size_t>(layer)];
  }
  // Of a layer without the louder ones.
  [[nodiscard]] double mean_alone(std::size_t row, int layer) const {
    return mean(row, layer) - (layer + 1 < layers_ ? mean(row, layer + 1) : 0);
  }
  void fill();

  Airborne kind_ = Airborne::kRain;
  double rate_mm_per_h_ = 0;
  double per_m3_mm_ = 0, falloff_per_mm_ = 1, largest_mm_ = 6, widened_ = 1, reflectance_ = 0.02;
  double extinction_per_m_ = 0;
  double scale_ = 0;  // snr of reflectance 1 at 1 m
  double divergence_rad_ = 0;
  int layers_ = 0;
  std::vector<Row> rows_;
  std::vector<double> mean_;  // before (row + 1) steps after the overlap, layer by layer
};

}  // namespace oddroad::lidar
