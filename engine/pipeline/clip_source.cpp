#include "engine/pipeline/clip_source.h"

#include <filesystem>

#include "engine/dataset/file_io.h"
#include "engine/scenario/rig_files.h"

namespace oddroad::pipeline {
namespace {

namespace fs = std::filesystem;

core::YamlNode without(const core::YamlNode& map, const std::string& key) {
  std::vector<core::YamlEntry> entries;
  for (const core::YamlEntry& entry : map.entries()) {
    if (entry.key != key) entries.push_back(entry);
  }
  return core::YamlNode::map(std::move(entries), map.location());
}

// The file of a scenario that looks alike is for readers of the library: no clip is made from it.
core::YamlNode without_look_alike(const core::YamlNode& root) {
  const core::YamlNode* about = root.find("about");
  if (about == nullptr || about->find("look_alike") == nullptr) return root;
  return core::with_value(root, "about", without(*about, "look_alike")).value();
}

class SourceMaker {
 public:
  explicit SourceMaker(const scenario::Scenario& scenario)
      : root_(scenario::with_data_files(without_look_alike(scenario.resolved), scenario.data_files,
                                        [](const scenario::DataFile& file) {
                                          return "inputs/" + file.name;
                                        })) {}

  void add(const std::string& key, const std::string& path) {
    put(fs::path(path).filename().string(), path);
    name(key, "inputs/" + fs::path(path).filename().string());
  }

  void add_file(const std::string& name, const std::string& path) { put(name, path); }

  // `files`: the model, then what it refers to.
  void add_model(const std::string& actor, const std::vector<std::string>& files) {
    const fs::path folder = fs::path(files.front()).parent_path();
    for (const std::string& file : files) {
      const fs::path relative = fs::path(file).lexically_normal().lexically_relative(folder);
      if (relative.empty() || *relative.begin() == "..") {
        problems_.error({file}, "a model's files lie beside it or in folders below",
                        "move it next to " + files.front());
        continue;
      }
      put(actor + "/" + relative.generic_string(), file);
    }
    name("actors." + actor + ".model.file",
         "inputs/" + actor + "/" + fs::path(files.front()).filename().string());
  }

  core::Result<dataset::ClipSource> take() {
    if (problems_.has_errors()) return tl::unexpected(problems_);
    source_.scenario_yaml = core::yaml_text(root_) + "\n";
    return std::move(source_);
  }

 private:
  void put(const std::string& name, const std::string& path) {
    auto bytes = dataset::read_file(path);
    if (!bytes) return problems_.append(bytes.error());
    source_.inputs[name] = std::move(*bytes);
  }

  void name(const std::string& key, const std::string& path) {
    auto with = core::with_value(root_, key, core::YamlNode::scalar(path, {}));
    if (!with) return problems_.append(with.error());
    root_ = std::move(*with);
  }

  core::YamlNode root_;
  dataset::ClipSource source_;
  core::Diagnostics problems_;
};

}  // namespace

core::Result<dataset::ClipSource> clip_source(const scenario::Scenario& scenario) {
  SourceMaker maker(scenario);
  maker.add("map", scenario.map_path);
  maker.add("rig", scenario.rig_path);
  for (const scenario::RigFile& file : scenario::rig_files(scenario.rig_path)) {
    maker.add_file(file.name, file.path);
  }
  for (const scenario::DataFile& file : scenario.data_files) maker.add_file(file.name, file.path);
  for (const scenario::ActorRule& actor : scenario.actors) {
    if (actor.model) maker.add_model(actor.name, actor.model->files);
  }
  return maker.take();
}

}  // namespace oddroad::pipeline
