// Header of NumPy's array files. Internal to this module.
#pragma once

#include <string>

namespace oddroad::dataset {

// NPY format 1.0: magic, version, length of the dictionary, dictionary padded to 64 bytes.
inline std::string npy_header(std::string dictionary) {
  while ((10 + dictionary.size() + 1) % 64 != 0) dictionary += ' ';
  dictionary += '\n';
  std::string header("\x93NUMPY\x01\x00", 8);
  header += static_cast<char>(dictionary.size() & 0xff);
  header += static_cast<char>(dictionary.size() >> 8);
  return header + dictionary;
}

}  // namespace oddroad::dataset
