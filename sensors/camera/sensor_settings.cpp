#include "sensors/camera/sensor_settings.h"

#include <cmath>

#include "engine/core/random.h"
#include "sensors/common/bounded.h"

namespace oddroad::camera {
namespace {

void read_whole(core::MapReader& reader, const core::YamlNode& node, const char* key, int lower,
                int upper, int& out) {
  double value = out;
  common::read_bounded(reader, node, key,
                       {core::kNumber, static_cast<double>(lower), static_cast<double>(upper)},
                       value);
  if (value == std::floor(value)) {
    out = static_cast<int>(value);
  } else {
    reader.diagnostics().error(node.find(key)->location(),
                               "'" + std::string(key) + "' is a whole number");
  }
}

void read_mosaic(core::MapReader& reader, Mosaic& out) {
  static const std::vector<std::string> kWords = {"none", "rggb", "bggr", "grbg", "gbrg"};
  const auto word = reader.word("mosaic", kWords);
  if (!word) return;
  for (std::size_t k = 0; k < kWords.size(); ++k) {
    if (*word == kWords[k]) out = static_cast<Mosaic>(k);
  }
}

}  // namespace

void read_sensor(core::MapReader& camera, const std::string& name, SensorSettings& out) {
  out.serial = core::hash64(name);
  const core::YamlNode* node = camera.optional("sensor");
  if (node == nullptr) return;
  core::MapReader reader(*node, "sensor", camera.diagnostics());
  const auto read = [&](const char* key, double lower, double upper, double& value) {
    common::read_bounded(reader, *node, key, {core::kNumber, lower, upper}, value);
  };
  common::read_bounded(reader, *node, "pixel", {core::kLength, 0.5e-6, 30e-6}, out.pixel_m);
  read("quantum_efficiency", 0.01, 1, out.quantum_efficiency);
  read("full_well", 100, 1e6, out.full_well_e);
  read("read_noise", 0, 500, out.read_noise_e);
  read("row_noise", 0, 500, out.row_noise_e);
  read("dark_current", 0, 1e6, out.dark_current_e_per_s);
  read("prnu", 0, 0.2, out.prnu);
  read("dsnu", 0, 500, out.dsnu_e);
  read("hot_pixels", 0, 0.01, out.hot_pixels);
  read("hdr", 1, 16, out.hdr_ratio);
  read_whole(reader, *node, "bits", 8, 12, out.bits);
  read_whole(reader, *node, "black_level", 0, 255, out.black_level_dn);
  if (out.black_level_dn >= (1 << out.bits) / 2) {
    camera.diagnostics().error(node->location(),
                               "'black_level' takes up more than half of the converter's range");
  }
  read_mosaic(reader, out.mosaic);
  if (const auto serial = reader.integer("serial")) {
    out.serial = core::hash64(static_cast<std::uint64_t>(*serial), 0);
  }
  reader.finish();
}

}  // namespace oddroad::camera
