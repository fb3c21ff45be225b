// randomize: how what a scenario leaves open varies from variant to variant.
//   randomize: structured                          # none (if not given), structured, wild
//   randomize: {mode: structured, pin: {weather: {kind: rain, rain: 5 mm/h}, light.day:
//   172}}
// `structured` varies light, weather, cameras, mountings, materials and the dressing of the map as
// far as the scenario does not state them; `wild` also gives surfaces colours and patterns at
// random and puts things beside the road (structured beats plain randomization by a wide margin:
// Prakash et al., "Structured domain randomization", ICRA 2019; of what is varied, light matters
// most, then textures: Tremblay et al. 2018).
//
// Each factor is drawn by a stream of its own, at the coordinate of "randomize." + name
// (sampler.h), so that pinning one moves no other (kinds of weather decide which of rain, fog and
// snow there are). A pin may be a distribution. What was drawn stands among the variant's
// parameters as "randomize.<name>", in a form that reads back to the same bits as a pin.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scenario/sampler.h"
#include "engine/scenario/value.h"

namespace oddroad::scenario {

enum class RandomizeMode { kNone, kStructured, kWild };

struct RandomizeRule {
  RandomizeMode mode = RandomizeMode::kNone;
  std::map<std::string, Value> pins;  // by factor, or by factor and sensor
};

// How a factor is drawn where it is not pinned. Numbers of the law are in `unit`.
struct Factor {
  enum class Law { kUniform, kLogUniform, kNormal, kLogNormal, kChance, kWord };
  const char* name;  // "camera.exposure": of each sensor on its own where `per_sensor`
  const char* unit;  // as written in files; empty: a plain number
  core::Dimension dimension;
  Law law;
  double a;  // least; mean; of kLogNormal the median; of kChance how often
  double b;  // greatest; deviation; of kLogNormal that of the logarithm; of kChance the greatest
  double lower;
  double upper;
  int decimals;  // of the number as recorded, which is the number used
  bool per_sensor;
  const char* words;  // kWord: "clear 55 overcast 20"
};
const std::vector<Factor>& factors();
// Of a factor that is a word: which there are.
std::vector<std::string> words_of(const Factor& factor);
// As drawn where it is not pinned; null for laws that are no plain distributions.
DistributionPtr distribution_of(const Factor& factor);
// "camera.exposure" of sensor front: "camera.front.exposure".
std::string sensor_path(std::string_view name, const std::string& sensor);

void read_randomize(const core::YamlNode& node, RandomizeRule& rule, Names& names);

// Draws factors and keeps what they came to. Borrows everything.
class Randomizer {
 public:
  Randomizer(const RandomizeRule& rule, const Sampler& sampler, const Draws& draws)
      : rule_(rule), sampler_(sampler), draws_(draws) {}

  [[nodiscard]] bool on() const { return rule_.mode != RandomizeMode::kNone; }
  [[nodiscard]] bool wild() const { return rule_.mode == RandomizeMode::kWild; }
  // SI. `name` is a factor's; `sensor` only for those that are drawn per sensor.
  double number(std::string_view name, const std::string& sensor = {});
  std::string word(std::string_view name);
  // As number(), but `fallback` where it is not pinned and `drawn` is false: rain on a dry day.
  double number_if(bool drawn, std::string_view name, double fallback);

  // "randomize.weather.rain": "5.21 mm/h"
  [[nodiscard]] const std::map<std::string, std::string>& texts() const { return texts_; }
  [[nodiscard]] const std::map<std::string, double>& numbers() const { return numbers_; }
  [[nodiscard]] const core::Diagnostics& problems() const { return problems_; }

 private:
  const Value* pin(const std::string& path, std::string_view name) const;
  double drawn(const Factor& factor, const std::string& path);
  double keep(const Factor& factor, const std::string& path, double in_unit);

  const RandomizeRule& rule_;
  const Sampler& sampler_;
  const Draws& draws_;
  std::map<std::string, std::string> texts_;
  std::map<std::string, double> numbers_;
  core::Diagnostics problems_;
};

}  // namespace oddroad::scenario
