#include "engine/scenario/randomize_variant.h"

#include <cmath>

#include "engine/core/random.h"
#include "engine/scenario/draw.h"

namespace oddroad::scenario {
namespace {

constexpr double kNewYear = 20'454;  // 2026-01-01, in days since 1970

Value fixed(ValueType type, const std::string& path) {
  Value value;
  value.type = type;
  value.fixed.kind = Expression::Kind::kLiteral;
  value.fixed.literal.type = type;
  value.path = path;
  return value;
}
Value fixed_number(double number, core::Dimension dimension, const std::string& path) {
  Value value = fixed({false, dimension}, path);
  value.fixed.literal.number = number;
  value.spec.dimension = dimension;
  return value;
}
Value fixed_word(const std::string& word, const std::string& path) {
  Value value = fixed({true, {}}, path);
  value.fixed.literal.word = word;
  return value;
}

void vary_light(EnvironmentRule& rule, bool map_has_place, Randomizer& randomizer) {
  if (!rule.turbidity) {
    rule.turbidity = fixed_number(randomizer.number("light.turbidity"), core::kNumber, "turbidity");
  }
  if (rule.time || rule.sun_elevation || rule.sun_azimuth) return;
  rule.time = fixed_number(randomizer.number("light.time"), core::kTime, "time");
  // The day of the year 2026.
  const double date = kNewYear + randomizer.number("light.day") - 1;
  if (!rule.date) rule.date = fixed_number(date, core::kNumber, "date");
  if (map_has_place || rule.latitude) return;
  rule.latitude = fixed_number(randomizer.number("light.latitude"), core::kAngle, "latitude");
}

bool states_weather(const EnvironmentRule& rule) {
  return rule.clouds || rule.rain || rule.snow || rule.fog || rule.snow_cover || rule.snow_depth ||
         rule.road_state || rule.wetness || rule.puddles || rule.snow_on_road;
}

// Of every kind of weather all factors are told, those that it lacks as none.
void vary_weather(EnvironmentRule& rule, Randomizer& randomizer) {
  const std::string kind = randomizer.word("weather.kind");
  const std::string clouds = randomizer.word("weather.clouds");
  const bool open_sky = kind == "clear" || kind == "wet";
  rule.clouds = fixed_word(open_sky ? clouds : "overcast", "clouds");
  const auto set = [&](std::optional<Value>& value, bool drawn, const char* factor,
                       core::Dimension dimension) {
    const double number = randomizer.number_if(drawn, factor, 0);
    if (number > 0) value = fixed_number(number, dimension, factor);
  };
  set(rule.rain, kind == "rain", "weather.rain", core::kRain);
  set(rule.fog, kind == "fog", "weather.fog", core::kLength);
  set(rule.snow, kind == "snow", "weather.snow", core::kRain);
  set(rule.snow_cover, kind == "snow", "weather.snow_cover", core::kNumber);
  // Rain makes the road wet by itself.
  set(rule.wetness, kind == "wet", "weather.wetness", core::kNumber);
}

// What lies or stands about beside roads, and what does not.
constexpr const char* kDistractors[] = {"obstacle",
                                        "obstacle.cylinder",
                                        "cardboard_box",
                                        "bin",
                                        "traffic_cone",
                                        "barrier.board",
                                        "bollard",
                                        "animal.dog",
                                        "animal.sheep",
                                        "animal.cow",
                                        "debris.crate",
                                        "debris.tyre",
                                        "debris.sofa",
                                        "debris.shopping_trolley",
                                        "debris.barrel",
                                        "debris.fridge",
                                        "debris.roll_cage",
                                        "street_cabinet",
                                        "hedge",
                                        "sign.chevron"};

VariantActor distractor(const std::string& ego, int piece, core::RandomStream& stream) {
  VariantActor out;
  out.name = "distractor." + std::to_string(piece);
  out.model.type = kDistractors[stream.below(std::size(kDistractors))];
  out.model.seed = stream.bits();
  if (out.model.type == "obstacle" || out.model.type == "obstacle.cylinder") {
    out.model.numbers["height"] = stream.uniform(0.2, 2.5);
    const bool box = out.model.type == "obstacle";
    out.model.numbers[box ? "length" : "radius"] = stream.uniform(0.2, box ? 2 : 0.8);
    if (box) out.model.numbers["width"] = stream.uniform(0.2, 2);
  }
  out.at.kind = PlacementKind::kAheadOf;
  out.at.other = ego;
  out.at.by_m = stream.uniform(6, 70);
  // Off the ego's lane and its neighbour.
  const bool left = stream.chance(0.5);
  const double aside_m = stream.uniform(left ? 8 : 4.5, 16);
  out.at.lateral_m = left ? aside_m : -aside_m;
  out.at.yaw_rad = stream.uniform(-M_PI, M_PI);
  return out;
}

}  // namespace

EnvironmentRule vary_environment(const EnvironmentRule& stated, bool map_has_place,
                                 Randomizer& randomizer) {
  EnvironmentRule rule = stated;
  if (!randomizer.on()) return rule;
  vary_light(rule, map_has_place, randomizer);
  if (!states_weather(stated)) vary_weather(rule, randomizer);
  if (!rule.wind_speed) {
    rule.wind_speed = fixed_number(randomizer.number("weather.wind"), core::kSpeed, "wind");
    rule.wind_from = fixed_number(randomizer.number("weather.wind_from"), core::kAngle, "wind");
  }
  return rule;
}

namespace {

// All of it is told among the variant's parameters, from which the stage takes it.
void vary_town(Randomizer& randomizer) {
  for (const char* word :
       {"dressing.street", "dressing.facades", "dressing.footway", "dressing.wires"}) {
    randomizer.word(word);
  }
  for (const char* number :
       {"dressing.trees", "dressing.tree_height", "dressing.storeys", "dressing.lamp_spacing",
        "dressing.lamp_height", "dressing.furniture", "dressing.worn_paint"}) {
    randomizer.number(number);
  }
}

}  // namespace

double vary_parked(double drawn, bool is_stated, Randomizer& randomizer) {
  return randomizer.on() && !is_stated ? randomizer.number("dressing.parked") : drawn;
}

Looks vary_looks(Randomizer& randomizer) {
  Looks looks;
  if (!randomizer.on()) return looks;
  looks.albedo_jitter = randomizer.number("materials.albedo");
  looks.seed = static_cast<std::uint64_t>(randomizer.number("materials.seed"));
  looks.dressing_seed = static_cast<std::uint64_t>(randomizer.number("dressing.seed"));
  vary_town(randomizer);
  if (randomizer.wild()) looks.texture_share = randomizer.number("textures.share");
  return looks;
}

std::vector<VariantActor> distractors(const std::string& ego, Randomizer& randomizer) {
  std::vector<VariantActor> out;
  if (!randomizer.wild()) return out;
  const int count = static_cast<int>(randomizer.number("distractors.count"));
  const auto seed = static_cast<std::uint64_t>(randomizer.number("distractors.seed"));
  for (int piece = 1; piece <= count; ++piece) {
    core::RandomStream stream(seed, "distractors." + std::to_string(piece));
    out.push_back(distractor(ego, piece, stream));
  }
  return out;
}

core::Result<std::optional<SensorTolerance>> sensor_tolerance(const Scenario& scenario,
                                                              const Variant& variant,
                                                              const std::string& sensor,
                                                              bool is_camera) {
  const Sampler sampler = sampler_of(scenario, variant);
  const Draws draws = draw_parameters(scenario, sampler);
  Randomizer randomizer(scenario.randomize, sampler, draws);
  if (!randomizer.on()) return std::nullopt;
  SensorTolerance out;
  const auto draw = [&](const char* factor) {
    return randomizer.number(factor, sensor);
  };
  const double yaw = draw("mount.yaw"), pitch = draw("mount.pitch"), roll = draw("mount.roll");
  out.T_mount.rotation = math::from_yaw_pitch_roll(yaw, pitch, roll);
  const double x = draw("mount.x"), y = draw("mount.y"), z = draw("mount.z");
  out.T_mount.translation = {x, y, z};
  if (is_camera) {
    out.exposure_ev = draw("camera.exposure");
    out.red_gain = draw("camera.red");
    out.blue_gain = draw("camera.blue");
    out.noise_scale = draw("camera.noise");
    out.jpeg_quality = static_cast<int>(draw("camera.jpeg"));
    out.dirt = draw("camera.dirt");
  }
  if (randomizer.problems().has_errors()) return tl::unexpected(randomizer.problems());
  out.texts = randomizer.texts();
  out.numbers = randomizer.numbers();
  return out;
}

}  // namespace oddroad::scenario
