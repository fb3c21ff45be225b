#include "sensors/camera/fault_settings.h"

#include <cmath>

#include "sensors/common/bounded.h"

namespace oddroad::camera {
namespace {

// What there is to say of each type: the key of its amount, bounds, and the amount if not given.
struct FaultKind {
  const char* name;
  const char* key;
  double lower, upper, usual;
};
constexpr FaultKind kKinds[] = {
    {"soiling", "coverage", 0, 1, 0.15},  {"scratches", "count", 1, 500, 20},
    {"frozen", nullptr, 0, 0, 0},         {"dropped", "share", 0, 1, 1},
    {"overexposed", "by", -10, 10, 3},    {"hot_pixels", "share", 0, 0.1, 0.001},
    {"row_dropout", "share", 0, 1, 0.02},
};

std::int64_t read_time(core::MapReader& reader, const core::YamlNode& node, const char* key,
                       std::int64_t otherwise) {
  double seconds = -1;
  common::read_bounded(reader, node, key, {core::kTime, 0, 3600}, seconds);
  return seconds < 0 ? otherwise : std::llround(seconds * 1e9);
}

void read_fault(const core::YamlNode& node, core::Diagnostics& diagnostics,
                std::vector<FaultSettings>& out) {
  core::MapReader reader(node, "fault", diagnostics);
  std::vector<std::string> words;
  for (const FaultKind& kind : kKinds) words.emplace_back(kind.name);
  const auto word = reader.word("type", words);
  if (!word) {
    if (node.is_map() && node.find("type") == nullptr) {
      diagnostics.error(node.location(), "a fault needs a 'type'");
    }
    return;
  }
  FaultSettings fault;
  for (std::size_t k = 0; k < words.size(); ++k) {
    if (words[k] == *word) fault.type = static_cast<FaultType>(k);
  }
  const FaultKind& kind = kKinds[static_cast<std::size_t>(fault.type)];
  fault.amount = kind.usual;
  if (kind.key != nullptr) {
    common::read_bounded(reader, node, kind.key, {core::kNumber, kind.lower, kind.upper},
                         fault.amount);
  }
  if (fault.type == FaultType::kSoiling) {
    common::read_bounded(reader, node, "opacity", {core::kNumber, 0, 1}, fault.opacity);
  }
  fault.from_ns = read_time(reader, node, "from", fault.from_ns);
  fault.to_ns = read_time(reader, node, "to", fault.to_ns);
  if (fault.to_ns <= fault.from_ns) {
    diagnostics.error(node.location(), "this fault ends before it begins");
  }
  reader.finish();
  out.push_back(fault);
}

}  // namespace

const char* name_of(FaultType type) {
  return kKinds[static_cast<std::size_t>(type)].name;
}

void read_faults(core::MapReader& camera, std::vector<FaultSettings>& out) {
  const core::YamlNode* node = camera.optional("faults");
  if (node == nullptr) return;
  if (!node->is_sequence()) {
    camera.diagnostics().error(node->location(),
                               "'faults' must be a list of maps, found " + node->describe());
    return;
  }
  for (const core::YamlNode& item : node->items()) read_fault(item, camera.diagnostics(), out);
}

}  // namespace oddroad::camera
