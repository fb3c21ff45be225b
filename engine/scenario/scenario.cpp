#include "engine/scenario/scenario.h"

#include <algorithm>

#include "engine/core/check.h"
#include "engine/core/map_reader.h"
#include "engine/core/sha256.h"
#include "engine/scenario/correlation.h"
#include "engine/scenario/like.h"
#include "engine/scenario/overrides.h"
#include "engine/scenario/rig_files.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/timing.h"
#include "engine/scenario/vocabulary.h"
#include "engine/scenario/waiting.h"

namespace oddroad::scenario {

namespace {

bool is_scenario_name(const std::string& name) {
  return !name.empty() && name.size() <= 100 && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
}

class ScenarioReader {
 public:
  ScenarioReader(const core::YamlNode& root, const std::string& file,
                 const core::SearchRoots& roots)
      : root_(root), roots_(roots), names_(diagnostics_, roots) {
    scenario_.file = file;
    scenario_.resolved = root;
  }

  core::Result<Scenario> run() {
    core::MapReader reader(root_, "scenario", diagnostics_);
    if (!reader.is_map()) return tl::unexpected<core::Diagnostics>(diagnostics_);
    if (!read_schema(reader)) return tl::unexpected<core::Diagnostics>(diagnostics_);
    read_head(reader);
    const core::YamlNode* actors = reader.required("actors");
    if (actors != nullptr) declare_actors(*actors, names_);
    read_section(reader, "params", read_parameters);
    if (const core::YamlNode* node = reader.optional("correlate")) {
      scenario_.sample.correlations = read_correlations(*node, names_);
    }
    read_section(reader, "require", read_requirements);
    scenario_.map_path = read_path(reader, "map");
    scenario_.rig_path = read_path(reader, "rig");
    read_section(reader, "site", read_site);
    read_section(reader, "environment", read_environment);
    read_section(reader, "traffic", read_traffic);
    if (const core::YamlNode* node = reader.optional("randomize")) {
      read_randomize(*node, scenario_.randomize, names_);
    }
    read_section(reader, "actors", read_actors);
    if (const core::YamlNode* end = reader.optional("end")) {
      scenario_.end = read_condition(*end, names_);
    }
    read_section(reader, "record", read_record);
    read_section(reader, "sample", read_sample);
    read_section(reader, "rare", read_rare);
    read_section(reader, "outcomes", read_outcomes);
    reader.not_supported({"triggers", "story", "assert", "expect"});
    reader.called_otherwise({{"weather", "environment"},
                             {"together", "do: [{together: [...]}]"},
                             {"location", "site"},
                             {"parameters", "params"},
                             {"variables", "params"},
                             {"constraints", "require"},
                             {"vehicles", "actors"},
                             {"sensors", "rig"}});
    reader.finish();
    find_models(scenario_, roots_, diagnostics_);
    if (!diagnostics_.has_errors()) check_waiting(scenario_, diagnostics_);
    if (!diagnostics_.has_errors()) check_timing(scenario_, diagnostics_);
    scenario_.data_files = names_.data_files;
    warn_unused();
    if (!diagnostics_.has_errors()) hash_content();
    if (diagnostics_.has_errors()) return tl::unexpected<core::Diagnostics>(diagnostics_);
    scenario_.warnings = diagnostics_;
    return std::move(scenario_);
  }

 private:
  using SectionReader = void (*)(const core::YamlNode&, Scenario&, Names&);

  // A file of another schema is not looked at further.
  bool read_schema(core::MapReader& reader) {
    const core::YamlNode* schema = reader.required("schema");
    if (schema == nullptr || schema->text() == "1") return true;
    diagnostics_.error(schema->location(),
                       "schema " + schema->describe() + " is not known; this is schema 1");
    return false;
  }

  void read_head(core::MapReader& reader) {
    scenario_.name = reader.required_text("name").value_or("");
    if (!scenario_.name.empty() && !is_scenario_name(scenario_.name)) {
      diagnostics_.error(
          root_.find("name")->location(),
          "a scenario's name has letters, digits, '-' and '_' only: '" + scenario_.name + "'");
    }
    scenario_.summary = reader.text("summary").value_or("");
    scenario_.tags = read_texts(reader, "tags");
    const core::YamlNode* about = reader.optional("about");
    if (about != nullptr) read_about(*about);
  }

  void read_about(const core::YamlNode& node) {
    core::MapReader reader(node, "about", diagnostics_);
    About& about = scenario_.about;
    about.entry = reader.text("entry").value_or("");
    about.anchors = read_texts(reader, "anchors");
    about.level = reader.word("level", corner_case_levels()).value_or("");
    about.key = reader.text("key").value_or("");
    if (reader.optional("look_alike") != nullptr) {
      about.look_alike = read_path(reader, "look_alike");
    }
    reader.finish();
  }

  std::vector<std::string> read_texts(core::MapReader& reader, const std::string& key) {
    std::vector<std::string> out;
    const core::YamlNode* list = reader.optional(key);
    if (list == nullptr) return out;
    if (!list->is_sequence()) {
      diagnostics_.error(list->location(), key + ": expected a list, found " + list->describe());
    }
    for (const core::YamlNode& item : list->items()) {
      const auto text = item.as_string();
      if (text) {
        out.push_back(*text);
      } else {
        diagnostics_.append(text.error());
      }
    }
    return out;
  }

  void read_section(core::MapReader& reader, const char* key, SectionReader read) {
    const core::YamlNode* node = reader.optional(key);
    if (node != nullptr) read(*node, scenario_, names_);
  }

