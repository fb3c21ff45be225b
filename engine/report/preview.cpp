#include "engine/report/preview.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>

#include "engine/capture/kinds.h"
#include "engine/dataset/png.h"
#include "engine/dataset/reader.h"
#include "engine/report/birds_eye.h"
#include "engine/report/camera_panels.h"
#include "engine/report/colors.h"
#include "engine/report/kind_panels.h"

namespace oddroad::report {
namespace {

constexpr int kGap = 4;
constexpr int kCaption = 14;

// `count` of n things, first and last among them, evenly spread.
std::vector<std::size_t> spread(std::size_t n, int count) {
  std::vector<std::size_t> out;
  const auto wanted = std::min<std::size_t>(n, static_cast<std::size_t>(std::max(count, 1)));
  for (std::size_t k = 0; k < wanted; ++k) {
    out.push_back(wanted == 1 ? n / 2 : k * (n - 1) / (wanted - 1));
  }
  return out;
}

std::string caption(const dataset::ClipReader& clip, const capture::CameraFrame& frame) {
  char text[256];
  const auto& identity = clip.info().identity;
  std::snprintf(text, sizeof text, "%s  clip %u  %s tick %d  t = %.3f s", identity.scenario.c_str(),
                identity.index, frame.stamp.sensor.c_str(), frame.stamp.tick,
                static_cast<double>(frame.stamp.stamp_ns) * 1e-9);
  return text;
}

// A camera frame and the sweep of the same stamp, read from disk.
struct Captures {
  const capture::CameraCalibration* camera = nullptr;
  capture::CameraFrame frame;
  std::optional<capture::LidarFrame> sweep;
  const capture::LidarCalibration* lidar = nullptr;
  std::vector<RadarCycle> radars;  // the cycle of each that is nearest in time

