#include "sensors/camera/image_settings.h"

#include <cmath>

#include "sensors/common/bounded.h"

namespace oddroad::camera {
namespace {

void read_format(core::MapReader& reader, const core::YamlNode& node, capture::PictureFormat& out) {
  if (const auto format = reader.word("format", {"png", "jpeg"})) out.jpeg = *format == "jpeg";
  double quality = out.quality;
  common::read_bounded(reader, node, "quality", {core::kNumber, 1, 100}, quality);
  out.quality = static_cast<int>(std::lround(quality));
  const auto chroma = reader.integer("chroma");
  if (!chroma) return;
  if (*chroma == 420 || *chroma == 422 || *chroma == 444) {
    out.chroma = static_cast<int>(*chroma);
  } else {
    reader.diagnostics().error(node.find("chroma")->location(),
                               "'chroma' is 420, 422 or 444, found " + std::to_string(*chroma));
  }
}

}  // namespace

void read_image(core::MapReader& camera, ImageSettings& out) {
  const core::YamlNode* node = camera.optional("image");
  if (node == nullptr) return;
  core::MapReader reader(*node, "image", camera.diagnostics());
  const auto read = [&](const char* key, double lower, double upper, double& value) {
    common::read_bounded(reader, *node, key, {core::kNumber, lower, upper}, value);
  };
  if (const auto word = reader.word("demosaic", {"bilinear", "malvar"})) {
    out.demosaic = *word == "malvar" ? Demosaic::kMalvar : Demosaic::kBilinear;
  }
  if (const auto word = reader.word("tone", {"srgb", "filmic", "gamma"})) {
    out.tone = *word == "srgb" ? Tone::kSrgb : *word == "gamma" ? Tone::kGamma : Tone::kFilmic;
  }
  read("shading_correction", 0, 1, out.shading_correction);
  if (node->find("white") != nullptr) read("white", 1, 12, out.white_ev.emplace(0));
  read("gamma", 1, 4, out.gamma);
  read("contrast", 0, 1, out.contrast);
  read("saturation", 0, 2, out.saturation);
  read("denoise", 0, 1, out.denoise);
  read("sharpen", 0, 2, out.sharpen);
  read_format(reader, *node, out.format);
  reader.finish();
}

}  // namespace oddroad::camera
