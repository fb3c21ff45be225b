#include <CLI/CLI.hpp>

#include "engine/cli/catalogue.h"
#include "engine/cli/commands.h"
#include "engine/cli/farm.h"
#include "engine/cli/is_folder.h"
#include "engine/exchange/export.h"
#include "engine/exchange/import.h"

namespace oddroad::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  oddroad check scenarios/vru/child-behind-parked-van.yaml
  oddroad draw scenarios/vru/child-behind-parked-van.yaml -o scenario.svg
  oddroad draw scenarios/vru/child-behind-parked-van.yaml -o sample.svg --sample 17
  oddroad explain scenario.yaml --set "params.v_ego=30 km/h"
  oddroad sample scenarios/vru/child-behind-parked-van.yaml -n 1000 --csv draws.csv --html draws.html
  oddroad run scenarios/vru/child-behind-parked-van.yaml --sample 17
  oddroad run scenarios/vru/child-behind-parked-van.yaml --samples 0..511
  oddroad search my_scenario.yaml -o tilts.yaml
  oddroad schema > scenario.schema.json
  oddroad render scenarios/vru/child-behind-parked-van.yaml -o dataset --clips 0..2
  oddroad render scenario.yaml -o dataset --set "params.v_ego=30 km/h" --no-color
  oddroad verify dataset --sample 5 --report report.json
  oddroad preview dataset -o contact_sheet.png
  oddroad assets show car.suv -o sheet.png
  oddroad lidars my_lidar.yaml
  oddroad stats picture.png --reference photo.png
  oddroad farm plan scenarios/vru/*.yaml --clips 200 -o plan.jsonl
  oddroad farm submit plan.jsonl -o dataset --local 2
  oddroad index dataset
  oddroad query dataset "SELECT clip, rain_mm_per_h FROM clips ORDER BY 2 DESC" --format csv
  oddroad export dataset --to nuscenes nuscenes --split train:0.8,val:0.2
  oddroad export dataset --to native chosen --select clips.txt
  oddroad import kitti KITTI/object -o dataset
  oddroad road check scenarios/maps/*.xodr
  oddroad road sample scenarios/maps/town_street.xodr --step 1 > lanes.csv
Exit codes: 0 done, 64 usage, 65 done with clips set aside or labels wrong, 66 bad input, 69 device or capability
missing, 70 our bug, 73 cannot write, 75 interrupted (run again).)";

void add_overrides(CLI::App& app, std::vector<std::string>& overrides) {
  app.add_option("--set", overrides, "replace a value of the scenario: key.path=value (repeatable)")
      ->expected(1)
      ->take_all()
      ->type_name("KEY=VALUE");
}

// Holds the parsed values; CLI11 fills them and one callback runs.
struct Parsed {
  std::vector<std::string> files;
  std::vector<std::string> overrides;
  DrawOptions draw;
  SampleOptions sample;
  RunOptions run;
  ExploreOptions explore;
  SearchCommand search;
  RenderOptions render;
  VerifyOptions verify;
  ExportCommand exported;
  ImportCommand imported;
  PreviewCommand preview;
  ShowOptions show;
  std::string file, out, map, reference, only_class;
  bool all_warnings = false;
  bool strict = false;
  double step_m = 1;
  int exit_code = kUsage;
};

void add_sampling_commands(CLI::App& app, Parsed& p, const Context& context) {
  auto* explain =
      app.add_subcommand("explain", "a scenario in full, each value with the line it comes from");
  explain->add_option("FILE", p.file, "scenario file")->required();
  add_overrides(*explain, p.overrides);
  explain->callback([&] {
    p.exit_code = explain_command(context, p.file, p.overrides);
  });

  auto* schema = app.add_subcommand("schema", "a JSON Schema of scenario files, for editors");
  schema->callback([&] {
    p.exit_code = schema_command(context);
  });

  auto* sample = app.add_subcommand("sample", "what a scenario draws: tables, CSV, a page");
  sample->add_option("FILE", p.sample.scenario, "scenario file")->required();
  sample->add_option("-n,--count", p.sample.count, "samples (default: the scenario's)")
      ->check(CLI::Range(1, 999'999));
  sample->add_option("--seed", p.sample.seed, "seed (default: the scenario's)");
  sample->add_option("--csv", p.sample.csv, "a line for each sample, into this file");
  sample->add_option("--html", p.sample.html,
                     "a page with histograms and coverage of pairs, into this file");
  add_overrides(*sample, p.sample.overrides);
  sample->callback([&] {
    p.exit_code = sample_command(context, p.sample);
  });
}

void add_run_command(CLI::App& app, Parsed& p, const Context& context) {
  auto* run = app.add_subcommand(
      "run", "play a scenario without rendering: what happened when, and what did not and why");
  run->add_option("FILE", p.run.scenario, "scenario file")->required();
  auto* one = run->add_option("--sample", p.run.sample, "which variant (default 0)");
  auto* many = run->add_option("--samples", p.run.samples,
                               "instead, many in sum: A..B, or all for the scenario's count");
  many->excludes(one);
  run->add_option("--seed", p.run.seed, "seed (default: the scenario's)");
  run->add_option("--report", p.run.report, "write the sum as JSON too")->needs(many);
  add_overrides(*run, p.run.overrides);
  run->callback([&] {
    p.exit_code = run_command(context, p.run);
  });
}

void add_explore_command(CLI::App& app, Parsed& p, const Context& context) {
  auto* explore = app.add_subcommand(
      "explore", "what samples come to: least times and gaps, how much is seen (outcomes:)");
  explore->add_option("FILE", p.explore.scenario, "scenario file")->required();
  explore
      ->add_option("-n,--runs", p.explore.runs,
                   "dry runs at most (default: sample.count, or 512 with goals)")
      ->check(CLI::Range(1, 999'999));
  explore->add_option("--of", p.explore.of, "whom the ego meets (default: as the scenario says)");
  explore->add_flag("--sight", p.explore.sight,
                    "pixels, points and occlusion as well: some seconds a sample");
  explore->add_option("--seed", p.explore.seed, "seed (default: the scenario's)");
  explore->add_option("--csv", p.explore.csv, "a line for each sample, into this file");
  explore->add_option("--html", p.explore.html, "a page with histograms, into this file");
  add_overrides(*explore, p.explore.overrides);
  explore->callback([&] {
    p.exit_code = explore_command(context, p.explore);
  });
}

void add_search_command(CLI::App& app, Parsed& p, const Context& context) {
  auto* search = app.add_subcommand(
      "search", "how to draw so that a rare event happens often (rare:), by dry runs");
  search->add_option("FILE", p.search.scenario, "scenario file")->required();
  search->add_option("-o,--out", p.search.out, "YAML file for the scenario to use");
  search->add_option("--runs", p.search.runs, "dry runs of a round (default 512)")
      ->check(CLI::Range(32, 1'000'000));
  search->add_option("--rounds", p.search.rounds, "rounds at most (default 8)")
      ->check(CLI::Range(1, 100));
  search->add_option("--seed", p.search.seed, "seed (default: the scenario's)");
  add_overrides(*search, p.search.overrides);
  search->callback([&] {
    p.exit_code = search_command(context, p.search);
  });
}

void add_scenario_commands(CLI::App& app, Parsed& p, const Context& context) {
  auto* check = app.add_subcommand(
      "check", "list everything wrong with scenario files, and try them on their maps");
  check->add_option("FILE", p.files, "scenario files")->required();
  add_overrides(*check, p.overrides);
  check->callback([&] {
    p.exit_code = check_command(context, p.files, p.overrides);
  });

  auto* draw = app.add_subcommand("draw", "bird's-eye view of samples as SVG, without rendering");
  draw->add_option("FILE", p.draw.scenario, "scenario file")->required();
  draw->add_option("-o,--out", p.draw.out, "SVG file")->required();
  auto* many = draw->add_option("--samples", p.draw.samples,
                                "over each other: A..B, or all for the scenario's count "
                                "(default 0..19)");
  draw->add_option("--sample", p.draw.sample, "instead, one variant in full")->excludes(many);
  draw->add_option("--seed", p.draw.seed, "seed (default: the scenario's)");
  add_overrides(*draw, p.draw.overrides);
  draw->callback([&] {
    p.exit_code = draw_command(context, p.draw);
  });

  auto* render = app.add_subcommand("render", "render clips of scenarios into a dataset");
  render->add_option("SCENARIO", p.render.scenarios, "scenario files")->required();
  render->add_option("-o,--out", p.render.out, "dataset folder (made, or added to)")
      ->required()
      ->check(is_folder());
  render->add_option("--clips", p.render.clips, "variants to render: A..B or A (default: all)");
  render->add_option("--seed", p.render.seed, "seed (default: the scenario's)");
  render->add_option("--jobs", p.render.jobs, "clips at the same time (default 1)")
      ->check(CLI::Range(1, 64));
  render->add_option("--device", p.render.device,
                     "Vulkan device: auto, a number or part of a name (see oddroad info)");
  render->add_option("--visibility", p.render.visibility, "raster, cast or auto")
      ->check(CLI::IsMember({"raster", "cast", "auto"}));
  render->add_option("--shade", p.render.shade, "colour by gpu (Vulkan), cpu (no driver) or auto")
      ->check(CLI::IsMember({"gpu", "cpu", "auto"}));
  render->add_flag("!--no-color,!--no-colour", p.render.colour, "labels and LiDAR only");
  render->add_flag("--validation", p.render.validation, "Vulkan validation layers on");
  render->add_flag("--device-times", p.render.device_times,
                   "say at the end what each pass cost on the Vulkan device");
  render->add_flag("--verify", p.render.verify,
                   "prove the labels of each clip made; wrong clips go to quarantine/");
  render->add_option("--isa", p.render.isa,
                     "pin the instruction set of rays and of colour on the cpu (mixed farms)");
  add_overrides(*render, p.render.overrides);
  render->callback([&] {
    p.exit_code = render_command(context, p.render);
  });
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& format : exchange::formats()) names.push_back(format.name);
  return names;
}

std::string format_list() {
  std::string text = "Formats:";
  for (const auto& format : exchange::formats()) {
    text += "\n  " + format.name + std::string(18 - format.name.size(), ' ') + format.summary;
  }
  return text + "\nWhat a format cannot hold stands in OUT/LOST.md.";
}

void add_export_command(CLI::App& app, Parsed& p, const Context& context) {
  auto* exporter = app.add_subcommand("export", "write a dataset in another format");
  exporter->footer(format_list());
  exporter->add_option("DATASET", p.exported.dataset, "dataset folder")->required();
  exporter->add_option("--to", p.exported.format, "format")
      ->required()
      ->check(CLI::IsMember(format_names()));
  exporter->add_option("OUT", p.exported.out, "new folder")->required();
  exporter->add_option("--split", p.exported.split,
                       "share of the clips in each split (default train:0.8,val:0.2)");
  exporter
      ->add_option("--min-visibility", p.exported.min_visibility,
                   "leave out objects of which less is seen, 0 to 1 (default 0)")
      ->check(CLI::Range(0.0, 1.0));
  exporter
      ->add_option("--min-lidar-points", p.exported.min_lidar_points,
                   "leave out objects with fewer points in their box (default 0)")
      ->check(CLI::Range(0, 1'000'000));
  exporter->add_option("--classes", p.exported.classes,
                       "YAML file with lines 'our class: their class', or 'none'");
  exporter->add_option("--select", p.exported.select,
                       "these clips only: a file with one <scenario>/<index>-<id> a line, # begins "
                       "a comment; - for standard input");
  exporter->callback([&] {
    p.exit_code = export_command(context, p.exported);
  });
}

void add_import_command(CLI::App& app, Parsed& p, const Context& context) {
  auto* importer = app.add_subcommand("import", "add clips of another format to a dataset");
  std::vector<std::string> names;
  std::string list = "Formats:";
  for (const auto& format : exchange::import_formats()) {
    names.push_back(format.name);
    list += "\n  " + format.name + std::string(18 - format.name.size(), ' ') + format.summary;
  }
  importer->footer(list);
  importer->add_option("FORMAT", p.imported.format, "what DIR is")
      ->required()
      ->check(CLI::IsMember(names));
  importer->add_option("DIR", p.imported.source, "folder of the data")->required();
  importer->add_option("-o,--out", p.imported.out, "dataset folder (made, or added to)")
      ->required()
      ->check(is_folder());
  importer->callback([&] {
    p.exit_code = import_command(context, p.imported);
  });
}

void add_dataset_commands(CLI::App& app, Parsed& p, const Context& context) {
  auto* verify = app.add_subcommand("verify", "prove the labels of a dataset by another route");
  verify->add_option("DATASET", p.verify.dataset, "dataset folder")->required();
  auto* sample = verify->add_option("--sample", p.verify.sample,
                                    "frames of each sensor and clip, spread evenly (default 3)");
  sample->check(CLI::Range(1, 1'000'000));
  verify->add_flag("--all", p.verify.all, "every frame")->excludes(sample);
  verify->add_option("--report", p.verify.report, "write the result as JSON too");
  verify->callback([&] {
    p.exit_code = verify_command(context, p.verify);
  });

  auto* preview = app.add_subcommand("preview", "contact sheet of a dataset as PNG");
  preview->add_option("DATASET", p.preview.dataset, "dataset folder")->required();
  preview->add_option("-o,--out", p.preview.out, "PNG file")->required();
  preview->add_option("--clips", p.preview.clips, "clips shown at most (default 3)");
  preview->add_option("--frames", p.preview.frames, "frames per clip (default 3)");
  auto* mosaic = preview->add_flag("--mosaic", p.preview.mosaic,
                                   "instead: one small picture of every clip, without labels");
  preview->add_option("--columns", p.preview.columns, "of the mosaic (default: as fits)")
      ->check(CLI::Range(1, 100))
      ->needs(mosaic);
  preview->add_option("--tile", p.preview.tile_px, "width of its pictures (default 320 pixels)")
      ->check(CLI::Range(32, 2048))
      ->needs(mosaic);
  preview->callback([&] {
    p.exit_code = preview_command(context, p.preview);
  });
}

void add_picture_commands(CLI::App& app, Parsed& p, const Context& context) {
  auto* lidars = app.add_subcommand("lidars", "the LiDAR devices that rigs can name");
  lidars->add_option("NAME", p.files, "these only; a device of your own by its file (.yaml)");
  lidars->callback([&] {
    p.exit_code = lidars_command(context, p.files);
  });
  auto* assets = app.add_subcommand("assets", "the models that scenarios can name");
  assets->require_subcommand(1);
  auto* list = assets->add_subcommand("list", "name, class, size, what may be set");
  list->add_option("--class", p.only_class, "of this class only");
  list->callback([&] {
    p.exit_code = assets_list_command(context, p.only_class);
  });
  auto* show = assets->add_subcommand("show", "turntable sheet of a model as PNG");
  show->add_option("NAME", p.show.name,
                   "catalog name, a model file (.gltf, .glb, .obj), or its description (.yaml)")
      ->required();
  show->add_option("-o,--out", p.show.out, "PNG file")->required();
  show->add_option("--set", p.show.settings, "a number of the model: height=1.2 (repeatable)")
      ->expected(1)
      ->take_all()
      ->type_name("KEY=VALUE");
  auto* seed = show->add_option("--seed", p.show.seed, "of what is not set (default 0)");
  show->add_option("--seeds", p.show.seeds, "A..B: one view of each seed instead")->excludes(seed);
  show->add_option("--device", p.show.device, "Vulkan device (see oddroad info)");
  show->callback([&] {
    p.exit_code = assets_show_command(context, p.show);
  });
  auto* stats = app.add_subcommand("stats", "statistics of pictures, with bands of real photos");
  stats->add_option("IMAGE", p.files, "PNG or JPEG files")->required();
  stats->add_option("--reference", p.reference, "a real photo of such a camera");
  stats->add_flag("--strict", p.strict, "exit with 65 if a picture lies outside a band");
  stats->callback([&] {
    p.exit_code = stats_command(context, p.files, p.reference, p.strict);
  });
}

void add_other_commands(CLI::App& app, Parsed& p, const Context& context) {
  auto* road = app.add_subcommand("road", "look at OpenDRIVE maps");
  road->require_subcommand(1);
  auto* info = road->add_subcommand("info", "roads, lanes, junctions, warnings");
  info->add_option("MAP", p.map, "OpenDRIVE file")->required();
  info->callback([&] {
    p.exit_code = road_info_command(context, p.map);
  });
  auto* sample = road->add_subcommand("sample", "lane centres as CSV");
  sample->add_option("MAP", p.map, "OpenDRIVE file")->required();
  sample->add_option("--step", p.step_m, "metres between samples (default 1)")
      ->check(CLI::Range(0.01, 1000.0));
  sample->callback([&] {
    p.exit_code = road_sample_command(context, p.map, p.step_m);
  });
  auto* check = road->add_subcommand("check", "everything that is wrong with maps; 66 if unusable");
  check->add_option("MAP", p.files, "OpenDRIVE files")->required();
  check->add_flag("--all", p.all_warnings, "every warning, not the first three of each kind");
  check->callback([&] {
    p.exit_code = road_check_command(context, p.files, p.all_warnings);
  });
  auto* draw = road->add_subcommand("draw", "the map as SVG");
  draw->add_option("MAP", p.map, "OpenDRIVE file")->required();
  draw->add_option("-o,--out", p.out, "SVG file")->required();
  draw->callback([&] {
    p.exit_code = road_draw_command(context, p.map, p.out);
  });

  auto* machine = app.add_subcommand("info", "devices, drivers, versions, where files are found");
  machine->callback([&] {
    p.exit_code = info_command(context);
  });
}

}  // namespace

int run(int argc, char** argv, const Context& context) {
  CLI::App app("oddroad: scenario files become labelled driving-sensor datasets");
  app.footer(kExamples);
  app.set_version_flag("--version", std::string("oddroad ") + ODDROAD_VERSION);
  app.require_subcommand(1);
  Parsed parsed;
  add_scenario_commands(app, parsed, context);
  add_sampling_commands(app, parsed, context);
  add_run_command(app, parsed, context);
  add_export_command(app, parsed, context);
  add_explore_command(app, parsed, context);
  add_import_command(app, parsed, context);
  add_search_command(app, parsed, context);
  add_dataset_commands(app, parsed, context);
  add_picture_commands(app, parsed, context);
  add_farm_commands(app, context, parsed.exit_code);
  add_catalogue_commands(app, context, parsed.exit_code);
  add_other_commands(app, parsed, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  return parsed.exit_code;
}

}  // namespace oddroad::cli
