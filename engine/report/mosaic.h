// Many clips at a glance: one small picture of each.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/report/canvas.h"

namespace oddroad::report {

struct Tile {
  std::string caption;  // empty: none
  Picture picture;      // scaled to the tile's width, its shape kept
};

// Row by row; the last row may be short. Tiles of one row are as high as the highest of all.
Picture mosaic(const std::vector<Tile>& tiles, int columns, int tile_width_px);

// The middle colour frame of every clip's first camera, in the order of the dataset. columns 0: so
// many that the sheet is about as wide as high.
// Errors: not a dataset, no clip with colour, a file that cannot be read or written.
core::Result<void> mosaic_of_clips(const std::filesystem::path& dataset,
                                   const std::filesystem::path& png, int columns,
                                   int tile_width_px);

}  // namespace oddroad::report
