#include "engine/core/sha256.h"

#include <array>
#include <fstream>

#include <openssl/evp.h>

#include "engine/core/check.h"

namespace oddroad::core {

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  ODDROAD_CHECK(state_->context != nullptr);
  ODDROAD_CHECK(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) == 1);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(const void* bytes, std::size_t count) {
  ODDROAD_CHECK(EVP_DigestUpdate(state_->context, bytes, count) == 1);
}

std::string Sha256::hex() {
  std::array<unsigned char, 32> digest{};
  unsigned int length = 0;
  ODDROAD_CHECK(EVP_DigestFinal_ex(state_->context, digest.data(), &length) == 1);
  ODDROAD_CHECK_OP(length, ==, digest.size());
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

Result<std::string> sha256_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail_at({path, 0, 0}, "cannot open the file");
  Sha256 hash;
  std::vector<char> block(1 << 16);
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    hash.update(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) return fail_at({path, 0, 0}, "cannot read the file");
  return hash.hex();
}

}  // namespace oddroad::core
