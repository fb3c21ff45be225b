#include "engine/asset/lamp_set.h"

#include "engine/asset/materials.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

namespace {

using math::Vec3f;

const Vec3f kHeadLight = Vec3f(1.f, .95f, .88f) * 12000.f;
const Vec3f kTailLight = Vec3f(1.f, .004f, .002f) * 700.f;
const Vec3f kBrakeLight = Vec3f(1.f, .004f, .002f) * 5000.f;
const Vec3f kIndicatorLight = Vec3f(1.f, .32f, .0f) * 8000.f;
const Vec3f kReverseLight = Vec3f(1.f, 1.f, .95f) * 6000.f;

std::uint16_t push(Model& model, Material material) {
  model.materials.push_back(std::move(material));
  return static_cast<std::uint16_t>(model.materials.size() - 1);
}

std::uint16_t lit_twin(Model& model, std::uint16_t off, const char* name, const Vec3f& light) {
  Material on = model.materials[off];
  on.name = name;
  on.emission_cd_m2 = light;
  return push(model, std::move(on));
}

void list_lamps(Model& model, const LampMaterials& m) {
  const auto pair = [&](const char* name, std::uint16_t off, const Vec3f& light, int side = 0) {
    model.lamps.push_back({name, off, lit_twin(model, off, name, light), side});
  };
  pair("head", m.head, kHeadLight);
  pair("tail", m.tail, kTailLight);
  pair("brake", m.brake, kBrakeLight);
  pair("indicator_left", m.indicator, kIndicatorLight, 1);
  model.lamps.push_back({"indicator_right", m.indicator, model.lamps.back().on, -1});
  pair("reverse", m.reverse, kReverseLight);
}

}  // namespace

LampMaterials add_lamps(Model& model) {
  const auto lens = [&](const char* name, const Vec3f& color, float retro) {
    Material m = materials::plain(name, color, .2f, .4f);
    m.clearcoat = 1;
    m.retro_905nm = retro;
    return push(model, std::move(m));
  };
  LampMaterials out;
  out.head = lens("head_off", {.62f, .63f, .64f}, 0);
  out.tail = lens("tail_off", {.35f, .01f, .01f}, 5);
  out.brake = lens("brake_off", {.30f, .01f, .01f}, 5);
  out.indicator = lens("indicator_off", {.55f, .16f, .01f}, 0);
  out.reverse = lens("reverse_off", {.60f, .60f, .58f}, 0);
  list_lamps(model, out);
  return out;
}

void add_lit_twins(Model& model) {
  list_lamps(model, {surface::kLampLens, surface::kTailLamp, surface::kTailLamp, surface::kAmber,
                     surface::kReverseLamp});
}

}  // namespace oddroad::asset
