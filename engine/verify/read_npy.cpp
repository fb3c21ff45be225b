#include <cstring>
#include <optional>
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

// f, i or u, and the size in bytes.
struct Number {
  char kind = 'f';
  std::size_t bytes = 0;
};

std::optional<Number> number_of(const std::string& type) {
  static const std::regex known("[<|](f[48]|[iu][124]|i8)");
  if (!std::regex_match(type, known)) return std::nullopt;
  return Number{type[1], static_cast<std::size_t>(type[2] - '0')};
}

// The numbers of one element; empty where one is none of those.
std::vector<Number> element(const std::string& dictionary, Npy& out) {
  std::smatch found;
  static const std::regex plain("'descr': *'([^']*)'");
  if (std::regex_search(dictionary, found, plain)) {
    const auto number = number_of(found[1]);
    return number ? std::vector{*number} : std::vector<Number>();
  }
  static const std::regex record("\\('([A-Za-z0-9_]+)', *'([^']*)'\\)");
  std::vector<Number> numbers;
  auto at = std::sregex_iterator(dictionary.begin(), dictionary.end(), record);
  for (; at != std::sregex_iterator(); ++at) {
    out.fields.push_back((*at)[1]);
    const auto number = number_of((*at)[2]);
    if (!number) return {};
    numbers.push_back(*number);
  }
  return numbers;
}

template <typename T>
double as(const char* in) {
  T value;
  std::memcpy(&value, in, sizeof value);
  return static_cast<double>(value);
}

double value_of(const Number& number, const char* in) {
  if (number.kind == 'f') return number.bytes == 4 ? as<float>(in) : as<double>(in);
  const bool with_sign = number.kind == 'i';
  switch (number.bytes) {
    case 1:
      return with_sign ? as<std::int8_t>(in) : as<std::uint8_t>(in);
    case 2:
      return with_sign ? as<std::int16_t>(in) : as<std::uint16_t>(in);
    case 8:
      return as<std::int64_t>(in);
    default:
      return with_sign ? as<std::int32_t>(in) : as<std::uint32_t>(in);
  }
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
  const std::vector<Number> numbers = element(parts->dictionary, out);
  out.shape = shape_of(parts->dictionary);
  if (numbers.empty() || out.shape.empty() ||
      parts->dictionary.find("'fortran_order': False") == std::string::npos) {
    return core::fail_at({path.string()}, "NPY: not C-ordered numbers");
  }
  std::size_t item = 0, count = 1;
  for (const Number& number : numbers) item += number.bytes;
  for (const std::size_t n : out.shape) {
    count = n > 0 && count > parts->body.size() / n ? parts->body.size() + 1 : count * n;
  }
  if (parts->body.size() % item != 0 || parts->body.size() / item != count) {
    return core::fail_at({path.string()}, "NPY: length does not fit the shape");
  }
  out.values.reserve(count * numbers.size());
  const char* in = parts->body.data();
  for (std::size_t i = 0; i < count; ++i) {
    for (const Number& number : numbers) {
      out.values.push_back(value_of(number, in));
      in += number.bytes;
    }
  }
  return out;
}

}  // namespace oddroad::verify
