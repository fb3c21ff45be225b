#include "sensors/lidar/fault_settings.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "sensors/common/bounded.h"

namespace oddroad::lidar {
namespace {

constexpr const char* kNames[] = {"dirt", "missing_rings", "misaligned", "interference"};
constexpr double kPi = std::numbers::pi;

class FaultReader {
 public:
  FaultReader(const core::YamlNode& node, core::Diagnostics& diagnostics)
      : node_(node), reader_(node, "fault", diagnostics) {}

  void read(std::vector<FaultSettings>& out) {
    const auto word = reader_.word("type", {std::begin(kNames), std::end(kNames)});
    if (!word) {
      if (node_.is_map() && node_.find("type") == nullptr) {
        reader_.diagnostics().error(node_.location(), "a fault needs a 'type'");
      }
      return;
    }
    const auto name = std::find(std::begin(kNames), std::end(kNames), *word);
    fault_.type = static_cast<FaultType>(name - std::begin(kNames));
    switch (fault_.type) {
      case FaultType::kDirt:
        dirt();
        break;
      case FaultType::kMissingRings:
        rings();
        break;
      case FaultType::kMisaligned:
        misaligned();
        break;
      case FaultType::kInterference:
        fault_.share = 1e-4;
        number("share", core::kNumber, 0, 1, fault_.share);
        break;
    }
    time("from", fault_.from_ns);
    time("to", fault_.to_ns);
    if (fault_.to_ns <= fault_.from_ns) {
      reader_.diagnostics().error(node_.location(), "this fault ends before it begins");
    }
    reader_.finish();
    out.push_back(fault_);
  }

 private:
  void number(const char* key, core::Dimension dimension, double lower, double upper,
              double& value) {
    common::read_bounded(reader_, node_, key, {dimension, lower, upper}, value);
  }
  void time(const char* key, std::int64_t& value) {
    double seconds = -1;
    number(key, core::kTime, 0, 3600, seconds);
    if (seconds >= 0) value = std::llround(seconds * 1e9);
  }
  void dirt() {
    fault_.width_rad = 0.5;
    fault_.height_rad = 0.35;
    number("azimuth", core::kAngle, -kPi, kPi, fault_.azimuth_rad);
    number("elevation", core::kAngle, -kPi / 2, kPi / 2, fault_.elevation_rad);
    number("width", core::kAngle, 0, 2 * kPi, fault_.width_rad);
    number("height", core::kAngle, 0, kPi, fault_.height_rad);
    number("transmission", core::kNumber, 0, 1, fault_.transmission);
  }
  void misaligned() {
    number("yaw", core::kAngle, -kPi, kPi, fault_.yaw_rad);
    number("pitch", core::kAngle, -kPi, kPi, fault_.pitch_rad);
    number("roll", core::kAngle, -kPi, kPi, fault_.roll_rad);
  }
  void rings() {
    const core::YamlNode* list = reader_.required("rings");
    if (list == nullptr) return;
    const auto wrong = [&](const core::YamlNode& node) {
      reader_.diagnostics().error(
          node.location(),
          "'rings' must be a list of ring numbers from 0, found " + node.describe());
    };
    if (!list->is_sequence()) return wrong(*list);
    for (const core::YamlNode& item : list->items()) {
      const std::string text = item.is_scalar() ? item.text() : "";
      const bool digits = !text.empty() && text.size() < 6 &&
                          text.find_first_not_of("0123456789") == std::string::npos;
      if (!digits) {
        wrong(item);
      } else {
        fault_.rings.push_back(std::stoi(text));
      }
    }
  }

  const core::YamlNode& node_;
  core::MapReader reader_;
  FaultSettings fault_;
};

}  // namespace

math::Pose FaultSettings::turned() const {
  // As mounts are given: yaw turns left, pitch turns the nose down, roll to the right, in that
  // order.
  const auto about = [](double angle, const math::Vec3d& axis) {
    return glm::angleAxis(angle, axis);
  };
  return {about(yaw_rad, {0, 0, 1}) * about(pitch_rad, {0, 1, 0}) * about(roll_rad, {1, 0, 0}),
          math::Vec3d(0)};
}

const char* name_of(FaultType type) {
  return kNames[static_cast<std::size_t>(type)];
}

capture::SensorFault recorded(const FaultSettings& f) {
  capture::SensorFault out{name_of(f.type), f.from_ns, {}};
  switch (f.type) {
    case FaultType::kDirt:
      out.parameters = {{"azimuth_rad", f.azimuth_rad},
                        {"elevation_rad", f.elevation_rad},
                        {"width_rad", f.width_rad},
                        {"height_rad", f.height_rad},
                        {"transmission", f.transmission}};
      break;
    case FaultType::kMissingRings:
      for (const int ring : f.rings) out.parameters["ring_" + std::to_string(ring)] = 1;
      break;
    case FaultType::kMisaligned:
      out.parameters = {
          {"yaw_rad", f.yaw_rad}, {"pitch_rad", f.pitch_rad}, {"roll_rad", f.roll_rad}};
      break;
    case FaultType::kInterference:
      out.parameters = {{"share", f.share}};
      break;
  }
  return out;
}

void read_faults(core::MapReader& lidar, std::vector<FaultSettings>& out) {
  const core::YamlNode* node = lidar.optional("faults");
  if (node == nullptr) return;
  if (!node->is_sequence()) {
    lidar.diagnostics().error(node->location(),
                              "'faults' must be a list of maps, found " + node->describe());
    return;
  }
  for (const core::YamlNode& item : node->items()) {
    FaultReader(item, lidar.diagnostics()).read(out);
  }
}

}  // namespace oddroad::lidar
