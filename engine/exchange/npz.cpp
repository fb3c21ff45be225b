#include "engine/exchange/npz.h"

#include <bit>

#include <libdeflate.h>

namespace oddroad::exchange {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i & 255);
}

// What the two headers of a member share: from "version needed" to the length of the extra field.
void put_member(std::string& out, const std::string& file, const std::string& content) {
  constexpr std::uint32_t kFirstDay = 0x21;  // 1980-01-01
  const auto size = static_cast<std::uint32_t>(content.size());
  put(out, 20, 2);  // version 2.0
  put(out, 0, 2);   // flags
  put(out, 0, 2);   // stored
  put(out, 0, 2);   // time
  put(out, kFirstDay, 2);
  put(out, ::libdeflate_crc32(0, content.data(), content.size()), 4);
  put(out, size, 4);
  put(out, size, 4);
  put(out, static_cast<std::uint32_t>(file.size()), 2);
  put(out, 0, 2);
}

std::string encode_npy(const std::vector<std::uint16_t>& values) {
  std::string dictionary = "{'descr': '<u2', 'fortran_order': False, 'shape': (" +
                           std::to_string(values.size()) + ",), }";
  while ((10 + dictionary.size() + 1) % 64 != 0) dictionary += ' ';
  dictionary += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  put(out, static_cast<std::uint32_t>(dictionary.size()), 2);
  out += dictionary;
  return out.append(reinterpret_cast<const char*>(values.data()), 2 * values.size());
}

}  // namespace

std::string encode_npz(const std::string& name, const std::vector<std::uint16_t>& values) {
  const std::string file = name + ".npy", content = encode_npy(values);
  std::string out("PK\x03\x04", 4);
  put_member(out, file, content);
  out += file;
  out += content;
  const auto directory = static_cast<std::uint32_t>(out.size());
  out.append("PK\x01\x02", 4);
  put(out, 20, 2);  // made by version 2.0
  put_member(out, file, content);
  put(out, 0, 2);  // comment
  put(out, 0, 2);  // disk
  put(out, 0, 2);  // attributes
  put(out, 0, 4);
  put(out, 0, 4);  // where the member begins
  out += file;
  const auto directory_end = static_cast<std::uint32_t>(out.size());
  out.append("PK\x05\x06", 4);
  put(out, 0, 4);  // disks
  put(out, 1, 2);
  put(out, 1, 2);
  put(out, directory_end - directory, 4);
  put(out, directory, 4);
  put(out, 0, 2);
  return out;
}

}  // namespace oddroad::exchange
