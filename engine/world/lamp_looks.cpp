#include "engine/world/lamp_looks.h"

#include <array>
#include <set>
#include <string>

namespace oddroad::world {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
// Instants at which indicators are lit or dark, each with beacons lit and dark.
constexpr std::int64_t kFlashesNs[] = {0, 250'000'000, 400'000'000, 500'000'000};

struct Named {
  LitLamps bit;
  const char* name;
};
// In the order in which they are lit: brake lamps outshine the tail lamps in the same lens.
constexpr std::array kNames = {
    Named{kHeadLit, "head"},           Named{kTailLit, "tail"},
    Named{kBrakeLit, "brake"},         Named{kReverseLit, "reverse"},
    Named{kLeftLit, "indicator_left"}, Named{kRightLit, "indicator_right"},
    Named{kBeaconLit, "beacon"}};

// The mesh with the triangles of `off` on one side (+1: y > 0 in the model frame) made `on`; null
// if there are none.
std::shared_ptr<const math::TriangleMesh> lit_on_side(const asset::Part& part,
                                                      const asset::Lamp& lamp) {
  std::shared_ptr<math::TriangleMesh> out;
  for (std::size_t t = 0; t < part.mesh->triangles.size(); ++t) {
    if (part.mesh->material[t] != lamp.off) continue;
    const auto& [a, b, c] = part.mesh->triangles[t];
    const math::Vec3d middle =
        math::Vec3d(part.mesh->positions[a] + part.mesh->positions[b] + part.mesh->positions[c]) /
        3.0;
    if (part.T_model_part.point(middle).y * lamp.side <= 0) continue;
    if (!out) out = std::make_shared<math::TriangleMesh>(*part.mesh);
    out->material[t] = lamp.on;
  }
  return out;
}

void light(asset::Model& model, const asset::Lamp& lamp) {
  if (lamp.side == 0) {
    model.materials[lamp.off] = model.materials[lamp.on];
    return;
  }
  for (asset::Part& part : model.parts) {
    if (auto mesh = lit_on_side(part, lamp)) part.mesh = std::move(mesh);
  }
}

bool beacon_pulse(std::int64_t stamp_ns) {
  const std::int64_t phase_ms = stamp_ns / 1'000'000 % 500;
  return phase_ms < 70 || (phase_ms >= 140 && phase_ms < 210);
}

}  // namespace

LitLamps lit_lamps(const asset::Model& model, const Lamps& lamps, std::int64_t stamp_ns) {
  LitLamps present = 0;
  for (const asset::Lamp& lamp : model.lamps) {
    for (const Named& named : kNames) {
      if (lamp.name == named.name) present |= named.bit;
    }
  }
  const LitLamps flash = beacon_pulse(stamp_ns) ? kBeaconLit : LitLamps{0};
  return static_cast<LitLamps>(present & (lit_lamps(lamps, stamp_ns) | flash));
}

LitLamps lit_lamps(const Lamps& lamps, std::int64_t stamp_ns) {
  LitLamps out = 0;
  if (lamps.beam == Lamps::Beam::kLow || lamps.beam == Lamps::Beam::kHigh) out |= kHeadLit;
  if (lamps.beam != Lamps::Beam::kOff) out |= kTailLit;
  if (lamps.brake) out |= kBrakeLit;
  if (lamps.reversing) out |= kReverseLit;
  if ((3 * stamp_ns / kSecondNs) % 2 != 0) return out;
  if (lamps.indicator_left) out |= kLeftLit;
  if (lamps.indicator_right) out |= kRightLit;
  return out;
}

std::vector<std::string> names_of(LitLamps lit) {
  std::vector<std::string> out;
  for (const Named& named : kNames) {
    if ((lit & named.bit) != 0) out.emplace_back(named.name);
  }
  return out;
}

std::shared_ptr<const asset::Model> LampLooks::look(
    const std::shared_ptr<const asset::Model>& model, LitLamps lit) {
  if (lit == 0 || model->lamps.empty()) return model;
  auto& made = made_[{model, lit}];
  if (made) return made;
  auto out = std::make_shared<asset::Model>(*model);
  for (const Named& named : kNames) {
    if ((lit & named.bit) == 0) continue;
    for (const asset::Lamp& lamp : model->lamps) {
      if (lamp.name == named.name) light(*out, lamp);
    }
  }
  return made = std::move(out);
}

void add_lamp_looks(Timeline& timeline) {
  LampLooks looks;
  for (Actor& actor : timeline.actors) {
    if (!actor.model || actor.model->lamps.empty()) continue;
    std::set<LitLamps> shown;
    for (const ActorState& state : actor.states) {
      // All halves of flashes: which one a frame meets is known to the frame alone.
      for (const std::int64_t stamp : kFlashesNs) {
        shown.insert(lit_lamps(*actor.model, state.lamps, stamp));
      }
    }
    for (const LitLamps lit : shown) {
      if (lit != 0) actor.looks[lit] = looks.look(actor.model, lit);
    }
  }
}

}  // namespace oddroad::world
