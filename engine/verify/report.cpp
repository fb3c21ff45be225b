#include "engine/verify/report.h"

#include <algorithm>
#include <cstdio>

namespace oddroad::verify {

void Check::merge(const Check& other, const std::string& prefix) {
  const bool worse =
      other.disagreements_ > 0 && (disagreements_ == 0 || other.worst_size_ > worst_size_);
  if (worse) {
    worst_size_ = other.worst_size_;
    worst_ = other.worst_;
    worst_.file = prefix + worst_.file;
  }
  items_ += other.items_;
  disagreements_ += other.disagreements_;
  on_edges_ += other.on_edges_;
}

Check& Report::operator[](std::string_view name) {
  const auto it = std::find_if(checks_.begin(), checks_.end(), [&](const Check& c) {
    return c.name() == name;
  });
  if (it != checks_.end()) return *it;
  return checks_.emplace_back(std::string(name));
}

const Check* Report::find(std::string_view name) const {
  const auto it = std::find_if(checks_.begin(), checks_.end(), [&](const Check& c) {
    return c.name() == name;
  });
  return it == checks_.end() ? nullptr : &*it;
}

std::int64_t Report::disagreements() const {
  std::int64_t sum = 0;
  for (const Check& check : checks_) sum += check.disagreements();
  return sum;
}

void Report::merge(const Report& other, const std::string& prefix) {
  for (const Check& check : other.checks_) (*this)[check.name()].merge(check, prefix);
}

std::string to_table(const Report& report) {
  std::string out;
  char line[128];
  std::snprintf(line, sizeof line, "%-20s %12s %14s %10s\n", "check", "items", "disagreements",
                "on edges");
  out += line;
  for (const Check& c : report.checks()) {
    std::snprintf(line, sizeof line, "%-20s %12lld %14lld %10lld\n", c.name().c_str(),
                  static_cast<long long>(c.items()), static_cast<long long>(c.disagreements()),
                  static_cast<long long>(c.on_edges()));
    out += line;
    if (c.disagreements() == 0) continue;
    const Disagreement& w = c.worst();
    out += "    worst: " + w.file + (w.where.empty() ? "" : ", " + w.where) + ": found " + w.found +
           ", expected " + w.expected + "\n";
  }
  return out;
}

}  // namespace oddroad::verify
