#include "engine/core/memory.h"

#include <malloc.h>

namespace oddroad::core {

void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // glibc takes no more
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 64 << 20);
}

void give_back_freed_memory() {
  malloc_trim(0);
}

}  // namespace oddroad::core
