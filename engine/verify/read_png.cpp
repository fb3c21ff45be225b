#include <memory>

#include <spng.h>

#include "engine/verify/files.h"

namespace oddroad::verify {

core::Result<Png> read_png(const std::filesystem::path& path) {
  const auto bytes = read_bytes(path);
  if (!bytes) return core::forward_error(bytes);
  const auto failed = [&](int code) {
    return core::fail_at({path.string()},
                         std::string("is not a whole PNG: ") + spng_strerror(code));
  };
  const std::unique_ptr<spng_ctx, decltype(&spng_ctx_free)> png(spng_ctx_new(0), spng_ctx_free);
  if (png == nullptr) return core::fail_at({path.string()}, "no memory for a PNG reader");
  spng_set_png_buffer(png.get(), bytes->data(), bytes->size());
  spng_ihdr header{};
  if (const int code = spng_get_ihdr(png.get(), &header)) return failed(code);
  const bool grey = header.color_type == SPNG_COLOR_TYPE_GRAYSCALE;
  const bool fine = (grey && (header.bit_depth == 8 || header.bit_depth == 16)) ||
                    (header.color_type == SPNG_COLOR_TYPE_TRUECOLOR && header.bit_depth == 8);
  if (!fine || header.width > 65535 || header.height > 65535) {
    return core::fail_at({path.string()}, "is neither 8 or 16 bit grey nor 8 bit RGB");
  }
  const std::size_t channels = grey ? 1 : 3;
  const std::size_t sample = header.bit_depth / 8;
  const std::size_t pixels = std::size_t{header.width} * header.height;
  std::vector<unsigned char> raw(pixels * channels * sample);
  // Big-endian as in the file, so that no library decides on byte order.
  if (const int code = spng_decode_image(png.get(), raw.data(), raw.size(), SPNG_FMT_RAW, 0)) {
    return failed(code);
  }
  Png out{static_cast<int>(header.width), static_cast<int>(header.height), header.bit_depth, {}};
  out.channels.assign(channels, capture::Image<std::uint16_t>(out.width_px, out.height_px));
  for (std::size_t i = 0; i < pixels; ++i) {
    for (std::size_t c = 0; c < channels; ++c) {
      const unsigned char* at = &raw[(i * channels + c) * sample];
      out.channels[c].pixels[i] =
          static_cast<std::uint16_t>(sample == 2 ? at[0] << 8 | at[1] : at[0]);
    }
  }
  return out;
}

}  // namespace oddroad::verify
