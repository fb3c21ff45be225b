#include "tests/bench/table.h"

#include <cstdio>
#include <vector>

#include <gtest/gtest.h>

#include "engine/core/memory.h"

namespace oddroad::bench {
namespace {

// Printed when all tests are over, so that test names do not interrupt it.
class Table : public testing::Environment {
 public:
  void add(const Row& row) { rows_.push_back(row); }

  // As the command line does: what is measured is a process that renders many frames.
  void SetUp() override { core::keep_freed_memory(); }

  void TearDown() override {
    std::printf("\n%-60s %9s %16s %16s  %s\n", "benchmark", "ratio", "ours", "yardstick", "bound");
    for (const Row& r : rows_) {
      std::printf("%-60s %9.3f %16s %16s  %s\n", r.name.c_str(), r.ratio, r.ours.c_str(),
                  r.yardstick.c_str(), r.bound.c_str());
    }
    std::fflush(stdout);
  }

 private:
  std::vector<Row> rows_;
};

Table& table() {
  // GoogleTest owns and deletes it.
  static auto* const the_table = static_cast<Table*>(testing::AddGlobalTestEnvironment(new Table));
  return *the_table;
}

// Environments must be there before the run starts.
[[maybe_unused]] const Table& g_registered = table();

}  // namespace

void report(const Row& row) {
  table().add(row);
}

double report_times(const std::string& name, double ours_s, double yardstick_s,
                    const std::string& bound) {
  const double ratio = ours_s / yardstick_s;
  report({name, ratio, milliseconds(ours_s), milliseconds(yardstick_s), bound});
  return ratio;
}

std::string milliseconds(double seconds) {
  return quantity(seconds * 1e3, "ms");
}

std::string quantity(double value, const std::string& unit) {
  char text[64];
  std::snprintf(text, sizeof text, value < 1000 ? "%.3g %s" : "%.0f %s", value, unit.c_str());
  return text;
}

}  // namespace oddroad::bench
