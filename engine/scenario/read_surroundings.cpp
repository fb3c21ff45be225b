// site:, record:
#include <algorithm>

#include "engine/core/suggest.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/value_keys.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// A word or a list of words, all of `allowed`.
std::vector<std::string> read_words(const core::YamlNode& node,
                                    const std::vector<std::string>& allowed, Names& names) {
  std::vector<core::YamlNode> items = node.items();
  if (node.is_scalar()) items.push_back(node);
  if (items.empty()) {
    names.diagnostics.error(node.location(), "expected a word or a list of words");
  }
  std::vector<std::string> words;
  for (const core::YamlNode& item : items) {
    if (std::find(allowed.begin(), allowed.end(), item.text()) != allowed.end()) {
      words.push_back(item.text());
      continue;
    }
    names.diagnostics.error(item.location(), item.describe() + " is none of " + joined(allowed),
                            core::did_you_mean(item.text(), allowed));
  }
  return words;
}

}  // namespace

void read_site(const core::YamlNode& node, Scenario& scenario, Names& names) {
  core::MapReader reader(node, "site", names.diagnostics);
  ValueKeys keys(reader, "site", names);
  SiteRule& site = scenario.site;
  site.road_type = reader.word("road_type", road_types()).value_or("");
  const NumberSpec length{core::kLength, 0, 100e3};
  site.straight_for = keys.number("straight_for", length);
  site.length = keys.number("length", length);
  site.min_radius = keys.number("min_radius", length);
  site.min_lane_width = keys.number("min_lane_width", length);
  site.min_lanes = keys.number("min_lanes", {core::kNumber, 1, 20});
  const core::YamlNode* lanes = reader.optional("has_lane");
  if (lanes != nullptr) site.has_lanes = read_words(*lanes, lanes_beside(), names);
  reader.not_supported({"junction", "speed_limit", "country", "road", "s", "lane", "slope"});
  reader.finish();
}

void read_record(const core::YamlNode& node, Scenario& scenario, Names& names) {
  core::MapReader reader(node, "record", names.diagnostics);
  ValueKeys keys(reader, "record", names);
  RecordRule& rule = scenario.record;
  rule.rate = keys.number("rate", {core::kRate, 0.1, 100});
  rule.duration = keys.number("duration", {core::kTime, 0.1, 600});
  if (const core::YamlNode* from = reader.optional("from")) {
    // "child.visible - 3 s" needs the run before its own recording.
    if (from->is_scalar() && !from->text().empty() && !from->quoted() &&
        std::isalpha(static_cast<unsigned char>(from->text()[0])) != 0) {
      names.diagnostics.error(from->location(),
                              "record.from: times relative to events are not supported yet",
                              "write a time like '2 s'");
    } else {
      rule.from = keys.number("from", {core::kTime, 0, 600});
    }
  }
  if (const core::YamlNode* kinds = reader.optional("kinds")) {
    const bool all = kinds->is_scalar() && kinds->text() == "all";
    rule.kinds = all ? capture::usual_kinds() : read_words(*kinds, capture::all_kinds(), names);
  }
  rule.triangles = reader.integer("triangles");
  if (rule.triangles && *rule.triangles < 1) {
    names.diagnostics.error(node.find("triangles")->location(), "triangles: expected 1 or more");
  }
  reader.not_supported({"until", "size", "sensors"});
  reader.finish();
}

}  // namespace oddroad::scenario
