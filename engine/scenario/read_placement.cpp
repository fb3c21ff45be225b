// at:
#include <algorithm>

#include "engine/core/suggest.h"
#include "engine/scenario/sections.h"
#include "engine/scenario/value_keys.h"
#include "engine/scenario/vocabulary.h"

namespace oddroad::scenario {

namespace {

constexpr double kPi = 3.14159265358979323846;

// As placement_forms().
constexpr PlacementKind kKinds[] = {
    PlacementKind::kSite,  PlacementKind::kAheadOf, PlacementKind::kBehind, PlacementKind::kBeside,
    PlacementKind::kAlong, PlacementKind::kRoad,    PlacementKind::kOn};

class PlacementReader {
 public:
  PlacementReader(const core::YamlNode& node, const std::string& path, Names& names)
      : node_(node),
        path_(path),
        names_(names),
        reader_(node, "at", names.diagnostics),
        keys_(reader_, path, names) {
    rule_.where = node.location();
  }

  PlacementRule run() {
    if (!node_.is_map()) return rule_;
    const core::YamlNode* subject = find_form();
    if (subject != nullptr) read_form(*subject);
    if (rule_.kind != PlacementKind::kRoad && rule_.kind != PlacementKind::kOn) {
      const bool on_site = rule_.kind == PlacementKind::kSite;
      rule_.lane = reader_.word("lane", lane_words()).value_or(on_site ? "driving" : "same");
    }
    rule_.facing = reader_.word("facing", facing_words()).value_or("");
    rule_.lateral = keys_.number("lateral", {core::kLength, -50, 50});
    if (rule_.kind == PlacementKind::kAheadOf || rule_.kind == PlacementKind::kBehind ||
        rule_.kind == PlacementKind::kAlong) {
      rule_.side_gap = keys_.number("side_gap", {core::kLength, -10, 50});
    }
    rule_.yaw = keys_.number("yaw", {core::kAngle, -2 * kPi, 2 * kPi});
    reader_.not_supported({"offset", "junction", "near"});
    reader_.finish();
    return rule_;
  }

 private:
  const core::YamlNode* find_form() {
    const core::YamlNode* found = nullptr;
    for (std::size_t k = 0; k < placement_forms().size(); ++k) {
      const std::string& form = placement_forms()[k];
      const core::YamlNode* value = reader_.optional(form);
      if (node_.find(form) == nullptr) continue;
      if (found != nullptr) {
        names_.diagnostics.error(node_.location(),
                                 "at: one of site, ahead_of, behind, beside, "
                                 "along, road and on, not two");
        return found;
      }
      rule_.kind = kKinds[k];
      found = value;
      if (value == nullptr) return nullptr;
    }
    if (found == nullptr) {
      names_.diagnostics.error(node_.location(),
                               "at: one of site, ahead_of, behind, beside, along, road and "
                               "on is missing",
                               node_.find("x") != nullptr
                                   ? "places are relative, {ahead_of: ego, by: 20 m}, or on a "
                                     "road, {road: '3', s: 20 m, lane: -1}"
                                   : "");
    }
    return found;
  }

  void read_form(const core::YamlNode& subject) {
    const NumberSpec length{core::kLength, -10e3, 10e3};
    switch (rule_.kind) {
      case PlacementKind::kSite:
        read_site_offset(subject);
        return;
      case PlacementKind::kAheadOf:
      case PlacementKind::kBehind:
        read_other(subject);
        rule_.by = keys_.required_number("by", length);
        rule_.from_middle =
            reader_.word("from", measured_from_words()).value_or("outline") == "middle";
        return;
      case PlacementKind::kBeside:
        read_other(subject);
        rule_.gap = keys_.required_number("gap", {core::kLength, 0, 100});
        rule_.end = reader_.word("end", end_words()).value_or("front");
        return;
      case PlacementKind::kAlong:
        read_other(subject);
        rule_.gaps = keys_.required_number("gaps", {core::kLength, 0, 1000});
        return;
      case PlacementKind::kRoad:
        rule_.road_id = subject.as_string().value_or("");
        rule_.s = keys_.required_number("s", {core::kLength, 0, 1e6});
        rule_.lane_id = static_cast<int>(reader_.required_integer("lane").value_or(0));
        return;
      case PlacementKind::kOn:
        read_other(subject);
        rule_.deck = reader_.word("place", deck_words()).value_or("roof");
        rule_.height = keys_.number("height", {core::kLength, 0, 5});
        rule_.ahead = keys_.number("ahead", {core::kLength, -20, 20});
        return;
    }
  }

  void read_other(const core::YamlNode& subject) {
    if (!subject.is_scalar()) {
      names_.diagnostics.error(subject.location(),
                               "expected an actor, found " + subject.describe());
    } else if (names_.check_actor(subject.text(), subject.location())) {
      rule_.other = subject.text();
    }
  }

  // "start", "start + 150 m", "start - $x".
  void read_site_offset(const core::YamlNode& subject) {
    const std::string& text = subject.text();
    if (text.substr(0, 5) != "start" || (text.size() > 5 && std::isalnum(text[5]) != 0)) {
      names_.diagnostics.error(subject.location(),
                               "expected 'start' or 'start + 150 m', found " + subject.describe());
      return;
    }
    const std::size_t rest = text.find_first_not_of(' ', 5);
    if (rest == std::string::npos) return;
    // "+ 150 m" by itself is no expression; "-" is a sign.
    const std::size_t begin = text[rest] == '+' ? text.find_first_not_of(' ', rest + 1) : rest;
    if (begin == std::string::npos) {
      names_.diagnostics.error(subject.location(), "expected a length behind '+'");
      return;
    }
    const auto offset =
        core::YamlNode::scalar(text.substr(begin), core::moved(subject.text_location(), begin));
    rule_.site_offset = read_number(offset, path_ + ".site", {core::kLength, -10e3, 10e3}, names_);
  }

  const core::YamlNode& node_;
  std::string path_;
  Names& names_;
  core::MapReader reader_;
  ValueKeys keys_;
  PlacementRule rule_;
};

}  // namespace

PlacementRule read_placement(const core::YamlNode& node, const std::string& path, Names& names) {
  if (!node.is_scalar()) return PlacementReader(node, path, names).run();
  names.diagnostics.error(node.location(), "at: expected a map, found " + node.describe(),
                          node.text().starts_with("start")
                              ? "write {site: " + node.text() + "}"
                              : "write one like {ahead_of: ego, by: 20 m}");
  PlacementRule nowhere;
  nowhere.where = node.location();
  return nowhere;
}

}  // namespace oddroad::scenario
