#include "engine/dataset/jpeg.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include "engine/core/check.h"

namespace oddroad::dataset {
namespace {

constexpr std::size_t kMaxPixels = std::size_t{1} << 28;

// libjpeg reports through callbacks that must not return; the message is kept here.
struct Errors {
  jpeg_error_mgr base;
  std::jmp_buf escape;
  char message[JMSG_LENGTH_MAX];
};

[[noreturn]] void jump_out(j_common_ptr info) {
  auto* errors = reinterpret_cast<Errors*>(info->err);
  info->err->format_message(info, errors->message);
  std::longjmp(errors->escape, 1);
}

// Warnings of level -1 mean damaged data: a truncated file is padded with grey otherwise.
void jump_out_on_damage(j_common_ptr info, int level) {
  if (level < 0) jump_out(info);
}

jpeg_error_mgr* set_up(Errors& errors) {
  jpeg_std_error(&errors.base);
  errors.base.error_exit = jump_out;
  errors.base.emit_message = jump_out_on_damage;
  errors.message[0] = '\0';
  return &errors.base;
}

// No object with a destructor may live in these two: longjmp passes them by.
bool compress(const capture::Image<capture::Rgb8>& image, const capture::PictureFormat& format,
              jpeg_compress_struct& info, Errors& errors, unsigned char*& out,
              unsigned long& size) {
  if (setjmp(errors.escape) != 0) return false;
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = static_cast<JDIMENSION>(image.width_px);
  info.image_height = static_cast<JDIMENSION>(image.height_px);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, format.quality, TRUE);
  info.dct_method = JDCT_ISLOW;
  info.comp_info[0].h_samp_factor = format.chroma == 444 ? 1 : 2;
  info.comp_info[0].v_samp_factor = format.chroma == 420 ? 2 : 1;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    const auto* pixels = &image.at(0, static_cast<int>(info.next_scanline));
    auto* row = const_cast<JSAMPROW>(reinterpret_cast<const JSAMPLE*>(pixels));
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return true;
}

// False with an empty message: too large.
bool decompress(const std::string& bytes, jpeg_decompress_struct& info, Errors& errors,
                capture::Image<capture::Rgb8>& image) {
  if (setjmp(errors.escape) != 0) return false;
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  jpeg_read_header(&info, TRUE);
  if (static_cast<std::size_t>(info.image_width) * info.image_height > kMaxPixels) return false;
  info.out_color_space = JCS_RGB;
  info.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&info);
  image.width_px = static_cast<int>(info.output_width);
  image.height_px = static_cast<int>(info.output_height);
  image.pixels.resize(static_cast<std::size_t>(info.output_width) * info.output_height);
  while (info.output_scanline < info.output_height) {
    auto* row = reinterpret_cast<JSAMPROW>(&image.at(0, static_cast<int>(info.output_scanline)));
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  return true;
}

}  // namespace

std::string encode_jpeg(const capture::Image<capture::Rgb8>& image,
                        const capture::PictureFormat& format) {
  ODDROAD_CHECK(!image.empty());
  jpeg_compress_struct info{};
  Errors errors;
  info.err = set_up(errors);
  unsigned char* data = nullptr;
  unsigned long size = 0;
  const bool done = compress(image, format, info, errors, data, size);
  jpeg_destroy_compress(&info);
  ODDROAD_CHECK(done);
  std::string out(reinterpret_cast<const char*>(data), size);
  std::free(data);
  return out;
}

core::Result<capture::Image<capture::Rgb8>> decode_jpeg(const std::string& bytes,
                                                        const std::string& file) {
  jpeg_decompress_struct info{};
  Errors errors;
  info.err = set_up(errors);
  capture::Image<capture::Rgb8> image;
  const bool done = !bytes.empty() && decompress(bytes, info, errors, image);
  jpeg_destroy_decompress(&info);
  if (done) return image;
  if (bytes.empty()) return core::fail_at({file}, "not a whole JPEG: the file is empty");
  if (errors.message[0] == '\0') {
    return core::fail_at({file}, "this JPEG has more than 2^28 pixels");
  }
  return core::fail_at({file}, std::string("not a whole JPEG: ") + errors.message);
}

}  // namespace oddroad::dataset
