#include "engine/verify/frame_files.h"

#include <cstdio>

#include "engine/verify/files.h"

namespace oddroad::verify {
namespace {

// Reads the files of one frame and books every problem.
class Loader {
 public:
  Loader(const std::filesystem::path& folder, const CameraRecord& camera, std::string prefix,
         Check& files)
      : folder_(folder), camera_(camera), prefix_(std::move(prefix)), files_(files) {}

  // Channels of a PNG of the expected kind; empty where something is wrong.
  std::vector<capture::Image<std::uint16_t>> png(const char* suffix, int bits,
                                                 std::size_t channels) {
    auto read = read_png(folder_ / (prefix_ + suffix));
    if (!read) return complain(suffix, core::to_string(read.error())), decltype(read->channels){};
    if (read->bits != bits || read->channels.size() != channels) {
      complain(suffix, std::to_string(read->channels.size()) + " channels of " +
                           std::to_string(read->bits) + " bit");
      return {};
    }
    if (!fits(suffix, read->width_px, read->height_px)) return {};
    files_.agree();
    return std::move(read->channels);
  }

  // The named channels of an EXR, all or none.
  std::vector<capture::Image<float>> exr(const char* suffix,
                                         const std::vector<std::string>& names) {
    auto read = read_exr(folder_ / (prefix_ + suffix));
    if (!read)
      return complain(suffix, core::to_string(read.error())), decltype(exr(suffix, names)){};
    std::vector<capture::Image<float>> out;
    for (const std::string& name : names) {
      const auto it = read->find(name);
      if (it == read->end()) {
        complain(suffix, "no channel " + name);
        return {};
      }
      if (!fits(suffix, it->second.width_px, it->second.height_px)) return {};
      out.push_back(std::move(it->second));
    }
    files_.agree();
    return out;
  }

 private:
  bool fits(const char* suffix, int width, int height) {
    if (width == camera_.width_px && height == camera_.height_px) return true;
    complain(suffix, std::to_string(width) + " x " + std::to_string(height) + " px");
    return false;
  }
  void complain(const char* suffix, const std::string& found) {
    files_.disagree(1, [&] {
      return Disagreement{prefix_ + suffix, "", found,
                          "a whole image of " + std::to_string(camera_.width_px) + " x " +
                              std::to_string(camera_.height_px) + " px"};
    });
  }

  const std::filesystem::path& folder_;
  const CameraRecord& camera_;
  std::string prefix_;
  Check& files_;
};

}  // namespace

std::string frame_prefix(const std::string& sensor, std::int64_t tick) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "/%06lld", static_cast<long long>(tick));
  return sensor + digits;
}

FrameImages read_images(const std::filesystem::path& clip_folder, const ClipRecord& clip,
                        const CameraRecord& camera, std::int64_t tick, Report& report) {
  FrameImages out;
  out.prefix = frame_prefix(camera.name, tick);
  Loader load(clip_folder, camera, out.prefix, report["files"]);
  if (clip.has("ids")) {
    auto ids = load.png(".ids.png", 16, 1);
    if (!ids.empty()) out.ids = std::move(ids[0]);
  }
  if (clip.has("classes")) {
    auto classes = load.png(".classes.png", 8, 1);
    if (!classes.empty()) out.classes = std::move(classes[0]);
  }
  if (clip.has("panoptic")) {
    auto rgb = load.png(".panoptic.png", 8, 3);
    if (!rgb.empty()) {
      out.panoptic_class = std::move(rgb[0]);
      out.panoptic_id = std::move(rgb[1]);
      for (std::size_t i = 0; i < rgb[2].pixels.size(); ++i) {
        auto& id = out.panoptic_id.pixels[i];
        id = static_cast<std::uint16_t>(id << 8 | rgb[2].pixels[i]);
      }
    }
  }
  if (clip.has("depth")) {
    auto depth = load.exr(".depth.exr", {"Z"});
    if (!depth.empty()) out.depth_m = std::move(depth[0]);
  }
  if (clip.has("range")) {
    auto range = load.exr(".range.exr", {"R"});
    if (!range.empty()) out.range_m = std::move(range[0]);
  }
  if (clip.has("normals")) {
    auto normals = load.exr(".normals.exr", {"X", "Y", "Z"});
    if (!normals.empty()) {
      out.normals = {std::move(normals[0]), std::move(normals[1]), std::move(normals[2])};
    }
  }
  return out;
}

}  // namespace oddroad::verify
