#include "engine/exchange/exr.h"

#include <atomic>
#include <cstdio>
#include <ctime>

#include "engine/exchange/clip_sensors.h"
#include "engine/exchange/exr_layers.h"

namespace oddroad::exchange {
namespace {

constexpr const char* kComments =
    "Z and range in metres, +inf = nothing. N: unit normals in the camera frame (x right, y down, "
    "z "
    "forward). forward, backward: displacement to the next and the previous frame in pixels, right "
    "and down, NaN = cannot be shown there; occluded: 0 seen there, 1 hidden, 2 outside. "
    "instance.id, semantic.id: numbers of the dataset. worldToCamera: metres, z up in the world.";

// Of this thread.
std::int64_t cpu_ns() {
  timespec t{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1'000'000'000ll + t.tv_nsec;
}

// What the export costs, and OpenEXR's encoder alone.
struct Costs {
  std::atomic<std::int64_t> all_ns = 0, encoder_ns = 0;
};

struct Shot {
  const ClipSensor* camera = nullptr;
  Tick tick;
};

class ExrClip : public ClipExport {
 public:
  ExrClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
          std::vector<ClipSensor> sensors, Costs& costs)
      : clip_(std::move(clip)),
        context_(context),
        costs_(costs),
        sensors_(std::move(sensors)),
        mattes_(clip_->reader.info(), context_) {
    for (const ClipSensor& sensor : sensors_) {
      if (sensor.kind != SensorKind::kCamera) continue;
      for (const Tick& tick : sensor.ticks) shots_.push_back({&sensor, tick});
    }
  }

  [[nodiscard]] std::size_t frames() const override { return shots_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }

  core::Result<InOrder> write(std::size_t k) override {
    const std::int64_t begin_ns = cpu_ns();
    const auto& [camera, tick] = shots_[k];
    const auto frame = clip_->reader.camera(camera->name, tick.tick);
    if (!frame) return core::forward_error(frame);
    const ExrLayers layers(*frame, mattes_);
    if (layers.channels().empty()) {
      context_.notes.lost("frames of cameras without any image of labels");
      return InOrder{};
    }
    const auto& lens = clip_->reader.calibration().cameras[camera->index].camera;
    dataset::ExrHeader header{lens.width_px, lens.height_px, layers.texts()};
    header.texts["comments"] = kComments;
    header.T_camera_world = to_affine((frame->stamp.T_world_ego * camera->T_ego_sensor).inverse());
    const std::int64_t ready_ns = cpu_ns();
    const std::string bytes = dataset::encode_exr(header, layers.channels());
    costs_.encoder_ns += cpu_ns() - ready_ns;
    char name[32];
    std::snprintf(name, sizeof name, "/%06d.exr", tick.tick);
    const auto done = context_.out.put(clip_file(*clip_, "/") + camera->name + name, bytes);
    if (!done) return core::forward_error(done);
    costs_.all_ns += cpu_ns() - begin_ns;
    context_.notes.count("channels", static_cast<std::int64_t>(layers.channels().size()));
    return InOrder{};
  }

 private:
  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  Costs& costs_;
  std::vector<ClipSensor> sensors_;
  ExrMattes mattes_;
  std::vector<Shot> shots_;
};

class Exr : public Format {
 public:
  explicit Exr(const FormatContext& context) : context_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto sensors = recording_sensors(clip->reader);
    if (!sensors) return core::forward_error(sensors);
    auto out = std::make_unique<ExrClip>(clip, context_, std::move(*sensors), costs_);
    if (out->frames() == 0) {
      return core::fail_at({clip->reader.folder().string()},
                           "there are no cameras: EXR holds images only");
    }
    return out;
  }
  core::Result<void> close() override {
    if (costs_.all_ns > 0) {
      context_.notes.count("% of its time in the encoder", 100 * costs_.encoder_ns / costs_.all_ns);
    }
    return {};
  }

 private:
  const FormatContext& context_;
  Costs costs_;
};

}  // namespace

FormatTraits exr_format() {
  return {.name = "exr",
          .summary = "OpenEXR: depth, normals, flow, ids with Cryptomatte, one file a frame",
          .sees_images = false,
          .sees_lidar = false,
          .lost = {"pictures as the camera delivers them; radiance is there where it was recorded",
                   "boxes, keypoints, lanes, drivable areas; LiDARs, radars, motion sensors",
                   "lenses: worldToCamera alone is written"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Exr>(context);
          }};
}

}  // namespace oddroad::exchange
