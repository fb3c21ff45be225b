// Interrupts by the user: long commands ask between pieces of work and end in good order.
#pragma once

namespace oddroad::cli {

// From here on SIGINT and SIGTERM are noted and nothing more.
void catch_interrupts();
[[nodiscard]] bool interrupted();

}  // namespace oddroad::cli
