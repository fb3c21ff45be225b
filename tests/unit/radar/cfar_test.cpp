// Thresholds in clutter, against closed forms.
#include "sensors/radar/cfar.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sensors/radar/detector.h"
#include "sensors/radar/rcs.h"
#include "sensors/radar/signal.h"

namespace oddroad {
namespace {

radar::RadarSettings device() {
  return *radar::parse_radar_settings(*core::parse_yaml("model: ars408_like", "rig.yaml"),
                                      {{ODDROAD_SOURCE_DIR}});
}
const radar::Scan kScan = device().model.scans[1];

// In the middle of a range cell of the fixed grid, with this signal to noise.
radar::Scatterer in_cell(int cell, double snr) {
  radar::Scatterer s;
  s.range_m = (cell + 0.5) * kScan.range_resolution_m;
  s.azimuth_rad = 0.3 * kScan.azimuth_resolution_rad;
  s.velocity_mps = 0.5 * kScan.velocity_resolution_mps;
  s.rcs_m2 = snr / radar::signal_to_noise(kScan, 1, s.range_m, s.azimuth_rad, 0, 0);
  s.instance = 2;
  return s;
}

std::vector<radar::Cell> cells_of(const std::vector<radar::Scatterer>& scatterers) {
  std::vector<radar::Cell> cells;
  for (const auto& s : scatterers) cells.push_back({s, radar::mean_snr(kScan, s, 0), s.rcs_m2});
  radar::set_levels(kScan, scatterers, 0, cells);
  return cells;
}

std::vector<radar::Scatterer> even_ground(double snr) {
  std::vector<radar::Scatterer> out;
  for (int k = 20; k < 120; ++k) out.push_back(in_cell(k, snr));
  return out;
}

TEST(Cfar, AloneThereIsOnlyNoise) {
  const auto cells = cells_of({in_cell(50, 300)});
  ASSERT_EQ(cells.size(), 1u);
  EXPECT_EQ(cells[0].level, 1);
}

// As one that stands sees the ground of one direction.
TEST(Cfar, EvenGroundIsItsOwnLevelAndStaysUntold) {
  auto settings = device();
  const auto cells = cells_of(even_ground(500));
  ASSERT_EQ(cells.size(), 100u);
  for (std::size_t k = 9; k + 9 < cells.size(); ++k) EXPECT_NEAR(cells[k].level, 501, 1e-6);
  const std::vector<radar::Cell> inner(cells.begin() + 9, cells.end() - 9);
  std::size_t told = 0, without = 0;
  for (std::uint64_t key = 0; key < 100; ++key) {
    told += radar::detect(settings, 1, inner, {}, key).size();
    auto plain = inner;
    for (radar::Cell& cell : plain) cell.level = 1;
    without += radar::detect(settings, 1, plain, {}, key).size();
  }
  EXPECT_EQ(told, 0u);  // 0.008 are expected
  EXPECT_GT(without, 7000u);
}

// Ground fluctuates with what stands on it: exp(-T (1 + C) / (1 + C + S)).
TEST(Cfar, WhatStandsOutIsSeenAsOftenAsItsShareSays) {
  auto settings = device();
  constexpr int kLooks = 4000;
  constexpr double kGround = 50;
  for (const double over : {5.0, 20.0, 80.0}) {
    auto all = even_ground(kGround);
    all[50] = in_cell(70, kGround + over * (1 + kGround));
    const radar::Cell cell = cells_of(all)[50];
    EXPECT_NEAR(cell.level, 1 + kGround, 1e-9);
    int seen = 0;
    for (int k = 0; k < kLooks; ++k) {
      seen += static_cast<int>(radar::detect(settings, 1, {cell}, {}, 31 + k).size());
    }
    const double expected = std::pow(settings.model.false_alarm, 1 / (1 + over));
    EXPECT_NEAR(seen / double(kLooks), expected, 4 * std::sqrt(expected / kLooks)) << over;
  }
}

TEST(Cfar, FourThingsNearbyHideNothingAndFiveDo) {
  std::vector<radar::Scatterer> all = {in_cell(60, 200)};
  for (const int beside : {3, -4, 6, -8}) all.push_back(in_cell(60 + beside, 1e5));
  const auto level = [&] {
    return cells_of(all)[0].level;
  };
  EXPECT_EQ(level(), 1);
  all.push_back(in_cell(65, 70));
  EXPECT_NEAR(level(), 71, 1e-6);
  // Next to it, elsewhere in angle or at another velocity they do not count.
  all.back() = in_cell(61, 70);
  EXPECT_EQ(level(), 1);
  all.back() = in_cell(65, 70);
  all.back().azimuth_rad += 1.5 * kScan.azimuth_resolution_rad;
  EXPECT_EQ(level(), 1);
  all.back() = in_cell(65, 70);
  all.back().velocity_mps += 1.5 * kScan.velocity_resolution_mps;
  EXPECT_EQ(level(), 1);
}

// A radar that drives sees ground of one range at as many velocities as directions.
TEST(Cfar, GroundOfOneRangeIsItsOwnLevelToo) {
  std::vector<radar::Scatterer> all;
  for (int k = 0; k < 40; ++k) {
    auto s = in_cell(60, 500);
    s.azimuth_rad = (k - 20) * kScan.azimuth_resolution_rad / 2;
    s.velocity_mps -= k * kScan.velocity_resolution_mps;
    s.rcs_m2 *= 500 / radar::mean_snr(kScan, s, 0);
    all.push_back(s);
  }
  auto crossing = in_cell(60, 200);  // the same range, another velocity
  crossing.velocity_mps += 12 * kScan.velocity_resolution_mps;
  all.push_back(crossing);
  const auto cells = cells_of(all);
  for (std::size_t k = 9; k + 9 < 40; ++k) EXPECT_NEAR(cells[k].level, 501, 1e-6);
  EXPECT_EQ(cells.back().level, 1);
}

// Weibull in power: mean 1, median (ln 2)^a / Gamma(1 + a).
TEST(Patches, SpreadAboutTheMean) {
  for (const double spread : {0.0, 0.5, 1.0, 2.0, 3.0}) {
    double sum = 0;
    constexpr int kDraws = 500'000;
    for (int k = 0; k < kDraws; ++k) sum += radar::patch_gain(spread, (k + 0.5) / kDraws);
    EXPECT_NEAR(sum / kDraws, 1, 2e-3) << spread;
    EXPECT_NEAR(radar::patch_gain(spread, 0.5),
                spread == 0 ? 1 : std::pow(std::log(2.0), spread) / std::tgamma(1 + spread), 1e-12);
  }
}

}  // namespace
}  // namespace oddroad
