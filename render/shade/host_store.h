// Surfaces in host memory. Internal to this module.
#pragma once

#include "render/shade/surface_store.h"

namespace oddroad::shade {

class HostStore : public SurfaceStore {
 public:
  core::Result<std::unique_ptr<StoredBytes>> keep(std::span<const std::byte> bytes) override;
  [[nodiscard]] std::uint64_t used_bytes() const override { return used_; }

 private:
  friend class HostBytes;
  std::uint64_t used_ = 0;
};

}  // namespace oddroad::shade
