#include "engine/exchange/nuscenes_source.h"

#include <algorithm>

#include "engine/exchange/json_rows.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;

core::Result<fs::path> find_version(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (fs::exists(entry.path() / "scene.json")) found.push_back(entry.path());
  }
  if (found.size() == 1) return found.front();
  return core::fail_at({folder.string()},
                       found.empty() ? "no folder in it has a scene.json"
                                     : "several folders in it have a scene.json",
                       "name the folder above one version, like v1.0-mini");
}

// Rows of one table by token.
class Table {
 public:
  Table(const fs::path& version, const std::string& name, core::Diagnostics& problems,
        bool required = true)
      : name_(name) {
    const fs::path file = version / (name + ".json");
    if (!required && !fs::exists(file)) return;
    auto rows = read_json_rows(file);
    if (!rows) {
      problems.append(rows.error());
      return;
    }
    rows_ = std::move(*rows);
    for (const JsonRow& row : rows_) {
      const std::string token = RowReader(row, problems).text("token");
      if (!by_token_.emplace(token, &row).second) {
        problems.error(row.where, "token '" + token + "' stands there twice");
      }
    }
  }

  [[nodiscard]] const std::vector<JsonRow>& rows() const { return rows_; }
  [[nodiscard]] const JsonRow* find(const std::string& token) const {
    const auto it = by_token_.find(token);
    return it == by_token_.end() ? nullptr : it->second;
  }
  // The row that `key` of another row leads to.
  const JsonRow* follow(const JsonRow& from, const char* key, core::Diagnostics& problems) const {
    const std::string token = RowReader(from, problems).text(key);
    const JsonRow* row = find(token);
    if (row == nullptr && !token.empty()) {
      problems.error(from.where,
                     std::string("'") + key + "' leads to no row of " + name_ + ".json");
    }
    return row;
  }

 private:
  std::string name_;
  std::vector<JsonRow> rows_;
  std::map<std::string, const JsonRow*> by_token_;
};

class Reader {
 public:
  explicit Reader(const fs::path& version)
      : scene_(version, "scene", problems_),
        log_(version, "log", problems_),
        sample_(version, "sample", problems_),
        data_(version, "sample_data", problems_),
        calibration_(version, "calibrated_sensor", problems_),
        sensor_(version, "sensor", problems_),
        ego_pose_(version, "ego_pose", problems_),
        annotation_(version, "sample_annotation", problems_),
        instance_(version, "instance", problems_),
        category_(version, "category", problems_),
        attribute_(version, "attribute", problems_),
        lidarseg_(version, "lidarseg", problems_, false) {}

  core::Result<NuscenesDataset> all() {
    NuscenesDataset out;
    if (!problems_.has_errors()) {
      add_scenes(out);
      add_samples(out);
      read_sensors();
      add_captures(out);
      add_annotations(out);
      if (!lidarseg_.rows().empty()) add_categories(out);
    }
    if (problems_.has_errors()) return tl::unexpected(problems_);
    return out;
  }

 private:
  void add_scenes(NuscenesDataset& out) {
    for (const JsonRow& row : scene_.rows()) {
      RowReader read(row, problems_);
      NuscenesLog& scene = out.scenes.emplace_back();
      scene.name = read.text("name");
      scene.description = read.text("description");
      if (const JsonRow* log = log_.follow(row, "log_token", problems_)) {
        scene.location = RowReader(*log, problems_).text("location");
      }
      scene_at_[read.text("token")] = out.scenes.size() - 1;
    }
  }

  void add_samples(NuscenesDataset& out) {
    std::vector<std::pair<std::int64_t, const JsonRow*>> rows;
    for (const JsonRow& row : sample_.rows()) {
      rows.emplace_back(RowReader(row, problems_).integer("timestamp"), &row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
      return a.first < b.first;
    });
    for (const auto& [timestamp, row] : rows) {
      if (scene_.follow(*row, "scene_token", problems_) == nullptr) continue;
      RowReader read(*row, problems_);
      const std::size_t scene = scene_at_.at(read.text("scene_token"));
      auto& samples = out.scenes[scene].samples;
      samples.push_back({timestamp, {}});
      sample_at_[read.text("token")] = {scene, samples.size() - 1};
    }
  }

  // What every capture of a calibrated sensor has in common.
  void read_sensors() {
    for (const JsonRow& row : calibration_.rows()) {
      const JsonRow* sensor = sensor_.follow(row, "sensor_token", problems_);
      if (sensor == nullptr) continue;
      NuscenesCapture& one = sensors_[RowReader(row, problems_).text("token")];
      one.T_ego_sensor = RowReader(row, problems_).pose();
      one.channel = RowReader(*sensor, problems_).text("channel");
      const std::string modality = RowReader(*sensor, problems_).text("modality");
      if (modality == "lidar") {
        one.modality = NuscenesModality::kLidar;
      } else if (modality == "radar") {
        one.modality = NuscenesModality::kRadar;
      } else if (modality == "camera") {
        add_intrinsic(row, one);
      } else {
        problems_.error(sensor->where,
                        "modality is camera, lidar or radar, not '" + modality + "'");
      }
    }
  }

