#include "engine/validate/spectrum.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/core/check.h"
#include "engine/core/parallel.h"

namespace oddroad::validate {
namespace {

constexpr int kSmallest_px = 64;
constexpr int kLargest_px = 512;
constexpr double kLowest_cycles = 4;      // a window
constexpr double kHighest_per_px = 0.35;  // cycles
constexpr double kBinsPerOctave = 8;

using Values = std::vector<std::complex<double>>;

void transform_square(Values& square, int n) {
  Values line(static_cast<std::size_t>(n));
  const auto along = [&](std::size_t first, std::size_t step) {
    for (std::size_t k = 0; k < line.size(); ++k) line[k] = square[first + k * step];
    fourier(line);
    for (std::size_t k = 0; k < line.size(); ++k) square[first + k * step] = line[k];
  };
  const auto side = static_cast<std::size_t>(n);
  for (std::size_t y = 0; y < side; ++y) along(y * side, 1);
  for (std::size_t x = 0; x < side; ++x) along(x, side);
}

std::vector<double> hann(int n) {
  std::vector<double> out;
  for (int i = 0; i < n; ++i) out.push_back(0.5 - 0.5 * std::cos(2 * M_PI * (i + 0.5) / n));
  return out;
}

// The piece of the plane at (x0, y0) under the window, its weighted mean taken off.
Values windowed(const Plane& plane, int x0, int y0, const std::vector<double>& weight) {
  const int n = static_cast<int>(weight.size());
  double sum = 0, total = 0;
  for (int y = 0; y < n; ++y) {
    for (int x = 0; x < n; ++x) {
      sum += weight[y] * weight[x] * plane.at(x0 + x, y0 + y);
      total += weight[y] * weight[x];
    }
  }
  Values out;
  out.reserve(static_cast<std::size_t>(n) * n);
  for (int y = 0; y < n; ++y) {
    for (int x = 0; x < n; ++x) {
      out.emplace_back(weight[y] * weight[x] * (plane.at(x0 + x, y0 + y) - sum / total));
    }
  }
  return out;
}

// Starts of windows of n pixels that cover `length`, about half a window apart.
std::vector<int> starts(int length, int n) {
  const int count = 1 + (2 * (length - n) + n - 1) / n;
  std::vector<int> out;
  for (int k = 0; k < count; ++k) {
    out.push_back(count == 1 ? 0 : static_cast<int>(std::int64_t{length - n} * k / (count - 1)));
  }
  return out;
}

// Mean power at each frequency, both signs, as the transform orders them.
std::vector<double> mean_power(const Plane& plane, int n) {
  const std::vector<double> weight = hann(n);
  const std::vector<int> columns = starts(plane.width_px, n), rows = starts(plane.height_px, n);
  std::vector<std::vector<double>> parts(columns.size() * rows.size());
  core::parallel_for(parts.size(), [&](std::size_t k) {
    Values square = windowed(plane, columns[k % columns.size()], rows[k / columns.size()], weight);
    transform_square(square, n);
    for (const auto& value : square) parts[k].push_back(std::norm(value));
  });
  std::vector<double> sum(static_cast<std::size_t>(n) * n, 0);
  for (const auto& part : parts) {
    for (std::size_t i = 0; i < sum.size(); ++i)
      sum[i] += part[i] / static_cast<double>(parts.size());
  }
  return sum;
}

struct Bin {
  double power = 0, log_frequency = 0;
  std::size_t count = 0;
};

std::vector<Bin> by_frequency(const std::vector<double>& power, int n) {
  const double lowest = kLowest_cycles, highest = kHighest_per_px * n;
  std::vector<Bin> bins(
      static_cast<std::size_t>(std::ceil(kBinsPerOctave * std::log2(highest / lowest))));
  for (int y = 0; y < n; ++y) {
    for (int x = 0; x < n; ++x) {
      const double f = std::hypot(std::min(x, n - x), std::min(y, n - y));
      if (f < lowest || f >= highest) continue;
      const auto at = static_cast<std::size_t>(kBinsPerOctave * std::log2(f / lowest));
      Bin& bin = bins[std::min(at, bins.size() - 1)];
      bin.power += power[static_cast<std::size_t>(y) * n + x];
      bin.log_frequency += std::log(f);
      ++bin.count;
    }
  }
  return bins;
}

}  // namespace

void fourier(Values& values) {
  const std::size_t n = values.size();
  ODDROAD_CHECK(std::has_single_bit(n));
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n / 2;
    for (; (j & bit) != 0; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(values[i], values[j]);
  }
  for (std::size_t half = 1; half < n; half *= 2) {
    Values turn(half);
    for (std::size_t k = 0; k < half; ++k) {
      turn[k] = std::polar(1.0, -M_PI * static_cast<double>(k) / static_cast<double>(half));
    }
    for (std::size_t first = 0; first < n; first += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const auto odd = turn[k] * values[first + half + k];
        values[first + half + k] = values[first + k] - odd;
        values[first + k] += odd;
      }
    }
  }
}

std::optional<double> amplitude_slope(const Plane& plane) {
  const int shorter = std::min(plane.width_px, plane.height_px);
  if (shorter < kSmallest_px) return std::nullopt;
  const int n =
      std::min(static_cast<int>(std::bit_floor(static_cast<unsigned>(shorter))), kLargest_px);
  double sx = 0, sy = 0, sxx = 0, sxy = 0, count = 0;
  for (const Bin& bin : by_frequency(mean_power(plane, n), n)) {
    if (bin.count == 0) continue;
    const auto members = static_cast<double>(bin.count);
    // A constant picture leaves rounding errors only.
    if (bin.power / members < 1e-12) return std::nullopt;
    const double x = bin.log_frequency / members;
    const double y = 0.5 * std::log(bin.power / members);
    sx += x, sy += y, sxx += x * x, sxy += x * y, count += 1;
  }
  return (count * sxy - sx * sy) / (count * sxx - sx * sx);
}

}  // namespace oddroad::validate
