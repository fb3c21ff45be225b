#include "engine/exchange/kitti.h"

#include <cstdio>

#include "engine/exchange/bytes.h"
#include "engine/exchange/kitti_frames.h"

namespace oddroad::exchange {
namespace {

// The ground (z = 0 of the ego frame) as a x + b y + c z + d = 0 in the left camera's frame.
std::string encode_plane(const capture::CameraCalibration& left) {
  const math::Pose T_camera_ego = left.T_ego_camera.inverse();
  const math::Vec3d up = T_camera_ego.rotation * math::Vec3d(0, 0, 1);
  char text[256];
  std::snprintf(text, sizeof text, "# Plane\nWidth 4\nHeight 1\n%.6e %.6e %.6e %.6e\n", up.x, up.y,
                up.z, -glm::dot(up, T_camera_ego.translation));
  return text;
}

// What all clips add to.
struct Lists {
  std::size_t frames = 0;                   // of the clips opened so far
  std::map<std::string, std::string> sets;  // by split
  std::string csv = "frame,split,clip,image_tick,image_stamp_ns,sweep_tick,sweep_stamp_ns\n";
};

class KittiClip : public ClipExport {
 public:
  KittiClip(KittiFrames frames, const FormatContext& context, Lists& lists)
      : frames_(std::move(frames)),
        context_(context),
        lists_(lists),
        first_(lists.frames),
        calibration_(frames_.calibration_text()),
        plane_(encode_plane(*frames_.sensors().left)) {}

  [[nodiscard]] std::size_t frames() const override { return frames_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }
  core::Result<void> restore(const std::string&) override {
    for (std::size_t k = 0; k < frames(); ++k) note(k, padded(first_ + k, 6));
    return {};
  }

  core::Result<InOrder> write(std::size_t k) override {
    const std::string name = padded(first_ + k, 6);
    const bool test = frames_.clip().split == "test";
    const std::string root = test ? "testing/" : "training/";
    auto done = frames_.write_sensors(
        k, {root + "image_2/" + name, root + "image_3/" + name, root + "velodyne/" + name});
    if (done) done = context_.out.put(root + "calib/" + name + ".txt", calibration_);
    if (done && !test) done = write_labels(k, root, name);
    if (!done) return core::forward_error(done);
    return [this, k, name]() -> core::Result<void> {
      note(k, name);
      return {};
    };
  }

 private:
  core::Result<void> write_labels(std::size_t k, const std::string& root, const std::string& name) {
    const auto rows = frames_.labels(k);
    if (!rows) return core::forward_error(rows);
    auto done = context_.out.put(root + "label_2/" + name + ".txt", encode_kitti_labels(*rows));
    return done ? context_.out.put(root + "planes/" + name + ".txt", plane_) : done;
  }

  void note(std::size_t k, const std::string& name) {
    const auto& [image, sweep, right] = frames_.captures(k);
    const ExportClip& clip = frames_.clip();
    lists_.sets[clip.split] += name + "\n";
    lists_.csv += name + "," + clip.split + "," + clip.name + "," + std::to_string(image.tick) +
                  "," + std::to_string(image.stamp_ns) + "," + std::to_string(sweep->tick) + "," +
                  std::to_string(sweep->stamp_ns) + "\n";
  }

  KittiFrames frames_;
  const FormatContext& context_;
  Lists& lists_;
  std::size_t first_;
  std::string calibration_, plane_;
};

class Kitti : public Format {
 public:
  Kitti(const FormatContext& context, const KittiOptions& options)
      : context_(context), options_(options) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto frames = KittiFrames::open(clip, context_, options_);
    if (!frames) return core::forward_error(frames);
    auto out = std::make_unique<KittiClip>(std::move(*frames), context_, lists_);
    lists_.frames += out->frames();
    return out;
  }

  core::Result<void> close() override {
    std::map<std::string, std::string> files = {
        {"train", ""}, {"val", ""}, {"trainval", ""}, {"test", ""}};
    for (const auto& [split, names] : lists_.sets) {
      files[split] = names;
      if (split != "test") files["trainval"] += names;
    }
    core::Result<void> done;
    for (const auto& [split, names] : files) {
      if (done) done = context_.out.put("ImageSets/" + split + ".txt", in_order(names));
    }
    for (const char* folder : {"testing/image_2", "testing/calib", "testing/velodyne"}) {
      if (done) done = context_.out.folder(folder);
    }
    return done ? context_.out.put("frames.csv", lists_.csv) : done;
  }

 private:
  // Lines of several splits; each line has the same length, so that text order is number order.
  static std::string in_order(const std::string& lines) {
    constexpr std::size_t kLine = 7;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < lines.size(); i += kLine) names.push_back(lines.substr(i, kLine));
    std::sort(names.begin(), names.end());
    std::string out;
    for (const auto& name : names) out += name;
    return out;
  }

  const FormatContext& context_;
  const KittiOptions options_;
  Lists lists_;
};

}  // namespace

FormatTraits kitti_format(const KittiOptions& options) {
  return {.name = "kitti",
          .summary = "KITTI object detection: image_2, image_3, velodyne, calib, label_2, planes",
          .class_names = kitti_types(),
          .usual_name =
              [](const capture::OntologyClass& one) {
                return one.kitti;
              },
          .lost = {"masks, depth, flow, normals, keypoints, lanes: KITTI has boxes only",
                   "tracks, velocities, attributes: every frame stands for itself (see "
                   "kitti-tracking)",
                   "cameras but the first pinhole with a global shutter and one beside it",
                   "LiDARs beyond the first, radars, motion sensors",
                   "ring, time, echo, class and cause of LiDAR points: rings follow from the order",
                   "roll and pitch of boxes: KITTI knows rotation_y only",
                   "class names that KITTI does not have: Misc or DontCare",
                   "the visible 2-D box: KITTI's is amodal, and `occluded` has three steps"},
          .make = [options](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Kitti>(context, options);
          }};
}

}  // namespace oddroad::exchange
