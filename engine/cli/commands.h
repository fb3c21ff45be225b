// One function a command; each returns an exit code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/cli/context.h"

namespace oddroad::cli {

int check_command(const Context& context, const std::vector<std::string>& files,
                  const std::vector<std::string>& overrides);

// One sample in full, or many over each other.
struct DrawOptions {
  std::string scenario;
  std::string out;
  std::optional<std::uint32_t> sample;
  std::string samples = "0..19";      // "A..B", "A" or "all"; where no `sample` is asked for
  std::optional<std::uint64_t> seed;  // none: the scenario's
  std::vector<std::string> overrides;
};
int draw_command(const Context& context, const DrawOptions& options);

// Dry runs: one sample in full, or many in sum.
struct RunOptions {
  std::string scenario;
  std::uint32_t sample = 0;
  std::string samples;                // "A..B", "A" or "all"; empty: one in full
  std::optional<std::uint64_t> seed;  // none: the scenario's
  std::string report;                 // JSON file of many; empty: none
  std::vector<std::string> overrides;
};
int run_command(const Context& context, const RunOptions& options);

// Where to draw so that the rare event of a scenario happens often: tilts, as a file of parts.
struct SearchCommand {
  std::string scenario;
  std::string out;           // YAML file; empty: on `out` only
  std::uint32_t runs = 512;  // a round
  std::uint32_t rounds = 8;  // at most, before the one that judges
  std::optional<std::uint64_t> seed;
  std::vector<std::string> overrides;
};
int search_command(const Context& context, const SearchCommand& options);

// What samples come to, by dry runs and by rays, and samples that come to what is wanted.
struct ExploreOptions {
  std::string scenario;
  std::string of;                     // whom the ego meets; empty: as the scenario says
  std::optional<std::uint32_t> runs;  // at most; none: sample.count, or 512 where there are goals
  bool sight = false;                 // pixels, points, occlusion, too
  std::optional<std::uint64_t> seed;
  std::string csv;   // file; empty: none
  std::string html;  // file; empty: none
  std::vector<std::string> overrides;
};
int explore_command(const Context& context, const ExploreOptions& options);

// What a scenario draws: a table on `out`; CSV and a page where they are asked for.
struct SampleOptions {
  std::string scenario;
  std::optional<std::uint32_t> count;  // none: the scenario's
  std::optional<std::uint64_t> seed;
  std::string csv;   // file; empty: none
  std::string html;  // file; empty: none
  std::vector<std::string> overrides;
};
int sample_command(const Context& context, const SampleOptions& options);

// A JSON Schema of scenario files, on `out`.
int schema_command(const Context& context);

// The resolved scenario with the origin of every value.
int explain_command(const Context& context, const std::string& file,
                    const std::vector<std::string>& overrides);

struct RenderOptions {
  std::vector<std::string> scenarios;
  std::string out;
  std::string clips;                  // "A..B" or "A"; empty: all of sample.count
  std::optional<std::uint64_t> seed;  // none: the scenario's
  int jobs = 1;
  std::string device = "auto";
  std::string visibility = "auto";  // raster, cast, auto
  std::string shade = "auto";       // gpu, cpu, auto
  bool colour = true;
  bool verify = false;
  bool validation = false;
  bool device_times = false;  // say at the end what passes cost on the Vulkan device
  std::string isa;
  std::vector<std::string> overrides;
};
int render_command(const Context& context, const RenderOptions& options);

struct VerifyOptions {
  std::string dataset;
  int sample = 3;  // frames of each sensor and clip
  bool all = false;
  std::string report;  // JSON file; empty: none
};
int verify_command(const Context& context, const VerifyOptions& options);

struct ExportCommand {
  std::string dataset;
  std::string format;  // a name of exchange::formats()
  std::string out;
  std::string split;    // "train:0.8,val:0.2"; empty: that
  std::string classes;  // YAML file; empty: the format's own table
  std::string select;   // file with a clip a line, "-": standard input; empty: all clips
  double min_visibility = 0;
  std::int64_t min_lidar_points = 0;
};
int export_command(const Context& context, const ExportCommand& options);

struct ImportCommand {
  std::string format;  // a name of exchange::import_formats()
  std::string source;
  std::string out;  // dataset folder (made, or added to)
};
int import_command(const Context& context, const ImportCommand& options);

struct PreviewCommand {
  std::string dataset;
  std::string out;  // PNG
  int clips = 3;
  int frames = 3;
  bool mosaic = false;  // one small picture of every clip instead
  int columns = 0;      // of the mosaic; 0: as fits
  int tile_px = 320;    // width of its pictures
};
int preview_command(const Context& context, const PreviewCommand& options);
// Statistics of pictures beside a reference's (empty: none). `strict`: kSetAside if any picture
// lies outside a band.
int stats_command(const Context& context, const std::vector<std::string>& images,
                  const std::string& reference, bool strict);

// The catalog as text; `only_class` empty: all of it.
int assets_list_command(const Context& context, const std::string& only_class);
struct ShowOptions {
  std::string name;                   // catalog type, or a model file
  std::vector<std::string> settings;  // "height=1.2 m"
  std::uint64_t seed = 0;
  std::string seeds;  // "A..B": a mosaic of them instead of a turntable
  std::string out;    // PNG
  std::string device = "auto";
};
int assets_show_command(const Context& context, const ShowOptions& options);

// LiDAR devices, a line each: all that are shipped, or these names and files.
int lidars_command(const Context& context, const std::vector<std::string>& names);

int info_command(const Context& context);

int road_info_command(const Context& context, const std::string& map);
int road_sample_command(const Context& context, const std::string& map, double step_m);
// Warnings of every map, three of a kind unless `all`, and a line that sums up each.
int road_check_command(const Context& context, const std::vector<std::string>& maps, bool all);
int road_draw_command(const Context& context, const std::string& map, const std::string& out);

}  // namespace oddroad::cli
