// `oddroad index` and `oddroad query`.
#pragma once

#include <string>
#include <vector>

#include "engine/cli/context.h"

namespace CLI {
class App;
}

namespace oddroad::cli {

int index_command(const Context& context, const std::string& dataset);

struct QueryOptions {
  std::string dataset;
  std::string sql;                  // this or
  std::string name;                 // a named query
  std::vector<std::string> values;  // "distance=20", of the named one
  std::string format = "table";     // table, csv, json, clips
  bool list = false;                // tell the named queries instead
};
int query_command(const Context& context, const QueryOptions& options);

void add_catalogue_commands(CLI::App& app, const Context& context, int& exit_code);

}  // namespace oddroad::cli
