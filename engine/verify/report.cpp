#include "engine/verify/report.h"

#include <algorithm>

namespace oddroad::verify {

void Check::merge(const Check& other) {
  const bool worse =
      other.disagreements_ > 0 && (disagreements_ == 0 || other.worst_size_ > worst_size_);
  if (worse) {
    worst_size_ = other.worst_size_;
    worst_ = other.worst_;
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

void Report::merge(const Report& other) {
  for (const Check& check : other.checks_) (*this)[check.name()].merge(check);
}

}  // namespace oddroad::verify