  [[nodiscard]] FrameView view(const dataset::ClipReader& clip,
                               const capture::Ontology& ontology) const {
    const world::Actor& ego = clip.timeline().actors[clip.timeline().ego];
    return {frame, *camera, sweep ? &*sweep : nullptr, lidar, &ego, ontology};
  }
};

// Of each radar the cycle nearest to a stamp.
core::Result<std::vector<RadarCycle>> read_radars(const dataset::ClipReader& clip,
                                                  std::int64_t stamp_ns) {
  std::vector<RadarCycle> out;
  for (const capture::RadarCalibration& r : clip.calibration().radars) {
    const auto ticks = clip.ticks(r.name);
    std::optional<capture::RadarFrame> nearest;
    for (const int tick : ticks) {
      const auto labels = clip.labels(r.name, tick);
      if (!labels) return core::forward_error(labels);
      const auto off = std::abs(labels->stamp.stamp_ns - stamp_ns);
      if (nearest && off >= std::abs(nearest->stamp.stamp_ns - stamp_ns)) break;
      auto frame = clip.radar(r.name, tick);
      if (!frame) return core::forward_error(frame);
      nearest = std::move(*frame);
    }
    if (nearest) out.push_back({std::move(*nearest), &r});
  }
  return out;
}

core::Result<Captures> read_captures(const dataset::ClipReader& clip,
                                     const capture::CameraCalibration& camera, int tick) {
  Captures out;
  out.camera = &camera;
  auto frame = clip.camera(camera.name, tick);
  if (!frame) return core::forward_error(frame);
  out.frame = std::move(*frame);
  for (const capture::LidarCalibration& l : clip.calibration().lidars) {
    const auto ticks = clip.ticks(l.name);
    if (std::find(ticks.begin(), ticks.end(), tick) == ticks.end()) continue;
    auto read = clip.lidar(l.name, tick);
    if (!read) return core::forward_error(read);
    if (read->stamp.stamp_ns != out.frame.stamp.stamp_ns) continue;
    out.sweep = std::move(*read);
    out.lidar = &l;
    break;
  }
  auto radars = read_radars(clip, out.frame.stamp.stamp_ns);
  if (!radars) return core::forward_error(radars);
  out.radars = std::move(*radars);
  return out;
}

core::Result<Picture> frame_sheet(const dataset::ClipReader& clip,
                                  const capture::Ontology& ontology, int tick, int width_px) {
  const auto captures = read_captures(clip, clip.calibration().cameras.front(), tick);
  if (!captures) return core::forward_error(captures);
  const FrameView view = captures->view(clip, ontology);
  const int half = (width_px - kGap) / 2;
  const Picture boxes = boxes_panel(view, half);
  const Picture masks = mask_panel(view, half);
  const Picture depth = depth_panel(view, half);
  const Picture above = birds_eye_panel({view.frame.stamp, view.frame.world, view.sweep, view.lidar,
                                         clip.timeline(), ontology, &captures->radars},
                                        half, boxes.height_px);
  Picture sheet(width_px, kCaption + 2 * boxes.height_px + 2 * kGap, Rgb8(12));
  draw_text(sheet, 4, 3, caption(clip, view.frame), Rgb8(230));
  paste(sheet, boxes, 0, kCaption);
  paste(sheet, masks, half + kGap, kCaption);
  paste(sheet, depth, 0, kCaption + boxes.height_px + kGap);
  paste(sheet, above, half + kGap, kCaption + boxes.height_px + kGap);
  return sheet;
}

// Every other kind that one frame of a camera has, three in a row; empty if there is none.
core::Result<Picture> kind_sheet(const dataset::ClipReader& clip, const capture::Ontology& ontology,
                                 const capture::CameraCalibration& camera, int width_px) {
  constexpr int kColumns = 3;
  const auto ticks = clip.ticks(camera.name);
  if (ticks.empty()) return Picture();
  const auto captures = read_captures(clip, camera, ticks[ticks.size() / 2]);
  if (!captures) return core::forward_error(captures);
  const int width = (width_px - (kColumns - 1) * kGap) / kColumns;
  const auto panels = kind_panels(captures->view(clip, ontology), width);
  if (panels.empty()) return Picture();
  const int row = panels.front().picture.height_px + kCaption + kGap;
  const int rows = (static_cast<int>(panels.size()) + kColumns - 1) / kColumns;
  Picture sheet(width_px, kCaption + rows * row, Rgb8(12));
  draw_text(sheet, 4, 3, caption(clip, captures->frame), Rgb8(230));
  for (int k = 0; k < static_cast<int>(panels.size()); ++k) {
    const int x = k % kColumns * (width + kGap);
    const int y = kCaption + k / kColumns * row;
    draw_text(sheet, x + 4, y + 3, panels[k].title, Rgb8(170));
    paste(sheet, panels[k].picture, x, y + kCaption);
  }
  return sheet;
}

bool has_more_kinds(const dataset::ClipReader& clip) {
  const auto& usual = capture::default_kinds();
  return std::any_of(clip.info().kinds.begin(), clip.info().kinds.end(), [&](const auto& kind) {
    return std::find(usual.begin(), usual.end(), kind) == usual.end();
  });
}

core::Result<std::vector<Picture>> all_sheets(const dataset::DatasetReader& dataset,
                                              const PreviewOptions& options) {
  std::vector<Picture> sheets;
  for (const std::size_t c : spread(dataset.clips().size(), options.clips)) {
    const auto clip = dataset::ClipReader::open(dataset.clips()[c]);
    if (!clip) return core::forward_error(clip);
    if (clip->calibration().cameras.empty()) continue;
    const auto ticks = clip->ticks(clip->calibration().cameras.front().name);
    if (ticks.empty()) continue;
    for (const std::size_t k : spread(ticks.size(), options.frames)) {
      auto sheet = frame_sheet(*clip, dataset.ontology(), ticks[k], options.width_px);
      if (!sheet) return core::forward_error(sheet);
      sheets.push_back(std::move(*sheet));
    }
    if (!has_more_kinds(*clip)) continue;
    for (const capture::CameraCalibration& camera : clip->calibration().cameras) {
      auto sheet = kind_sheet(*clip, dataset.ontology(), camera, options.width_px);
      if (!sheet) return core::forward_error(sheet);
      if (!sheet->empty()) sheets.push_back(std::move(*sheet));
    }
  }
  if (sheets.empty()) return core::fail("the dataset holds no clip with camera frames");
  return sheets;
}

}  // namespace

core::Result<void> preview(const std::filesystem::path& dataset, const std::filesystem::path& png,
                           const PreviewOptions& options) {
  const auto reader = dataset::DatasetReader::open(dataset);
  if (!reader) return core::forward_error(reader);
  const auto sheets = all_sheets(*reader, options);
  if (!sheets) return core::forward_error(sheets);
  int height = 0;
  for (const Picture& sheet : *sheets) height += sheet.height_px;
  Picture page(options.width_px, height, Rgb8(12));
  int y = 0;
  for (const Picture& sheet : *sheets) {
    paste(page, sheet, 0, y);
    y += sheet.height_px;
  }
  const std::string bytes = dataset::encode_png(page);
  std::ofstream out(png, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return core::fail_at({png.string()}, "cannot be written");
  return {};
}

}  // namespace oddroad::report
