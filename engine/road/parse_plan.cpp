#include <algorithm>
#include <cmath>
#include <string>

#include "engine/road/parse_parts.h"

namespace oddroad::road {
namespace {

// Shorter records carry no shape but may carry a wrong heading; real files hold some of 1e-9 m.
constexpr double kShortestRecord_m = 1e-4;
// Far beyond any road: guards tables and coordinates against broken numbers.
constexpr double kLongestRecord_m = 2e5;
constexpr double kMaxTurn_rad = 1e3;
constexpr double kFarthest_m = 1e9;
// What joints may miss each other by before it is told.
constexpr double kLargestGap_m = 0.01;
constexpr double kLargestStep_rad = 0.01;

std::optional<PlanShape> parse_param_poly3(const XmlReader& xml, const pugi::xml_node& node) {
  ParamPoly3Shape shape;
  const char* names[2][4] = {{"aU", "bU", "cU", "dU"}, {"aV", "bV", "cV", "dV"}};
  for (int i = 0; i < 4; ++i) {
    shape.u[i] = xml.required(node, names[0][i]);
    shape.v[i] = xml.required(node, names[1][i]);
  }
  const std::string range = xml.text(node, "pRange");
  shape.arc_length = range == "arcLength";
  if (!range.empty() && range != "arcLength" && range != "normalized") {
    xml.warn(node, "unknown pRange \"" + range + "\", taken as normalized",
             "arcLength or normalized");
  }
  return shape;
}

std::optional<PlanShape> parse_shape(const XmlReader& xml, const pugi::xml_node& geometry) {
  if (geometry.child("line")) return LineShape{};
  if (const pugi::xml_node node = geometry.child("arc")) {
    return ArcShape{xml.required(node, "curvature")};
  }
  if (const pugi::xml_node node = geometry.child("spiral")) {
    return SpiralShape{xml.required(node, "curvStart"), xml.required(node, "curvEnd")};
  }
  if (const pugi::xml_node node = geometry.child("poly3")) {
    return Poly3Shape{xml.required(node, "a"), xml.required(node, "b"), xml.required(node, "c"),
                      xml.required(node, "d")};
  }
  if (const pugi::xml_node node = geometry.child("paramPoly3")) {
    return parse_param_poly3(xml, node);
  }
  return std::nullopt;
}

double largest_turn(const GeometryRecord& record) {
  double curvature = 0;
  if (const auto* arc = std::get_if<ArcShape>(&record.shape)) curvature = arc->curvature_1pm;
  if (const auto* spiral = std::get_if<SpiralShape>(&record.shape)) {
    curvature =
        std::max(std::abs(spiral->start_curvature_1pm), std::abs(spiral->end_curvature_1pm));
  }
  return std::abs(curvature) * record.length_m;
}

bool is_usable(const XmlReader& xml, const pugi::xml_node& node, const GeometryRecord& record) {
  if (!(record.length_m >= kShortestRecord_m)) {
    xml.warn(node, "geometry of length " + xml.text(node, "length") + " m dropped");
    return false;
  }
  if (record.s_m < -kLongestRecord_m || record.s_m > kLongestRecord_m) {
    xml.warn(node, "geometry begins farther than 200 km from the road's start; dropped");
    return false;
  }
  if (record.length_m > kLongestRecord_m || largest_turn(record) > kMaxTurn_rad) {
    xml.warn(node, "geometry is longer than 200 km or turns more than 1000 rad; dropped");
    return false;
  }
  const PlanCurve curve(record);
  const PlanPoint end = curve.at(record.length_m);
  const double farthest = std::max(std::abs(end.position.x), std::abs(end.position.y));
  if (!std::isfinite(end.heading_rad) || !(farthest < kFarthest_m) ||
      !(curve.true_length_m() < kLongestRecord_m)) {
    xml.warn(node, "geometry leads out of any map; dropped");
    return false;
  }
  if (std::abs(curve.true_length_m() - record.length_m) > 0.01 + 1e-3 * record.length_m) {
    xml.warn(node, "paramPoly3 is " + std::to_string(curve.true_length_m()) + " m long but says " +
                       xml.text(node, "length") + " m; stretched");
  }
  return true;
}

struct PlacedRecord {
  GeometryRecord record;
  pugi::xml_node node;
};

void check_joints(const XmlReader& xml, const std::vector<PlacedRecord>& records) {
  for (std::size_t i = 1; i < records.size(); ++i) {
    const GeometryRecord& a = records[i - 1].record;
    const GeometryRecord& b = records[i].record;
    const PlanPoint end = PlanCurve(a).at(a.length_m);
    const PlanPoint start = PlanCurve(b).at(0);
    const double gap = glm::length(end.position - start.position);
    const double turn = std::abs(math::wrap_angle(start.heading_rad - end.heading_rad));
    if (gap > kLargestGap_m || turn > kLargestStep_rad) {
      xml.warn(records[i].node, "plan view jumps by " + std::to_string(gap) + " m and " +
                                    std::to_string(turn) + " rad at s = " + std::to_string(b.s_m) +
                                    "; left as it is");
    }
    if (std::abs(a.s_m + a.length_m - b.s_m) > kLargestGap_m) {
      xml.warn(records[i].node,
               "geometry begins at s = " + std::to_string(b.s_m) +
                   " but the one before ends at s = " + std::to_string(a.s_m + a.length_m) +
                   "; it runs on straight or is cut there");
    }
  }
}

}  // namespace

std::vector<GeometryRecord> parse_plan_view(const XmlReader& xml, const pugi::xml_node& plan_view) {
  std::vector<PlacedRecord> records;
  bool ascending = true;
  for (const pugi::xml_node& node : plan_view.children("geometry")) {
    GeometryRecord record;
    record.s_m = xml.required(node, "s");
    record.x_m = xml.required(node, "x");
    record.y_m = xml.required(node, "y");
    record.heading_rad = xml.required(node, "hdg");
    record.length_m = xml.required(node, "length");
    const auto shape = parse_shape(xml, node);
    if (!shape) xml.warn(node, "geometry of unknown shape, taken as a line");
    if (shape) record.shape = *shape;
    if (!is_usable(xml, node, record)) continue;
    if (!records.empty() && record.s_m < records.back().record.s_m) ascending = false;
    records.push_back({record, node});
  }
  if (!ascending) xml.warn(plan_view, "geometry records are not in ascending order; sorted");
  std::stable_sort(records.begin(), records.end(),
                   [](const PlacedRecord& a, const PlacedRecord& b) {
                     return a.record.s_m < b.record.s_m;
                   });
  check_joints(xml, records);
  std::vector<GeometryRecord> out;
  out.reserve(records.size());
  for (const PlacedRecord& placed : records) out.push_back(placed.record);
  return out;
}

}  // namespace oddroad::road
