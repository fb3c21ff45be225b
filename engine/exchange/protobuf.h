// The wire format of Protocol Buffers, as much as messages need that are only written: the encoding
// in https://protobuf.dev/programming-guides/encoding. Values that proto3 takes as given (zero,
// empty) are left out, as its own writers do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oddroad::exchange {

class Protobuf {
 public:
  Protobuf& varint(int field, std::uint64_t value);  // int32, int64, uint32, bool, enum
  Protobuf& fixed32(int field, std::uint32_t value);
  Protobuf& number(int field, double value);
  Protobuf& text(int field, std::string_view value);  // string, bytes
  // Sub-messages and elements of lists are written even if they are empty.
  Protobuf& message(int field, const Protobuf& value);
  Protobuf& element(int field, std::string_view value);
  Protobuf& numbers(int field, const std::vector<double>& values);  // packed

  // Bytes in pieces: first how many they are in all, then the pieces and nothing else between.
  Protobuf& bytes_of_size(int field, std::size_t size);
  Protobuf& piece(std::string_view bytes);

  void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void key(int field, unsigned wire_type);
  void put_varint(std::uint64_t value);

  std::string bytes_;
};

}  // namespace oddroad::exchange
