// From raw numbers to the delivered picture.
//   image:
//     demosaic: malvar            # 5x5 (Malvar, He and Cutler 2004); or bilinear
//     shading_correction: 80 %    # how much of the lens's falloff is undone
//     tone: srgb                  # filmic; gamma with `gamma: 2.2`
//     white: 4                    # exposure values from mid-grey to white: what is brighter burns
//                                 # out; without it all that the chip holds is shown
//     contrast: 40 %              # how far the curve is bent into an S
//     saturation: 1
//     denoise: 50 %               # of colour noise, and a little of the rest
//     sharpen: 0.3                # unsharp mask, share of what the blur took
//     format: png                 # jpeg with `quality: 90`, `chroma: 420` (422, 444)
#pragma once

#include <optional>

#include "engine/capture/picture_format.h"
#include "engine/core/map_reader.h"

namespace oddroad::camera {

enum class Demosaic : std::uint8_t { kBilinear, kMalvar };
enum class Tone : std::uint8_t { kSrgb, kFilmic, kGamma };

struct ImageSettings {
  Demosaic demosaic = Demosaic::kMalvar;
  double shading_correction = 0.8;
  Tone tone = Tone::kSrgb;
  std::optional<double> white_ev;
  double gamma = 2.2;
  double contrast = 0.4;
  double saturation = 1;
  double denoise = 0.5;
  double sharpen = 0.3;
  capture::PictureFormat format;
};

// Reads `image` of a camera; without it nothing changes. Errors go to the reader's diagnostics.
void read_image(core::MapReader& camera, ImageSettings& out);

}  // namespace oddroad::camera
