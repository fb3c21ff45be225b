// model: of an actor, and the files behind it.
#include <algorithm>

#include "engine/asset/import_model.h"
#include "engine/asset/model_description.h"
#include "engine/capture/ontology.h"
#include "engine/core/suggest.h"
#include "engine/scenario/like.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/value_keys.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {

namespace {

constexpr double kMostScale = 1e6;
constexpr char kNotSaid = '?';  // of an axis, until describe()

// What can be told of the file before drawing. A scale that depends on parameters is seen later.
core::Result<void> check_file(const ModelRule& model) {
  if (model.scale && refers_to_parameters(*model.scale)) return {};
  asset::ModelFile file{.path = model.file, .up_axis = model.up_axis};
  if (model.scale) file.scale = draw_value(*model.scale, 0.5, {}).number;
  const auto made = asset::import_model(file);
  if (!made) return core::forward_error(made);
  return {};
}

Value fixed_number(double number, const std::string& path) {
  Value value;
  value.type = {false, core::kNumber};
  value.fixed.kind = Expression::Kind::kLiteral;
  value.fixed.literal = {value.type, "", number};
  value.spec = {core::kNumber};
  value.path = path;
  return value;
}

// What neither the scenario nor a description says is up = y, and unknown.
core::Result<void> describe(ModelRule& model) {
  if (!asset::is_description(model.file)) {
    if (model.up_axis == kNotSaid) model.up_axis = 'y';
    return {};
  }
  const auto description = asset::load_description(model.file);
  if (!description) return core::forward_error(description);
  const asset::ModelFile& says = description->model;
  if (model.up_axis == kNotSaid) model.up_axis = says.up_axis;
  if (!model.scale) model.scale = fixed_number(says.scale, "scale");
  if (!model.reflectance) {
    model.reflectance = fixed_number(says.reflectance_905nm, "reflectance");
  }
  if (model.class_where.line > 0) return {};
  model.class_name = says.class_name;
  model.class_where = description->class_where;
  return {};
}

void find_files(ModelRule& model, const core::SearchRoots& roots, core::Diagnostics& diagnostics) {
  const auto path =
      core::resolve_path(model.file, file_of(model.file_where), roots, model.file_where);
  if (!path) {
    diagnostics.append(path.error());
    return;
  }
  model.file = *path;
  auto files = asset::files_of_model(model.file);
  const auto described = files ? describe(model) : core::forward_error(files);
  const auto checked = described ? check_file(model) : described;
  if (files) model.files = std::move(*files);
  if (checked) return;
  for (const core::Diagnostic& problem : checked.error().items()) {
    diagnostics.add(core::told_at(model.file_where, problem));
  }
}

// Things only: what is not countable has no boxes and no tracks.
void check_class(const ModelRule& model, const capture::Ontology& ontology,
                 core::Diagnostics& diagnostics) {
  std::vector<std::string> things;
  for (const capture::OntologyClass& one : ontology.classes) {
    if (one.thing) things.push_back(one.name);
  }
  if (std::find(things.begin(), things.end(), model.class_name) != things.end()) return;
  const bool known = ontology.find(model.class_name) != nullptr;
  diagnostics.error(model.class_where,
                    known ? "class '" + model.class_name + "' is not of things that can be counted"
                          : "unknown class '" + model.class_name + "'",
                    core::did_you_mean(model.class_name, things));
}

}  // namespace

ModelRule read_model(const core::YamlNode& node, const std::string& path, Names& names) {
  core::MapReader reader(node, "model", names.diagnostics);
  ValueKeys keys(reader, path, names);
  ModelRule model;
  if (const core::YamlNode* file = reader.required("file")) model.file_where = file->location();
  model.file = reader.text("file").value_or("");
  model.scale = keys.number("scale", {core::kNumber, 1 / kMostScale, kMostScale});
  model.reflectance = keys.number("reflectance", {core::kNumber, 0, 1});
  model.up_axis = kNotSaid;
  if (const auto up = reader.word("up", up_axes())) model.up_axis = (*up)[0];
  if (const core::YamlNode* name = reader.optional("class")) model.class_where = name->location();
  model.class_name = reader.text("class").value_or(model.class_name);
  reader.finish();
  return model;
}

void find_models(Scenario& scenario, const core::SearchRoots& roots,
                 core::Diagnostics& diagnostics) {
  std::optional<capture::Ontology> ontology;
  for (ActorRule& actor : scenario.actors) {
    if (!actor.model || actor.model->file.empty()) continue;
    find_files(*actor.model, roots, diagnostics);
    if (actor.model->class_where.line == 0) continue;  // the default, which every ontology has
    if (roots.directories.empty()) continue;
    if (!ontology) {
      const auto path = core::resolve_path("assets/ontology.yaml", "", roots);
      auto loaded = path ? capture::load_ontology(*path) : core::forward_error(path);
      if (!loaded) {
        diagnostics.append(loaded.error());
        return;
      }
      ontology = std::move(*loaded);
    }
    check_class(*actor.model, *ontology, diagnostics);
  }
}

}  // namespace oddroad::scenario
