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

struct DrawOptions {
  std::string scenario;
  std::string out;
  std::uint32_t index = 0;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> overrides;
};
int draw_command(const Context& context, const DrawOptions& options);

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

int export_command(const Context& context, const std::string& dataset, const std::string& format,
                   const std::string& out);
int preview_command(const Context& context, const std::string& dataset, const std::string& out,
                    int clips, int frames);
int info_command(const Context& context);

int road_info_command(const Context& context, const std::string& map);
int road_sample_command(const Context& context, const std::string& map, double step_m);
// Warnings of every map, three of a kind unless `all`, and a line that sums up each.
int road_check_command(const Context& context, const std::vector<std::string>& maps, bool all);
int road_draw_command(const Context& context, const std::string& map, const std::string& out);

}  // namespace oddroad::cli
