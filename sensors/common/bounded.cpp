#include "sensors/common/bounded.h"

#include <string>

namespace oddroad::common {

void read_bounded(core::MapReader& reader, const core::YamlNode& node, const char* key,
                  const Bounds& bounds, double& out) {
  const auto value = reader.quantity(key, bounds.dimension);
  if (!value) return;
  // Bounds are written in other units than they are kept in: 30 us is not a binary number.
  const double slack = 1e-9 * (bounds.upper - bounds.lower);
  if (*value >= bounds.lower - slack && *value <= bounds.upper + slack) {
    out = *value;
    return;
  }
  const auto text = [&](double number) {
    return core::format_quantity(number, bounds.dimension);
  };
  reader.diagnostics().error(node.find(key)->location(),
                             "'" + std::string(key) + "' lies between " + text(bounds.lower) +
                                 " and " + text(bounds.upper) + ", found " + text(*value));
}

}  // namespace oddroad::common
