// A camera's frame as channels of an OpenEXR file.
#pragma once

#include <vector>

#include "engine/dataset/exr.h"
#include "engine/exchange/cryptomatte.h"
#include "engine/exchange/format.h"

namespace oddroad::exchange {

// What the mattes of a clip may show.
struct ExrMattes {
  ExrMattes(const dataset::ClipInfo& info, const FormatContext& context);
  MatteLayer objects, classes;
};

// Channels that point into `frame`, which must outlive them, and into what is held here.
class ExrLayers {
 public:
  ExrLayers(const capture::CameraFrame& frame, const ExrMattes& mattes);
  ExrLayers(const ExrLayers&) = delete;

  [[nodiscard]] const std::vector<dataset::ExrChannel>& channels() const { return channels_; }
  // Attributes of the mattes that the frame has.
  [[nodiscard]] const std::map<std::string, std::string>& texts() const { return texts_; }

 private:
  struct Rank {  // id and coverage, twice
    float id = 0, coverage = 0, second_id = 0, second_coverage = 0;
  };
  using Words = std::vector<std::uint32_t>;

  void add_float(const std::string& name, const void* first, std::size_t stride_bytes);
  template <typename T>
  void add_words(const std::string& name, const capture::Image<T>& image, Words& words);
  void add_flow(const std::string& name, const capture::FlowImage& flow, Words& occluded);
  template <typename T>
  void add_matte(const MatteLayer& layer, const capture::Image<T>& image, std::vector<Rank>& ranks);

  std::vector<dataset::ExrChannel> channels_;
  std::map<std::string, std::string> texts_;
  Words instance_, semantic_, forward_occluded_, backward_occluded_;
  std::vector<Rank> object_ranks_, class_ranks_;
};

}  // namespace oddroad::exchange
