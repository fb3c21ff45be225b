// Statistics of pictures as a table for people, with the bands that pictures to train on keep.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/validate/image_statistics.h"

namespace oddroad::validate {

struct NamedStatistics {
  std::string name;
  ImageStatistics of;
};

// A PNG or JPEG, by its bytes. Errors: missing, truncated, another format, over 8192 pixels a side.
core::Result<NamedStatistics> read_statistics(const std::string& path);

// Where a picture lies with regard to a band; nothing where there is no band for it (the last two
// without a reference) or no number.
struct Verdicts {
  std::optional<bool> slope;      // -1.25 to -0.75
  std::optional<bool> saturated;  // 0.1 to 6 % of the pixels
  std::optional<bool> black;      // under 3 %
  std::optional<bool> laplacian;  // within a factor of 2.5 of the reference
  std::optional<bool> mscn;       // within 0.4 of the reference's shape

  [[nodiscard]] bool any_failed() const;
};

// The bands are those of pictures by day: night fails them rightly.
Verdicts judge(const ImageStatistics& picture, const std::optional<ImageStatistics>& reference);

// One line a picture, the reference (if any) first; what lies outside its band has a '!' behind it.
// A last line says what the bands are and how many pictures keep all of them.
std::string statistics_table(const std::vector<NamedStatistics>& pictures,
                             const std::optional<NamedStatistics>& reference);

}  // namespace oddroad::validate
