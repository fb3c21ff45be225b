// Interrupts by the user: long commands ask between pieces of work and end in good order.
#pragma once

namespace oddroad::cli {

// From here on SIGINT and SIGTERM are noted and nothing more.
void catch_interrupts();
[[nodiscard]] bool interrupted();
// How often: who asks twice is in a hurry.
[[nodiscard]] int interrupts();

}  // namespace oddroad::cli
