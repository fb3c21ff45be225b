#include <cmath>
#include <cstdio>
#include <utility>

#include "engine/core/markup.h"
#include "engine/farm/status.h"

namespace oddroad::farm {
namespace {

constexpr std::size_t kClipsTold = 10;

std::string number(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string duration(double seconds) {
  if (seconds < 0) return "unknown";
  if (seconds < 120) return number("%.0f s", seconds);
  if (seconds < 7200) return number("%.0f min", seconds / 60);
  return number("%.1f h", seconds / 3600);
}

std::string cost(const Status& status, double price_per_hour) {
  if (status.frames == 0) return "unknown";
  return number("%.4g", price_per_hour * status.worker_seconds / 3600 /
                            static_cast<double>(status.frames) * 1000);
}

// Name and value of everything that has one line.
std::vector<std::pair<std::string, std::string>> facts(const Status& s, double price_per_hour) {
  std::vector<std::pair<std::string, std::string>> out = {
      {"clips", std::to_string(s.clips)},
      {"done", std::to_string(s.done)},
      {"running", std::to_string(s.running)},
      {"failed", std::to_string(s.failed)},
      {"missing", std::to_string(s.missing)},
      {"crashes", std::to_string(s.crashes)},
      {"machines lost", std::to_string(s.lost)},
      {"determinism faults", std::to_string(s.differing)},
      {"frames", std::to_string(s.frames)},
      {"frames/s", number("%.2f", s.frames_per_s)},
      {"worker hours", number("%.3g", s.worker_seconds / 3600)},
      {"time left", duration(s.seconds_left)}};
  if (price_per_hour > 0) out.emplace_back("cost of 1,000 frames", cost(s, price_per_hour));
  for (const std::string& host : s.bad_hosts) {
    out.emplace_back("machine to look at", host + ": three or more clips crashed there");
  }
  return out;
}

std::string more_than_told(std::size_t clips) {
  return clips > kClipsTold ? "  and " + std::to_string(clips - kClipsTold) + " more\n" : "";
}

std::string html_row(const std::string& a, const std::string& b) {
  return "<tr><td>" + core::markup_escaped(a) + "</td><td>" + core::markup_escaped(b) +
         "</td></tr>\n";
}

}  // namespace

std::string status_text(const Status& status, double price_per_hour) {
  std::string out = "plan " + status.plan + "\n";
  char line[512];
  for (const auto& [name, value] : facts(status, price_per_hour)) {
    std::snprintf(line, sizeof line, "  %-22s %s\n", name.c_str(), value.c_str());
    out += line;
  }
  if (!status.slowest.empty()) out += "slowest scenarios (worker seconds a frame)\n";
  for (const ScenarioPace& pace : status.slowest) {
    std::snprintf(line, sizeof line, "  %-40s %8.3f  of %d clips\n", pace.scenario.c_str(),
                  pace.seconds_per_frame, pace.clips);
    out += line;
  }
  if (!status.failures.empty()) out += "set aside\n";
  for (std::size_t k = 0; k < status.failures.size() && k < kClipsTold; ++k) {
    out += "  " + status.failures[k].clip + ": " + status.failures[k].reason + "\n";
  }
  out += more_than_told(status.failures.size());
  if (!status.paused.empty()) out += "missing, and begun\n";
  for (std::size_t k = 0; k < status.paused.size() && k < kClipsTold; ++k) {
    out += "  " + status.paused[k].clip + ": " + status.paused[k].where + "\n";
  }
  return out + more_than_told(status.paused.size());
}

std::string status_page(const Status& status, double price_per_hour) {
  const double all = std::max(status.clips, 1);
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta http-equiv=\"refresh\" content=\"30\"><title>oddroad farm</title><style>"
      "body{font:15px sans-serif;max-width:60em;margin:2em auto}td{padding:.2em 1em .2em 0;"
      "border-top:1px solid #ddd}.bar{display:flex;height:1.5em;background:#eee}"
      ".bar div{height:100%}</style></head><body>\n<h1>Plan " +
      core::markup_escaped(status.plan) + "</h1>\n<div class=\"bar\">";
  const std::pair<int, const char*> parts[] = {
      {status.done, "#4a4"}, {status.running, "#48c"}, {status.failed, "#c44"}};
  for (const auto& [clips, colour] : parts) {
    out += "<div style=\"width:" + number("%.3f", 100 * clips / all) + "%;background:" + colour +
           "\"></div>";
  }
  out += "</div>\n<table>\n";
  for (const auto& [name, value] : facts(status, price_per_hour)) out += html_row(name, value);
  out += "</table>\n<h2>Slowest scenarios</h2>\n<table>\n";
  for (const ScenarioPace& pace : status.slowest) {
    out += html_row(pace.scenario, number("%.3f worker seconds a frame", pace.seconds_per_frame));
  }
  out += "</table>\n<h2>Set aside</h2>\n<table>\n";
  for (const Status::Failed& failed : status.failures) out += html_row(failed.clip, failed.reason);
  out += "</table>\n<h2>Missing, and begun</h2>\n<table>\n";
  for (const Status::Paused& paused : status.paused) out += html_row(paused.clip, paused.where);
  return out + "</table>\n</body></html>\n";
}

std::string status_metrics(const Status& s) {
  std::string out;
  const auto metric = [&](const char* name, const char* help, double value,
                          const std::string& labels = "") {
    if (*help != '\0') {
      out += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " gauge\n";
    }
    out += std::string(name) + "{plan=\"" + s.plan + "\"" + labels + "} " + number("%.15g", value) +
           "\n";
  };
  metric("oddroad_farm_clips", "Clips of the plan by state.", s.done, ",state=\"done\"");
  metric("oddroad_farm_clips", "", s.running, ",state=\"running\"");
  metric("oddroad_farm_clips", "", s.failed, ",state=\"failed\"");
  metric("oddroad_farm_clips", "", s.missing, ",state=\"missing\"");
  metric("oddroad_farm_paused", "Missing clips that were begun and go on at a tick.",
         static_cast<double>(s.paused.size()));
  metric("oddroad_farm_crashes", "Renderers that crashed or hung.", s.crashes);
  metric("oddroad_farm_lost", "Attempts whose machine or process was lost.", s.lost);
  metric("oddroad_farm_determinism_faults", "Clips made twice with other bytes.", s.differing);
  metric("oddroad_farm_frames", "Captures of clips that are done.", static_cast<double>(s.frames));
  metric("oddroad_farm_frames_per_second", "Captures a second of late.", s.frames_per_s);
  metric("oddroad_farm_worker_seconds", "Time that workers spent on clips.", s.worker_seconds);
  if (s.seconds_left >= 0) {
    metric("oddroad_farm_seconds_left", "Until the plan is done, at this pace.", s.seconds_left);
  }
  return out;
}

}  // namespace oddroad::farm
