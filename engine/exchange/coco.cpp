#include "engine/exchange/coco.h"

#include <nlohmann/json.hpp>

#include "engine/dataset/png.h"
#include "engine/exchange/captures.h"
#include "engine/exchange/coco_annotations.h"
#include "engine/exchange/shots.h"

namespace oddroad::exchange {
namespace {

constexpr const char* kFileNames[] = {"instances", "instances_polygons", "person_keypoints",
                                      "panoptic"};

// What a clip added to the files of its split.
struct Added {
  std::string images;
  std::array<std::uint64_t, kCocoFiles> bytes{};
};

void join(std::string& list, const std::string& one) {
  list += (list.empty() ? "" : ",\n") + one;
}

// The four annotation files of a split: annotations stream to the disk, the list of images, a line
// each, waits for the end.
class SplitFiles {
 public:
  static core::Result<std::unique_ptr<SplitFiles>> create(const FormatContext& context,
                                                          const CocoCategories& categories,
                                                          const std::string& split) {
    auto out = std::make_unique<SplitFiles>();
    for (int f = 0; f < kCocoFiles; ++f) {
      auto file =
          context.out.open("annotations/" + std::string(kFileNames[f]) + "_" + split + ".json");
      if (!file) return core::forward_error(file);
      out->files_[f] = std::move(*file);
      const auto begun = out->files_[f]->append(
          R"({"info":{"description":"oddroad"},"licenses":[],"categories":)" +
          categories.json(static_cast<CocoFile>(f)) + ",\n\"annotations\":[\n");
      if (!begun) return core::forward_error(begun);
    }
    return out;
  }

  core::Result<void> add(const CocoTexts& texts, Added& added) {
    join(images_, texts.image);
    join(added.images, texts.image);
    for (std::size_t f = 0; f < kCocoFiles; ++f) {
      if (texts.annotations[f].empty()) continue;
      const std::string text = (begun_[f] ? ",\n" : "") + texts.annotations[f];
      if (auto done = files_[f]->append(text); !done) return done;
      added.bytes[f] += text.size();
      begun_[f] = true;
    }
    return {};
  }

  // What an earlier run added.
  core::Result<void> skip(const Added& added) {
    if (!added.images.empty()) join(images_, added.images);
    for (std::size_t f = 0; f < kCocoFiles; ++f) {
      if (auto done = files_[f]->skip(added.bytes[f]); !done) return done;
      begun_[f] = begun_[f] || added.bytes[f] > 0;
    }
    return {};
  }

  core::Result<void> close() {
    for (auto& file : files_) {
      auto done = file->append("],\n\"images\":[\n" + images_ + "]}\n");
      if (done) done = file->close();
      if (!done) return done;
    }
    return {};
  }

 private:
  std::array<std::unique_ptr<OutputFile>, kCocoFiles> files_;
  std::array<bool, kCocoFiles> begun_{};
  std::string images_;
};

class CocoClip : public ClipExport {
 public:
  CocoClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
           const CocoCategories& categories, SplitFiles& files, std::vector<Shot> shots,
           std::int64_t first_image)
      : clip_(std::move(clip)),
        context_(context),
        categories_(categories),
        files_(files),
        shots_(std::move(shots)),
        first_image_(first_image),
        things_(clip_->reader.info(), context.ontology) {}

  [[nodiscard]] std::size_t frames() const override { return shots_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override {
    return nlohmann::json{{"images", added_.images}, {"bytes", added_.bytes}}.dump();
  }
  core::Result<void> restore(const std::string& kept) override {
    const auto json = nlohmann::json::parse(kept);
    return files_.skip({json.at("images"), json.at("bytes")});
  }

  core::Result<InOrder> write(std::size_t k) override {
    const Shot& shot = shots_[k];
    const Picture picture = picture_of(clip_->reader, shot.camera, shot.tick);
    const auto frame =
        clip_->reader.camera(shot.camera, shot.tick, dataset::kIdsPart | dataset::kClassesPart);
    if (!frame) return core::forward_error(frame);
    const SegmentImage image = segment_image(*frame, things_);
    const CocoFrame where{first_image_ + static_cast<std::int64_t>(k),
                          shot.name + picture.extension(), shot.name + ".png"};
    auto texts = coco_texts(where, *frame, image, clip_->reader.info(), categories_, context_);
    const std::string& split = clip_->split;
    auto done = context_.out.copy(split + "/" + where.file_name, picture.file);
    if (done) {
      done = context_.out.put("panoptic_" + split + "/" + where.panoptic_name,
                              dataset::encode_png(coco_panoptic(image, categories_)));
    }
    if (!done) return core::forward_error(done);
    return [this, texts = std::move(texts)] {
      return files_.add(texts, added_);
    };
  }

 private:
  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  const CocoCategories& categories_;
  SplitFiles& files_;
  std::vector<Shot> shots_;
  std::int64_t first_image_;
  ClipThings things_;
  Added added_;
};

class Coco : public Format {
 public:
  explicit Coco(const FormatContext& context) : context_(context), categories_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto shots = list_shots(*clip, "COCO", true);
    if (!shots) return core::forward_error(shots);
    const auto files = split_files(clip->split);
    if (!files) return core::forward_error(files);
    const std::int64_t first = next_image_;
    next_image_ += static_cast<std::int64_t>(shots->size());
    return std::make_unique<CocoClip>(clip, context_, categories_, **files, std::move(*shots),
                                      first);
  }

  core::Result<void> close() override {
    for (const auto& split : context_.splits) {  // also those without a clip
      const auto files = split_files(split);
      if (!files) return core::forward_error(files);
      for (const std::string& folder : {split, "panoptic_" + split}) {
        if (auto done = context_.out.folder(folder); !done) return done;
      }
      if (auto done = (*files)->close(); !done) return done;
    }
    return {};
  }

 private:
  core::Result<SplitFiles*> split_files(const std::string& split) {
    auto& files = files_[split];
    if (!files) {
      auto made = SplitFiles::create(context_, categories_, split);
      if (!made) return core::forward_error(made);
      files = std::move(*made);
    }
    return files.get();
  }

  const FormatContext& context_;
  CocoCategories categories_;
  std::map<std::string, std::unique_ptr<SplitFiles>> files_;
  std::int64_t next_image_ = 1;
};

}  // namespace

FormatTraits coco_format() {
  return {.name = "coco",
          .summary = "COCO: instances (RLE, and polygons), person keypoints, panoptic",
          .sees_lidar = false,
          .lost = {"3-D boxes, depth, flow, normals, points, poses, calibration, time",
                   "tracks: ids are those of one clip, and annotations name none",
                   "hidden parts: boxes and masks are what is seen",
                   "keypoints of vehicles and bicycles: person_keypoints knows people",
                   "lanes and drivable areas"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Coco>(context);
          }};
}

}  // namespace oddroad::exchange
