#include "engine/scenario/schema.h"

#include "engine/cli/commands.h"

namespace oddroad::cli {

int schema_command(const Context& context) {
  std::fputs(scenario::json_schema().c_str(), context.out);
  return kDone;
}

}  // namespace oddroad::cli
