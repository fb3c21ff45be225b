#include "engine/exchange/cityscapes.h"

#include <cctype>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "engine/dataset/png.h"
#include "engine/exchange/captures.h"
#include "engine/exchange/cityscapes_frame.h"
#include "engine/exchange/cityscapes_labels.h"
#include "engine/exchange/shots.h"
#include "engine/exchange/stereo.h"

namespace oddroad::exchange {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kMaxGapNs = 5'000'000;  // between left and right

std::string city_of(const std::string& scenario) {
  std::string city;
  for (const char c : scenario) {
    if (std::isalnum(static_cast<unsigned char>(c))) city += c;
  }
  return city.empty() ? "scenario" : city;
}

// The distance of the second camera, if it stands beside the first, which is `left`.
double baseline(const std::vector<capture::CameraCalibration>& cameras, const std::string& left) {
  return cameras.size() < 2 || cameras[0].name != left ? 0 : baseline_m(cameras[0], cameras[1]);
}

class CityscapesClip : public ClipExport {
 public:
  CityscapesClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
                 std::vector<Shot> shots, std::string stem)
      : clip_(std::move(clip)),
        context_(context),
        shots_(std::move(shots)),
        stem_(std::move(stem)),
        left_(*std::find_if(clip_->reader.calibration().cameras.begin(),
                            clip_->reader.calibration().cameras.end(),
                            [&](const auto& camera) {
                              return camera.name == shots_.front().camera;
                            })),
        baseline_m_(baseline(clip_->reader.calibration().cameras, left_.name)),
        things_(clip_->reader.info(), context.ontology) {}

  // Stamps of the right camera, and the one that timestamps count from.
  core::Result<void> read_stamps() {
    const auto first = clip_->reader.stamp_ns(left_.name, shots_.front().tick);
    if (!first) return core::forward_error(first);
    first_ns_ = *first;
    if (!(baseline_m_ > 0)) return {};
    auto ticks = capture_ticks(clip_->reader, clip_->reader.calibration().cameras[1].name);
    if (!ticks) return core::forward_error(ticks);
    right_ = std::move(*ticks);
    return {};
  }

  [[nodiscard]] std::size_t frames() const override { return shots_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }

  core::Result<InOrder> write(std::size_t k) override {
    const Shot& shot = shots_[k];
    unsigned parts = dataset::kIdsPart | dataset::kClassesPart;
    if (baseline_m_ > 0) parts |= dataset::kDepthPart;
    const auto frame = clip_->reader.camera(shot.camera, shot.tick, parts);
    if (!frame) return core::forward_error(frame);
    auto done = write_pictures(shot, frame->stamp.stamp_ns);
    if (done) done = write_labels(shot, *frame);
    if (done) done = write_motion(shot, frame->stamp.stamp_ns);
    if (!done) return core::forward_error(done);
    return InOrder{};
  }

 private:
  core::Result<void> put(const char* type, const Shot& shot, const std::string& ending,
                         const std::string& bytes) {
    return context_.out.put(name_of(type, shot, ending), bytes);
  }

  [[nodiscard]] std::string name_of(const char* type, const Shot& shot,
                                    const std::string& ending) const {
    char tick[16];
    std::snprintf(tick, sizeof tick, "_%06d_", shot.tick);
    const std::string city = stem_.substr(0, stem_.find('_'));
    return std::string(type) + "/" + clip_->split + "/" + city + "/" + stem_ + tick + type + ending;
  }

  core::Result<void> write_pictures(const Shot& shot, std::int64_t stamp_ns) {
    auto done = put_as_png(picture_of(clip_->reader, shot.camera, shot.tick), context_.out,
                           name_of("leftImg8bit", shot, ".png"));
    const auto tick = nearest(right_, stamp_ns, kMaxGapNs);
    if (!done || !tick) return done;
    const std::string& camera = clip_->reader.calibration().cameras[1].name;
    if (!has_picture(clip_->reader, camera, tick->tick)) return {};
    return put_as_png(picture_of(clip_->reader, camera, tick->tick), context_.out,
                      name_of("rightImg8bit", shot, ".png"));
  }

