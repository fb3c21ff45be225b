// What every command gets from main: where files are looked for, where text goes.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "engine/core/paths.h"
#include "engine/core/result.h"

namespace oddroad::cli {

// Exit codes (DESIGN, "Errors and exit codes").
enum ExitCode {
  kDone = 0,
  kUsage = 64,
  kSetAside = 65,     // done, with clips set aside or labels wrong
  kBadInput = 66,     // input missing or invalid
  kUnavailable = 69,  // device or capability missing
  kOurBug = 70,
  kCannotWrite = 73,
  kInterrupted = 75,  // run again
};

struct Context {
  core::SearchRoots roots;
  std::FILE* out = stdout;
  std::FILE* err = stderr;
  std::string executable;  // this program, for those that it starts
  bool terminal = false;   // progress bars are welcome on `err`
};

// Prints one diagnostic a line to err.
void print(const Context& context, const core::Diagnostics& diagnostics);
int fail(const Context& context, const core::Diagnostics& diagnostics, int code);

// Writes a file whole or not at all (temporary name, then rename).
core::Result<void> write_file(const std::string& path, const std::string& bytes);

// Parses the command line and runs the command. Returns an exit code.
int run(int argc, char** argv, const Context& context);

}  // namespace oddroad::cli
