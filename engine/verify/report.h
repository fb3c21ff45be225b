// What the proof found: for each check how many items it looked at, how many disagree, and the
// worst.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oddroad::verify {

struct Disagreement {
  std::string file;      // relative to the clip, or the dataset's for what is its own
  std::string where;     // "pixel 17, 80", "point 1234", "object 3 child"
  std::string found;     // as recorded
  std::string expected;  // as derived here
};

class Check {
 public:
  explicit Check(std::string name) : name_(std::move(name)) {}

  void agree(std::int64_t items = 1) { items_ += items; }
  // An item that agrees with one of the answers that are right where an edge passes within 1/128 px
  // of the pixel's centre (beams: within kBeamEdgeM of the ray).
  void agree_on_edge() { ++items_, ++on_edges_; }
  // `size` ranks disagreements of one check; describe() is called for the worst so far only.
  template <typename Describe>
  void disagree(double size, const Describe& describe) {
    ++items_, ++disagreements_;
    if (disagreements_ > 1 && !(size > worst_size_)) return;
    worst_size_ = size;
    worst_ = describe();
  }
  // Agrees if `size` is at most `tolerance`; NaN does not.
  template <typename Describe>
  void compare(double size, double tolerance, const Describe& describe) {
    if (size <= tolerance) return agree();
    disagree(size, describe);
  }
  // Files of `other` get the prefix.
  void merge(const Check& other, const std::string& prefix = {});

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::int64_t items() const { return items_; }
  [[nodiscard]] std::int64_t disagreements() const { return disagreements_; }
  [[nodiscard]] std::int64_t on_edges() const { return on_edges_; }
  [[nodiscard]] const Disagreement& worst() const { return worst_; }

 private:
  std::string name_;
  std::int64_t items_ = 0;
  std::int64_t disagreements_ = 0;
  std::int64_t on_edges_ = 0;
  double worst_size_ = 0;
  Disagreement worst_;
};

// Checks by name, in the order in which they first came up. Merging in a fixed order gives a fixed
// report.
class Report {
 public:
  Check& operator[](std::string_view name);
  [[nodiscard]] const Check* find(std::string_view name) const;
  [[nodiscard]] const std::vector<Check>& checks() const { return checks_; }
  [[nodiscard]] std::int64_t disagreements() const;
  void merge(const Report& other, const std::string& prefix = {});

 private:
  std::vector<Check> checks_;
};

// The table that `oddroad verify` prints: a line for each check, the worst case below those that
// disagree.
std::string to_table(const Report& report);

}  // namespace oddroad::verify
