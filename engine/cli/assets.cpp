// oddroad assets: what scenarios can name, and what it looks like.
#include <algorithm>
#include <filesystem>

#include "engine/asset/catalog_text.h"
#include "engine/asset/model_description.h"
#include "engine/cli/back_ends.h"
#include "engine/cli/clip_range.h"
#include "engine/cli/commands.h"
#include "engine/core/quantity.h"
#include "engine/core/suggest.h"
#include "engine/dataset/png.h"
#include "engine/report/model_sheet.h"

namespace oddroad::cli {
namespace {

constexpr std::uint32_t kMostSeeds = 64;

core::Result<std::vector<asset::CatalogEntry>> catalog(const Context& context) {
  const auto path = core::resolve_path("assets/catalog.yaml", "", context.roots);
  if (!path) return core::forward_error(path);
  return asset::load_catalog(*path);
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : between) + part;
  return out;
}

std::string size_of(const asset::CatalogEntry& entry) {
  if (entry.size_m.size() != 3) return "";
  char text[48];
  std::snprintf(text, sizeof text, "%.2f x %.2f x %.2f m", entry.size_m[0], entry.size_m[1],
                entry.size_m[2]);
  return text;
}

bool is_file(const std::string& name) {
  const std::string ending = std::filesystem::path(name).extension().string();
  return ending == ".gltf" || ending == ".glb" || ending == ".obj" || asset::is_description(name);
}

// "height=1.2" or "height=1.2 m"; of files "scale", "up", "class", "reflectance".
void set_number(asset::ModelRequest& request, const std::string& setting,
                core::Diagnostics& problems) {
  const std::size_t equals = setting.find('=');
  const std::string key = setting.substr(0, equals);
  const core::SourceLocation where{"--set " + key, 0, 0};
  if (equals == std::string::npos || equals == 0) {
    return problems.error({"--set " + setting, 0, 0}, "expected key=value");
  }
  const std::string text = setting.substr(equals + 1);
  if (request.file && key == "class") {
    request.file->class_name = text;
    return;
  }
  if (request.file && key == "up" && (text == "y" || text == "z")) {
    request.file->up_axis = text[0];
    return;
  }
  auto number = core::parse_quantity(text, core::kNumber, where);
  if (!number) {
    if (const auto length = core::parse_quantity(text, core::kLength, where)) number = length;
  }
  if (!number) return problems.append(number.error());
  if (!request.file) {
    request.numbers[key] = *number;
  } else if (key == "scale") {
    request.file->scale = *number;
  } else if (key == "reflectance") {
    request.file->reflectance_905nm = *number;
  } else {
    problems.error(where, "a model from a file has scale, up (y or z), class and reflectance");
  }
}

core::Result<asset::ModelRequest> request_of(const Context& context, const ShowOptions& options) {
  asset::ModelRequest request;
  request.seed = options.seed;
  request.type = options.name;
  core::Diagnostics problems;
  if (is_file(options.name)) {
    const auto path = core::resolve_path(options.name, "", context.roots);
    if (!path) return core::forward_error(path);
    request.file = asset::ModelFile{.path = *path};
    request.type = std::filesystem::path(*path).filename().string();
    if (asset::is_description(*path)) {
      auto description = asset::load_description(*path);
      if (!description) return core::forward_error(description);
      request.file = std::move(description->model);
      request.file->path = *path;
    }
  }
  for (const std::string& setting : options.settings) set_number(request, setting, problems);
  if (problems.has_errors()) return tl::unexpected(problems);
  const auto size =
      asset::model_size(request);  // what is wrong with it, before any device is woken
  if (!size) return core::forward_error(size);
  return request;
}

report::SheetText text_of(const Context& context, const asset::ModelRequest& request) {
  report::SheetText text{request.type, {}};
  if (request.file && asset::is_description(request.file->path)) {
    const auto description = asset::load_description(request.file->path);
    if (description) text.lines = {description->what, "licence: " + description->licence};
  }
  const auto entries = catalog(context);
  if (!entries || request.file) return text;
  for (const asset::CatalogEntry& entry : *entries) {
    if (entry.name != request.type) continue;
    text.lines = {entry.what, "numbers: " + joined(entry.numbers, ", ")};
  }
  text.lines.push_back("seed " + std::to_string(request.seed));
  for (const auto& [key, value] : request.numbers) {
    text.lines.push_back(key + " = " + core::format_quantity(value, core::kNumber));
  }
  return text;
}

}  // namespace

int assets_list_command(const Context& context, const std::string& only_class) {
  const auto entries = catalog(context);
  if (!entries) return fail(context, entries.error(), kBadInput);
  std::vector<std::string> classes;
  bool any = false;
  for (const asset::CatalogEntry& entry : *entries) {
    classes.insert(classes.end(), entry.classes.begin(), entry.classes.end());
    const auto& own = entry.classes;
    if (!only_class.empty() && std::find(own.begin(), own.end(), only_class) == own.end()) continue;
    any = true;
    std::fprintf(context.out, "%-24s %-22s %-22s %s\n", entry.name.c_str(),
                 joined(own, "+").c_str(), size_of(entry).c_str(), entry.what.c_str());
    if (!entry.numbers.empty()) {
      std::fprintf(context.out, "%-24s   %s\n", "", joined(entry.numbers, ", ").c_str());
    }
  }
  if (any) return kDone;
  core::Diagnostics problem;
  problem.error({}, "no model of class '" + only_class + "'",
                core::did_you_mean(only_class, classes));
  return fail(context, problem, kBadInput);
}

int assets_show_command(const Context& context, const ShowOptions& options) {
  const auto request = request_of(context, options);
  if (!request) return fail(context, request.error(), kBadInput);
  std::optional<ClipRange> seeds;
  if (!options.seeds.empty()) {
    const auto range = parse_clip_range("--seeds", options.seeds, 1);
    if (!range || range->last - range->first >= kMostSeeds) {
      std::fprintf(context.err, "error: --seeds takes A..B, at most 64 of them\n");
      return kUsage;
    }
    seeds = *range;
  }
  const auto machine = choose_machine({.device = options.device, .visibility = "cast"});
  if (!machine) return fail(context, machine.error(), kUnavailable);
  const auto back_ends = WorkerBackEnds::create(*machine);
  if (!back_ends) return fail(context, back_ends.error(), kUnavailable);
  const pipeline::BackEnds ends = back_ends->get();
  const report::ModelStudio studio{*ends.rays, *ends.shading};
  const auto sheet = seeds ? report::seed_sheet(*request, seeds->first, seeds->last, studio)
                           : report::turntable_sheet(*request, text_of(context, *request), studio);
  if (!sheet) return fail(context, sheet.error(), kBadInput);
  const auto written = write_file(options.out, dataset::encode_png(*sheet));
  if (!written) return fail(context, written.error(), kCannotWrite);
  return kDone;
}

}  // namespace oddroad::cli
