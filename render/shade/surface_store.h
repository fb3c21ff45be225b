// Where the bytes lie that the shading source reads by address: on a device, or in host memory.
// Internal to this module.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/core/result.h"

namespace oddroad::shade {

// Bytes in the store; freed when destroyed, which must happen before the store goes.
class StoredBytes {
 public:
  virtual ~StoredBytes() = default;
  // As the shading source sees it; a multiple of 16.
  [[nodiscard]] virtual std::uint64_t address() const = 0;
};

class SurfaceStore {
 public:
  virtual ~SurfaceStore() = default;
  // Copies the bytes. They can be read once the back-end has started the frame's work.
  // Errors: out of memory.
  virtual core::Result<std::unique_ptr<StoredBytes>> keep(std::span<const std::byte> bytes) = 0;
  [[nodiscard]] virtual std::uint64_t used_bytes() const = 0;
};

}  // namespace oddroad::shade
