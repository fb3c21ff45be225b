#include "engine/exchange/openlabel.h"

#include <set>

#include "engine/exchange/openlabel_clip.h"
#include "engine/exchange/openlabel_frame.h"

namespace oddroad::exchange {
namespace {

using openlabel::Json;

class OpenlabelClip : public ClipExport {
 public:
  OpenlabelClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context,
                std::vector<ClipSensor> sensors)
      : clip_(std::move(clip)),
        context_(context),
        sensors_(std::move(sensors)),
        half_period_ns_(half_period_ns(sensors_.front())) {}

  [[nodiscard]] std::size_t frames() const override { return instants().size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }

  core::Result<InOrder> write(std::size_t k) override {
    std::vector<openlabel::Capture> captures;
    for (const ClipSensor& sensor : sensors_) {
      const auto tick = nearest(sensor.ticks, instants()[k].stamp_ns, half_period_ns_);
      if (!tick) continue;
      auto labels = clip_->reader.labels(sensor.name, tick->tick);
      if (!labels) return core::forward_error(labels);
      captures.push_back({&sensor, *tick, std::move(*labels)});
    }
    auto frame = openlabel::make_frame(*clip_, captures, context_);
    std::string line = "\"" + std::to_string(k) + "\":" + frame.json.dump();
    return [this, k, line = std::move(line), sights = std::move(frame.sights)] {
      return append(static_cast<int>(k), line, sights);
    };
  }

  // Objects are told behind the frames that they are seen in: nothing grows with the frames but
  // intervals.
  core::Result<void> close() override {
    context_.notes.lost("captures between the frames", captures_between());
    const auto& info = clip_->reader.info();
    const Json tail = {
        {"objects", tracks_.objects(context_.classes)},
        {"actions", tracks_.actions()},
        {"events", openlabel::events(info, instants())},
        {"contexts", openlabel::contexts(info, instants())},
        {"relations", tracks_.relations()},
        {"frame_intervals", Json::array({{{"frame_start", 0}, {"frame_end", frames() - 1}}})}};
    const std::string text = tail.dump();
    auto done = file_->append("\n},\n" + text.substr(1) + "}\n");
    return done ? file_->close() : done;
  }

 private:
  [[nodiscard]] const std::vector<Tick>& instants() const { return sensors_.front().ticks; }

  [[nodiscard]] std::int64_t captures_between() const {
    std::int64_t between = 0;
    for (const ClipSensor& sensor : sensors_) {
      std::set<int> told;
      for (const Tick& instant : instants()) {
        const auto tick = nearest(sensor.ticks, instant.stamp_ns, half_period_ns_);
        if (tick) told.insert(tick->tick);
      }
      between += std::ssize(sensor.ticks) - std::ssize(told);
    }
    return between;
  }

  core::Result<void> append(int k, const std::string& line,
                            const std::vector<openlabel::Sight>& sights) {
    if (k == 0) {
      auto opened = context_.out.open(clip_file(*clip_, ".json"));
      if (!opened) return core::forward_error(opened);
      file_ = std::move(*opened);
      if (auto done = file_->append(head()); !done) return done;
    }
    tracks_.add(k, sights);
    context_.notes.count("boxes", static_cast<std::int64_t>(sights.size()));
    return file_->append((k == 0 ? "\n" : ",\n") + line);
  }

  // Up to the opened map of frames.
  [[nodiscard]] std::string head() const {
    const Json json = {{"metadata", openlabel::metadata(*clip_)},
                       {"ontologies", openlabel::ontologies(context_)},
                       {"coordinate_systems", openlabel::coordinate_systems(*clip_, sensors_)},
                       {"streams", openlabel::streams(*clip_, sensors_)}};
    std::string text = json.dump();
    text.pop_back();
    return "{\"openlabel\":" + text + ",\n\"frames\":{";
  }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  std::vector<ClipSensor> sensors_;
  std::int64_t half_period_ns_;
  std::unique_ptr<OutputFile> file_;
  openlabel::Tracks tracks_;
};

class Openlabel : public Format {
 public:
  explicit Openlabel(const FormatContext& context) : context_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto sensors = recording_sensors(clip->reader);
    if (!sensors) return core::forward_error(sensors);
    return std::make_unique<OpenlabelClip>(clip, context_, std::move(*sensors));
  }
  core::Result<void> close() override { return {}; }

 private:
  const FormatContext& context_;
};

}  // namespace

FormatTraits openlabel_format() {
  return {.name = "openlabel",
          .summary = "ASAM OpenLABEL 1.0.0: all labels of a clip in one JSON file",
          .lost = {"pictures and points themselves: streams name the dataset's files",
                   "masks, depth, flow, normals: frames name the dataset's files where there are "
                   "some; outlines are not written",
                   "keypoints, lanes, occluders; boxes at the instant of a row or a beam: boxes "
                   "hold for the frame's instant",
                   "captures of sensors that are faster than the first camera: the nearest stay",
                   "tracks of radars, exposure and faults of sensors, how LiDARs and radars scan"},
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Openlabel>(context);
          }};
}

}  // namespace oddroad::exchange
