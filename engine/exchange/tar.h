// Members of a POSIX tar archive (ustar, IEEE Std 1003.1-1988), all alike: mode 644, owner 0, time
// 0, so that equal contents give equal bytes.
#pragma once

#include <cstdint>
#include <string>

namespace oddroad::exchange {

// The header of a file; the content follows, then padding to whole blocks of 512 bytes. Names have
// at most 100 characters behind the last '/' that leaves at most 155 before it.
std::string tar_header(const std::string& name, std::uint64_t bytes);
bool fits_tar(const std::string& name);
std::string tar_padding(std::uint64_t bytes);
inline std::string tar_end() {
  return std::string(1024, '\0');
}

}  // namespace oddroad::exchange
