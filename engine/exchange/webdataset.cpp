#include "engine/exchange/webdataset.h"

#include <cctype>
#include <cstdio>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "engine/dataset/layout.h"
#include "engine/exchange/clip_sensors.h"
#include "engine/exchange/tar.h"

namespace oddroad::exchange {
namespace {

using Json = nlohmann::ordered_json;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// A file of the dataset, or a text of ours.
struct Member {
  std::string name;
  std::filesystem::path file;  // empty: `text`
  std::string text;
  std::uint64_t bytes = 0;
};
using Sample = std::vector<Member>;

// Asks the system to have the file in memory soon.
void read_ahead(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;  // whoever reads it will tell
  ::posix_fadvise(fd, 0, 0, POSIX_FADV_WILLNEED);
  ::close(fd);
}

core::Result<void> add_member(Sample& sample, Member member) {
  if (!fits_tar(member.name)) {
    return core::fail("'" + member.name + "' is too long a name for a tar archive");
  }
  sample.push_back(std::move(member));
  return {};
}

std::uint64_t bytes_in_tar(const Sample& sample) {
  std::uint64_t bytes = 0;
  for (const Member& one : sample) {
    bytes += tar_header(one.name, one.bytes).size() + one.bytes + tar_padding(one.bytes).size();
  }
  return bytes;
}

// The shards of a split, one open at a time. Called in order only.
class Shards {
 public:
  Shards(const FormatContext& context, std::string split, std::uint64_t shard_bytes)
      : context_(context), split_(std::move(split)), shard_bytes_(shard_bytes) {}

  // Files go from disk to disk: however large a sample is, no more than a piece of it is in memory.
  core::Result<void> add(const Sample& sample) {
    auto done = begin_sample();
    for (const Member& one : sample) {
      if (done) done = file_->append(tar_header(one.name, one.bytes));
      if (done) {
        done = one.file.empty() ? file_->append(one.text) : file_->append_file(one.file, one.bytes);
      }
      if (done) done = file_->append(tar_padding(one.bytes));
    }
    return done;
  }
  // A sample that an earlier run added.
  core::Result<void> skip(std::uint64_t bytes) {
    auto done = begin_sample();
    return done ? file_->skip(bytes) : done;
  }

  core::Result<void> close() {
    if (!file_) return {};
    auto done = file_->append(tar_end());
    if (done) done = file_->close();
    file_.reset();
    return done;
  }

 private:
  core::Result<void> begin_sample() {
    if (file_ && file_->size() >= shard_bytes_) {
      if (auto done = close(); !done) return done;
    }
    if (file_) return {};
    char number[32];
    std::snprintf(number, sizeof number, "-%06d.tar", shards_++);
    auto opened = context_.out.open(split_ + number);
    if (!opened) return core::forward_error(opened);
    file_ = std::move(*opened);
    return {};
  }

  const FormatContext& context_;
  std::string split_;
  std::uint64_t shard_bytes_;
  int shards_ = 0;
  std::unique_ptr<OutputFile> file_;
};

core::Result<std::vector<ClipSensor>> list_sensors(const dataset::ClipReader& clip) {
  auto sensors = recording_sensors(clip);
  if (!sensors) return sensors;
  std::map<std::string, std::string> by_field;
  for (const ClipSensor& one : *sensors) {
    const auto [other, is_new] = by_field.emplace(lower(one.name), one.name);
    if (is_new) continue;
    return core::fail_at({clip.folder().string()},
                         "sensors '" + other->second + "' and '" + one.name +
                             "' have one name in WebDataset, which knows lower case only");
  }
  return sensors;
}

class WebClip : public ClipExport {
 public:
  WebClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context, Shards& shards,
          std::vector<ClipSensor> sensors)
      : clip_(std::move(clip)), context_(context), shards_(shards), sensors_(std::move(sensors)) {
    half_period_ns_ = half_period_ns(sensors_.front());
    key_ = clip_->name;
    for (char& c : key_) {
      if (c == '.') c = '_';
    }
    for (const auto& [name, entry] : clip_->reader.manifest().files) {
      const auto slash = name.find('/');
      const auto dot = name.find('.', slash == std::string::npos ? 0 : slash);
      if (slash == std::string::npos || dot == std::string::npos) continue;
      files_[name.substr(0, dot)].push_back(name);
    }
  }

