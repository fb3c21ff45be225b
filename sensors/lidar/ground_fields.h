// The noise behind water and snow on the ground, for many places at once: vector code where the
// processor has it, the same bits everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace oddroad::lidar {

class GroundFields {
 public:
  // Values at one place, 0 to 1.
  struct At {
    float hollow = 0;           // how deep level ground lies (render/shaders/puddles.h)
    float stones = 0;           // how far they stand out of a film
    float snow[3] = {0, 0, 0};  // drifts, coarse to fine
  };

  void clear() { x_m_.clear(), y_m_.clear(); }
  // The number of the place. World coordinates.
  std::uint32_t add(float x_m, float y_m) {
    x_m_.push_back(x_m), y_m_.push_back(y_m);
    return static_cast<std::uint32_t>(x_m_.size() - 1);
  }
  // Values of all places; those of snow only where there is some.
  void make(bool snow);
  [[nodiscard]] At at(std::uint32_t place) const {
    At out{hollow_[place], stones_[place]};
    for (std::size_t k = 0; k < 3 && !snow_[k].empty(); ++k) out.snow[k] = snow_[k][place];
    return out;
  }

 private:
  std::vector<float> x_m_, y_m_;
  std::vector<float> hollow_, stones_;
  std::vector<float> snow_[3];
};

}  // namespace oddroad::lidar
