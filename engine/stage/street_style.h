// What one town looks like: drawn for each clip, where a scenario randomizes. Without a style all
// town streets are rows of houses behind an avenue.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace oddroad::stage {

// What stands along one stretch of one side of a street.
enum class StreetKind {
  kRows,      // attached houses behind front gardens
  kShops,     // a closed row right at the pavement, shops in the ground floor
  kVillas,    // detached houses in gardens
  kFlats,     // blocks on lawns
  kPark,      // trees, benches, no house
  kIndustry,  // halls in fenced yards
  kCarPark,   // before a market or flats
  kLot,       // nothing built: weeds behind a fence, gables of the neighbours
};
inline constexpr int kStreetKinds = 8;

enum class Footway { kSlabs, kBlocks, kAsphalt, kConcrete };

struct StreetStyle {
  std::optional<StreetKind> kind;  // of all stretches; none: each draws its own
  double trees = .6;               // how often trees stand in rows, and how full the rows are
  double tree_height_m = 9;        // of street trees, by their age
  double storeys = 2.5;            // of rows, on average
  int palette = 0;                 // of facades, as asset/house.h counts them; 0: mixed
  double lamp_spacing_m = 30, lamp_height_m = 8;
  double furniture = .6;  // benches, bins: 0 none, 1 every 9 to 26 m
  bool wires = false;     // power lines on poles along one side
  Footway footway = Footway::kSlabs;
  double worn_paint = 1;  // of lane marks: 0 new, 1 worn
};

// As files name them; index is the enumerator. "rows", "shops", ...
const std::vector<std::string_view>& street_kind_names();
const std::vector<std::string_view>& footway_names();
// "mixed" is 0.
const std::vector<std::string_view>& facade_names();

}  // namespace oddroad::stage
