#include "render/shade/host_store.h"

#include <vector>

namespace oddroad::shade {

class HostBytes : public StoredBytes {
 public:
  HostBytes(HostStore& store, std::span<const std::byte> bytes)
      : store_(store), bytes_(bytes.begin(), bytes.end()) {
    store_.used_ += bytes_.size();
  }
  ~HostBytes() override { store_.used_ -= bytes_.size(); }
  HostBytes(const HostBytes&) = delete;
  HostBytes& operator=(const HostBytes&) = delete;
  [[nodiscard]] std::uint64_t address() const override {
    return reinterpret_cast<std::uint64_t>(bytes_.data());
  }

 private:
  HostStore& store_;
  std::vector<std::byte> bytes_;
};

core::Result<std::unique_ptr<StoredBytes>> HostStore::keep(std::span<const std::byte> bytes) {
  return std::make_unique<HostBytes>(*this, bytes);
}

}  // namespace oddroad::shade