  void add_captures(NuscenesDataset& out) {
    for (const JsonRow& row : data_.rows()) {
      const JsonRow* sample = sample_.follow(row, "sample_token", problems_);
      const JsonRow* pose = ego_pose_.follow(row, "ego_pose_token", problems_);
      const JsonRow* calibration = calibration_.follow(row, "calibrated_sensor_token", problems_);
      if (!sample || !pose || !calibration) continue;
      RowReader read(row, problems_);
      const auto at = sample_at_.find(read.text("sample_token"));
      const auto sensor = sensors_.find(read.text("calibrated_sensor_token"));
      if (at == sample_at_.end() || sensor == sensors_.end()) continue;  // told already
      NuscenesCapture capture = sensor->second;
      capture.token = read.text("token");
      capture.timestamp_us = read.integer("timestamp");
      capture.keyframe = read.flag("is_key_frame");
      capture.filename = read.text("filename");
      capture.sample = at->second.second;
      capture.T_global_ego = RowReader(*pose, problems_).pose();
      if (const JsonRow* labels = lidarseg_.find(capture.token)) {
        capture.lidarseg = RowReader(*labels, problems_).text("filename");
      }
      out.scenes[at->second.first].captures.push_back(std::move(capture));
    }
    for (auto& scene : out.scenes) {
      std::stable_sort(
          scene.captures.begin(), scene.captures.end(), [](const auto& a, const auto& b) {
            return std::tie(a.channel, a.timestamp_us) < std::tie(b.channel, b.timestamp_us);
          });
    }
  }

  void add_intrinsic(const JsonRow& row, NuscenesCapture& capture) {
    const auto it = row.value.find("camera_intrinsic");
    std::vector<double> k;
    if (it != row.value.end() && it->is_array()) {
      for (const auto& line : *it) {
        for (const auto& one : line) {
          if (one.is_number()) k.push_back(one.get<double>());
        }
      }
    }
    if (k.size() != 9 || !(k[0] > 0 && k[4] > 0) || k[1] != 0 || k[3] != 0) {
      problems_.error(row.where, "'camera_intrinsic' is a matrix of 3 x 3 without skew");
      return;
    }
    capture.fx = k[0];
    capture.fy = k[4];
    capture.cx = k[2];
    capture.cy = k[5];
  }

  void add_annotations(NuscenesDataset& out) {
    for (const JsonRow& row : annotation_.rows()) {
      const JsonRow* instance = instance_.follow(row, "instance_token", problems_);
      const JsonRow* category =
          instance ? category_.follow(*instance, "category_token", problems_) : nullptr;
      const JsonRow* sample = sample_.follow(row, "sample_token", problems_);
      if (!category || !sample) continue;
      RowReader read(row, problems_);
      const auto at = sample_at_.find(read.text("sample_token"));
      if (at == sample_at_.end()) continue;
      NuscenesAnnotation one;
      one.instance = read.text("instance_token");
      one.category = RowReader(*category, problems_).text("name");
      one.lidar_points = read.integer("num_lidar_pts");
      const auto wlh = read.numbers("size", 3);
      one.box_global = {read.pose(), {wlh[1], wlh[0], wlh[2]}};
      if (!(wlh[0] > 0 && wlh[1] > 0 && wlh[2] > 0)) {
        problems_.error(row.where, "'size' is width, length and height above 0");
      }
      for (const std::string& token : read.texts("attribute_tokens")) {
        const JsonRow* attribute = attribute_.find(token);
        if (attribute == nullptr) {
          problems_.error(row.where, "'attribute_tokens' lead to no row of attribute.json");
        } else {
          one.attribute = RowReader(*attribute, problems_).text("name");
        }
      }
      out.scenes[at->second.first].samples[at->second.second].annotations.push_back(one);
    }
  }

  void add_categories(NuscenesDataset& out) {
    for (const JsonRow& row : category_.rows()) {
      RowReader read(row, problems_);
      out.category_of[static_cast<int>(read.integer("index"))] = read.text("name");
    }
  }

  core::Diagnostics problems_;
  Table scene_, log_, sample_, data_, calibration_, sensor_, ego_pose_, annotation_, instance_,
      category_, attribute_, lidarseg_;
  std::map<std::string, NuscenesCapture> sensors_;  // by calibrated_sensor
  std::map<std::string, std::size_t> scene_at_;
  std::map<std::string, std::pair<std::size_t, std::size_t>> sample_at_;  // scene, sample
};

}  // namespace

core::Result<NuscenesDataset> read_nuscenes(const fs::path& folder) {
  const auto version = find_version(folder);
  if (!version) return core::forward_error(version);
  auto out = Reader(*version).all();
  if (!out) return out;
  out->folder = folder;
  out->version = version->filename().string();
  return out;
}

}  // namespace oddroad::exchange
