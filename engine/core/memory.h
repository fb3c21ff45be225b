// How the process keeps freed memory.
#pragma once

namespace oddroad::core {

// Images and ray batches of megabytes come and go with every frame. By default glibc gives each
// back to the system and gets zeroed pages again: a page fault for every 4 KiB. After this call,
// freed blocks are kept for the next frame. Call it once, before threads start.
void keep_freed_memory();

// Gives what is free back to the system, between pieces of work of many seconds: pieces are not
// alike, and without this a process would hold for ever what the largest of them needed.
void give_back_freed_memory();

}  // namespace oddroad::core
