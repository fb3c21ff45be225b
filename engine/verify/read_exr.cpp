#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfInputFile.h>

#include "engine/verify/files.h"

namespace oddroad::verify {

core::Result<std::map<std::string, capture::Image<float>>> read_exr(
    const std::filesystem::path& path) {
  try {
    Imf::InputFile file(path.c_str(), 0);
    const Imath::Box2i window = file.header().dataWindow();
    const std::int64_t width = std::int64_t{window.max.x} - window.min.x + 1;
    const std::int64_t height = std::int64_t{window.max.y} - window.min.y + 1;
    if (width < 1 || height < 1 || width > 65535 || height > 65535) {
      return core::fail_at({path.string()}, "has no sensible size");
    }
    std::map<std::string, capture::Image<float>> images;
    Imf::FrameBuffer buffer;
    for (auto c = file.header().channels().begin(); c != file.header().channels().end(); ++c) {
      auto& image = images[c.name()];
      image = {static_cast<int>(width), static_cast<int>(height)};
      buffer.insert(c.name(), Imf::Slice::Make(Imf::FLOAT, image.pixels.data(), window));
    }
    file.setFrameBuffer(buffer);
    file.readPixels(window.min.y, window.max.y);
    return images;
  } catch (const std::exception& error) {
    return core::fail_at({path.string()}, std::string("is not a whole EXR: ") + error.what());
  }
}

}  // namespace oddroad::verify
