#include "engine/exchange/kitti_tracking.h"

#include <cstdio>

#include "engine/exchange/bytes.h"
#include "engine/exchange/kitti_frames.h"
#include "engine/exchange/oxts.h"

namespace oddroad::exchange {
namespace {

// The object benchmark's limits for 'easy' and 'hard'.
int truncation_level(double share) {
  return share <= 0.15 ? 0 : share <= 0.5 ? 1 : 2;
}

std::string encode_rows(std::size_t frame, const std::vector<KittiLabel>& labels) {
  std::string text;
  for (const auto& l : labels) {
    char line[512];
    if (l.type == "DontCare") {
      std::snprintf(line, sizeof line,
                    "%zu -1 DontCare -1 -1 -10.000000 %.6f %.6f %.6f %.6f -1000.000000 "
                    "-1000.000000 -1000.000000 -10.000000 -1.000000 -1.000000 -1.000000\n",
                    frame, l.box.left, l.box.top, l.box.right, l.box.bottom);
    } else {
      std::snprintf(line, sizeof line,
                    "%zu %d %s %d %d %.6f %.6f %.6f %.6f %.6f %.6f %.6f %.6f %.6f %.6f %.6f %.6f\n",
                    frame, l.id.value, l.type == "Person_sitting" ? "Person" : l.type.c_str(),
                    truncation_level(l.truncated), l.occluded, l.alpha, l.box.left, l.box.top,
                    l.box.right, l.box.bottom, l.height_m, l.width_m, l.length_m, l.location_m.x,
                    l.location_m.y, l.location_m.z, l.rotation_y);
    }
    text += line;
  }
  return text;
}

class TrackingClip : public ClipExport {
 public:
  TrackingClip(KittiFrames frames, const FormatContext& context, std::size_t number)
      : frames_(std::move(frames)),
        context_(context),
        number_(padded(number, 4)),
        test_(frames_.clip().split == "test"),
        root_(test_ ? "testing/" : "training/") {}

  [[nodiscard]] std::size_t frames() const override { return frames_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }
  [[nodiscard]] const std::string& number() const { return number_; }
  [[nodiscard]] bool is_test() const { return test_; }

  core::Result<InOrder> write(std::size_t k) override {
    const std::string name = number_ + "/" + padded(k, 6);
    auto done = frames_.write_sensors(
        k, {root_ + "image_02/" + name, root_ + "image_03/" + name, root_ + "velodyne/" + name});
    if (!done) return core::forward_error(done);
    if (test_) return InOrder{};
    const auto labels = frames_.labels(k);
    if (!labels) return core::forward_error(labels);
    return [this, rows = encode_rows(k, *labels)]() -> core::Result<void> {
      labels_ += rows;
      return {};
    };
  }

  core::Result<void> close() override {
    std::string oxts;
    for (std::size_t k = 0; k < frames_.size(); ++k) {
      oxts += oxts_line(frames_.clip().reader.timeline(), frames_.captures(k).image.stamp_ns);
    }
    auto done = context_.out.put(root_ + "oxts/" + number_ + ".txt", oxts);
    if (done) {
      done = context_.out.put(root_ + "calib/" + number_ + ".txt", frames_.calibration_text());
    }
    if (done && !test_) done = context_.out.put(root_ + "label_02/" + number_ + ".txt", labels_);
    return done;
  }

 private:
  KittiFrames frames_;
  const FormatContext& context_;
  std::string number_;
  bool test_;
  std::string root_, labels_;
};

class KittiTracking : public Format {
 public:
  KittiTracking(const FormatContext& context, const KittiOptions& options)
      : context_(context), options_(options) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto frames = KittiFrames::open(clip, context_, options_);
    if (!frames) return core::forward_error(frames);
    auto out = std::make_unique<TrackingClip>(std::move(*frames), context_, sequences_++);
    const std::string line = out->number() + " empty 000000 " + padded(out->frames(), 6) + "\n";
    if (!out->is_test()) {
      maps_["training"] += line;
      maps_[clip->split] += line;
    }
    csv_ += out->number() + "," + clip->split + "," + clip->name + "," +
            std::to_string(out->frames()) + "\n";
    return out;
  }

  core::Result<void> close() override {
    core::Result<void> done;
    for (const auto& [split, lines] : maps_) {
      if (done) done = context_.out.put("training/evaluate_tracking.seqmap." + split, lines);
    }
    return done ? context_.out.put("sequences.csv", csv_) : done;
  }

 private:
  const FormatContext& context_;
  const KittiOptions options_;
  std::size_t sequences_ = 0;
  std::map<std::string, std::string> maps_;  // by split; "training": all of them
  std::string csv_ = "sequence,split,clip,frames\n";
};

}  // namespace

FormatTraits kitti_tracking_format(const KittiOptions& options) {
  return {.name = "kitti-tracking",
          .summary = "KITTI tracking: sequences with track ids, calib, oxts, seqmaps",
          .class_names = kitti_types(),
          .usual_name =
              [](const capture::OntologyClass& one) {
                return one.kitti;
              },
          .lost = {"masks, depth, flow, normals, keypoints, lanes: KITTI has boxes only",
                   "velocities and attributes: they follow from the tracks",
                   "cameras but the first pinhole with a global shutter and one beside it",
                   "LiDARs beyond the first, radars",
                   "what motion sensors measured: oxts holds the truth of the ego frame",
                   "ring, time, echo, class and cause of LiDAR points: rings follow from the order",
                   "roll and pitch of boxes: KITTI knows rotation_y only",
                   "class names that KITTI does not have: Misc or DontCare",
                   "truncation in three steps, the visible 2-D box: KITTI's is amodal"},
          .make = [options](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<KittiTracking>(context, options);
          }};
}

}  // namespace oddroad::exchange
