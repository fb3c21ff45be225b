#include "engine/cli/commands.h"
namespace oddroad::cli {
int draw_command(const Context&, const DrawOptions&) { return 70; }
int preview_command(const Context&, const std::string&, const std::string&, int, int) { return 70; }
}
