#include "engine/dataset/exr.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfIO.h>
#include <OpenEXR/ImfInputFile.h>
#include <OpenEXR/ImfOutputFile.h>
#include <OpenEXR/ImfStandardAttributes.h>
#include <OpenEXR/ImfStringAttribute.h>

#include "engine/core/check.h"

namespace oddroad::dataset {
namespace {

constexpr std::int64_t kMaxPixels = std::int64_t{1} << 28;

class MemoryOut : public Imf::OStream {
 public:
  explicit MemoryOut(std::size_t expected_bytes) : Imf::OStream("memory") {
    data.reserve(expected_bytes);
  }
  // Nearly always at the end; tables of contents are gone back to.
  void write(const char bytes[], int count) override {
    const auto size = static_cast<std::size_t>(count);
    const std::size_t inside = std::min(size, data.size() - position_);
    data.replace(position_, inside, bytes, size);
    position_ += size;
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

// One channel inside an image of floats: `first` of each pixel, `stride` floats apart.
struct Channel {
  const char* name;
  float* first;
  std::size_t stride;
};

// Row 0 of the pixels lies at the data window's corner.
Imf::FrameBuffer frame_buffer(const std::vector<Channel>& channels, const Imath::Box2i& window) {
  const auto width = static_cast<std::size_t>(std::int64_t{window.max.x} - window.min.x + 1);
  Imf::FrameBuffer buffer;
  for (const Channel& c : channels) {
    buffer.insert(c.name, Imf::Slice::Make(Imf::FLOAT, c.first, window, c.stride * sizeof(float),
                                           width * c.stride * sizeof(float)));
  }
  return buffer;
}

// Distances are stored as they are: run lengths made them 9 % smaller and took as long as all the
// rest of a frame's files.
std::string encode(int width, int height, const std::vector<Channel>& channels,
                   Imf::Compression compression) {
  ODDROAD_CHECK(width > 0 && height > 0);
  Imf::Header header(width, height);
  header.compression() = compression;
  for (const Channel& c : channels) header.channels().insert(c.name, Imf::Channel(Imf::FLOAT));
  // A row has a place in the table of contents and a head of its own.
  const std::size_t row_bytes = width * channels.size() * sizeof(float) + 32;
  MemoryOut out(height * row_bytes + 4096);
  {
    Imf::OutputFile file(out, header, 0);
    file.setFrameBuffer(frame_buffer(channels, header.dataWindow()));
    file.writePixels(height);
  }
  return std::move(out.data);
}

// Makes the image with make(width, height), which gives the channels to fill.
template <typename Make>
core::Result<void> decode(const std::string& bytes, const std::string& file, const Make& make) {
  try {
    MemoryIn in(bytes);
    Imf::InputFile exr(in, 0);
    const Imath::Box2i window = exr.header().dataWindow();
    const std::int64_t width = std::int64_t{window.max.x} - window.min.x + 1;
    const std::int64_t height = std::int64_t{window.max.y} - window.min.y + 1;
    if (width < 1 || height < 1 || width > kMaxPixels / height) {
      return core::fail_at({file}, "this EXR has no sensible size");
    }
    const std::vector<Channel> channels = make(static_cast<int>(width), static_cast<int>(height));
    for (const Channel& c : channels) {
      const Imf::Channel* found = exr.header().channels().findChannel(c.name);
      if (found == nullptr || found->type != Imf::FLOAT) {
        return core::fail_at({file}, std::string("this EXR has no float channel ") + c.name);
      }
    }
    exr.setFrameBuffer(frame_buffer(channels, window));
    exr.readPixels(window.min.y, window.max.y);
    return {};
  } catch (const std::exception& error) {
    return core::fail_at({file}, std::string("not a whole EXR: ") + error.what());
  }
}

// The library's frame buffers do not know const; writing never changes the pixels.
std::vector<Channel> one_channel(const char* name, const capture::Image<float>& image) {
  return {{name, const_cast<float*>(image.pixels.data()), 1}};
}

template <typename Vector>
std::vector<Channel> vector_channels(const std::vector<const char*>& names,
                                     const capture::Image<Vector>& image) {
  auto* first = const_cast<float*>(reinterpret_cast<const float*>(image.pixels.data()));
  std::vector<Channel> out;
  for (std::size_t k = 0; k < names.size(); ++k) out.push_back({names[k], first + k, names.size()});
  return out;
}

core::Result<capture::Image<float>> decode_one(const std::string& bytes, const std::string& file,
                                               const char* name) {
  capture::Image<float> image;
  const auto done = decode(bytes, file, [&](int width, int height) {
    image = {width, height};
    return one_channel(name, image);
  });
  if (!done) return core::forward_error(done);
  return image;
}

core::Result<capture::Image<math::Vec3f>> decode_three(const std::string& bytes,
                                                       const std::string& file,
                                                       const std::vector<const char*>& names) {
  capture::Image<math::Vec3f> image;
  const auto done = decode(bytes, file, [&](int width, int height) {
    image = {width, height};
    return vector_channels(names, image);
  });
  if (!done) return core::forward_error(done);
  return image;
}

// OpenEXR multiplies rows from the left.
Imath::M44f row_matrix(const math::Affine3d& a) {
  Imath::M44f out;
  for (int c = 0; c < 3; ++c) {
    for (int r = 0; r < 3; ++r) out[c][r] = static_cast<float>(a.linear[c][r]);
    out[3][c] = static_cast<float>(a.translation[c]);
  }
  return out;
}

}  // namespace

std::string encode_exr(const ExrHeader& about, const std::vector<ExrChannel>& channels) {
  ODDROAD_CHECK(about.width_px > 0 && about.height_px > 0 && !channels.empty());
  Imf::Header header(about.width_px, about.height_px);
  header.compression() = Imf::ZIP_COMPRESSION;
  for (const auto& [name, text] : about.texts) header.insert(name, Imf::StringAttribute(text));
  if (about.T_camera_world) Imf::addWorldToCamera(header, row_matrix(*about.T_camera_world));
  Imf::FrameBuffer buffer;
  const auto width = static_cast<std::size_t>(about.width_px);
  for (const ExrChannel& one : channels) {
    const auto type = one.type == ExrChannel::Type::kUint ? Imf::UINT : Imf::FLOAT;
    header.channels().insert(one.name, Imf::Channel(type));
    buffer.insert(one.name, Imf::Slice::Make(type, one.first, header.dataWindow(), one.stride_bytes,
                                             width * one.stride_bytes));
  }
  MemoryOut out(static_cast<std::size_t>(about.height_px) * width * channels.size() + 65536);
  {
    Imf::OutputFile file(out, header, 0);
    file.setFrameBuffer(buffer);
    file.writePixels(about.height_px);
  }
  return std::move(out.data);
}

std::string encode_depth_exr(const capture::Image<float>& depth_m) {
  return encode(depth_m.width_px, depth_m.height_px, one_channel("Z", depth_m),
                Imf::NO_COMPRESSION);
}

std::string encode_range_exr(const capture::Image<float>& range_m) {
  return encode(range_m.width_px, range_m.height_px, one_channel("R", range_m),
                Imf::NO_COMPRESSION);
}

std::string encode_normals_exr(const capture::Image<math::Vec3f>& normal) {
  return encode(normal.width_px, normal.height_px, vector_channels({"X", "Y", "Z"}, normal),
                Imf::RLE_COMPRESSION);
}

std::string encode_radiance_exr(const capture::Image<math::Vec3f>& radiance) {
  return encode(radiance.width_px, radiance.height_px, vector_channels({"R", "G", "B"}, radiance),
                Imf::NO_COMPRESSION);
}

std::string encode_flow_exr(const capture::FlowImage& flow) {
  capture::Image<float> occluded(flow.occlusion.width_px, flow.occlusion.height_px);
  std::copy(flow.occlusion.pixels.begin(), flow.occlusion.pixels.end(), occluded.pixels.begin());
  auto channels = vector_channels({"U", "V"}, flow.displacement_px);
  channels.push_back(one_channel("OCCLUDED", occluded).front());
  return encode(occluded.width_px, occluded.height_px, channels, Imf::RLE_COMPRESSION);
}

core::Result<capture::Image<float>> decode_depth_exr(const std::string& bytes,
                                                     const std::string& file) {
  return decode_one(bytes, file, "Z");
}

core::Result<capture::Image<float>> decode_range_exr(const std::string& bytes,
                                                     const std::string& file) {
  return decode_one(bytes, file, "R");
}

core::Result<capture::Image<math::Vec3f>> decode_normals_exr(const std::string& bytes,
                                                             const std::string& file) {
  return decode_three(bytes, file, {"X", "Y", "Z"});
}

core::Result<capture::Image<math::Vec3f>> decode_radiance_exr(const std::string& bytes,
                                                              const std::string& file) {
  return decode_three(bytes, file, {"R", "G", "B"});
}

core::Result<capture::FlowImage> decode_flow_exr(const std::string& bytes,
                                                 const std::string& file) {
  capture::FlowImage flow;
  capture::Image<float> occluded;
  const auto done = decode(bytes, file, [&](int width, int height) {
    flow.displacement_px = {width, height};
    occluded = {width, height};
    auto channels = vector_channels({"U", "V"}, flow.displacement_px);
    channels.push_back(one_channel("OCCLUDED", occluded).front());
    return channels;
  });
  if (!done) return core::forward_error(done);
  flow.occlusion = {occluded.width_px, occluded.height_px};
  for (std::size_t i = 0; i < occluded.pixels.size(); ++i) {
    const float state = occluded.pixels[i];
    if (!(state == 0 || state == 1 || state == 2)) {
      return core::fail_at({file}, "OCCLUDED holds something other than 0, 1 and 2");
    }
    flow.occlusion.pixels[i] = static_cast<std::uint8_t>(state);
  }
  return flow;
}

}  // namespace oddroad::dataset
