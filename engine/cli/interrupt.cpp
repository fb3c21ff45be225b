#include "engine/cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace oddroad::cli {
namespace {

// A signal handler can reach nothing else. All workers read it, which a sig_atomic_t allows to one
// thread only.
std::atomic<int> g_interrupts = 0;
static_assert(std::atomic<int>::is_always_lock_free);
void interrupt(int) {
  ++g_interrupts;
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, interrupt);
  std::signal(SIGTERM, interrupt);
}

bool interrupted() {
  return g_interrupts > 0;
}

int interrupts() {
  return g_interrupts;
}

}  // namespace oddroad::cli
