#include "engine/core/result.h"

#include <gtest/gtest.h>

namespace oddroad::core {
namespace {

TEST(Result, AProblemToldElsewhereKeepsItsOwnPlace) {
  const Diagnostic inner{Severity::kError, {"box.obj", 3, 0}, "no such vertex", "count again"};
  EXPECT_EQ(to_string(told_at({"s.yaml", 7, 12}, inner)),
            "s.yaml:7:12: error: box.obj:3: no such vertex; count again");
  EXPECT_EQ(to_string(told_at({"s.yaml", 7, 12}, {.message = "too large"})),
            "s.yaml:7:12: error: too large");
}

}  // namespace
}  // namespace oddroad::core
