// Numbered points in cubic cells: which of them may lie in a box.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engine/math/affine.h"

namespace oddroad::asset {

class CellGrid {
 public:
  // `points`: about how many will be added.
  CellGrid(double cell_m, std::size_t points) : cell_m_(cell_m) {
    while ((std::size_t{1} << bits_) < points) ++bits_;
    heads_.assign(std::size_t{1} << bits_, kNone);
    entries_.reserve(points);
  }

  void add(const math::Vec3d& p, std::uint32_t number) {
    const Key key = key_of(p);
    std::uint32_t& head = heads_[slot(key)];
    entries_.push_back({key, number, head});
    head = static_cast<std::uint32_t>(entries_.size() - 1);
  }

  // Visits every point in the cells that the box touches, cell by cell in ascending order of x, y
  // and z, until `visit(number)` of one cell returned false: the rest of that cell is still seen.
  template <typename Visit>
  void visit_box(const math::Vec3d& lower, const math::Vec3d& upper, const Visit& visit) const {
    const Key from = key_of(lower);
    const Key to = key_of(upper);
    for (std::int64_t x = from[0]; x <= to[0]; ++x) {
      for (std::int64_t y = from[1]; y <= to[1]; ++y) {
        for (std::int64_t z = from[2]; z <= to[2]; ++z) {
          if (!visit_cell({x, y, z}, visit)) return;
        }
      }
    }
  }

 private:
  using Key = std::array<std::int64_t, 3>;
  static constexpr std::uint32_t kNone = UINT32_MAX;

  struct Entry {
    Key key;
    std::uint32_t number;
    std::uint32_t next;
  };

  [[nodiscard]] Key key_of(const math::Vec3d& p) const {
    return {std::lround(p.x / cell_m_), std::lround(p.y / cell_m_), std::lround(p.z / cell_m_)};
  }

  [[nodiscard]] std::size_t slot(const Key& key) const {
    const auto mixed = static_cast<std::uint64_t>(key[0]) * 0x9e3779b97f4a7c15ull ^
                       static_cast<std::uint64_t>(key[1]) * 0xc2b2ae3d27d4eb4full ^
                       static_cast<std::uint64_t>(key[2]) * 0x165667b19e3779f9ull;
    return (mixed * 0x9e3779b97f4a7c15ull) >> (64 - bits_);
  }

  template <typename Visit>
  bool visit_cell(const Key& key, const Visit& visit) const {
    bool go_on = true;
    for (std::uint32_t e = heads_[slot(key)]; e != kNone; e = entries_[e].next) {
      if (entries_[e].key == key && !visit(entries_[e].number)) go_on = false;
    }
    return go_on;
  }

  double cell_m_;
  int bits_ = 4;
  std::vector<std::uint32_t> heads_;
  std::vector<Entry> entries_;
};

}  // namespace oddroad::asset
