// Faults put into a good scenario, each with what is said of it.
#pragma once

#include <span>

#include "tests/unit/scenario/scenario_fixture.h"

namespace oddroad::scenario {

struct Broken {
  const char* name;
  const char* from;  // of kGood
  const char* to;
  const char* problem;  // line:column: text
};

class BrokenFiles : public ScenarioTest {
 protected:
  void expect_told(std::span<const Broken> faults) {
    for (const Broken& fault : faults) {
      EXPECT_EQ(problems(with(kGood, fault.from, fault.to)), fault.problem) << fault.name;
    }
  }
};

}  // namespace oddroad::scenario