  std::string read_path(core::MapReader& reader, const char* key) {
    const core::YamlNode* node = reader.required(key);
    const auto text = reader.text(key);
    if (node == nullptr || !text) return {};
    const auto path =
        core::resolve_path(*text, file_of(node->location()), roots_, node->location());
    if (path) return *path;
    diagnostics_.append(path.error());
    return {};
  }

  void warn_unused() {
    if (diagnostics_.has_errors()) return;
    const core::YamlNode* params = root_.find("params");
    for (const Parameter& parameter : scenario_.parameters) {
      if (names_.used_parameters.count(parameter.name) > 0) continue;
      for (const core::YamlEntry& entry : params->entries()) {
        // Files that several share may offer more than each needs.
        const bool shared = !file_of(entry.where).empty() && entry.where.file != scenario_.file;
        if (entry.key != parameter.name || shared) continue;
        diagnostics_.warning(entry.where, "parameter '" + parameter.name + "' is never used");
      }
    }
  }

  // What of `sample` changes a variant: not the seed, which identifies clips by itself, and not
  // how many are drawn, but for hypercubes.
  [[nodiscard]] core::YamlNode sample_content(const core::YamlNode& sample) const {
    const bool counts = scenario_.sample.method == SampleMethod::kLatinHypercube;
    std::vector<core::YamlEntry> entries;
    for (const core::YamlEntry& entry : sample.entries()) {
      const bool usual = entry.key == "method" && entry.value.text() == "random";
      if (usual || entry.key == "seed" || (entry.key == "count" && !counts)) continue;
      entries.push_back(entry);
    }
    return core::YamlNode::map(std::move(entries), {});
  }

  // Files count by what is in them, not by where they lie; the texts for readers change no variant.
  void hash_content() {
    core::YamlNode content =
        with_data_files(root_, scenario_.data_files, [&](const DataFile& file) {
          return hash_of({file.path});
        });
    replace_by_hash(content, "map", {scenario_.map_path});
    std::vector<std::string> rig = {scenario_.rig_path};
    for (const RigFile& file : rig_files(scenario_.rig_path)) rig.push_back(file.path);
    replace_by_hash(content, "rig", rig);
    for (const ActorRule& actor : scenario_.actors) {
      if (!actor.model) continue;
      replace_by_hash(content, "actors." + actor.name + ".model.file", actor.model->files);
    }
    std::vector<core::YamlEntry> entries;
    for (const core::YamlEntry& entry : content.entries()) {
      if (entry.key == "summary" || entry.key == "tags" || entry.key == "about" ||
          entry.key == "outcomes") {
        continue;
      }
      entries.push_back(entry);
      if (entry.key != "sample") continue;
      entries.back().value = sample_content(entry.value);
      if (entries.back().value.entries().empty()) entries.pop_back();
    }
    scenario_.content_hash =
        core::sha256_hex(core::canonical_text(core::YamlNode::map(std::move(entries), {})));
  }

  std::string hash_of(const std::vector<std::string>& files) {
    std::string hashes = "sha256";
    for (const std::string& file : files) {
      const auto hash = core::sha256_file(file);
      if (!hash) diagnostics_.append(hash.error());
      hashes += ":" + hash.value_or("");
    }
    return hashes;
  }

  // The value at `key` names the first of `files`, which names the others.
  void replace_by_hash(core::YamlNode& content, const std::string& key,
                       const std::vector<std::string>& files) {
    const core::YamlNode hashes = core::YamlNode::scalar(hash_of(files), {});
    const auto replaced = core::with_value(content, key, hashes);
    ODDROAD_CHECK(replaced.has_value());
    content = *replaced;
  }

  const core::YamlNode& root_;
  const core::SearchRoots& roots_;
  core::Diagnostics diagnostics_;
  Names names_;
  Scenario scenario_;
};

core::Result<Scenario> read_scenario(const core::Result<core::YamlNode>& root,
                                     const std::string& file, const core::SearchRoots& roots,
                                     const std::vector<std::string>& overrides) {
  if (!root) return forward_error(root);
  // Which files there are is settled before values in them are replaced.
  std::vector<std::string> files, values;
  for (const std::string& text : overrides) {
    (text.starts_with("use=") || text.starts_with("like=") ? files : values).push_back(text);
  }
  const auto named = apply_overrides(*root, files);
  if (!named) return forward_error(named);
  const auto whole = resolve_like(*named, roots);
  if (!whole) return forward_error(whole);
  const auto resolved = apply_overrides(*whole, values);
  if (!resolved) return forward_error(resolved);
  return ScenarioReader(*resolved, file, roots).run();
}

}  // namespace

core::Result<Scenario> load_scenario(const std::string& path, const core::SearchRoots& roots,
                                     const std::vector<std::string>& overrides) {
  return read_scenario(core::load_yaml(path), path, roots, overrides);
}

core::Result<Scenario> parse_scenario(std::string_view text, const std::string& file_name,
                                      const core::SearchRoots& roots,
                                      const std::vector<std::string>& overrides) {
  return read_scenario(core::parse_yaml(text, file_name), file_name, roots, overrides);
}

core::Diagnostics check_scenario(const std::string& path, const core::SearchRoots& roots,
                                 const std::vector<std::string>& overrides) {
  const auto scenario = load_scenario(path, roots, overrides);
  return scenario ? scenario->warnings : scenario.error();
}

}  // namespace oddroad::scenario
