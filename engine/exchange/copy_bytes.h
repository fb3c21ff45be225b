// The content of one open file into another, as quickly as `cp` does it.
#pragma once

#include <cstdint>
#include <string_view>

#include <tl/expected.hpp>

#include "engine/core/sha256.h"

namespace oddroad::exchange {

struct CopyError {
  bool writing = false;  // else reading
  int code = 0;          // errno
};

// From where `from` stands to its end, to where `to` stands. Adds the bytes to `hash` unless that
// is null. Returns how many they were.
tl::expected<std::uint64_t, CopyError> copy_bytes(int from, int to, core::Sha256* hash = nullptr);

// All of them. Returns errno, or 0.
int write_all(int to, std::string_view bytes);

}  // namespace oddroad::exchange
