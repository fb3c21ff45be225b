#include "engine/dataset/exr.h"

#include <cstring>

#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfIO.h>
#include <OpenEXR/ImfInputFile.h>
#include <OpenEXR/ImfOutputFile.h>

#include "engine/core/check.h"

namespace oddroad::dataset {
namespace {

constexpr std::int64_t kMaxPixels = std::int64_t{1} << 28;

class MemoryOut : public Imf::OStream {
 public:
  MemoryOut() : Imf::OStream("memory") {}
  void write(const char bytes[], int count) override {
    if (position_ + static_cast<std::size_t>(count) > data.size()) {
      data.resize(position_ + static_cast<std::size_t>(count));
    }
    std::memcpy(data.data() + position_, bytes, static_cast<std::size_t>(count));
    position_ += static_cast<std::size_t>(count);
  }
  uint64_t tellp() override { return position_; }
  void seekp(uint64_t position) override { position_ = position; }

  std::string data;

 private:
  std::size_t position_ = 0;
};

class MemoryIn : public Imf::IStream {
 public:
  explicit MemoryIn(const std::string& bytes) : Imf::IStream("memory"), bytes_(bytes) {}
  bool read(char out[], int count) override {
    const auto wanted = static_cast<std::size_t>(count);
    if (position_ > bytes_.size() || bytes_.size() - position_ < wanted) {
      throw std::runtime_error("the file ends too early");
    }
    std::memcpy(out, bytes_.data() + position_, wanted);
    position_ += wanted;
    return position_ < bytes_.size();
  }
  uint64_t tellg() override { return position_; }
  void seekg(uint64_t position) override { position_ = position; }
  void clear() override {}

 private:
  const std::string& bytes_;
  std::size_t position_ = 0;
};

// Row 0 of the pixels lies at the data window's corner.
Imf::FrameBuffer frame_buffer(float* pixels, const Imath::Box2i& window) {
  const auto width = static_cast<std::ptrdiff_t>(window.max.x) - window.min.x + 1;
  Imf::FrameBuffer buffer;
  buffer.insert("Z", Imf::Slice::Make(Imf::FLOAT, pixels, window, sizeof(float),
                                      static_cast<std::size_t>(width) * sizeof(float)));
  return buffer;
}

}  // namespace

std::string encode_depth_exr(const capture::Image<float>& depth_m) {
  ODDROAD_CHECK(!depth_m.empty());
  Imf::Header header(depth_m.width_px, depth_m.height_px);
  header.compression() = Imf::RLE_COMPRESSION;
  header.channels().insert("Z", Imf::Channel(Imf::FLOAT));
  MemoryOut out;
  {
    Imf::OutputFile file(out, header, 0);
    file.setFrameBuffer(
        frame_buffer(const_cast<float*>(depth_m.pixels.data()), header.dataWindow()));
    file.writePixels(depth_m.height_px);
  }
  return std::move(out.data);
}

core::Result<capture::Image<float>> decode_depth_exr(const std::string& bytes,
                                                     const std::string& file) {
  try {
    MemoryIn in(bytes);
    Imf::InputFile exr(in, 0);
    const Imath::Box2i window = exr.header().dataWindow();
    const std::int64_t width = std::int64_t{window.max.x} - window.min.x + 1;
    const std::int64_t height = std::int64_t{window.max.y} - window.min.y + 1;
    if (width < 1 || height < 1 || width > kMaxPixels / height) {
      return core::fail_at({file}, "this EXR has no sensible size");
    }
    const Imf::Channel* channel = exr.header().channels().findChannel("Z");
    if (channel == nullptr || channel->type != Imf::FLOAT) {
      return core::fail_at({file}, "this EXR has no float channel Z");
    }
    capture::Image<float> depth(static_cast<int>(width), static_cast<int>(height));
    exr.setFrameBuffer(frame_buffer(depth.pixels.data(), window));
    exr.readPixels(window.min.y, window.max.y);
    return depth;
  } catch (const std::exception& error) {
    return core::fail_at({file}, std::string("not a whole EXR: ") + error.what());
  }
}

}  // namespace oddroad::dataset
