#include <cstring>
#include <regex>

#include "engine/verify/files.h"

namespace oddroad::verify {
namespace {

// The dictionary of NPY format 1.0 and the bytes behind it.
struct Parts {
  std::string dictionary;
  std::string_view body;
};

core::Result<Parts> split(const std::string& bytes, const std::string& file) {
  if (bytes.size() < 10 || bytes.compare(0, 8, std::string("\x93NUMPY\x01\x00", 8)) != 0) {
    return core::fail_at({file}, "is not NPY format 1.0");
  }
  const std::size_t length =
      static_cast<unsigned char>(bytes[8]) | std::size_t{static_cast<unsigned char>(bytes[9])} << 8;
  if (10 + length > bytes.size() || length > 8192) {
    return core::fail_at({file}, "NPY: broken header");
  }
  return Parts{bytes.substr(10, length), std::string_view(bytes).substr(10 + length)};
}

// Sizes in bytes of the numbers of one element; empty where one is no little-endian float.
std::vector<std::size_t> element(const std::string& dictionary, Npy& out) {
  std::smatch found;
  static const std::regex plain("'descr': *'<f([48])'");
  if (std::regex_search(dictionary, found, plain)) return {found[1] == "4" ? 4u : 8u};
  static const std::regex record("\\('([A-Za-z0-9_]+)', *'([^']*)'\\)");
  std::vector<std::size_t> sizes;
  auto at = std::sregex_iterator(dictionary.begin(), dictionary.end(), record);
  for (; at != std::sregex_iterator(); ++at) {
    out.fields.push_back((*at)[1]);
    const std::string type = (*at)[2];
    if (type != "<f4" && type != "<f8") return {};
    sizes.push_back(type == "<f4" ? 4 : 8);
  }
  return sizes;
}

std::vector<std::size_t> shape_of(const std::string& dictionary) {
  std::smatch found;
  static const std::regex tuple("'shape': *\\(([0-9, ]*)\\)");
  if (!std::regex_search(dictionary, found, tuple)) return {};
  std::vector<std::size_t> shape;
  const std::string text = found[1];
  static const std::regex number("[0-9]{1,9}");
  for (auto at = std::sregex_iterator(text.begin(), text.end(), number);
       at != std::sregex_iterator(); ++at) {
    shape.push_back(std::stoul(at->str()));
  }
  return shape;
}

}  // namespace

core::Result<Npy> read_npy(const std::filesystem::path& path) {
  const auto bytes = read_bytes(path);
  if (!bytes) return core::forward_error(bytes);
  const auto parts = split(*bytes, path.string());
  if (!parts) return core::forward_error(parts);
  Npy out;
  const std::vector<std::size_t> sizes = element(parts->dictionary, out);
  out.shape = shape_of(parts->dictionary);
  if (sizes.empty() || out.shape.empty() ||
      parts->dictionary.find("'fortran_order': False") == std::string::npos) {
    return core::fail_at({path.string()}, "NPY: not C-ordered floats");
  }
  std::size_t item = 0, count = 1;
  for (const std::size_t size : sizes) item += size;
  for (const std::size_t n : out.shape) {
    count = n > 0 && count > parts->body.size() / n ? parts->body.size() + 1 : count * n;
  }
  if (parts->body.size() % item != 0 || parts->body.size() / item != count) {
    return core::fail_at({path.string()}, "NPY: length does not fit the shape");
  }
  out.values.reserve(count * sizes.size());
  const char* in = parts->body.data();
  for (std::size_t i = 0; i < count; ++i) {
    for (const std::size_t size : sizes) {
      float single = 0;
      double value = 0;
      std::memcpy(size == 4 ? static_cast<void*>(&single) : &value, in, size);
      out.values.push_back(size == 4 ? static_cast<double>(single) : value);
      in += size;
    }
  }
  return out;
}

}  // namespace oddroad::verify
