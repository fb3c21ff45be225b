#include "sensors/camera/lens_settings.h"

#include <cmath>
#include <numbers>

namespace oddroad::camera {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

// Up to `most` numbers.
template <std::size_t N>
void read_numbers(const core::YamlNode* node, const char* what, std::size_t most,
                  std::array<double, N>& out, core::Diagnostics& diagnostics) {
  if (node == nullptr) return;
  if (!node->is_sequence() || node->items().empty() || node->items().size() > most) {
    diagnostics.error(node->location(), std::string("'") + what + "' must be a list of 1 to " +
                                            std::to_string(most) + " numbers, found " +
                                            node->describe());
    return;
  }
  for (std::size_t k = 0; k < node->items().size(); ++k) {
    const auto value = node->items()[k].as_double();
    if (!value) diagnostics.append(value.error());
    if (value) out[k] = *value;
  }
}

void read_field(core::MapReader& reader, const core::YamlNode& node, math::CameraModel& camera) {
  camera.max_angle_rad = angle_limit(camera);
  const auto field = reader.quantity("field", core::kAngle);
  if (!field) return;
  if (!(*field > 1 * kDegree && *field <= 190 * kDegree + 1e-9)) {
    reader.diagnostics().error(node.find("field")->location(),
                               "'field' lies between 1 and 190 deg");
  } else if (*field / 2 > camera.max_angle_rad + 1e-9) {
    reader.diagnostics().error(
        node.find("field")->location(),
        "this distortion is one-to-one only up to a field of " +
            core::format_quantity(2 * camera.max_angle_rad / kDegree, core::kNumber) + " deg");
  } else {
    camera.max_angle_rad = std::min(*field / 2, camera.max_angle_rad);
  }
}

}  // namespace

void read_lens(core::MapReader& reader, math::CameraModel& camera) {
  const core::YamlNode* node = reader.optional("lens");
  if (node == nullptr) return;
  core::MapReader lens(*node, "lens", reader.diagnostics());
  const auto model = lens.word("model", {"pinhole", "brown_conrady", "kannala_brandt"});
  if (!model && node->is_map() && node->find("model") == nullptr) {
    reader.diagnostics().error(node->location(), "a lens needs a 'model'");
  }
  if (model && *model != "pinhole") {
    const bool brown = *model == "brown_conrady";
    camera.lens = brown ? math::Lens::kBrownConrady : math::Lens::kKannalaBrandt;
    read_numbers(lens.optional("radial"), "radial", brown ? 6 : 4, camera.radial,
                 reader.diagnostics());
    if (brown) {
      read_numbers(lens.optional("tangential"), "tangential", 2, camera.tangential,
                   reader.diagnostics());
    }
    read_field(lens, *node, camera);
  }
  lens.finish();
}

std::int64_t read_row_time(core::MapReader& reader, int height_px) {
  const core::YamlNode* node = reader.optional("shutter");
  if (node == nullptr) return 0;
  core::MapReader shutter(*node, "shutter", reader.diagnostics());
  const auto row_time = shutter.required_quantity("row_time", core::kTime);
  shutter.finish();
  if (!row_time) return 0;
  const std::int64_t ns = std::llround(*row_time * 1e9);
  if (ns < 0 || ns * height_px > kMaxRollingNs) {
    reader.diagnostics().error(node->find("row_time")->location(),
                               "'row_time' times the rows of the image lies between 0 and 100 ms");
    return 0;
  }
  return ns;
}

}  // namespace oddroad::camera
