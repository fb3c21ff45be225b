#include "engine/sim/street_style.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace oddroad::sim {
namespace {

const std::string kFactors = "randomize.dressing.";

class Drawn {
 public:
  explicit Drawn(const scenario::Variant& variant) : variant_(variant) {}

  [[nodiscard]] std::string word(const char* factor) const {
    const auto found = variant_.parameters.find(kFactors + factor);
    return found == variant_.parameters.end() ? "" : found->second;
  }
  [[nodiscard]] double number(const char* factor, double otherwise) const {
    const auto found = variant_.parameter_values.find(kFactors + factor);
    return found == variant_.parameter_values.end() ? otherwise : found->second;
  }
  // Which of the names it is; nothing if none of them.
  [[nodiscard]] std::optional<int> one_of(const std::vector<std::string_view>& names,
                                          const char* factor) const {
    const auto found = std::find(names.begin(), names.end(), word(factor));
    if (found == names.end()) return std::nullopt;
    return static_cast<int>(found - names.begin());
  }

 private:
  const scenario::Variant& variant_;
};

}  // namespace

std::optional<stage::StreetStyle> street_style(const scenario::Variant& variant) {
  const Drawn drawn(variant);
  if (drawn.word("street").empty()) return std::nullopt;
  stage::StreetStyle out;
  if (const auto kind = drawn.one_of(stage::street_kind_names(), "street")) {
    out.kind = static_cast<stage::StreetKind>(*kind);
  }
  out.palette = drawn.one_of(stage::facade_names(), "facades").value_or(0);
  out.footway =
      static_cast<stage::Footway>(drawn.one_of(stage::footway_names(), "footway").value_or(0));
  out.trees = drawn.number("trees", out.trees);
  out.tree_height_m = drawn.number("tree_height", out.tree_height_m);
  out.storeys = drawn.number("storeys", out.storeys);
  out.lamp_spacing_m = drawn.number("lamp_spacing", out.lamp_spacing_m);
  out.lamp_height_m = drawn.number("lamp_height", out.lamp_height_m);
  out.furniture = drawn.number("furniture", out.furniture);
  out.wires = drawn.word("wires") == "poles";
  out.worn_paint = drawn.number("worn_paint", out.worn_paint);
  return out;
}

}  // namespace oddroad::sim
