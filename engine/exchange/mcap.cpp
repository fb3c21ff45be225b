#include "engine/exchange/mcap.h"

#include "engine/dataset/file_io.h"
#include "engine/exchange/mcap_messages.h"

namespace oddroad::exchange {
namespace {

class McapClip : public ClipExport {
 public:
  McapClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
           std::vector<ClipSensor> sensors, McapChannels channels, McapMotion motion)
      : clip_(std::move(clip)),
        context_(context),
        sensors_(std::move(sensors)),
        channels_(std::move(channels)),
        motion_(std::move(motion)),
        messages_(*clip_, context_, sensors_, channels_, motion_),
        captures_(captures_by_time(sensors_)) {}

  [[nodiscard]] std::size_t frames() const override { return captures_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }

  // A chunk for each capture: they are compressed side by side.
  core::Result<InOrder> write(std::size_t k) override {
    const auto messages = messages_.of(captures_[k]);
    if (!messages) return core::forward_error(messages);
    return [this, chunk = mcap::make_chunk(*messages)]() -> core::Result<void> {
      if (auto done = begin(); !done) return done;
      return writer_->add(chunk);
    };
  }

  core::Result<void> close() override {
    for (const char* name : {"clip.json", "calibration.json"}) {
      const auto text = dataset::read_file(clip_->reader.folder() / name);
      if (!text) return core::forward_error(text);
      if (auto done = writer_->attach(name, "application/json", *text); !done) return done;
    }
    return writer_->close();
  }

 private:
  core::Result<void> begin() {
    if (writer_) return {};
    auto file = context_.out.open(clip_file(*clip_, ".mcap"));
    if (!file) return core::forward_error(file);
    writer_ = std::make_unique<mcap::Writer>(std::move(*file));
    return writer_->begin("oddroad " + clip_->reader.info().identity.software_version,
                          channels_.schemas, channels_.channels);
  }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  std::vector<ClipSensor> sensors_;
  McapChannels channels_;
  McapMotion motion_;
  McapMessages messages_;
  std::vector<McapCapture> captures_;
  std::unique_ptr<mcap::Writer> writer_;
};

class Mcap : public Format {
 public:
  explicit Mcap(const FormatContext& context) : context_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto sensors = recording_sensors(clip->reader);
    if (!sensors) return core::forward_error(sensors);
    McapChannels channels(*sensors);
    auto motion = McapMotion::open(clip->reader, channels);
    if (!motion) return core::forward_error(motion);
    std::vector<std::string> frames;
    for (const ClipSensor& sensor : *sensors) frames.push_back(sensor.name);
    for (const auto& mount : motion->mounts()) frames.push_back(mount.child);
    for (const std::string& name : frames) {
      if (name != "map" && name != "ego") continue;
      return core::fail_at({clip->reader.folder().string()},
                           "the sensor '" + name + "' has the name of another frame in MCAP files",
                           "rename it in the rig");
    }
    context_.notes.lost("GNSS fixes without a place on earth", motion->fixes_without_place());
    return std::make_unique<McapClip>(clip, context_, std::move(*sensors), std::move(channels),
                                      std::move(*motion));
  }
  core::Result<void> close() override { return {}; }

 private:
  const FormatContext& context_;
};

}  // namespace

FormatTraits mcap_format() {
  return {.name = "mcap",
          .summary = "MCAP with Foxglove's messages: a clip that plays in Foxglove and Lichtblick",
          .lost = {"masks, depth, flow, normals, keypoints, lanes; hidden and cut parts of objects "
                   "in pictures",
                   "tracks of radars, rolling shutters; how LiDARs and radars scan stands in the "
                   "attached calibration.json only",
                   "truth and biases of motion sensors, accelerations of navigation systems, which "
                   "satellites were seen",
                   "where each LiDAR point was at its own time: clouds hold for the sweep's stamp",
                   "range, column and echo of points, the geometry behind them, truth of radar "
                   "detections"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Mcap>(context);
          }};
}

}  // namespace oddroad::exchange
