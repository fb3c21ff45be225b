// Large arrays that are written right after they are made.
#pragma once

#include <memory>
#include <vector>

namespace oddroad::core {

// As std::allocator, but new values are left as memory has them unless a value is given.
template <typename T>
struct RawAllocator : std::allocator<T> {
  template <typename U>
  struct rebind {
    using other = RawAllocator<U>;
  };
  RawAllocator() = default;
  template <typename U>
  RawAllocator(const RawAllocator<U>& /*other*/) {}

  template <typename U>
  void construct(U* place) {
    ::new (static_cast<void*>(place)) U;
  }
  template <typename U, typename... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
  }
};

// vector(n) and resize(n) do not write: filling megabytes on one core costs as much as what cores
// together then write into them. vector(n, value) fills as ever.
template <typename T>
using RawVector = std::vector<T, RawAllocator<T>>;

}  // namespace oddroad::core
