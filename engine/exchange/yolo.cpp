#include "engine/exchange/yolo.h"

#include <cstdio>

#include "engine/exchange/captures.h"
#include "engine/exchange/imported.h"
#include "engine/exchange/shots.h"

namespace oddroad::exchange {
namespace {

// Names of things that are kept, each once, in the order of our classes.
std::vector<std::string> list_names(const FormatContext& context) {
  std::vector<std::string> names;
  for (const auto& one : context.ontology.classes) {
    const std::string& name = context.classes.of(one.id);
    if (one.thing && name != kNoClass &&
        std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

struct Classes {
  explicit Classes(const FormatContext& context) : names(list_names(context)) {
    for (const auto& one : context.ontology.classes) {
      const auto it = std::find(names.begin(), names.end(), context.classes.of(one.id));
      if (one.thing && it != names.end()) number[one.id] = static_cast<int>(it - names.begin());
    }
  }
  std::vector<std::string> names;
  std::map<core::ClassId, int> number;
};

class YoloClip : public ClipExport {
 public:
  YoloClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
           const Classes& classes, std::vector<Shot> shots)
      : clip_(std::move(clip)), context_(context), classes_(classes), shots_(std::move(shots)) {}

  [[nodiscard]] std::size_t frames() const override { return shots_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }

  core::Result<InOrder> write(std::size_t k) override {
    const Shot& shot = shots_[k];
    const Picture picture = picture_of(clip_->reader, shot.camera, shot.tick);
    const auto labels = clip_->reader.labels(shot.camera, shot.tick);
    if (!labels) return core::forward_error(labels);
    if (is_imported(clip_->reader.info()) && labels->in_image.empty()) {
      context_.notes.lost("pictures of others in which nobody noted what they show");
      return InOrder{};
    }
    const std::string place = clip_->split + "/" + shot.name;
    auto done = context_.out.copy("images/" + place + picture.extension(), picture.file);
    if (done) done = context_.out.put("labels/" + place + ".txt", lines(shot, *labels));
    if (!done) return core::forward_error(done);
    return InOrder{};
  }

 private:
  std::string lines(const Shot& shot, const dataset::FrameLabels& labels) {
    const auto& cameras = clip_->reader.calibration().cameras;
    const auto& lens = std::find_if(cameras.begin(), cameras.end(), [&](const auto& camera) {
                         return camera.name == shot.camera;
                       })->camera;
    std::string text;
    for (const auto& object : labels.in_image) {
      const auto it = classes_.number.find(object.class_id);
      const bool counted = has_pixels(object);
      if (it == classes_.number.end() || (counted && !is_seen(object, context_.thresholds))) {
        continue;
      }
      const auto& b = counted ? object.box : object.amodal_box;
      char line[128];
      std::snprintf(line, sizeof line, "%d %.8f %.8f %.8f %.8f\n", it->second,
                    0.5 * (b.left + b.right) / lens.width_px,
                    0.5 * (b.top + b.bottom) / lens.height_px, (b.right - b.left) / lens.width_px,
                    (b.bottom - b.top) / lens.height_px);
      text += line;
      context_.notes.count("objects");
    }
    return text;
  }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  const Classes& classes_;
  std::vector<Shot> shots_;
};

class Yolo : public Format {
 public:
  explicit Yolo(const FormatContext& context) : context_(context), classes_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto shots = list_shots(*clip, "YOLO", false);
    if (!shots) return core::forward_error(shots);
    return std::make_unique<YoloClip>(clip, context_, classes_, std::move(*shots));
  }

  core::Result<void> close() override {
    std::string text;  // without "path": the file's own folder counts then, wherever it lies
    for (const auto& split : context_.splits) {
      text += split + ": images/" + split + "\n";
      for (const char* folder : {"images/", "labels/"}) {
        if (auto done = context_.out.folder(folder + split); !done) return done;
      }
    }
    text += "names:\n";
    for (std::size_t i = 0; i < classes_.names.size(); ++i) {
      text += "  " + std::to_string(i) + ": " + classes_.names[i] + "\n";
    }
    return context_.out.put("data.yaml", text);
  }

 private:
  const FormatContext& context_;
  Classes classes_;
};

}  // namespace

FormatTraits yolo_format() {
  return {.name = "yolo",
          .summary = "YOLO text: 2-D boxes of all cameras, data.yaml",
          .sees_lidar = false,
          .lost = {"everything but pictures and visible 2-D boxes: ids, masks, 3-D boxes, depth, "
                   "points, calibration, poses, time",
                   "how much of a thing is hidden: it is there or it is not"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Yolo>(context);
          }};
}

}  // namespace oddroad::exchange
