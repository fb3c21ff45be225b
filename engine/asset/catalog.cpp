#include "engine/asset/catalog.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "engine/asset/bicycle.h"
#include "engine/asset/lamp_photometry.h"
#include "engine/asset/person.h"
#include "engine/asset/prop.h"
#include "engine/asset/vehicle.h"
#include "engine/asset/vehicle_shape.h"
#include "engine/core/suggest.h"

namespace oddroad::asset {

namespace {

// Names that the person and bicycle generators answer to, and composites.
constexpr const char* kGenerated[] = {
    "bicycle.cargo",    "bicycle.cargo_cyclist", "bicycle.city",     "bicycle.cyclist",
    "bicycle.rider",    "moped.ridden",          "moped.rider",      "motorcycle.ridden",
    "motorcycle.rider", "pedestrian.adult",      "pedestrian.child", "pedestrian.pusher",
    "scooter.ridden",   "scooter.rider",         "stroller.pushed",  "wheelchair.sitter",
    "wheelchair.user"};

bool is_generated(const std::string& type) {
  return is_vehicle_type(type) || is_person_type(type) || is_bicycle_type(type) ||
         composite_of({.type = type}).has_value();
}

const PropType* find_prop(const std::string& type) {
  for (const PropType& prop : prop_types()) {
    if (prop.name == type) return &prop;
  }
  return nullptr;
}

tl::unexpected<core::Diagnostics> unknown_type(const std::string& type) {
  return core::fail("unknown model type '" + type + "'", core::did_you_mean(type, catalog_types()));
}

std::string text(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

// All wrong numbers of a prop request at once.
core::Diagnostics check_numbers(const PropType& prop, const ModelRequest& request) {
  core::Diagnostics wrong;
  std::vector<std::string> names;
  for (const NumberRange& range : prop.numbers) names.push_back(range.name);
  for (const auto& [name, value] : request.numbers) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      wrong.error({}, prop.name + " has no number '" + name + "'", core::did_you_mean(name, names));
      continue;
    }
    const NumberRange& range = prop.numbers[static_cast<std::size_t>(found - names.begin())];
    if (!(value >= range.lower && value <= range.upper)) {
      wrong.error({}, prop.name + ": " + name + " is " + text(value) + ", expected " +
                          text(range.lower) + " to " + text(range.upper));
    }
  }
  return wrong;
}

}  // namespace

std::vector<std::string> catalog_types() {
  std::vector<std::string> out;
  for (const char* name : kGenerated) {
    if (is_generated(name)) out.emplace_back(name);
  }
  for (const std::string& type : vehicle_types()) out.push_back(type);
  for (const PropType& prop : prop_types()) out.push_back(prop.name);
  std::sort(out.begin(), out.end());
  return out;
}

bool catalog_has(const std::string& type) {
  return is_generated(type) || find_prop(type) != nullptr;
}

core::Result<ModelSize> model_size(const ModelRequest& request) {
  if (request.file) {
    const auto model = import_model(*request.file);
    if (!model) return core::forward_error(model);
    const double rear_m = -(*model)->box.lower.x;
    return ModelSize{(*model)->length_m(), (*model)->width_m(), (*model)->height_m, rear_m, 0};
  }
  if (const auto composite = composite_of(request)) {
    auto mount = model_size(composite->mount);
    const auto rider = model_size(composite->rider);
    if (!mount) return mount;
    if (!rider) return rider;
    mount->height_m = std::max(mount->height_m, rider->height_m);
    mount->width_m = std::max(mount->width_m, rider->width_m);
    // Who pushes stands behind what is pushed.
    const double front = std::max(mount->length_m - mount->rear_overhang_m,
                                  rider->length_m - rider->rear_overhang_m);
    mount->rear_overhang_m = std::max(mount->rear_overhang_m, rider->rear_overhang_m);
    mount->length_m = front + mount->rear_overhang_m;
    return mount;
  }
  if (is_vehicle_type(request.type)) return vehicle_size(request);
  if (is_person_type(request.type)) return person_size(request);
  if (is_bicycle_type(request.type)) return bicycle_size(request);
  const PropType* prop = find_prop(request.type);
  if (prop == nullptr) return unknown_type(request.type);
  core::Diagnostics wrong = check_numbers(*prop, request);
  if (wrong.has_errors()) return tl::unexpected(std::move(wrong));
  return prop->size(PropNumbers(prop->numbers, request));
}

namespace {

core::Result<std::shared_ptr<const Model>> make_dark(const ModelRequest& request) {
  if (request.file) return import_model(*request.file);
  if (const auto composite = composite_of(request)) {
    return core::fail("'" + request.type + "' is two things with an id each: '" +
                      composite->mount.type + "' and '" + composite->rider.type + "'");
  }
  if (is_vehicle_type(request.type)) return make_vehicle(request);
  if (is_person_type(request.type)) return make_person(request);
  if (is_bicycle_type(request.type)) return make_bicycle(request);
  const PropType* prop = find_prop(request.type);
  if (prop == nullptr) return unknown_type(request.type);
  core::Diagnostics wrong = check_numbers(*prop, request);
  if (wrong.has_errors()) return tl::unexpected(std::move(wrong));
  return std::make_shared<const Model>(prop->make(PropNumbers(prop->numbers, request)));
}

}  // namespace

core::Result<std::shared_ptr<const Model>> make_model(const ModelRequest& request) {
  auto made = make_dark(request);
  if (!made || (*made)->lamps.empty()) return made;
  auto lit = std::make_shared<Model>(**made);
  add_lamp_luminaires(*lit);
  return std::shared_ptr<const Model>(std::move(lit));
}

}  // namespace oddroad::asset
