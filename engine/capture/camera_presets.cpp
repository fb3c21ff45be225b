#include "engine/capture/camera_presets.h"

#include <algorithm>

#include "engine/core/suggest.h"

namespace oddroad::capture {
namespace {

struct Preset {
  const char* name;
  const char* yaml;
};

// FLIR Flea2 FL2-14S3C (Sony ICX267, CCD, global shutter) behind a 4 to 8 mm Edmund lens; rectified
// pictures as published.
constexpr Preset kKitti{"kitti", R"(
size: [1242, 375]
focal_px: [721.5377, 721.5377]
principal_px: [609.5593, 172.854]
rate: 10 Hz
optics: {f_number: 4, transmission: 88 %, vignetting: 15 %, chromatic_shift: 4e-4, blur_centre: 0.55,
         blur_corner: 0.8, bloom: 2 %, veiling_glare: 0.6 %}
sensor: {pixel: 4.65 um, quantum_efficiency: 50 %, full_well: 13000, read_noise: 9, row_noise: 0.5,
         dark_current: 5, prnu: 1 %, dsnu: 2, hot_pixels: 2e-6, bits: 12, black_level: 64,
         mosaic: rggb}
exposure: {time_max: 2 ms, gain_max: 16, lift: 1, night: 0.7}
white_balance: {warmth: 40 %}
image: {demosaic: malvar, shading_correction: 0 %, tone: gamma, gamma: 2.2, contrast: 60 %,
        denoise: 40 %, sharpen: 0.6}
)"};

// Basler acA1600-60gc (e2v EV76C570, global shutter), undistorted JPEG pictures as published.
constexpr Preset kNuscenes{"nuscenes", R"(
size: [1600, 900]
focal_px: [1266.4, 1266.4]
principal_px: [816.3, 491.5]
rate: 12 Hz
optics: {f_number: 2.8, transmission: 88 %, vignetting: 20 %, chromatic_shift: 4e-4,
         blur_centre: 0.75, blur_corner: 1, bloom: 2 %, veiling_glare: 1.2 %}
sensor: {pixel: 4.5 um, quantum_efficiency: 55 %, full_well: 8000, read_noise: 20, row_noise: 3,
         dark_current: 30, prnu: 1 %, dsnu: 3, hot_pixels: 5e-6, bits: 12, black_level: 64,
         mosaic: grbg}
exposure: {time_max: 20 ms, gain_max: 8, compensation: 0, lift: 1, night: 0.7}
white_balance: {warmth: 40 %}
image: {demosaic: malvar, shading_correction: 30 %, tone: srgb, denoise: 40 %, sharpen: 0.5,
        format: jpeg, quality: 90, chroma: 420}
)"};
constexpr Preset kNuscenesBack{"nuscenes_back", R"(
size: [1600, 900]
focal_px: [809.2, 809.2]
principal_px: [829.2, 481.8]
)"};

// 120 dB chips of the AR0231 class, rolling shutters.
constexpr Preset kWaymoFront{"waymo_front", R"(
size: [1920, 1280]
fov: 50.4 deg
lens: {model: brown_conrady, radial: [0.04, -0.3], tangential: [0, 0], field: 70 deg}
shutter: {row_time: 12 us}
rate: 10 Hz
optics: {f_number: 2, transmission: 90 %, vignetting: 15 %, chromatic_shift: 2e-4, blur_centre: 0.6,
         blur_corner: 0.8, bloom: 1.2 %, veiling_glare: 0.6 %}
sensor: {pixel: 3 um, quantum_efficiency: 70 %, full_well: 11000, read_noise: 2.5, row_noise: 0.6,
         dark_current: 40, prnu: 0.7 %, dsnu: 1.5, hot_pixels: 5e-6, bits: 12, black_level: 168,
         mosaic: rggb, hdr: 16}
exposure: {time_max: 8 ms, gain_max: 16, compensation: -0.07, lift: 1, night: 0.7}
white_balance: {warmth: 40 %}
image: {demosaic: malvar, shading_correction: 80 %, tone: filmic, white: 3, contrast: 25 %,
        denoise: 90 %, sharpen: 0.6, format: jpeg, quality: 92, chroma: 420}
)"};
constexpr Preset kWaymoSide{"waymo_side", R"(
size: [1920, 886]
)"};

constexpr Preset kGeneric2Mp{"generic_2mp", R"(
size: [1920, 1208]
fov: 60 deg
rate: 30 Hz
optics: {f_number: 1.8, transmission: 90 %, vignetting: 20 %, chromatic_shift: 3e-4,
         blur_centre: 0.65, blur_corner: 0.9, bloom: 1.5 %, veiling_glare: 1 %}
sensor: {pixel: 3 um, quantum_efficiency: 68 %, full_well: 11000, read_noise: 2.5, row_noise: 0.6,
         dark_current: 40, prnu: 0.8 %, dsnu: 1.5, hot_pixels: 5e-6, bits: 12, black_level: 168,
         mosaic: rggb, hdr: 16}
exposure: {time_max: 11 ms, gain_max: 16, compensation: -0.07, lift: 1, night: 0.7}
white_balance: {warmth: 40 %}
image: {demosaic: malvar, shading_correction: 80 %, tone: filmic, white: 3, contrast: 25 %,
        denoise: 90 %, sharpen: 0.6}
)"};
constexpr Preset kGeneric8Mp{"generic_8mp", R"(
size: [3840, 2160]
fov: 30 deg
rate: 30 Hz
optics: {f_number: 1.6, transmission: 90 %, vignetting: 15 %, chromatic_shift: 2e-4,
         blur_centre: 0.7, blur_corner: 1, bloom: 1.5 %, veiling_glare: 0.6 %}
sensor: {pixel: 2.1 um, quantum_efficiency: 72 %, full_well: 9000, read_noise: 1.8, row_noise: 0.5,
         dark_current: 30, prnu: 0.8 %, dsnu: 1.2, hot_pixels: 5e-6, bits: 12, black_level: 168,
         mosaic: rggb, hdr: 16}
exposure: {time_max: 11 ms, gain_max: 16, compensation: -0.07, lift: 1, night: 0.7}
white_balance: {warmth: 40 %}
image: {demosaic: malvar, shading_correction: 80 %, tone: filmic, white: 3, contrast: 25 %,
        denoise: 90 %, sharpen: 0.6}
)"};
constexpr Preset kFisheye{"fisheye_surround", R"(
size: [1920, 1208]
fov: 185 deg
lens: {model: kannala_brandt, radial: [-0.03, 0.002], field: 190 deg}
shutter: {row_time: 22 us}
rate: 30 Hz
optics: {f_number: 2, transmission: 85 %, vignetting: 45 %, chromatic_shift: 8e-4, blur_centre: 0.7,
         blur_corner: 1.1, bloom: 2.5 %, veiling_glare: 1.5 %}
sensor: {pixel: 3 um, quantum_efficiency: 65 %, full_well: 11000, read_noise: 2.5, row_noise: 0.6,
         dark_current: 60, prnu: 0.8 %, dsnu: 1.5, hot_pixels: 5e-6, bits: 12, black_level: 168,
         mosaic: rggb, hdr: 16}
exposure: {time_max: 11 ms, gain_max: 16, compensation: -0.07, lift: 1, night: 0.7, metering: full}
white_balance: {warmth: 40 %}
image: {demosaic: malvar, shading_correction: 60 %, tone: filmic, white: 3, contrast: 25 %,
        denoise: 90 %, sharpen: 0.6}
)"};

struct Entry {
  Preset preset;
  const Preset* base;  // what it shares with another one
};
constexpr Entry kEntries[] = {
    {kKitti, nullptr},      {kNuscenes, nullptr},       {kNuscenesBack, &kNuscenes},
    {kWaymoFront, nullptr}, {kWaymoSide, &kWaymoFront}, {kGeneric2Mp, nullptr},
    {kGeneric8Mp, nullptr}, {kFisheye, nullptr},
};

// Whether a key of one's own makes a key of the preset void.
bool replaced(const core::YamlNode& own, const std::string& key) {
  const auto has = [&](const char* name) {
    return own.find(name) != nullptr;
  };
  if (key == "fov") return has("focal_px");
  if (key == "focal_px") return has("fov");
  return key == "principal_px" && (has("fov") || has("focal_px") || has("size"));
}

core::YamlNode merged(const core::YamlNode& base, const core::YamlNode& own) {
  std::vector<core::YamlEntry> out;
  for (const core::YamlEntry& entry : base.entries()) {
    const core::YamlNode* mine = own.find(entry.key);
    if (mine == nullptr) {
      if (!replaced(own, entry.key)) out.push_back(entry);
    } else if (mine->is_map() && entry.value.is_map() && entry.key != "lens") {
      out.push_back({entry.key, entry.where, merged(entry.value, *mine)});
    } else {
      out.push_back({entry.key, entry.where, *mine});
    }
  }
  for (const core::YamlEntry& entry : own.entries()) {
    if (base.find(entry.key) == nullptr) out.push_back(entry);
  }
  return core::YamlNode::map(std::move(out), own.location());
}

core::Result<core::YamlNode> load(const Preset& preset) {
  return core::parse_yaml(preset.yaml, std::string("camera preset ") + preset.name);
}

core::YamlNode without(const core::YamlNode& map, const std::string& key) {
  std::vector<core::YamlEntry> out = map.entries();
  std::erase_if(out, [&](const core::YamlEntry& entry) {
    return entry.key == key;
  });
  return core::YamlNode::map(std::move(out), map.location());
}

}  // namespace

const std::vector<std::string>& camera_presets() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const Entry& entry : kEntries) out.emplace_back(entry.preset.name);
    return out;
  }();
  return names;
}

core::Result<core::YamlNode> with_camera_preset(const core::YamlNode& camera) {
  const core::YamlNode* named = camera.find("preset");
  if (named == nullptr) return camera;
  const auto& names = camera_presets();
  const auto it = std::find(names.begin(), names.end(), named->text());
  if (it == names.end()) {
    return core::fail_at(named->location(), "unknown camera preset '" + named->text() + "'",
                         core::did_you_mean(named->text(), names));
  }
  const Entry& entry = kEntries[it - names.begin()];
  auto settings = load(entry.preset);
  if (settings && entry.base != nullptr) {
    const auto base = load(*entry.base);
    if (!base) return core::forward_error(base);
    settings = merged(*base, *settings);
  }
  if (!settings) return core::forward_error(settings);
  return merged(*settings, without(camera, "preset"));
}

}  // namespace oddroad::capture
