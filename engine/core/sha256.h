// SHA-256 (FIPS 180-4, by OpenSSL) for content hashes and manifests.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace oddroad::core {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(const void* bytes, std::size_t count);
  void update(std::string_view text) { update(text.data(), text.size()); }
  // 64 lower-case hex digits. The object is spent afterwards.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);
// Errors: the file cannot be opened or read.
Result<std::string> sha256_file(const std::string& path);

}  // namespace oddroad::core
