// A recorded series of a motion sensor: columns by name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/math/affine.h"
#include "engine/verify/clip_context.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

class Series {
 public:
  // Books unreadable files (`files`) and stamps that are not all multiples of the period in the
  // recorded span, or a field that is missing (`motion_series`); then empty.
  Series(const ClipContext& context, const std::string& file, std::int64_t period_ns,
         const std::vector<std::string>& fields, Report& report);

  [[nodiscard]] std::size_t size() const { return stamps_.size(); }
  [[nodiscard]] std::int64_t stamp_ns(std::size_t i) const { return stamps_[i]; }
  [[nodiscard]] double time_s(std::size_t i) const {
    return 1e-9 * static_cast<double>(stamps_[i]);
  }
  [[nodiscard]] double number(const std::string& field, std::size_t i) const {
    return columns_.at(field)[i];
  }
  [[nodiscard]] math::Vec3d vector(const std::string& field, std::size_t i) const {
    return {number(field + "_x", i), number(field + "_y", i), number(field + "_z", i)};
  }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::vector<std::int64_t> stamps_;
  std::map<std::string, std::vector<double>> columns_;
};

// Field names of a vector.
std::vector<std::string> xyz(const std::string& field);
std::vector<std::string> joined(std::initializer_list<std::vector<std::string>> lists);

// From latitude, longitude, height to the local frame of a scene at a place (WGS 84), metres.
math::Vec3d local_of(double latitude_rad, double longitude_rad, double height_m,
                     double origin_latitude_rad, double origin_longitude_rad);

}  // namespace oddroad::verify
