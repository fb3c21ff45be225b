#include "engine/dataset/png.h"

#include <cstdlib>
#include <memory>

#include <spng.h>

#include "engine/core/check.h"

namespace oddroad::dataset {
namespace {

constexpr std::size_t kMaxPixels = std::size_t{1} << 28;
// Z_DEFAULT_STRATEGY, Z_HUFFMAN_ONLY and Z_RLE of zlib.h.
constexpr int kMatches = 0;
constexpr int kHuffmanOnly = 2;
constexpr int kRunLengths = 3;

using Context = std::unique_ptr<spng_ctx, decltype(&spng_ctx_free)>;

struct Coding {
  std::uint8_t color_type;
  std::uint8_t bit_depth;
  int filter;
  int strategy;
};
constexpr Coding kRgb{SPNG_COLOR_TYPE_TRUECOLOR, 8, SPNG_FILTER_CHOICE_UP, kHuffmanOnly};
constexpr Coding kGrey16{SPNG_COLOR_TYPE_GRAYSCALE, 16, SPNG_FILTER_CHOICE_NONE, kMatches};
constexpr Coding kGrey8{SPNG_COLOR_TYPE_GRAYSCALE, 8, SPNG_FILTER_CHOICE_NONE, kRunLengths};

// libspng takes and gives 16-bit samples in the machine's byte order with SPNG_FMT_PNG.
template <typename T>
std::string encode(const capture::Image<T>& image, const Coding& coding) {
  ODDROAD_CHECK(!image.empty());
  Context context(spng_ctx_new(SPNG_CTX_ENCODER), spng_ctx_free);
  ODDROAD_CHECK(context != nullptr);
  spng_set_option(context.get(), SPNG_ENCODE_TO_BUFFER, 1);
  spng_set_option(context.get(), SPNG_IMG_COMPRESSION_LEVEL, 1);
  spng_set_option(context.get(), SPNG_FILTER_CHOICE, coding.filter);
  spng_set_option(context.get(), SPNG_IMG_COMPRESSION_STRATEGY, coding.strategy);
  spng_ihdr header{};
  header.width = static_cast<std::uint32_t>(image.width_px);
  header.height = static_cast<std::uint32_t>(image.height_px);
  header.bit_depth = coding.bit_depth;
  header.color_type = coding.color_type;
  ODDROAD_CHECK_OP(spng_set_ihdr(context.get(), &header), ==, 0);
  ODDROAD_CHECK_OP(
      spng_encode_image(context.get(), image.pixels.data(), image.pixels.size() * sizeof(T),
                        SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE),
      ==, 0);
  std::size_t size = 0;
  int error = 0;
  std::unique_ptr<void, decltype(&std::free)> buffer(
      spng_get_png_buffer(context.get(), &size, &error), std::free);
  ODDROAD_CHECK(buffer != nullptr);
  return {static_cast<const char*>(buffer.get()), size};
}

template <typename T>
core::Result<capture::Image<T>> decode(const std::string& bytes, const std::string& file,
                                       const Coding& coding, const char* wrong_kind) {
  const auto failed = [&](int code) {
    return core::fail_at({file}, std::string("not a whole PNG: ") + spng_strerror(code));
  };
  Context context(spng_ctx_new(0), spng_ctx_free);
  ODDROAD_CHECK(context != nullptr);
  spng_set_image_limits(context.get(), 65535, 65535);
  spng_set_png_buffer(context.get(), bytes.data(), bytes.size());
  spng_ihdr header{};
  if (const int code = spng_get_ihdr(context.get(), &header)) return failed(code);
  if (header.color_type != coding.color_type || header.bit_depth != coding.bit_depth) {
    return core::fail_at({file}, wrong_kind);
  }
  if (static_cast<std::size_t>(header.width) * header.height > kMaxPixels) {
    return core::fail_at({file}, "this PNG has more than 2^28 pixels");
  }
  capture::Image<T> image(static_cast<int>(header.width), static_cast<int>(header.height));
  if (const int code = spng_decode_image(context.get(), image.pixels.data(),
                                         image.pixels.size() * sizeof(T), SPNG_FMT_PNG, 0)) {
    return failed(code);
  }
  return image;
}

}  // namespace

std::string encode_png(const capture::Image<capture::Rgb8>& image) {
  return encode(image, kRgb);
}
std::string encode_png(const capture::Image<std::uint16_t>& image) {
  return encode(image, kGrey16);
}
std::string encode_png(const capture::Image<std::uint8_t>& image) {
  return encode(image, kGrey8);
}

core::Result<capture::Image<capture::Rgb8>> decode_png_rgb(const std::string& bytes,
                                                           const std::string& file) {
  return decode<capture::Rgb8>(bytes, file, kRgb, "this PNG is not 8-bit RGB");
}
core::Result<capture::Image<std::uint16_t>> decode_png16(const std::string& bytes,
                                                         const std::string& file) {
  return decode<std::uint16_t>(bytes, file, kGrey16, "this PNG is not 16-bit grey");
}
core::Result<capture::Image<std::uint8_t>> decode_png8(const std::string& bytes,
                                                       const std::string& file) {
  return decode<std::uint8_t>(bytes, file, kGrey8, "this PNG is not 8-bit grey");
}

}  // namespace oddroad::dataset
