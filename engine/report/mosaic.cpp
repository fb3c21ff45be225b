#include "engine/report/mosaic.h"

#include <algorithm>
#include <cmath>

#include "engine/dataset/file_io.h"
#include "engine/dataset/png.h"
#include "engine/dataset/reader.h"
#include "engine/report/scale.h"

namespace oddroad::report {
namespace {

constexpr int kGap = 3;
constexpr int kCaption = 11;
constexpr double kUsualShape = 1.8;  // width over height of a tile

int height_at(const Picture& picture, int width_px) {
  return std::max(1, width_px * picture.height_px / std::max(1, picture.width_px));
}

// Nothing for a clip without colour.
core::Result<std::vector<Tile>> tile_of(const std::filesystem::path& folder, int width_px) {
  const auto clip = dataset::ClipReader::open(folder);
  if (!clip) return core::forward_error(clip);
  std::vector<Tile> out;
  if (clip->calibration().cameras.empty()) return out;
  const std::string& camera = clip->calibration().cameras.front().name;
  const auto ticks = clip->ticks(camera);
  if (ticks.empty()) return out;
  const auto frame = clip->camera(camera, ticks[ticks.size() / 2]);
  if (!frame) return core::forward_error(frame);
  if (frame->rgb.empty()) return out;
  const auto& identity = clip->info().identity;
  // Scaled at once: hundreds of whole frames would fill the memory.
  out.push_back({identity.scenario + " " + std::to_string(identity.index),
                 scale_picture(frame->rgb, width_px, height_at(frame->rgb, width_px))});
  return out;
}

}  // namespace

Picture mosaic(const std::vector<Tile>& tiles, int columns, int tile_width_px) {
  const int count = static_cast<int>(tiles.size());
  columns = std::clamp(columns, 1, std::max(count, 1));
  int height = 0;
  bool captions = false;
  for (const Tile& tile : tiles) {
    height = std::max(height, height_at(tile.picture, tile_width_px));
    captions |= !tile.caption.empty();
  }
  const int row = height + kGap + (captions ? kCaption : 0);
  const int rows = (count + columns - 1) / columns;
  Picture sheet(columns * (tile_width_px + kGap) + kGap, rows * row + kGap, Rgb8(12));
  for (int k = 0; k < count; ++k) {
    const Tile& tile = tiles[static_cast<std::size_t>(k)];
    const int x = kGap + k % columns * (tile_width_px + kGap);
    const int y = kGap + k / columns * row;
    paste(sheet, scale_picture(tile.picture, tile_width_px, height_at(tile.picture, tile_width_px)),
          x, y);
    const auto letters = static_cast<std::size_t>(tile_width_px / text_width("m"));
    draw_text(sheet, x + 2, y + height + 2, tile.caption.substr(0, letters), Rgb8(200));
  }
  return sheet;
}

core::Result<void> mosaic_of_clips(const std::filesystem::path& dataset,
                                   const std::filesystem::path& png, int columns,
                                   int tile_width_px) {
  const auto reader = dataset::DatasetReader::open(dataset);
  if (!reader) return core::forward_error(reader);
  std::vector<Tile> tiles;
  for (const auto& folder : reader->clips()) {
    auto one = tile_of(folder, tile_width_px);
    if (!one) return core::forward_error(one);
    std::move(one->begin(), one->end(), std::back_inserter(tiles));
  }
  if (tiles.empty()) return core::fail("the dataset holds no clip with colour frames");
  if (columns == 0) {
    columns =
        static_cast<int>(std::lround(std::sqrt(static_cast<double>(tiles.size()) / kUsualShape)));
  }
  return dataset::write_file(png, dataset::encode_png(mosaic(tiles, columns, tile_width_px)));
}

}  // namespace oddroad::report
