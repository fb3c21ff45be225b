// Faults planted into a good dataset, and what `oddroad verify` says of them.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/capture/point_cloud.h"
#include "engine/capture/rig.h"
#include "engine/dataset/frame_json.h"
#include "tests/integration/fixture.h"

namespace oddroad::tests {

// Clip 0 of the quick scenario with all kinds but colour, 0.45 s, rendered once in a process for
// each rig. `rig`: a file in tests/integration/data, or a path.
std::string good_dataset(const std::string& rig);

// A file of the only clip of a dataset.
std::string read_of(const std::string& dataset, const std::string& file);

// Disagreements by check, as the JSON report tells them. Fails where the exit code does not fit.
std::map<std::string, std::int64_t> verify_all(const std::string& dataset);

// A copy of a good dataset, one a test. Every edit changes one file; seal() makes a manifest that
// fits, so that only what was planted is wrong.
class Planted {
 public:
  explicit Planted(const std::string& good);

  void labels(const std::string& sensor, int tick,
              const std::function<void(dataset::FrameLabels&)>& edit);
  void ids(int tick, const std::function<void(capture::Image<std::uint16_t>&)>& edit);
  void classes(int tick, const std::function<void(capture::Image<std::uint8_t>&)>& edit);
  void depth(int tick, const std::function<void(capture::Image<float>&)>& edit);
  void normals(int tick, const std::function<void(capture::Image<math::Vec3f>&)>& edit);
  void flow(int tick, const char* suffix, const std::function<void(capture::FlowImage&)>& edit);
  void cloud(int tick, const std::function<void(capture::PointCloud&)>& edit);
  void calibration(const std::function<void(capture::Calibration&)>& edit);

  [[nodiscard]] std::string read(const std::string& file) const;
  void write(const std::string& file, const std::string& bytes);
  void remove(const std::string& file);
  [[nodiscard]] capture::Image<std::uint16_t> ids_at(int tick) const;
  [[nodiscard]] dataset::FrameLabels labels_at(const std::string& sensor, int tick) const;

  void seal() const;
  [[nodiscard]] std::map<std::string, std::int64_t> verify() const { return verify_all(dataset_); }

 private:
  Scratch scratch_;
  std::string dataset_;
  std::filesystem::path clip_;
};

// Seals, and expects `check` among the checks that disagree and nothing wrong with the manifest.
void expect_caught(const Planted& planted, const std::string& check);

// The object with the most visible pixels of a frame, of a class if one is given.
capture::ObjectInImage& largest(dataset::FrameLabels& labels);

}  // namespace oddroad::tests
