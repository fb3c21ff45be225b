#include "engine/asset/texture_file.h"

#include <csetjmp>
#include <cstdio>
#include <memory>

#include <jpeglib.h>
#include <spng.h>

#include "engine/core/check.h"

namespace oddroad::asset {
namespace {

bool fits(std::uint64_t width, std::uint64_t height) {
  return width > 0 && height > 0 && width <= kMaxTextureSide_px && height <= kMaxTextureSide_px;
}

core::Diagnostics too_large(const std::string& file, std::uint64_t width, std::uint64_t height) {
  return core::Diagnostics({core::Severity::kError,
                            {file},
                            "this texture is " + std::to_string(width) + " x " +
                                std::to_string(height) + " pixels, at most " +
                                std::to_string(kMaxTextureSide_px) + " a side are read",
                            ""});
}

void allocate(Texture& texture, std::uint32_t width, std::uint32_t height) {
  texture.width_px = width;
  texture.height_px = height;
  texture.rgba.resize(std::size_t{4} * width * height);
}

core::Result<Texture> decode_png(const std::string& bytes, const std::string& file) {
  const auto failed = [&](int code) {
    return core::fail_at({file}, std::string("not a whole PNG: ") + spng_strerror(code));
  };
  const std::unique_ptr<spng_ctx, decltype(&spng_ctx_free)> context(spng_ctx_new(0), spng_ctx_free);
  ODDROAD_CHECK(context != nullptr);
  spng_set_png_buffer(context.get(), bytes.data(), bytes.size());
  spng_ihdr header{};
  if (const int code = spng_get_ihdr(context.get(), &header)) return failed(code);
  if (!fits(header.width, header.height)) {
    return tl::unexpected(too_large(file, header.width, header.height));
  }
  Texture texture;
  allocate(texture, header.width, header.height);
  if (const int code = spng_decode_image(context.get(), texture.rgba.data(), texture.rgba.size(),
                                         SPNG_FMT_RGBA8, SPNG_DECODE_TRNS)) {
    return failed(code);
  }
  // To the end of the file: a PNG that is cut behind its last pixel is not whole either.
  if (const int code = spng_decode_chunks(context.get())) return failed(code);
  return texture;
}

// libjpeg reports through callbacks that must not return; the message is kept here.
struct JpegErrors {
  jpeg_error_mgr base;
  std::jmp_buf escape;
  char message[JMSG_LENGTH_MAX];
};

[[noreturn]] void jump_out(j_common_ptr info) {
  auto* errors = reinterpret_cast<JpegErrors*>(info->err);
  info->err->format_message(info, errors->message);
  std::longjmp(errors->escape, 1);
}

// Warnings of level -1 mean damaged data: a truncated file is padded with grey otherwise.
void jump_out_on_damage(j_common_ptr info, int level) {
  if (level < 0) jump_out(info);
}

// No object with a destructor may live here: longjmp passes them by. False: see errors.message,
// which is empty where the image is too large.
bool decode_jpeg_into(const std::string& bytes, jpeg_decompress_struct& info, JpegErrors& errors,
                      Texture& texture) {
  if (setjmp(errors.escape) != 0) return false;
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&info, TRUE);
  if (!fits(info.image_width, info.image_height)) return false;
  info.out_color_space = JCS_EXT_RGBA;
  allocate(texture, info.image_width, info.image_height);
  jpeg_start_decompress(&info);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = &texture.rgba[std::size_t{4} * info.output_scanline * texture.width_px];
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  return true;
}

core::Result<Texture> decode_jpeg(const std::string& bytes, const std::string& file) {
  jpeg_decompress_struct info{};
  JpegErrors errors{};
  info.err = jpeg_std_error(&errors.base);
  errors.base.error_exit = jump_out;
  errors.base.emit_message = jump_out_on_damage;
  Texture texture;
  const bool done = decode_jpeg_into(bytes, info, errors, texture);
  const std::uint64_t width = info.image_width;
  const std::uint64_t height = info.image_height;
  jpeg_destroy_decompress(&info);
  if (done) return texture;
  if (errors.message[0] == '\0') return tl::unexpected(too_large(file, width, height));
  return core::fail_at({file}, std::string("not a whole JPEG: ") + errors.message);
}

}  // namespace

core::Result<Texture> decode_texture(const std::string& bytes, const std::string& file) {
  if (bytes.starts_with("\x89PNG")) return decode_png(bytes, file);
  if (bytes.starts_with("\xff\xd8")) return decode_jpeg(bytes, file);
  return core::fail_at(
      {file}, bytes.empty() ? "this texture is empty" : "this texture is neither a PNG nor a JPEG");
}

}  // namespace oddroad::asset
