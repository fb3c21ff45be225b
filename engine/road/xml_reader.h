// Tolerant reading of XML attributes for the OpenDRIVE parser: what is missing or wrong becomes a
// warning with its line and column, and a default. Internal to engine/road.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "engine/core/result.h"
#include "engine/road/road.h"

namespace oddroad::road {

// What a profile may reach within the road: more is a broken number, not a road.
struct ProfileLimits {
  double value = 0;
  double slope = 0;
  double end_m = 0;  // where the last record ends
};

class XmlReader {
 public:
  // `text` is what the document was parsed from; both must outlive the reader.
  XmlReader(std::string_view text, std::string file, core::Diagnostics& warnings);

  // While it lives, warnings begin with what is being read: `road "5": ...`.
  class Subject {
   public:
    Subject(const XmlReader& xml, const std::string& kind, const std::string& id);
    ~Subject() { xml_->subject_.clear(); }
    Subject(const Subject&) = delete;
    Subject& operator=(const Subject&) = delete;

   private:
    const XmlReader* xml_;
  };

  [[nodiscard]] core::SourceLocation locate(std::ptrdiff_t offset) const;
  [[nodiscard]] core::SourceLocation locate(const pugi::xml_node& node) const;
  void warn(const pugi::xml_node& node, const std::string& message,
            const std::string& hint = {}) const;

  // A finite number; `fallback` if absent, or with a warning if it is no number.
  [[nodiscard]] double number(const pugi::xml_node& node, const char* attribute,
                              double fallback = 0) const;
  // The same, with a warning also if absent.
  [[nodiscard]] double required(const pugi::xml_node& node, const char* attribute,
                                double fallback = 0) const;
  [[nodiscard]] int integer(const pugi::xml_node& node, const char* attribute, int fallback) const;
  [[nodiscard]] std::string text(const pugi::xml_node& node, const char* attribute) const;
  [[nodiscard]] bool flag(const pugi::xml_node& node, const char* attribute) const;
  // Value of a speed with its unit, in m/s; 0 for "no limit" and "undefined".
  [[nodiscard]] double speed_mps(const pugi::xml_node& node) const;
  // s, a, b, c, d.
  [[nodiscard]] Cubic cubic(const pugi::xml_node& node, const char* s_attribute,
                            double s_origin_m) const;
  // Records that lead beyond the limits before the next record or the end are taken as constant.
  [[nodiscard]] CubicProfile profile(const pugi::xml_node& parent, const char* element,
                                     const char* s_attribute, double s_origin_m,
                                     const ProfileLimits& limits) const;
  // "+", "-" or "none".
  [[nodiscard]] Orientation orientation(const pugi::xml_node& node) const;
  // The <validity> children.
  [[nodiscard]] std::vector<LaneValidity> validities(const pugi::xml_node& node) const;
  // A size of a thing: not negative and below 10 km; 0 if absent or wrong.
  [[nodiscard]] double size(const pugi::xml_node& node, const char* attribute) const;

 private:
  std::string_view text_;
  std::string file_;
  core::Diagnostics* warnings_;
  mutable std::string subject_;
  std::vector<std::size_t> line_starts_;
};

}  // namespace oddroad::road
