#include "engine/exchange/semantickitti.h"

#include <cstdio>
#include <cstring>

#include "engine/exchange/bytes.h"
#include "engine/exchange/captures.h"
#include "engine/exchange/kitti_calib.h"
#include "engine/exchange/kitti_cameras.h"
#include "engine/exchange/kitti_velodyne.h"
#include "engine/exchange/semantickitti_classes.h"
#include "engine/exchange/semantickitti_numbers.h"

namespace oddroad::exchange {
namespace {

constexpr std::int64_t kMaxGapNs = 60'000'000;  // between sweep and picture

std::string pose_line(const math::Affine3d& pose) {
  std::string line;
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 4; ++c) {
      char number[40];
      const double value = c < 3 ? pose.linear[c][r] : pose.translation[r];
      std::snprintf(number, sizeof number, "%s%.9e", line.empty() ? "" : " ", value + 0.0);
      line += number;
    }
  }
  return line + "\n";
}

// One camera beside the LiDAR: image_2 or image_3.
struct Eye {
  std::string camera, folder;
  std::vector<Tick> ticks;
};

class Sequence : public ClipExport {
 public:
  static core::Result<std::unique_ptr<Sequence>> open(std::shared_ptr<const ExportClip> clip,
                                                      const FormatContext& context, int number) {
    const auto& rig = clip->reader.calibration();
    if (rig.lidars.empty()) {
      return core::fail_at({clip->reader.folder().string()},
                           "SemanticKITTI needs a LiDAR, and the rig has none");
    }
    std::unique_ptr<Sequence> out(new Sequence(std::move(clip), context, number));
    note_left_out(out->cameras_, context.notes);
    const auto scans = capture_ticks(out->clip_->reader, out->lidar_.name);
    if (!scans) return core::forward_error(scans);
    out->scans_ = *scans;
    for (const auto& [camera, folder] :
         {std::pair(out->cameras_.left, "image_2/"), std::pair(out->cameras_.right, "image_3/")}) {
      if (camera == nullptr) continue;
      const auto ticks = capture_ticks(out->clip_->reader, camera->name);
      if (!ticks) return core::forward_error(ticks);
      out->eyes_.push_back({camera->name, folder, *ticks});
    }
    out->list_poses();
    return out;
  }

  [[nodiscard]] std::size_t frames() const override { return scans_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }

  core::Result<InOrder> write(std::size_t k) override {
    const auto& reader = clip_->reader;
    const auto points = reader.cloud(lidar_.name, scans_[k].tick);
    if (!points) return core::forward_error(points);
    const auto& ego = reader.timeline().actors[reader.timeline().ego];
    const std::int64_t stamp_ns = scans_[k].stamp_ns;
    const auto cloud = kitti_cloud(*points, stamp_ns, lidar_, ego, stamp_ns);
    std::vector<std::uint32_t> labels;
    labels.reserve(cloud.index.size());
    for (const std::size_t i : cloud.index) labels.push_back(label(*points, i));
    const std::string name = padded(k, 6);
    auto done = context_.out.put(root_ + "velodyne/" + name + ".bin", cloud.bytes());
    if (done) {
      done = context_.out.put(root_ + "labels/" + name + ".label",
                              {reinterpret_cast<const char*>(labels.data()), 4 * labels.size()});
    }
    for (const Eye& eye : eyes_) {
      if (done) done = write_picture(eye, k);
    }
    if (!done) return core::forward_error(done);
    context_.notes.count("points", static_cast<std::int64_t>(labels.size()));
    return InOrder{};
  }

  core::Result<void> close() override {
    std::string times;
    for (const Tick& scan : scans_) {
      char line[32];
      std::snprintf(line, sizeof line, "%.6e\n",
                    1e-9 * static_cast<double>(scan.stamp_ns - scans_.front().stamp_ns));
      times += line;
    }
    auto done = context_.out.put(root_ + "times.txt", times);
    if (done) done = context_.out.put(root_ + "poses.txt", poses_);
    return done ? context_.out.put(root_ + "calib.txt", calibration_text()) : done;
  }

  [[nodiscard]] std::string csv_line() const {
    return number_ + "," + clip_->split + "," + clip_->name + "," + std::to_string(scans_.size()) +
           "\n";
  }

 private:
  Sequence(std::shared_ptr<const ExportClip> clip, const FormatContext& context, int number)
      : clip_(std::move(clip)),
        context_(context),
        lidar_(clip_->reader.calibration().lidars.front()),
        cameras_(kitti_cameras(clip_->reader.calibration())),
        labels_(clip_->reader.info(), clip_->reader.timeline(), context.classes) {
    number_ = padded(static_cast<std::size_t>(number), 2);
    root_ = "sequences/" + number_ + "/";
  }

