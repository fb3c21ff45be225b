#include "engine/exchange/tar.h"

#include <cstdio>
#include <cstring>

#include "engine/core/check.h"

namespace oddroad::exchange {
namespace {

constexpr std::size_t kBlock = 512, kName = 100, kPrefix = 155;

// Where the prefix ends: 0 for names that need none, npos for those that do not fit.
std::size_t cut(const std::string& name) {
  if (name.size() <= kName) return 0;
  const std::size_t at = name.find('/', name.size() - kName - 1);
  return at != std::string::npos && at <= kPrefix ? at : std::string::npos;
}

}  // namespace

bool fits_tar(const std::string& name) {
  return cut(name) != std::string::npos;
}

std::string tar_header(const std::string& name, std::uint64_t bytes) {
  ODDROAD_CHECK(fits_tar(name) && bytes < (1ull << 33));
  std::string block(kBlock, '\0');
  const auto set = [&](std::size_t offset, const std::string& text) {
    std::memcpy(block.data() + offset, text.data(), text.size());
  };
  const std::size_t at = cut(name);
  set(0, at == 0 ? name : name.substr(at + 1));
  if (at > 0) set(345, name.substr(0, at));
  char size[16];
  std::snprintf(size, sizeof size, "%011llo", static_cast<unsigned long long>(bytes));
  set(100, "0000644");
  set(108, "0000000");
  set(116, "0000000");
  set(124, size);
  set(136, "00000000000");
  set(148, "        ");  // what the checksum counts in its own place
  block[156] = '0';      // a plain file
  set(257, std::string("ustar\0"
                       "00",
                       8));
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  char checksum[16];
  std::snprintf(checksum, sizeof checksum, "%06o", sum);
  set(148, std::string(checksum, 6) + std::string(1, '\0') + " ");
  return block;
}

std::string tar_padding(std::uint64_t bytes) {
  return std::string((kBlock - bytes % kBlock) % kBlock, '\0');
}

}  // namespace oddroad::exchange
