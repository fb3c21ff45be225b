#include "engine/exchange/copy_bytes.h"

#include <cerrno>
#include <memory>

#include <unistd.h>

namespace oddroad::exchange {
namespace {

// Stays in the processor's cache between reading, hashing and writing.
constexpr std::size_t kPieceBytes = 1 << 18;

// In the kernel, as far as it will: file systems may refuse, and who reads and writes then learns
// why.
std::uint64_t copy_in_kernel(int from, int to) {
  std::uint64_t copied = 0;
  for (;;) {
    const ssize_t n = ::copy_file_range(from, nullptr, to, nullptr, std::size_t{1} << 30, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return copied;
    copied += static_cast<std::uint64_t>(n);
  }
}

}  // namespace

int write_all(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(to, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

tl::expected<std::uint64_t, CopyError> copy_bytes(int from, int to, core::Sha256* hash) {
  std::uint64_t copied = hash == nullptr ? copy_in_kernel(from, to) : 0;
  const auto piece = std::make_unique_for_overwrite<char[]>(kPieceBytes);
  for (;;) {
    const ssize_t n = ::read(from, piece.get(), kPieceBytes);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return tl::unexpected(CopyError{false, errno});
    if (n == 0) return copied;
    const std::string_view bytes(piece.get(), static_cast<std::size_t>(n));
    if (hash != nullptr) hash->update(bytes);
    if (const int code = write_all(to, bytes)) return tl::unexpected(CopyError{true, code});
    copied += bytes.size();
  }
}

}  // namespace oddroad::exchange
