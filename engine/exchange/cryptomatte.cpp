#include "engine/exchange/cryptomatte.h"

#include <bit>
#include <cstdio>
#include <cstring>

#include <nlohmann/json.hpp>

namespace oddroad::exchange {
namespace {

std::string hex(std::uint32_t bits) {
  char text[16];
  std::snprintf(text, sizeof text, "%08x", bits);
  return text;
}

// Turns the bits of a block before it goes into the hash.
std::uint32_t mixed(std::uint32_t block) {
  return std::rotl(block * 0xcc9e2d51u, 15) * 0x1b873593u;
}

}  // namespace

std::uint32_t murmur3(std::string_view bytes) {
  std::uint32_t hash = 0;
  std::size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) {
    std::uint32_t block;
    std::memcpy(&block, bytes.data() + at, 4);
    hash = std::rotl(hash ^ mixed(block), 13) * 5 + 0xe6546b64u;
  }
  std::uint32_t tail = 0;
  for (std::size_t i = bytes.size(); i > at; --i) {
    tail = tail << 8 | static_cast<std::uint8_t>(bytes[i - 1]);
  }
  hash ^= mixed(tail);
  hash ^= static_cast<std::uint32_t>(bytes.size());
  hash = (hash ^ hash >> 16) * 0x85ebca6bu;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35u;
  return hash ^ hash >> 16;
}

std::uint32_t matte_bits(std::string_view name) {
  const std::uint32_t hash = murmur3(name);
  const std::uint32_t exponent = hash >> 23 & 255;
  return exponent == 0 || exponent == 255 ? hash ^ 1u << 23 : hash;
}

void MatteLayer::add(std::uint32_t key, std::string name) {
  const auto taken = [&] {
    const auto it = names_of_bits_.find(matte_bits(name));
    return it != names_of_bits_.end() && it->second != name;
  };
  while (taken()) name += "'";
  names_of_bits_[matte_bits(name)] = name;
  names_[key] = std::move(name);
}

float MatteLayer::id(std::uint32_t key) const {
  const auto it = names_.find(key);
  return it == names_.end() ? 0 : std::bit_cast<float>(matte_bits(it->second));
}

void MatteLayer::describe(const std::map<std::string, std::uint32_t>& manifest,
                          std::map<std::string, std::string>& texts) const {
  nlohmann::json list = nlohmann::json::object();
  for (const auto& [name, bits] : manifest) list[name] = hex(bits);
  const std::string place = "cryptomatte/" + hex(murmur3(name_)).substr(0, 7) + "/";
  texts[place + "name"] = name_;
  texts[place + "hash"] = "MurmurHash3_32";
  texts[place + "conversion"] = "uint32_to_float32";
  texts[place + "manifest"] = list.dump();
}

}  // namespace oddroad::exchange