  [[nodiscard]] std::size_t frames() const override { return sensors_.front().ticks.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override {
    return Json(sample_bytes_).dump();
  }
  core::Result<void> restore(const std::string& kept) override {
    for (const std::uint64_t bytes : Json::parse(kept)) {
      if (auto done = shards_.skip(bytes); !done) return done;
    }
    return {};
  }

  core::Result<InOrder> write(std::size_t k) override {
    const Tick& instant = sensors_.front().ticks[k];
    char digits[16];
    std::snprintf(digits, sizeof digits, "/%06d.", instant.tick);
    const std::string stem = key_ + digits;
    Sample sample;
    Json about = {{"clip", clip_->name},
                  {"split", clip_->split},
                  {"stamp_ns", instant.stamp_ns},
                  {"sensors", Json::object()}};
    for (const ClipSensor& sensor : sensors_) {
      const auto tick = nearest(sensor.ticks, instant.stamp_ns, half_period_ns_);
      if (!tick) continue;
      about["sensors"][sensor.name] = {{"tick", tick->tick}, {"stamp_ns", tick->stamp_ns}};
      const std::string capture = dataset::capture_file(sensor.name, tick->tick, "");
      const auto it = files_.find(capture);
      if (it == files_.end()) continue;
      for (const std::string& name : it->second) {
        const auto done =
            add_file(name, stem + lower(sensor.name + name.substr(capture.size())), sample);
        if (!done) return core::forward_error(done);
      }
    }
    const std::string text = about.dump() + "\n";
    auto done = add_file("calibration.json", stem + "calibration.json", sample);
    if (done) done = add_member(sample, {stem + "sample.json", {}, text, text.size()});
    if (!done) return core::forward_error(done);
    return [this, sample = std::move(sample)] {
      sample_bytes_.push_back(bytes_in_tar(sample));
      return shards_.add(sample);
    };
  }

 private:
  core::Result<void> add_file(const std::string& name, std::string member, Sample& sample) {
    const auto& reader = clip_->reader;
    const auto path = reader.folder() / name;
    read_ahead(path);
    return add_member(sample,
                      {std::move(member), path, {}, reader.manifest().files.at(name).bytes});
  }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  Shards& shards_;
  std::vector<ClipSensor> sensors_;
  std::int64_t half_period_ns_ = 0;
  std::string key_;
  std::map<std::string, std::vector<std::string>> files_;  // by "<sensor>/<tick>"
  std::vector<std::uint64_t> sample_bytes_;                // of those that are written
};

class WebDataset : public Format {
 public:
  WebDataset(const FormatContext& context, std::uint64_t shard_bytes) : context_(context) {
    for (const auto& split : context.splits) {
      shards_.emplace(split, std::make_unique<Shards>(context, split, shard_bytes));
    }
  }

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    auto sensors = list_sensors(clip->reader);
    if (!sensors) return core::forward_error(sensors);
    return std::make_unique<WebClip>(clip, context_, *shards_.at(clip->split), std::move(*sensors));
  }

  core::Result<void> close() override {
    for (const auto& [split, shards] : shards_) {
      if (auto done = shards->close(); !done) return done;
    }
    return {};
  }

 private:
  const FormatContext& context_;
  std::map<std::string, std::unique_ptr<Shards>> shards_;
};

}  // namespace

FormatTraits webdataset_format(std::uint64_t shard_bytes) {
  return {.name = "webdataset",
          .summary = "WebDataset tar shards of the dataset's own files",
          .keeps_classes = true,
          .sees_images = false,
          .sees_lidar = false,
          .lost = {"captures of sensors that are faster than the first camera: the nearest stay",
                   "series of motion sensors, and what clip.json says of a whole clip: parameters, "
                   "events, facts, tracks between the samples",
                   "ontology and conventions of dataset.json"},
          .make = [shard_bytes](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<WebDataset>(context, shard_bytes);
          }};
}

}  // namespace oddroad::exchange
