#include "engine/verify/report_json.h"

#include "engine/verify/json_fields.h"

namespace oddroad::verify {
namespace {

Json check_json(const Check& check) {
  Json json = {{"check", check.name()},
               {"items", check.items()},
               {"disagreements", check.disagreements()},
               {"on_edges", check.on_edges()}};
  if (check.disagreements() == 0) return json;
  const Disagreement& w = check.worst();
  json["worst"] = {
      {"file", w.file}, {"where", w.where}, {"found", w.found}, {"expected", w.expected}};
  return json;
}

}  // namespace

std::string to_json(const DatasetReport& report, const std::string& dataset) {
  Json checks = Json::array(), clips = Json::array();
  for (const Check& check : report.total.checks()) checks.push_back(check_json(check));
  int frames = 0;
  for (const ClipReport& clip : report.clips) {
    frames += clip.frames;
    clips.push_back({{"clip", clip.clip},
                     {"frames", clip.frames},
                     {"disagreements", clip.report.disagreements()}});
  }
  const std::int64_t wrong = report.total.disagreements();
  const Json json = {
      {"dataset", dataset},          {"verdict", wrong == 0 ? "agrees" : "disagrees"},
      {"disagreements", wrong},      {"frames", frames},
      {"checks", std::move(checks)}, {"clips", std::move(clips)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oddroad::verify
