// The tables of nuScenes: rows that clips add, streamed to one JSON array each.
#pragma once

#include <map>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/exchange/format.h"

namespace oddroad::exchange {

inline constexpr const char* kNuscenesVersion = "v1.0-oddroad";
// The development kit takes splits that it has no name for from splits.json; train, val and others
// are names of the original's scenes, and of versions of that dataset only.
inline constexpr const char* kNuscenesSplitPrefix = "oddroad_";

// 32 hex digits that stand for a name within the export.
std::string nuscenes_token(const std::string& name);

class NuscenesTables {
 public:
  explicit NuscenesTables(const FormatContext& context) : context_(context) {}

  core::Result<void> add(const std::string& table, const nlohmann::ordered_json& row);
  // Bytes of each table up to now.
  [[nodiscard]] std::map<std::string, std::uint64_t> sizes() const;
  // Rows that an earlier run added.
  core::Result<void> skip(const std::string& table, std::uint64_t bytes);
  // Tables that no clip adds to, sensors, splits; ends all files.
  core::Result<void> close();

  void note_channel(const std::string& channel, const std::string& modality) {
    channels_[channel] = modality;
  }
  void note_scene(const std::string& split, const std::string& scene) {
    scenes_[split].push_back(scene);
  }

 private:
  core::Result<void> add_fixed();
  // The table's file; opened where nobody added to it yet.
  core::Result<OutputFile*> file_of(const std::string& table);

  const FormatContext& context_;
  std::map<std::string, std::unique_ptr<OutputFile>> files_;
  std::map<std::string, std::string> channels_;  // to their modality
  std::map<std::string, std::vector<std::string>> scenes_;
};

}  // namespace oddroad::exchange
