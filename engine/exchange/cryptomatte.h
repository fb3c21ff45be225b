// Cryptomatte 1.1.0 (https://github.com/Psyop/Cryptomatte,
// specification/cryptomatte_specification.pdf): ids that compositors pick by name. A name stands
// for a float, its hash; the header of a file has the names' list.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace oddroad::exchange {

// MurmurHash3_x86_32 (Appleby 2011) of the bytes, seed 0.
std::uint32_t murmur3(std::string_view bytes);

// Hash of a name as the bits of a float that is neither infinite, nor NaN, nor denormal.
std::uint32_t matte_bits(std::string_view name);

// One layer: what its pixels may show.
class MatteLayer {
 public:
  // `name`: the layer's, "CryptoObject".
  explicit MatteLayer(std::string name) : name_(std::move(name)) {}

  // `key`: our number. Two names of the same hash are told apart by an apostrophe.
  void add(std::uint32_t key, std::string name);
  // The float that pixels with this number have; 0, nothing, of unknown ones.
  [[nodiscard]] float id(std::uint32_t key) const;
  [[nodiscard]] const std::string& name() const { return name_; }
  // Adds the layer's attributes to those of a file, with the names of `keys` in its list.
  template <typename Keys>
  void describe(const Keys& keys, std::map<std::string, std::string>& texts) const {
    std::map<std::string, std::uint32_t> manifest;
    for (const auto key : keys) {
      if (const auto it = names_.find(key); it != names_.end()) {
        manifest[it->second] = matte_bits(it->second);
      }
    }
    describe(manifest, texts);
  }

 private:
  void describe(const std::map<std::string, std::uint32_t>& manifest,
                std::map<std::string, std::string>& texts) const;

  std::string name_;
  std::map<std::uint32_t, std::string> names_;          // by key
  std::map<std::uint32_t, std::string> names_of_bits_;  // the other way round
};

}  // namespace oddroad::exchange
