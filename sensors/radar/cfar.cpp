#include "sensors/radar/cfar.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace oddroad::radar {
namespace {

// A cell on a line: all that is the same along it, then how far along it is.
using Place = std::array<std::int32_t, 4>;

Place in_range(const CellIndex& c) {
  return {c.azimuth, c.elevation, c.velocity, c.range};
}
Place in_velocity(const CellIndex& c) {
  return {c.range, 0, 0, c.velocity};
}

class Lines {
 public:
  void add(const Place& at, double snr) { powers_.push_back({at, snr}); }
  void sort() {
    std::stable_sort(powers_.begin(), powers_.end(), [](const Power& a, const Power& b) {
      return a.at < b.at;
    });
  }
  [[nodiscard]] double level(const Place& cell) const {
    constexpr int kSide = kReference / 2, kReach = kGuard + kSide;
    std::array<double, kReference> levels;
    levels.fill(1);
    Place first = cell, last = cell;
    first.back() -= kReach;
    last.back() += kReach;
    auto p =
        std::lower_bound(powers_.begin(), powers_.end(), first, [](const Power& a, const Place& b) {
          return a.at < b;
        });
    for (; p != powers_.end() && p->at <= last; ++p) {
      const int off = p->at.back() - cell.back();
      if (std::abs(off) <= kGuard) continue;
      levels[static_cast<std::size_t>(off < 0 ? off + kReach : off + kSide - kGuard - 1)] += p->snr;
    }
    std::nth_element(levels.begin(), levels.begin() + (kRank - 1), levels.end());
    return levels[kRank - 1];
  }

 private:
  struct Power {
    Place at;
    double snr = 0;
  };
  std::vector<Power> powers_;
};

}  // namespace

void set_levels(const Scan& scan, const std::vector<Scatterer>& scatterers,
                double attenuation_db_per_m, std::vector<Cell>& cells) {
  Lines range, velocity;
  for (const Scatterer& s : scatterers) {
    const double snr = mean_snr(scan, s, attenuation_db_per_m);
    if (!(snr > 0)) continue;
    const CellIndex at = index_of(scan, s);
    range.add(in_range(at), snr);
    velocity.add(in_velocity(at), snr);
  }
  range.sort();
  velocity.sort();
  for (Cell& cell : cells) {
    const CellIndex at = index_of(scan, cell.strongest);
    cell.level = std::max(range.level(in_range(at)), velocity.level(in_velocity(at)));
  }
}

}  // namespace oddroad::radar
