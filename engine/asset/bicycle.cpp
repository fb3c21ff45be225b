#include "engine/asset/bicycle.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <sstream>

#include "engine/asset/bicycle_parts.h"
#include "engine/asset/person_traits.h"
#include "engine/core/random.h"

namespace oddroad::asset {

namespace {

constexpr const char* kCity = "bicycle.city";

core::Diagnostics check(const ModelRequest& request) {
  core::Diagnostics problems;
  if (!is_bicycle_type(request.type)) {
    problems.error({}, "no bicycle type '" + request.type + "'");
    return problems;
  }
  for (const auto& [key, value] : request.numbers) {
    const bool height = key == "rider_height";
    if (!height && key != "rack") {
      problems.error({}, request.type + " has no number '" + key + "'",
                     "known: rider_height, rack");
      continue;
    }
    const double lower = height ? 1.50 : 0;
    const double upper = height ? 2.00 : 1;
    if (!(value >= lower && value <= upper)) {
      std::ostringstream text;
      text << request.type << ": " << key << " is " << value << ", expected " << lower << " to "
           << upper;
      problems.error({}, text.str());
    }
  }
  return problems;
}

double rider_height(const ModelRequest& request) {
  const auto set = request.numbers.find("rider_height");
  if (set != request.numbers.end()) return set->second;
  return core::RandomStream(request.seed, "bicycle/rider_height").uniform(1.62, 1.85);
}

BicycleLook look_of(const ModelRequest& request) {
  BicycleLook look;
  core::RandomStream paint(request.seed, "bicycle/paint");
  const std::array<math::Vec3f, 7> colors{math::Vec3f(.02f),
                                          math::Vec3f(.10f, .105f, .11f),
                                          math::Vec3f(.02f, .06f, .18f),
                                          math::Vec3f(.30f, .02f, .02f),
                                          math::Vec3f(.03f, .10f, .06f),
                                          math::Vec3f(.60f, .59f, .56f),
                                          math::Vec3f(.05f, .20f, .28f)};
  look.frame_color = colors[paint.below(static_cast<std::uint32_t>(colors.size()))];
  core::RandomStream rack(request.seed, "bicycle/rack");
  const auto set = request.numbers.find("rack");
  look.rack = set == request.numbers.end() ? rack.chance(.7) : set->second >= .5;
  return look;
}

Part turning(const char* name, TriangleMesh mesh, const math::Vec3d& hub, double radius_m,
             bool steered) {
  Part part;
  part.name = name;
  part.role = PartRole::kWheel;
  part.mesh = std::make_shared<math::TriangleMesh>(std::move(mesh));
  part.T_model_part.translation = hub;
  part.wheel_radius_m = radius_m;
  part.steered = steered;
  return part;
}

// Hubs end in nuts outside the drop-outs; a saddle is longer than it is wide.
std::vector<KeypointAnchor> keypoints(const std::vector<Part>& parts,
                                      const BicycleContact& contact) {
  std::vector<KeypointAnchor> out;
  for (const char* wheel : {"front", "rear"}) {
    const auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& p) {
      return p.name == std::string("wheel.") + wheel;
    });
    out.push_back({std::string("wheel_") + wheel, static_cast<int>(part - parts.begin()),
                   math::Vec3d(0), .11});
  }
  out.push_back({"saddle", -1, contact.saddle_m - math::Vec3d(0, 0, .02), .16});
  out.push_back({"handlebar_left", -1, contact.grip_m[0], .05});
  out.push_back({"handlebar_right", -1, contact.grip_m[1], .05});
  return out;
}

}  // namespace

bool is_bicycle_type(const std::string& type) {
  return type == kCity;
}

core::Result<ModelSize> bicycle_size(const ModelRequest& request) {
  const core::Diagnostics problems = check(request);
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(problems);
  using namespace bicycle;
  return ModelSize{kWheelbase + 2 * kWheelRadius, kBarWidth, 1.09, kWheelRadius, kWheelbase};
}

core::Result<std::shared_ptr<const Model>> make_bicycle(const ModelRequest& request) {
  using namespace bicycle;
  const core::Diagnostics problems = check(request);
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(problems);
  const BicycleContact contact = bicycle_contact(rider_height(request));
  const BicycleLook look = look_of(request);
  auto model = std::make_shared<Model>();
  model->name = request.type;
  model->class_name = "bicycle";
  model->materials = bicycle_materials(look);
  Part frame;
  frame.name = "frame";
  frame.mesh = std::make_shared<math::TriangleMesh>(make_bicycle_frame(contact, look));
  model->parts.push_back(std::move(frame));
  model->parts.push_back(
      turning("wheel.rear", make_bicycle_wheel(), {0, 0, kWheelRadius}, kWheelRadius, false));
  model->parts.push_back(turning("wheel.front", make_bicycle_wheel(), {kWheelbase, 0, kWheelRadius},
                                 kWheelRadius, true));
  // The crank turns once per 1 / kCrankTurnsPerMetre: a wheel of that circumference.
  model->parts.push_back(turning("crank", make_bicycle_crank(contact), contact.crank_m,
                                 1 / (2 * std::numbers::pi * kCrankTurnsPerMetre), false));
  model->keypoints = keypoints(model->parts, contact);
  model->box = rest_bounds(*model, false);
  model->wheelbase_m = kWheelbase;
  model->front_overhang_m = model->box.upper.x - kWheelbase;
  model->max_steer_rad = .6;
  model->height_m = model->box.size().z;
  return model;
}

namespace {

struct Composite {
  const char* type;
  const char* mount;
  const char* rider;
};
constexpr Composite kComposites[] = {
    {"bicycle.cyclist", kCity, "bicycle.rider"},
    {"moped.ridden", "moped.standard", "moped.rider"},
    {"motorcycle.ridden", "motorcycle.standard", "motorcycle.rider"},
    {"scooter.ridden", "scooter.electric", "scooter.rider"},
    {"stroller.pushed", "stroller", "pedestrian.pusher"},
    {"wheelchair.user", "wheelchair.manual", "wheelchair.sitter"},
};

bool is_mount_number(const std::string& key) {
  return key == "rack" || key == "rider_height" || key == "paint";
}

}  // namespace

std::optional<CompositeRequest> composite_of(const ModelRequest& request) {
  const auto* found =
      std::find_if(std::begin(kComposites), std::end(kComposites), [&](const Composite& c) {
        return request.type == c.type;
      });
  if (found == std::end(kComposites)) return std::nullopt;
  CompositeRequest out;
  out.mount = {found->mount, request.seed, {}};
  out.rider = {found->rider, request.seed, {}};
  for (const auto& [key, value] : request.numbers) {
    (is_mount_number(key) ? out.mount : out.rider).numbers[key] = value;
  }
  if (request.type == "bicycle.cyclist") {
    // The saddle fits who sits on it.
    const double height = person_height_m(out.rider);
    out.rider.numbers["height"] = height;
    out.mount.numbers["rider_height"] = height;
  }
  return out;
}

}  // namespace oddroad::asset
