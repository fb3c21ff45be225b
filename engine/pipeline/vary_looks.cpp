#include "engine/pipeline/vary_looks.h"

#include <algorithm>
#include <cmath>

#include "engine/core/random.h"

namespace oddroad::pipeline {
namespace {

using ModelPtr = std::shared_ptr<const asset::Model>;
using asset::Pattern;

constexpr float kDarkest = 0.01f, kBrightest = 0.9f;
constexpr double kHueShare = 0.3;  // of the jitter is each channel's own

constexpr Pattern kPatterns[] = {Pattern::kNone,      Pattern::kConcrete,  Pattern::kPavers,
                                 Pattern::kBrick,     Pattern::kPlaster,   Pattern::kGrass,
                                 Pattern::kRoofTiles, Pattern::kBark,      Pattern::kFabric,
                                 Pattern::kWood,      Pattern::kCardboard, Pattern::kStripes};

bool may_vary(const asset::Material& m) {
  return m.glass == 0 && m.texture < 0 && m.emission_cd_m2 == math::Vec3f(0) && m.retro_905nm == 0;
}

// Both colours of a pattern by the same factors: their contrast stays.
void jitter(asset::Material& m, double most, core::RandomStream& stream) {
  const double common = stream.uniform(-1, 1);
  for (int c = 0; c < 3; ++c) {
    const double off = (1 - kHueShare) * common + kHueShare * stream.uniform(-1, 1);
    const auto factor = static_cast<float>(1 + most * off);
    m.base_color[c] = std::clamp(m.base_color[c] * factor, 0.f, 1.f);
    m.second_color[c] = std::clamp(m.second_color[c] * factor, 0.f, 1.f);
  }
}

math::Vec3f any_color(core::RandomStream& stream) {
  const double value = stream.uniform(0, 1), saturation = stream.uniform(0, 1);
  math::Vec3f out;
  for (int c = 0; c < 3; ++c) {
    // Dark ones as often as bright ones to the eye: even in about the square root.
    const double channel = value * (1 - saturation * stream.uniform(0, 1));
    out[c] = std::clamp(static_cast<float>(channel * channel), kDarkest, kBrightest);
  }
  return out;
}

void repaint(asset::Material& m, core::RandomStream& stream) {
  m.hidden_finish = m.finish();
  m.base_color = any_color(stream);
  m.second_color = any_color(stream);
  m.pattern = kPatterns[stream.below(std::size(kPatterns))];
  m.pattern_scale_m = static_cast<float>(0.05 * std::pow(30, stream.uniform()));
  m.pattern_strength = 1;
  m.roughness = static_cast<float>(stream.uniform(0.15, 1));
  m.metallic = 0;
  m.clearcoat = stream.chance(0.2) ? 1.f : 0.f;
}

class LookChanger {
 public:
  explicit LookChanger(const scenario::Looks& looks) : looks_(looks) {}

  // `wearer`: whoever has the model first names it for all who share it.
  ModelPtr changed(const ModelPtr& model, const std::string& wearer) {
    const auto known = made_.find(model);
    if (known != made_.end()) return known->second;
    auto copy = std::make_shared<asset::Model>(*model);
    for (asset::Material& material : copy->materials) {
      if (!may_vary(material)) continue;
      core::RandomStream stream(looks_.seed, "materials." + wearer + "." + material.name);
      if (stream.chance(looks_.texture_share)) {
        repaint(material, stream);
      } else {
        jitter(material, looks_.albedo_jitter, stream);
      }
    }
    return made_[model] = std::move(copy);
  }

 private:
  const scenario::Looks& looks_;
  std::map<ModelPtr, ModelPtr> made_;  // looked up only: addresses order nothing
};

}  // namespace

void vary_looks(const scenario::Looks& looks, world::Timeline& timeline,
                world::StaticWorld& stage) {
  if (looks.albedo_jitter == 0 && looks.texture_share == 0) return;
  LookChanger changer(looks);
  for (world::Actor& actor : timeline.actors) {
    actor.model = changer.changed(actor.model, actor.name);
    for (auto& [lit, model] : actor.looks) model = changer.changed(model, actor.name);
  }
  for (world::StaticThing& thing : stage.things) {
    thing.model = changer.changed(thing.model, thing.name);
    for (auto& [state, model] : thing.looks) model = changer.changed(model, thing.name);
  }
}

}  // namespace oddroad::pipeline