  core::Result<void> write_labels(const Shot& shot, const capture::CameraFrame& frame) {
    const SegmentImage image = segment_image(frame, things_);
    const auto& timeline = clip_->reader.timeline();
    const CityscapesNames names{context_.classes, timeline.actors[timeline.ego].id};
    const CityscapesDrawing drawing = cityscapes_drawing(image, frame, left_, names);
    const CityscapesMasks masks = cityscapes_masks(image, drawing, names);
    auto done = put("gtFine", shot, "_labelIds.png", dataset::encode_png(masks.label_ids));
    if (done)
      done = put("gtFine", shot, "_labelTrainIds.png", dataset::encode_png(masks.train_ids));
    if (done) {
      done = put("gtFine", shot, "_instanceIds.png", dataset::encode_png(masks.instance_ids));
    }
    if (done) done = put("gtFine", shot, "_color.png", dataset::encode_png(masks.color));
    if (done) {
      done = put("gtFine", shot, "_polygons.json", cityscapes_polygons(image, drawing, names));
    }
    context_.notes.lost(
        "pixels of instances in polygons.json: lines cross them that join the parts of others",
        drawing.crossed_px);
    if (left_.camera.lens != math::Lens::kPinhole) {
      context_.notes.lost("frames without camera, boxes and disparity: the lens is no pinhole");
      return done;
    }
    if (done) done = put("camera", shot, ".json", cityscapes_camera(left_, baseline_m_));
    if (done) {
      done = put("gtBbox3d", shot, ".json",
                 cityscapes_boxes(frame, left_, baseline_m_, masks, context_));
    }
    if (done && baseline_m_ > 0 && !frame.depth_m.empty()) {
      done = put("disparity", shot, ".png",
                 dataset::encode_png(
                     cityscapes_disparity(frame.depth_m, left_.camera.fx_px, baseline_m_)));
    }
    return done;
  }

  core::Result<void> write_motion(const Shot& shot, std::int64_t stamp_ns) {
    const auto& timeline = clip_->reader.timeline();
    const auto state = world::state_at(timeline.actors[timeline.ego], stamp_ns);
    const auto& scene = timeline.environment;
    const double yaw = math::yaw_of(state.T_world_actor.rotation);
    const math::Vec3d ahead(std::cos(yaw), std::sin(yaw), 0);
    const double degree = M_PI / 180;
    const Json json = {{"gpsHeading", std::fmod(90 - yaw / degree + 720, 360)},
                       {"gpsLatitude", scene.latitude_rad / degree},
                       {"gpsLongitude", scene.longitude_rad / degree},
                       {"outsideTemperature", scene.temperature_c},
                       {"speed", glm::dot(state.velocity_mps, ahead)},
                       {"yawRate", state.yaw_rate_rps}};
    auto done = put("vehicle", shot, ".json", json.dump(4) + "\n");
    return done ? put("timestamp", shot, ".txt", std::to_string(stamp_ns - first_ns_) + "\n")
                : done;
  }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  std::vector<Shot> shots_;
  std::string stem_;  // "<city>_<sequence>"
  const capture::CameraCalibration& left_;
  double baseline_m_;
  ClipThings things_;
  std::int64_t first_ns_ = 0;
  std::vector<Tick> right_;
};

class Cityscapes : public Format {
 public:
  explicit Cityscapes(const FormatContext& context) : context_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto shots = list_shots(*clip, "Cityscapes", true);
    if (!shots) return core::forward_error(shots);
    const std::string left = shots->front().camera;
    const auto others = std::erase_if(*shots, [&](const Shot& shot) {
      return shot.camera != left;
    });
    if (others > 0) context_.notes.lost("pictures of other cameras", static_cast<int>(others));
    const std::string city = city_of(clip->reader.info().identity.scenario);
    char sequence[16];
    std::snprintf(sequence, sizeof sequence, "_%06d", sequences_[city]++);
    csv_ += city + "," + (sequence + 1) + "," + clip->split + "," + clip->name + "\n";
    auto out = std::make_unique<CityscapesClip>(clip, context_, std::move(*shots), city + sequence);
    if (auto read = out->read_stamps(); !read) return core::forward_error(read);
    return out;
  }

  core::Result<void> close() override { return context_.out.put("clips.csv", csv_); }

 private:
  const FormatContext& context_;
  std::map<std::string, int> sequences_;  // by city
  std::string csv_ = "city,sequence,split,clip\n";
};

}  // namespace

FormatTraits cityscapes_format() {
  std::vector<std::string> names;
  for (const auto& label : cityscapes_labels()) names.emplace_back(label.name);
  return {.name = "cityscapes",
          .summary = "Cityscapes: gtFine masks and polygons, camera, 3-D boxes, disparity",
          .class_names = names,
          .usual_name = [](const capture::OntologyClass& one) -> std::string {
            const auto& table = cityscapes_labels();
            const auto i = static_cast<std::size_t>(std::max(one.cityscapes_id, 0));
            return i < table.size() ? table[i].name : table[0].name;
          },
          .sees_lidar = false,
          .lost = {"LiDARs, radars, motion sensors; cameras beyond the first and one beside it",
                   "tracks: instances count anew in every frame",
                   "classes that Cityscapes does not have: static, dynamic, unlabeled",
                   "lens distortion and rolling shutters, flow, normals, keypoints, lanes",
                   "depth beyond disparity, and where there is one camera only"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Cityscapes>(context);
          }};
}

}  // namespace oddroad::exchange
