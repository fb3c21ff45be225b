#include "engine/asset/bicycle.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <sstream>

#include "engine/asset/bicycle_parts.h"
#include "engine/asset/materials.h"
#include "engine/asset/person_traits.h"
#include "engine/core/random.h"

namespace oddroad::asset {

namespace {

constexpr const char* kCity = "bicycle.city";
constexpr const char* kCargo = "bicycle.cargo";  // a city bicycle's rear, a box on two wheels ahead

// Of the cargo tricycle, in the frame of bicycles.
constexpr double kCargoWheelbase = 1.42;
constexpr double kCargoWheelRadius = .255;
constexpr double kCargoHalfTrack = .46;
constexpr float kBoxRear = .93f;
constexpr float kBoxFront = 1.77f;

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

// Boards on a frame between the front wheels; it hides the fork, a cover closes it.
void add_cargo_box(TriangleMesh& mesh, Model& model, std::uint64_t seed) {
  core::RandomStream draw(seed, "bicycle/box");
  Material wood = materials::wood();
  if (draw.chance(.6)) {
    const math::Vec3f black(.03f);
    wood =
        materials::plain("box", draw.chance(.5) ? black : math::Vec3f(.30f, .20f, .11f), .6f, .4f);
  }
  model.materials.push_back(wood);
  const auto boards = static_cast<std::uint16_t>(model.materials.size() - 1);
  const float x = .5f * (kBoxRear + kBoxFront);
  const float length = kBoxFront - kBoxRear;
  mesh.append(box({x, 0, .63f}, {length, .80f, .56f}, boards, .02f));
  mesh.append(box({x, 0, .925f}, {length + .03f, .83f, .05f}, kBikeBlack, .02f));
  for (const float side : {-1.f, 1.f}) {
    mesh.append(box({x, side * .405f, .38f}, {length, .03f, .06f}, kBikePaint, .008f));
    mesh.append(box({kBoxFront - .01f, side * .30f, .50f}, {.03f, .06f, .06f}, kBikeReflector));
    mesh.append(box({x, side * .41f, .62f}, {.10f, .012f, .06f}, kBikeReflector));
    std::vector<Vec2f> guard;
    for (const float r : {.285f, .272f}) {
      for (int i = 0; i <= 8; ++i) {
        const float a = kPi * (.1f + .8f * static_cast<float>(r > .28f ? i : 8 - i) / 8);
        guard.emplace_back(r * std::cos(a), r * std::sin(a));
      }
    }
    const Affine3f T{glm::mat3({1, 0, 0}, {0, 0, 1}, {0, -1, 0}),
                     Vec3f(kCargoWheelbase, side * kCargoHalfTrack, kCargoWheelRadius)};
    mesh.append(extrude(guard, -.025f, .025f, T, kBikeBlack));
    mesh.append(cylinder({static_cast<float>(kCargoWheelbase), side * .40f, .255f},
                         {static_cast<float>(kCargoWheelbase), side * .44f, .255f}, .02f, .02f, 8,
                         kBikeMetal));
  }
}

void add_cargo_wheels(Model& model) {
  const auto scale = static_cast<float>(kCargoWheelRadius / bicycle::kWheelRadius);
  for (const double side : {1.0, -1.0}) {
    model.parts.push_back(turning(side > 0 ? "wheel.front" : "wheel.front.right",
                                  transformed(make_bicycle_wheel(), scaling(Vec3f(scale))),
                                  {kCargoWheelbase, side * kCargoHalfTrack, kCargoWheelRadius},
                                  kCargoWheelRadius, true));
  }
}

}  // namespace

bool is_bicycle_type(const std::string& type) {
  return type == kCity || type == kCargo;
}

core::Result<ModelSize> bicycle_size(const ModelRequest& request) {
  const core::Diagnostics problems = check(request);
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(problems);
  using namespace bicycle;
  if (request.type == kCargo) {
    return ModelSize{kBoxFront + .02 + kWheelRadius + .015, .97, 1.09, kWheelRadius,
                     kCargoWheelbase};
  }
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
  const bool cargo = request.type == kCargo;
  TriangleMesh mesh = make_bicycle_frame(contact, look);
  if (cargo) add_cargo_box(mesh, *model, request.seed);
  frame.mesh = std::make_shared<math::TriangleMesh>(std::move(mesh));
  model->parts.push_back(std::move(frame));
  model->parts.push_back(
      turning("wheel.rear", make_bicycle_wheel(), {0, 0, kWheelRadius}, kWheelRadius, false));
  if (cargo) {
    add_cargo_wheels(*model);
  } else {
    model->parts.push_back(turning("wheel.front", make_bicycle_wheel(),
                                   {kWheelbase, 0, kWheelRadius}, kWheelRadius, true));
  }
  // The crank turns once per 1 / kCrankTurnsPerMetre: a wheel of that circumference.
  model->parts.push_back(turning("crank", make_bicycle_crank(contact), contact.crank_m,
                                 1 / (2 * std::numbers::pi * kCrankTurnsPerMetre), false));
  model->keypoints = keypoints(model->parts, contact);
  model->box = rest_bounds(*model, false);
  model->wheelbase_m = cargo ? kCargoWheelbase : kWheelbase;
  model->front_overhang_m = model->box.upper.x - model->wheelbase_m;
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
    {"bicycle.cargo_cyclist", kCargo, "bicycle.rider"},
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
  if (is_bicycle_type(out.mount.type)) {
    // The saddle fits who sits on it.
    const double height = person_height_m(out.rider);
    out.rider.numbers["height"] = height;
    out.mount.numbers["rider_height"] = height;
  }
  return out;
}

}  // namespace oddroad::asset
