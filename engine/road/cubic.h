// Piecewise cubics over s, the one way OpenDRIVE describes everything that varies along a road:
// elevation, superelevation, lane offset, lane width, lane border.
#pragma once

#include <vector>

namespace oddroad::road {

// value(s) = a + b ds + c ds^2 + d ds^3 with ds = s - s_m, valid from s_m to the next record.
struct Cubic {
  double s_m = 0;
  double a = 0, b = 0, c = 0, d = 0;

  bool operator==(const Cubic&) const = default;
  [[nodiscard]] double value(double s_m_query) const {
    const double ds = s_m_query - s_m;
    return a + ds * (b + ds * (c + ds * d));
  }
  [[nodiscard]] double slope(double s_m_query) const {
    const double ds = s_m_query - s_m;
    return b + ds * (2 * c + ds * 3 * d);
  }
};

// Records ascending in s; the last one with s_m <= s holds, the first one also before its start.
// Without records everything is 0. s is the road's s, also for lanes (sOffset is resolved).
class CubicProfile {
 public:
  CubicProfile() = default;
  // Sorts by s (stable: of two records at one s the later in the file holds).
  explicit CubicProfile(std::vector<Cubic> records);

  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] const std::vector<Cubic>& records() const { return records_; }
  [[nodiscard]] double value(double s_m) const;
  [[nodiscard]] double slope(double s_m) const;
  bool operator==(const CubicProfile&) const = default;

 private:
  [[nodiscard]] const Cubic* record_at(double s_m) const;
  std::vector<Cubic> records_;
};

}  // namespace oddroad::road