  [[nodiscard]] std::uint32_t label(const capture::PointCloud& cloud, std::size_t i) const {
    const auto cause = static_cast<capture::PointCause>(cloud.cause[i]);
    if (!capture::has_surface(cause)) return kOutlierLabel;
    return labels_.of(cloud.class_id[i], cloud.instance[i]);
  }

  core::Result<void> write_picture(const Eye& eye, std::size_t k) {
    const auto tick = nearest(eye.ticks, scans_[k].stamp_ns, kMaxGapNs);
    if (!tick || !has_picture(clip_->reader, eye.camera, tick->tick)) {
      context_.notes.lost("scans without a picture near them in " + eye.folder);
      return {};
    }
    return put_as_png(picture_of(clip_->reader, eye.camera, tick->tick), context_.out,
                      root_ + eye.folder + padded(k, 6) + ".png");
  }

  // T_camera_lidar, or the identity without a camera.
  [[nodiscard]] math::Pose Tr() const {
    return cameras_.left == nullptr ? math::Pose{}
                                    : cameras_.left->T_ego_camera.inverse() * lidar_.T_ego_lidar;
  }

  void list_poses() {
    const auto& timeline = clip_->reader.timeline();
    const auto& ego = timeline.actors[timeline.ego];
    const math::Affine3d T_ego_0 = to_affine(lidar_.T_ego_lidar * Tr().inverse());
    math::Affine3d T_first_world;
    for (const Tick& scan : scans_) {
      const math::Affine3d T_world_0 = world::pose_at(ego, scan.stamp_ns) * T_ego_0;
      if (poses_.empty()) T_first_world = T_world_0.inverse();
      poses_ += pose_line(T_first_world * T_world_0);
    }
  }

  [[nodiscard]] std::string calibration_text() const {
    std::string text;
    if (cameras_.left != nullptr) {
      const auto calibration = kitti_calibration(*cameras_.left, cameras_.right, lidar_);
      const std::string all = encode_kitti_calibration(calibration);
      text = all.substr(0, all.find("R0_rect"));  // P0 to P3
    } else {
      for (int k = 0; k < 4; ++k) {
        text += "P" + std::to_string(k) + ": " + pose_line(math::Affine3d{});
      }
    }
    return text + "Tr: " + pose_line(to_affine(Tr()));
  }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  const capture::LidarCalibration& lidar_;
  KittiCameras cameras_;
  SemanticKittiLabels labels_;
  std::string number_, root_, poses_;
  std::vector<Tick> scans_;
  std::vector<Eye> eyes_;
};

class SemanticKitti : public Format {
 public:
  explicit SemanticKitti(const FormatContext& context) : context_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    const int number = numbers_.next(clip->split);
    auto sequence = Sequence::open(clip, context_, number);
    if (!sequence) return core::forward_error(sequence);
    if (number >= SemanticKittiNumbers::kFirstFree) {
      context_.notes.lost(
          "sequences whose number is in no split of SemanticKITTI: sequences.csv names theirs");
    }
    csv_ += (*sequence)->csv_line();
    return std::move(*sequence);
  }
  core::Result<void> close() override { return context_.out.put("sequences.csv", csv_); }

 private:
  const FormatContext& context_;
  SemanticKittiNumbers numbers_;
  std::string csv_ = "sequence,split,clip,scans\n";
};

}  // namespace

FormatTraits semantickitti_format() {
  return {.name = "semantickitti",
          .summary = "SemanticKITTI: velodyne, labels with instances, poses, calib, times, images",
          .class_names = semantickitti_names(),
          .usual_name = semantickitti_name,
          .sees_images = false,
          .sees_lidar = false,
          .lost = {"boxes, image labels, keypoints, lanes: points have labels, nothing else does",
                   "ring, time, echo and cause of points: what no surface made is an outlier",
                   "cameras but the first pinhole with a global shutter and one beside it: "
                   "calib.txt holds P = K [R|t] only",
                   "LiDARs beyond the first, radars, motion sensors",
                   "splits beyond SemanticKITTI's numbers: 10 sequences of train, 1 of val, 11 of "
                   "test; later ones count from 22 on",
                   "class names that SemanticKITTI does not have: other-object or unlabeled",
                   "voxels/: scene completion is not made"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<SemanticKitti>(context);
          }};
}

}  // namespace oddroad::exchange
