// How a picture is stored.
#pragma once

namespace oddroad::capture {

struct PictureFormat {
  bool jpeg = false;  // else PNG: lossless
  int quality = 90;   // JPEG: 1 to 100
  int chroma = 420;   // JPEG: 420, 422 or 444 (subsampling of colour)
  bool operator==(const PictureFormat&) const = default;
};

}  // namespace oddroad::capture
