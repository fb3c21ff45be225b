#include "engine/exchange/protobuf.h"

#include <bit>
#include <cstring>

namespace oddroad::exchange {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

enum WireType : unsigned { kVarint = 0, kFixed64 = 1, kLength = 2, kFixed32 = 5 };

template <typename T>
void append(std::string& bytes, const T& value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes.append(raw, sizeof value);
}

}  // namespace

void Protobuf::put_varint(std::uint64_t value) {
  while (value >= 128) {
    bytes_ += static_cast<char>((value & 127) | 128);
    value >>= 7;
  }
  bytes_ += static_cast<char>(value);
}

void Protobuf::key(int field, unsigned wire_type) {
  put_varint(static_cast<std::uint64_t>(field) << 3 | wire_type);
}

Protobuf& Protobuf::varint(int field, std::uint64_t value) {
  if (value == 0) return *this;
  key(field, kVarint);
  put_varint(value);
  return *this;
}

Protobuf& Protobuf::fixed32(int field, std::uint32_t value) {
  if (value == 0) return *this;
  key(field, kFixed32);
  append(bytes_, value);
  return *this;
}

Protobuf& Protobuf::number(int field, double value) {
  if (std::bit_cast<std::uint64_t>(value) == 0) return *this;  // -0 is a value
  key(field, kFixed64);
  append(bytes_, value);
  return *this;
}

Protobuf& Protobuf::text(int field, std::string_view value) {
  return value.empty() ? *this : element(field, value);
}

Protobuf& Protobuf::element(int field, std::string_view value) {
  return bytes_of_size(field, value.size()).piece(value);
}

Protobuf& Protobuf::bytes_of_size(int field, std::size_t size) {
  key(field, kLength);
  put_varint(size);
  return *this;
}

Protobuf& Protobuf::piece(std::string_view bytes) {
  bytes_ += bytes;
  return *this;
}

Protobuf& Protobuf::message(int field, const Protobuf& value) {
  return element(field, value.bytes_);
}

Protobuf& Protobuf::numbers(int field, const std::vector<double>& values) {
  if (values.empty()) return *this;
  return element(field,
                 {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)});
}

}  // namespace oddroad::exchange
