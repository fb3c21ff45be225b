#include "engine/scenario/rejections.h"

#include <algorithm>

namespace oddroad::scenario {

void Rejections::add(const std::string& reason, const core::SourceLocation& where, int count) {
  for (Entry& entry : entries_) {
    if (entry.reason != reason) continue;
    entry.count += count;
    return;
  }
  entries_.push_back({reason, where, count});
}

void Rejections::add(const Rejections& others) {
  for (const Entry& entry : others.entries_) add(entry.reason, entry.where, entry.count);
}

int Rejections::count() const {
  int all = 0;
  for (const Entry& entry : entries_) all += entry.count;
  return all;
}

core::Diagnostics none_passed(std::uint32_t index, std::uint32_t attempts,
                              const Rejections& rejections) {
  const std::vector<Rejections::Entry>& entries = rejections.entries();
  const auto most =
      std::max_element(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return a.count < b.count;
      });
  std::string others;
  for (const Rejections::Entry& entry : entries) {
    if (&entry == &*most) continue;
    others += (others.empty() ? "" : ", ") + std::to_string(entry.count) + " " + entry.reason;
  }
  core::Diagnostics out;
  out.error(most->where,
            "variant " + std::to_string(index) + ": acceptance rate below 1 %: none of " +
                std::to_string(attempts) + " attempts passed; " + std::to_string(most->count) +
                " " + most->reason,
            others.empty() ? "" : "the rest: " + others);
  return out;
}

}  // namespace oddroad::scenario
