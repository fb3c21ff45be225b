#include "sensors/radar/signal.h"

#include <cmath>

#include <gtest/gtest.h>

#include "sensors/radar/detector.h"
#include "sensors/radar/rcs.h"

namespace oddroad {
namespace {

core::SearchRoots roots() {
  return {{ODDROAD_SOURCE_DIR}};
}
radar::RadarSettings settings(const std::string& text) {
  const auto s = radar::parse_radar_settings(*core::parse_yaml(text, "rig.yaml"), roots());
  EXPECT_TRUE(s) << core::to_string(s.error());
  return *s;
}

radar::Scatterer target(double range, double azimuth, double velocity, double rcs_m2 = 10) {
  radar::Scatterer s;
  s.range_m = range, s.azimuth_rad = azimuth, s.velocity_mps = velocity, s.rcs_m2 = rcs_m2;
  s.instance = 2;
  return s;
}

TEST(RadarModel, AllOfTheLibraryLoad) {
  for (const char* name : {"ars408_like", "corner", "imaging_4d"}) {
    const auto s = settings(std::string("model: ") + name);
    EXPECT_GE(s.model.scans.size(), 1u);
  }
}

TEST(RadarModel, ProblemsComeTogether) {
  const auto s = radar::parse_radar_settings(
      *core::parse_yaml("model: ars409_like\nrate: 100 Hz\nclutters: true", "rig.yaml"), roots());
  ASSERT_FALSE(s);
  const std::string text = core::to_string(s.error());
  EXPECT_NE(text.find("did you mean 'ars408_like'"), std::string::npos) << text;
  EXPECT_NE(text.find("1 to 50 Hz"), std::string::npos) << text;
  EXPECT_NE(text.find("clutters"), std::string::npos) << text;
}

TEST(Signal, ReferenceCarAndTheFourthPower) {
  const auto far = settings("model: ars408_like").model.scans[0];
  const double car = radar::signal_to_noise(far, 10, 200, 0, 0, 0);
  EXPECT_NEAR(radar::to_db(car), 13, 1e-9);
  EXPECT_NEAR(radar::to_db(radar::signal_to_noise(far, 10, 100, 0, 0, 0) / car),
              40 * std::log10(2.0), 1e-9);
  EXPECT_NEAR(radar::to_db(radar::signal_to_noise(far, 1, 200, 0, 0, 0)), 3, 1e-9);
  EXPECT_NEAR(radar::rcs_of_signal_m2(far, car, 200, 0, 0), 10, 1e-9);
  // 3 dB at the elevation's half power, -3 dB in the table at 6 degrees.
  EXPECT_NEAR(radar::pattern_db(far, 0, far.elevation_3db_rad), -3, 1e-12);
  EXPECT_NEAR(radar::pattern_db(far, -6 * M_PI / 180, 0), -3, 1e-12);
  EXPECT_NEAR(radar::pattern_db(far, 7.5 * M_PI / 180, 0), -5.5, 1e-12);
}

TEST(Signal, RainOfTheRecommendation) {
  EXPECT_EQ(radar::rain_attenuation_db_per_m(0, 77e9), 0);
  EXPECT_NEAR(1e3 * radar::rain_attenuation_db_per_m(25, 80e9), 1.1704 * std::pow(25, 0.7115),
              1e-9);
  EXPECT_NEAR(1e3 * radar::rain_attenuation_db_per_m(25, 77e9), 11.4, 0.2);
  const auto far = settings("model: ars408_like").model.scans[0];
  const double wet =
      radar::signal_to_noise(far, 10, 150, 0, 0, radar::rain_attenuation_db_per_m(25, 77e9));
  EXPECT_NEAR(radar::to_db(radar::signal_to_noise(far, 10, 150, 0, 0, 0) / wet), 3.4, 0.1);
}

TEST(Signal, DopplerFolds) {
  const auto s = settings("model: corner").model.scans[0];  // -40 to 40 m/s
  EXPECT_NEAR(radar::folded(s, 10), 10, 1e-12);
  EXPECT_NEAR(radar::folded(s, 50), -30, 1e-12);
  EXPECT_NEAR(radar::folded(s, -45), 35, 1e-12);
}

TEST(Cells, TwoInsideOneResolutionMergeAndOutsideDoNot) {
  const auto scan = settings("model: ars408_like").model.scans[1];
  const auto cells = [&](const radar::Scatterer& a, const radar::Scatterer& b) {
    return radar::make_cells(scan, {a, b}, 0);
  };
  const auto at = target(30, 0.1, -5);
  EXPECT_EQ(cells(at, target(30 + 0.38, 0.1, -5)).size(), 1u);
  EXPECT_EQ(cells(at, target(30 + 0.40, 0.1, -5)).size(), 2u);
  EXPECT_EQ(cells(at, target(30, 0.1, -5.10)).size(), 1u);
  EXPECT_EQ(cells(at, target(30, 0.1, -5.11)).size(), 2u);
  const double apart = scan.azimuth_resolution_rad;
  EXPECT_EQ(cells(at, target(30, std::asin(std::sin(0.1) + 0.99 * apart), -5)).size(), 1u);
  EXPECT_EQ(cells(at, target(30, std::asin(std::sin(0.1) + 1.01 * apart), -5)).size(), 2u);
  // Across the edge of the folded interval, too.
  EXPECT_EQ(cells(target(30, 0, 55.55), target(30, 0, -111.09)).size(), 1u);
  // Powers add at the place of the stronger.
  const auto both = cells(at, target(30.2, 0.1, -5, 20));
  ASSERT_EQ(both.size(), 1u);
  EXPECT_EQ(both[0].strongest.range_m, 30.2);
  EXPECT_NEAR(both[0].rcs_m2, 20 + 10 * std::pow(30.2 / 30, 4), 1e-6);
  // Elevation only where it is measured.
  auto high = at;
  high.elevation_rad = 0.1;
  EXPECT_EQ(cells(at, high).size(), 1u);
  EXPECT_EQ(radar::make_cells(settings("model: imaging_4d").model.scans[0], {at, high}, 0).size(),
            2u);
}

// Detection of a fluctuating target: Pfa^(1 / (1 + SNR)).
TEST(Detect, RateIsSwerlingOne) {
  auto s = settings("model: ars408_like");
  for (const double snr_db : {6.0, 11.0, 16.0}) {
    int seen = 0;
    constexpr int kLooks = 4000;
    for (int k = 0; k < kLooks; ++k) {
      radar::Cell cell{target(80, 0, -3), radar::from_db(snr_db), 10};
      seen += static_cast<int>(radar::detect(s, 0, {cell}, {0, 0, 0}, 77 + k).size());
    }
    const double expected = radar::detection_probability(radar::from_db(snr_db), 1e-6);
    EXPECT_NEAR(seen / double(kLooks), expected, 4 * std::sqrt(expected / kLooks)) << snr_db;
  }
  // A steady one is there or not.
  s.fluctuation = false;
  const double limit_db = radar::to_db(radar::threshold(1e-6) - 1);
  EXPECT_EQ(
      radar::detect(s, 0, {{target(80, 0, 0), radar::from_db(limit_db + 0.01), 1}}, {}, 1).size(),
      1u);
  EXPECT_EQ(
      radar::detect(s, 0, {{target(80, 0, 0), radar::from_db(limit_db - 0.01), 1}}, {}, 1).size(),
      0u);
}

TEST(Detect, ErrorsHaveTheirDeviations) {
  auto s = settings("model: ars408_like");
  s.fluctuation = false;
  auto& scan = s.model.scans[0];
  const double snr = radar::from_db(14);
  scan.range_floor_m = scan.azimuth_floor_rad = scan.azimuth_floor_45_rad = 0;
  scan.velocity_floor_mps = 0;
  double r2 = 0, a2 = 0, v2 = 0;
  constexpr int kLooks = 3000;
  for (int k = 0; k < kLooks; ++k) {
    const auto d = radar::detect(s, 0, {{target(80, 0.05, -3), snr, 10}}, {}, 9000 + k);
    ASSERT_EQ(d.size(), 1u);
    r2 += std::pow(d[0].range_m - 80, 2);
    a2 += std::pow(d[0].azimuth_rad - 0.05, 2);
    v2 += std::pow(d[0].velocity_mps + 3, 2);
    EXPECT_NEAR(d[0].snr_db, 14, 1e-4);
  }
  const double share = 1 / std::sqrt(2 * snr);
  EXPECT_NEAR(std::sqrt(r2 / kLooks) / (1.79 * share), 1, 0.06);
  EXPECT_NEAR(std::sqrt(a2 / kLooks) / (1.6 * M_PI / 180 / std::cos(0.05) * share), 1, 0.06);
  EXPECT_NEAR(std::sqrt(v2 / kLooks) / (0.103 * share), 1, 0.06);
}

TEST(Detect, FloorsHoldForStrongEchoes) {
  auto s = settings("model: ars408_like");
  double r2 = 0;
  for (int k = 0; k < 2000; ++k) {
    const auto d = radar::detect(s, 0, {{target(80, 0, 0), 1e9, 10}}, {}, k);
    ASSERT_EQ(d.size(), 1u);
    r2 += std::pow(d[0].range_m - 80, 2) / 2000;
  }
  EXPECT_NEAR(std::sqrt(r2), 0.4, 0.03);
}

TEST(Detect, FalseAlarmsAreAsManyAsTheCellsMake) {
  const auto s = settings("model: ars408_like");
  const auto& scan = s.model.scans[1];
  const double cells = (70 - 0.2) / 0.39 * 2 * std::sin(scan.azimuth_max_rad) /
                       scan.azimuth_resolution_rad * 166.7 / 0.103;
  int count = 0;
  for (int k = 0; k < 2000; ++k) {
    for (const auto& d : radar::false_alarms(s, 1, {10, 0, 0}, k)) {
      ++count;
      EXPECT_GE(d.snr_db, radar::to_db(radar::threshold(1e-6) - 1) - 1e-3);
      EXPECT_EQ(d.instance, 0);
    }
  }
  const double mean = 1e-6 * cells;
  EXPECT_NEAR(count / 2000.0, mean, 4 * std::sqrt(mean / 2000));
}

TEST(Rcs, CarsPeakFromTheSides) {
  const auto ontology = *capture::load_ontology(ODDROAD_SOURCE_DIR "/assets/ontology.yaml");
  const auto table = radar::RcsTable::load(roots());
  ASSERT_TRUE(table) << core::to_string(table.error());
  const auto by_class = table->by_class(ontology);
  const auto& car = by_class[ontology.find(std::string("car"))->id.value];
  EXPECT_NEAR(radar::to_db(car.object_rcs_m2(M_PI / 2)), 16, 1e-9);
  EXPECT_NEAR(radar::to_db(car.object_rcs_m2(M_PI)), 14, 1e-9);
  EXPECT_NEAR(radar::to_db(car.object_rcs_m2(M_PI / 4)), 5, 1e-9);
  const auto& person = by_class[ontology.find(std::string("pedestrian"))->id.value];
  EXPECT_LT(person.object_rcs_m2(0.3), 0.25);
  // Every class that is drawn reflects somehow.
  for (const auto& entry : ontology.classes)
    EXPECT_TRUE(by_class[entry.id.value].object || by_class[entry.id.value].width_rad > 0);
}

}  // namespace
}  // namespace oddroad
