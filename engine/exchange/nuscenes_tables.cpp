#include "engine/exchange/nuscenes_tables.h"

#include "engine/core/sha256.h"
#include "engine/exchange/nuscenes_names.h"

namespace oddroad::exchange {
namespace {

using Json = nlohmann::ordered_json;

// All that the development kit loads, and the two of point labels.
constexpr const char* kTables[] = {
    "category",    "attribute",         "visibility", "instance", "sensor",
    "log",         "calibrated_sensor", "ego_pose",   "scene",    "sample",
    "sample_data", "sample_annotation", "map",        "lidarseg", "panoptic"};

}  // namespace

std::string nuscenes_token(const std::string& name) {
  return core::sha256_hex(name).substr(0, 32);
}

core::Result<void> NuscenesTables::add(const std::string& table, const Json& row) {
  const auto file = file_of(table);
  if (!file) return core::forward_error(file);
  return (*file)->append(((*file)->size() == 0 ? "[\n" : ",\n") + row.dump());
}

core::Result<void> NuscenesTables::skip(const std::string& table, std::uint64_t bytes) {
  const auto file = file_of(table);
  return file ? (*file)->skip(bytes) : core::forward_error(file);
}

core::Result<OutputFile*> NuscenesTables::file_of(const std::string& table) {
  auto& file = files_[table];
  if (file == nullptr) {
    auto opened = context_.out.open(std::string(kNuscenesVersion) + "/" + table + ".json");
    if (!opened) return core::forward_error(opened);
    file = std::move(*opened);
  }
  return file.get();
}

std::map<std::string, std::uint64_t> NuscenesTables::sizes() const {
  std::map<std::string, std::uint64_t> out;
  for (const auto& [table, file] : files_) out[table] = file->size();
  return out;
}

core::Result<void> NuscenesTables::add_fixed() {
  core::Result<void> done;
  const auto put = [&](const std::string& table, const Json& row) {
    if (done) done = add(table, row);
  };
  int index = 0;
  for (const auto& name : nuscenes_categories()) {
    put("category", {{"token", nuscenes_token("category/" + name)},
                     {"name", name},
                     {"description", ""},
                     {"index", index++}});
  }
  for (const auto& name : nuscenes_attributes()) {
    put("attribute",
        {{"token", nuscenes_token("attribute/" + name)}, {"name", name}, {"description", ""}});
  }
  const char* levels[] = {"0-40", "40-60", "60-80", "80-100"};
  for (int k = 0; k < 4; ++k) {
    const std::string range = levels[k];
    const auto dash = range.find('-');
    put("visibility",
        {{"token", std::to_string(k + 1)},
         {"level", "v" + range},
         {"description", "visibility of whole object is between " + range.substr(0, dash) +
                             " and " + range.substr(dash + 1) + "%"}});
  }
  for (const auto& [channel, modality] : channels_) {
    put("sensor", {{"token", nuscenes_token("sensor/" + channel)},
                   {"channel", channel},
                   {"modality", modality}});
  }
  return done;
}

core::Result<void> NuscenesTables::close() {
  auto done = add_fixed();
  for (const char* table : kTables) {
    if (!done) return done;
    const auto it = files_.find(table);
    if (it == files_.end()) {  // nobody had a row: an empty table must be there, too
      done = context_.out.put(std::string(kNuscenesVersion) + "/" + table + ".json", "[]\n");
    } else {
      done = it->second->append("\n]\n");
      if (done) done = it->second->close();
    }
  }
  Json splits = Json::object();
  for (const auto& split : context_.splits) splits[kNuscenesSplitPrefix + split] = scenes_[split];
  return done ? context_.out.put(std::string(kNuscenesVersion) + "/splits.json",
                                 splits.dump() + "\n")
              : done;
}

}  // namespace oddroad::exchange
