#include "sensors/radar/cells.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sensors/radar/signal.h"

namespace oddroad::radar {
namespace {

constexpr double kTooWeak = 1e-5;  // of the noise: thousands of such do not matter

struct Item {
  double snr = 0;
  double range = 0, azimuth = 0, elevation = 0, velocity = 0;  // in resolutions
  std::size_t source = 0;
  bool taken = false;
};

double elevation_cell(const Scan& scan, double elevation_rad) {
  const double step = scan.elevation_resolution_rad;
  return step > 0 ? std::sin(elevation_rad) / step : 0;
}

// Items by range and azimuth, so that neighbours are found.
class Grid {
 public:
  explicit Grid(std::vector<Item>& items) : items_(items) {
    for (const Item& item : items) {
      lowest_ = std::min(lowest_, static_cast<int>(std::floor(item.azimuth)));
      highest_ = std::max(highest_, static_cast<int>(std::floor(item.azimuth)));
      last_ = std::max(last_, static_cast<int>(item.range));
    }
    columns_ = static_cast<std::size_t>(highest_ - lowest_ + 1);
    cells_.resize(columns_ * static_cast<std::size_t>(last_ + 1));
    for (std::size_t i = 0; i < items.size(); ++i) {
      at(static_cast<int>(items[i].range), static_cast<int>(std::floor(items[i].azimuth)))
          .push_back(i);
    }
  }
  template <typename Visit>
  void near(const Item& item, const Visit& visit) {
    const int r = static_cast<int>(item.range), a = static_cast<int>(std::floor(item.azimuth));
    for (int i = std::max(r - 1, 0); i <= std::min(r + 1, last_); ++i) {
      for (int j = std::max(a - 1, lowest_); j <= std::min(a + 1, highest_); ++j) {
        for (const std::size_t k : at(i, j)) visit(items_[k]);
      }
    }
  }

 private:
  std::vector<std::size_t>& at(int range, int azimuth) {
    return cells_[static_cast<std::size_t>(range) * columns_ +
                  static_cast<std::size_t>(azimuth - lowest_)];
  }
  std::vector<Item>& items_;
  int lowest_ = 0, highest_ = 0, last_ = 0;
  std::size_t columns_ = 1;
  std::vector<std::vector<std::size_t>> cells_;
};

}  // namespace

CellIndex index_of(const Scan& scan, const Scatterer& s) {
  const auto whole = [](double v) {
    return static_cast<std::int32_t>(std::floor(v));
  };
  return {whole(s.range_m / scan.range_resolution_m),
          whole(std::sin(s.azimuth_rad) / scan.azimuth_resolution_rad),
          whole(elevation_cell(scan, s.elevation_rad)),
          whole(folded(scan, s.velocity_mps) / scan.velocity_resolution_mps)};
}

double mean_snr(const Scan& scan, const Scatterer& s, double attenuation_db_per_m) {
  if (s.range_m < scan.range_min_m || s.range_m > scan.range_max_m) return 0;
  return s.loss * signal_to_noise(scan, s.rcs_m2, s.range_m, s.azimuth_rad, s.elevation_rad,
                                  attenuation_db_per_m);
}

std::vector<Cell> make_cells(const Scan& scan, const std::vector<Scatterer>& scatterers,
                             double attenuation_db_per_m) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < scatterers.size(); ++i) {
    const Scatterer& s = scatterers[i];
    const double snr = mean_snr(scan, s, attenuation_db_per_m);
    if (!(snr > kTooWeak)) continue;
    items.push_back({snr, s.range_m / scan.range_resolution_m,
                     std::sin(s.azimuth_rad) / scan.azimuth_resolution_rad,
                     elevation_cell(scan, s.elevation_rad),
                     folded(scan, s.velocity_mps) / scan.velocity_resolution_mps, i, false});
  }
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return items[a].snr > items[b].snr;
  });
  const double span =
      (scan.velocity_max_mps - scan.velocity_min_mps) / scan.velocity_resolution_mps;
  Grid grid(items);
  std::vector<Cell> out;
  for (const std::size_t i : order) {
    if (items[i].taken) continue;
    const Item peak = items[i];
    Cell cell{scatterers[peak.source], 0, 0, 1};
    grid.near(peak, [&](Item& other) {
      const double dv = std::abs(other.velocity - peak.velocity);
      if (other.taken || std::abs(other.range - peak.range) >= 1 ||
          std::abs(other.azimuth - peak.azimuth) >= 1 ||
          std::abs(other.elevation - peak.elevation) >= 1 || std::min(dv, span - dv) >= 1) {
        return;
      }
      other.taken = true;
      cell.snr += other.snr;
    });
    const Scatterer& s = cell.strongest;
    cell.rcs_m2 = s.rcs_m2 * cell.snr / peak.snr;
    out.push_back(cell);
  }
  return out;
}

}  // namespace oddroad::radar
