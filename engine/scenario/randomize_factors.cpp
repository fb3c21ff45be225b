// What varies, and how widely. Ranges: those that published work and tools agree on (one stop of
// exposure, 5 % of white balance, a degree and a centimetre of mounting); shares of weather are
// those of Central Europe's hours of daylight, with the rare kinds lifted.
#include <sstream>

#include "engine/scenario/randomize.h"

namespace oddroad::scenario {

using Law = Factor::Law;

const std::vector<Factor>& factors() {
  using namespace core;
  static const std::vector<Factor> kFactors = {
      // name, unit, dimension, law, a, b, least, greatest, decimals, per sensor, words
      {"light.time", "s", kTime, Law::kUniform, 4 * 3600, 23 * 3600, 0, 86'399, 0, false, ""},
      {"light.day", "", kNumber, Law::kUniform, 1, 365, 1, 365, 0, false, ""},
      {"light.latitude", "deg", kAngle, Law::kUniform, 36, 60, -90, 90, 2, false, ""},
      {"light.turbidity", "", kNumber, Law::kLogNormal, 3, 0.4, 1.7, 10, 2, false, ""},
      {"weather.kind", "", kNumber, Law::kWord, 0, 0, 0, 0, 0, false,
       "clear 55 overcast 20 rain 10 fog 7 snow 3 wet 5"},
      {"weather.clouds", "", kNumber, Law::kWord, 0, 0, 0, 0, 0, false, "clear 3 few 4 broken 3"},
      {"weather.rain", "mm/h", kRain, Law::kLogUniform, 0.5, 50, 0, 300, 2, false, ""},
      {"weather.fog", "m", kLength, Law::kLogUniform, 40, 1000, 0, 100e3, 0, false, ""},
      {"weather.snow", "mm/h", kRain, Law::kLogUniform, 0.2, 3, 0, 50, 2, false, ""},
      {"weather.snow_cover", "", kNumber, Law::kUniform, 0, 1, 0, 1, 2, false, ""},
      {"weather.wetness", "", kNumber, Law::kUniform, 0.4, 1, 0, 1, 2, false, ""},
      {"weather.wind", "m/s", kSpeed, Law::kLogNormal, 3, 0.6, 0, 20, 1, false, ""},
      {"weather.wind_from", "deg", kAngle, Law::kUniform, 0, 360, -360, 360, 0, false, ""},
      {"camera.exposure", "", kNumber, Law::kUniform, -0.5, 0.5, -4, 4, 2, true, ""},
      {"camera.red", "", kNumber, Law::kUniform, 0.95, 1.05, 0.5, 2, 3, true, ""},
      {"camera.blue", "", kNumber, Law::kUniform, 0.95, 1.05, 0.5, 2, 3, true, ""},
      {"camera.noise", "", kNumber, Law::kLogUniform, 0.7, 1.5, 0, 10, 2, true, ""},
      {"camera.jpeg", "", kNumber, Law::kUniform, 75, 95, 1, 100, 0, true, ""},
      {"camera.dirt", "", kNumber, Law::kChance, 0.05, 0.3, 0, 1, 2, true, ""},
      {"mount.yaw", "deg", kAngle, Law::kNormal, 0, 0.5, -1.5, 1.5, 3, true, ""},
      {"mount.pitch", "deg", kAngle, Law::kNormal, 0, 0.5, -1.5, 1.5, 3, true, ""},
      {"mount.roll", "deg", kAngle, Law::kNormal, 0, 0.5, -1.5, 1.5, 3, true, ""},
      {"mount.x", "m", kLength, Law::kNormal, 0, 0.01, -0.03, 0.03, 4, true, ""},
      {"mount.y", "m", kLength, Law::kNormal, 0, 0.01, -0.03, 0.03, 4, true, ""},
      {"mount.z", "m", kLength, Law::kNormal, 0, 0.01, -0.03, 0.03, 4, true, ""},
      {"materials.albedo", "", kNumber, Law::kUniform, 0.2, 0.2, 0, 0.5, 2, false, ""},
      {"materials.seed", "", kNumber, Law::kUniform, 0, 999'999, 0, 999'999, 0, false, ""},
      {"dressing.seed", "", kNumber, Law::kUniform, 0, 999'999, 0, 999'999, 0, false, ""},
      {"dressing.street", "", kNumber, Law::kWord, 0, 0, 0, 0, 0, false,
       "mixed 60 rows 8 shops 8 villas 7 flats 5 park 4 industry 3 car_park 2 lot 3"},
      {"dressing.trees", "", kNumber, Law::kUniform, 0, 1, 0, 1, 2, false, ""},
      {"dressing.tree_height", "m", kLength, Law::kUniform, 4.5, 15, 4.5, 18, 1, false, ""},
      {"dressing.storeys", "", kNumber, Law::kUniform, 1.2, 4.8, 1, 6, 1, false, ""},
      {"dressing.facades", "", kNumber, Law::kWord, 0, 0, 0, 0, 0, false,
       "mixed 40 white 8 pastel 11 strong 8 brick 14 grey 9 ochre 10"},
      {"dressing.footway", "", kNumber, Law::kWord, 0, 0, 0, 0, 0, false,
       "slabs 35 blocks 25 asphalt 25 concrete 15"},
      {"dressing.lamp_spacing", "m", kLength, Law::kUniform, 22, 48, 12, 100, 0, false, ""},
      {"dressing.lamp_height", "m", kLength, Law::kUniform, 4, 11, 3, 14, 1, false, ""},
      {"dressing.furniture", "", kNumber, Law::kUniform, 0, 1, 0, 1, 2, false, ""},
      {"dressing.wires", "", kNumber, Law::kWord, 0, 0, 0, 0, 0, false, "none 72 poles 28"},
      {"dressing.worn_paint", "", kNumber, Law::kUniform, 0, 1, 0, 1, 2, false, ""},
      {"dressing.parked", "", kNumber, Law::kUniform, 0, 1, 0, 1, 2, false, ""},
      // wild only
      {"textures.share", "", kNumber, Law::kUniform, 0.3, 0.9, 0, 1, 2, false, ""},
      {"distractors.count", "", kNumber, Law::kUniform, 3, 20, 0, 60, 0, false, ""},
      {"distractors.seed", "", kNumber, Law::kUniform, 0, 999'999, 0, 999'999, 0, false, ""},
  };
  return kFactors;
}

std::vector<std::string> words_of(const Factor& factor) {
  std::istringstream in(factor.words);
  std::vector<std::string> out;
  std::string word, weight;
  while (in >> word >> weight) out.push_back(word);
  return out;
}

DistributionPtr distribution_of(const Factor& factor) {
  const std::string unit = *factor.unit == '\0' ? "1" : std::string("1 ") + factor.unit;
  const double one = core::parse_quantity(unit, factor.dimension, {}).value_or(1);
  switch (factor.law) {
    case Law::kUniform:
      return make_uniform(factor.dimension, factor.a * one, factor.b * one);
    case Law::kWord: {
      std::istringstream in(factor.words);
      std::vector<Distribution::Option> options;
      std::string word, weight;
      while (in >> word >> weight) {
        options.push_back({{{true, {}}, word, 0}, std::stod(weight), {}});
      }
      return make_choice(std::move(options));
    }
    case Law::kLogUniform:
    case Law::kNormal:
    case Law::kLogNormal:
    case Law::kChance:
      break;
  }
  return nullptr;
}

std::string sensor_path(std::string_view name, const std::string& sensor) {
  const std::size_t dot = name.find('.');
  return std::string(name.substr(0, dot + 1)) + sensor + std::string(name.substr(dot));
}

}  // namespace oddroad::scenario
