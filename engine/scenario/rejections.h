// What turned attempts away while variants were drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::scenario {

class Rejections {
 public:
  struct Entry {
    std::string reason;  // "failed '$v * $ttc > 6 m'"
    core::SourceLocation where;
    int count = 0;
  };

  void add(const std::string& reason, const core::SourceLocation& where, int count = 1);
  void add(const Rejections& others);

  // In order of first appearance.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] int count() const;

 private:
  std::vector<Entry> entries_;
};

// The error of a variant that none of so many attempts made: what rejected most, at its place.
core::Diagnostics none_passed(std::uint32_t index, std::uint32_t attempts,
                              const Rejections& rejections);

}  // namespace oddroad::scenario
