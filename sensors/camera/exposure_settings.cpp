#include "sensors/camera/exposure_settings.h"

#include <cmath>

#include "sensors/common/bounded.h"

namespace oddroad::camera {
namespace {

constexpr common::Bounds kExposureTime{core::kTime, 1e-6, 0.1};
constexpr common::Bounds kGain{core::kNumber, 1, 256};
constexpr common::Bounds kKelvin{core::kNumber, 2000, 12000};

void read_automatic(core::MapReader& reader, const core::YamlNode& node, ExposureSettings& out) {
  const auto read = [&](const char* key, const common::Bounds& bounds, double& value) {
    common::read_bounded(reader, node, key, bounds, value);
  };
  read("compensation", {core::kNumber, -5, 5}, out.compensation_ev);
  read("lift", {core::kNumber, 0, 3}, out.lift_ev);
  read("night", {core::kNumber, 0, 3}, out.night_ev);
  if (const auto metering = reader.word("metering", {"lower", "full"})) {
    out.lower_two_thirds = *metering == "lower";
  }
  read("time_min", kExposureTime, out.time_min_s);
  read("time_max", kExposureTime, out.time_max_s);
  read("gain_max", kGain, out.gain_max);
  read("darker", {core::kTime, 0, 60}, out.darker_s);
  read("brighter", {core::kTime, 0, 60}, out.brighter_s);
  double delay = out.delay_frames;
  read("delay", {core::kNumber, 0, 10}, delay);
  out.delay_frames = static_cast<int>(std::lround(delay));
  read("hysteresis", {core::kNumber, 0, 2}, out.hysteresis_ev);
  if (out.time_min_s > out.time_max_s) {
    reader.diagnostics().error(node.location(), "'time_min' is above 'time_max'");
  }
}

void read_fixed(core::MapReader& reader, const core::YamlNode& node, ExposureSettings& out) {
  FixedExposure fixed;
  common::read_bounded(reader, node, "time", kExposureTime, fixed.time_s);
  common::read_bounded(reader, node, "gain", kGain, fixed.gain);
  if (node.find("time") == nullptr) {
    reader.diagnostics().error(node.location(), "a fixed exposure needs a 'time'");
  }
  out.fixed = fixed;
}

}  // namespace

void read_exposure(core::MapReader& camera, ExposureSettings& out) {
  const core::YamlNode* node = camera.optional("exposure");
  if (node == nullptr || node->text() == "auto") return;
  if (!node->is_map()) {
    const auto ev = node->as_double();
    if (ev && *ev >= -10 && *ev <= 25) {
      out.fixed_ev100 = *ev;
    } else {
      camera.diagnostics().error(node->location(),
                                 "'exposure' is auto, an exposure value from -10 to 25 such as "
                                 "13.5, or a map, found " +
                                     node->describe());
    }
    return;
  }
  core::MapReader reader(*node, "exposure", camera.diagnostics());
  if (node->find("time") != nullptr || node->find("gain") != nullptr) {
    read_fixed(reader, *node, out);
  } else {
    read_automatic(reader, *node, out);
  }
  reader.finish();
}

void read_white_balance(core::MapReader& camera, WhiteBalanceSettings& out) {
  const core::YamlNode* node = camera.optional("white_balance");
  if (node == nullptr || node->text() == "auto") return;
  if (!node->is_map()) {
    const auto kelvin = node->as_double();
    if (kelvin && *kelvin >= kKelvin.lower && *kelvin <= kKelvin.upper) {
      out.fixed_kelvin = *kelvin;
    } else {
      camera.diagnostics().error(node->location(),
                                 "'white_balance' is auto, a colour temperature from 2000 to "
                                 "12000 such as 5600, or a map, found " +
                                     node->describe());
    }
    return;
  }
  core::MapReader reader(*node, "white_balance", camera.diagnostics());
  common::read_bounded(reader, *node, "from", kKelvin, out.from_kelvin);
  common::read_bounded(reader, *node, "to", kKelvin, out.to_kelvin);
  common::read_bounded(reader, *node, "warmth", {core::kNumber, 0, 1}, out.warmth);
  common::read_bounded(reader, *node, "time", {core::kTime, 0, 60}, out.time_s);
  if (out.from_kelvin > out.to_kelvin) {
    camera.diagnostics().error(node->location(), "'from' is above 'to'");
  }
  reader.finish();
}

}  // namespace oddroad::camera
