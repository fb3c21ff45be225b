#include "sensors/camera/optics_settings.h"

#include "sensors/common/bounded.h"

namespace oddroad::camera {

void read_optics(core::MapReader& camera, OpticsSettings& out) {
  const core::YamlNode* node = camera.optional("optics");
  if (node == nullptr) return;
  core::MapReader reader(*node, "optics", camera.diagnostics());
  const auto read = [&](const char* key, double lower, double upper, double& value) {
    common::read_bounded(reader, *node, key, {core::kNumber, lower, upper}, value);
  };
  read("f_number", 0.7, 32, out.f_number);
  read("transmission", 0.1, 1, out.transmission);
  read("vignetting", 0, 0.9, out.vignetting);
  read("chromatic_shift", -0.01, 0.01, out.chromatic_shift);
  // Two three-tap passes each way make spots of up to 1.2 pixels.
  read("blur_centre", 0, 1.2, out.blur_centre_px);
  read("blur_corner", 0, 1.2, out.blur_corner_px);
  read("bloom", 0, 0.5, out.bloom);
  read("veiling_glare", 0, 0.5, out.veiling_glare);
  reader.finish();
}

}  // namespace oddroad::camera
