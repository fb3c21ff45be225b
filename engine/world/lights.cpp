#include "engine/world/lights.h"

#include <string_view>

#include "engine/world/lamp_looks.h"

namespace oddroad::world {
namespace {

constexpr double kTunnelHeight_m = 5.2;  // of luminaires above the road
// Rules of the road ask for the low beam where one sees less than this, or in such rain.
constexpr double kMist_m = 200;
constexpr double kHeavyRain_mm_per_h = 2;
constexpr double kSnow_mm_per_h = 0.3;  // visibility below 900 m

Light placed(const asset::Luminaire& from, const math::Affine3d& T_world_model,
             core::InstanceId instance, bool mirrored) {
  Light out;
  out.instance = instance;
  out.beam = from.beam;
  out.position = T_world_model.point(from.position_m);
  out.axis = glm::normalize(T_world_model.vector(from.axis));
  out.up = glm::normalize(T_world_model.vector(from.up));
  out.left = glm::cross(out.up, out.axis) * (mirrored ? -1.0 : 1.0);
  out.candela = from.candela;
  out.exponent = from.exponent;
  out.radius_m = from.radius_m;
  out.always = from.lamp == asset::kTunnelLamp;
  out.ground_z_m = out.always ? out.position.z - kTunnelHeight_m : T_world_model.translation.z;
  return out;
}

bool burns(std::string_view lamp, const Lamps& lamps, LitLamps lit) {
  if (lamp == "head") return (lit & kHeadLit) != 0;
  if (lamp == "high") return lamps.beam == Lamps::Beam::kHigh;
  if (lamp == "brake") return (lit & kBrakeLit) != 0;
  // The same lens: brake lamps outshine tail lamps.
  if (lamp == "tail") return (lit & kTailLit) != 0 && (lit & kBrakeLit) == 0;
  if (lamp == "reverse") return (lit & kReverseLit) != 0;
  if (lamp == "indicator_left") return (lit & kLeftLit) != 0;
  if (lamp == "indicator_right") return (lit & kRightLit) != 0;
  if (lamp == "beacon") return (lit & kBeaconLit) != 0;
  return false;
}

bool burns(std::string_view lamp, SignalState state) {
  if (lamp == "red") return state == SignalState::kRed || state == SignalState::kRedYellow;
  if (lamp == "yellow") return state == SignalState::kYellow || state == SignalState::kRedYellow;
  return lamp == "green" && state == SignalState::kGreen;
}

}  // namespace

math::Vec3f intensity(const Light& light, const math::Vec3d& direction) {
  return light.candela * shaders::beam_value(light.beam, light.exponent,
                                             static_cast<float>(glm::dot(direction, light.axis)),
                                             static_cast<float>(glm::dot(direction, light.left)),
                                             static_cast<float>(glm::dot(direction, light.up)));
}

bool lamps_on(const Environment& environment) {
  if (environment.street_lights != StreetLights::kAuto) {
    return environment.street_lights == StreetLights::kOn;
  }
  return environment.sun_elevation_rad < kLampsSunElevation_rad;
}

bool headlamps_wanted(const Environment& environment) {
  const bool mist = environment.fog_visibility_m > 0 && environment.fog_visibility_m < kMist_m;
  const bool dark = environment.sun_elevation_rad < kLampsSunElevation_rad;
  const bool snow = environment.snow_mm_per_h > kSnow_mm_per_h;
  return dark || mist || snow || environment.rain_mm_per_h > kHeavyRain_mm_per_h;
}

void add_lights(const Actor& actor, std::int64_t stamp_ns, bool keep_left,
                std::vector<Light>& out) {
  if (!actor.model || actor.model->luminaires.empty()) return;
  const Lamps& lamps = actor.state(stamp_ns / kStepNs).lamps;
  const LitLamps lit = lit_lamps(*actor.model, lamps, stamp_ns);
  if (lit == 0) return;
  const math::Affine3d T = pose_at(actor, stamp_ns);
  for (const asset::Luminaire& luminaire : actor.model->luminaires) {
    if (burns(luminaire.lamp, lamps, lit)) out.push_back(placed(luminaire, T, actor.id, keep_left));
  }
}

void add_lights(const StaticThing& thing, SignalState state, bool lamps_on,
                std::vector<Light>& out) {
  for (const asset::Luminaire& luminaire : thing.model->luminaires) {
    const bool lit =
        luminaire.lamp == asset::kTunnelLamp ||
        (luminaire.lamp == asset::kNightLamp ? lamps_on : burns(luminaire.lamp, state));
    if (lit) out.push_back(placed(luminaire, thing.T_world_model, thing.id, false));
  }
}

}  // namespace oddroad::world
