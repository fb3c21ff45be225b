#include "engine/cli/catalogue.h"

#include <charconv>
#include <map>

#include <CLI/CLI.hpp>

#include "engine/catalogue/index.h"
#include "engine/catalogue/query.h"
#include "engine/cli/interrupt.h"

namespace oddroad::cli {
namespace {

int tell_named(const Context& context) {
  for (const catalogue::NamedQuery& query : catalogue::named_queries()) {
    std::string values;
    for (const auto& [name, value] : query.values) {
      char text[64];
      std::snprintf(text, sizeof text, " %s=%g", name.c_str(), value);
      values += text;
    }
    std::fprintf(context.out, "%-26s %s%s%s\n", query.name.c_str(), query.about.c_str(),
                 values.empty() ? "" : ":", values.c_str());
  }
  return kDone;
}

core::Result<std::map<std::string, double>> read_values(const std::vector<std::string>& words) {
  std::map<std::string, double> out;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    double value = 0;
    const char* end = word.data() + word.size();
    const bool fine = equals != std::string::npos &&
                      std::from_chars(word.data() + equals + 1, end, value).ptr == end &&
                      equals + 1 < word.size();
    if (!fine) return core::fail("--with takes NAME=NUMBER, found '" + word + "'");
    out[word.substr(0, equals)] = value;
  }
  return out;
}

core::Result<std::string> sql_of(const QueryOptions& options) {
  if (options.name.empty()) return options.sql;
  const auto values = read_values(options.values);
  if (!values) return core::forward_error(values);
  return catalogue::named_sql(options.name, *values);
}

core::Result<std::string> formatted(const catalogue::Table& table, const std::string& format) {
  if (format == "csv") return catalogue::to_csv(table);
  if (format == "json") return catalogue::to_json(table);
  if (format == "clips") return catalogue::to_clip_list(table);
  return catalogue::to_text(table);
}

}  // namespace

int index_command(const Context& context, const std::string& dataset) {
  catch_interrupts();
  const auto summary = catalogue::index_dataset(dataset, [&](std::size_t read, std::size_t of) {
    if (context.terminal) std::fprintf(context.err, "\r%zu of %zu clips", read, of);
    return !interrupted();
  });
  if (context.terminal) std::fprintf(context.err, "\n");
  if (!summary) {
    return fail(context, summary.error(), interrupted() ? kInterrupted : kBadInput);
  }
  print(context, summary->problems);
  std::fprintf(
      context.out,
      "%s/index.sqlite: clips: %d new, %d changed, %d gone, %d as before; %lld frames read\n",
      dataset.c_str(), summary->added, summary->changed, summary->removed, summary->kept,
      static_cast<long long>(summary->frames));
  return summary->problems.has_errors() ? kSetAside : kDone;
}

int query_command(const Context& context, const QueryOptions& options) {
  if (options.list) return tell_named(context);
  const auto sql = sql_of(options);
  if (!sql) return fail(context, sql.error(), kUsage);
  const auto table = catalogue::query(options.dataset, *sql);
  if (!table) return fail(context, table.error(), kBadInput);
  const auto text = formatted(*table, options.format);
  if (!text) return fail(context, text.error(), kUsage);
  std::fputs(text->c_str(), context.out);
  return kDone;
}

void add_catalogue_commands(CLI::App& app, const Context& context, int& exit_code) {
  auto* index = app.add_subcommand("index", "make or refresh the catalogue of a dataset (SQLite)");
  const auto dataset = std::make_shared<std::string>();
  index->add_option("DATASET", *dataset, "dataset folder")->required();
  index->callback([dataset, &context, &exit_code] {
    exit_code = index_command(context, *dataset);
  });

  auto* query = app.add_subcommand("query", "ask the catalogue of a dataset");
  const auto options = std::make_shared<QueryOptions>();
  query->add_option("DATASET", options->dataset, "dataset folder, indexed");
  auto* sql = query->add_option("SQL", options->sql, "one SELECT (engine/catalogue/README.md)");
  auto* named = query->add_option("--named", options->name, "a named query instead of SQL");
  named->excludes(sql);
  query->add_option("--with", options->values, "a value of the named query (repeatable)")
      ->expected(1)
      ->take_all()
      ->type_name("NAME=NUMBER")
      ->needs(named);
  auto* list = query->add_flag("--list", options->list, "tell the named queries");
  auto* format = query->add_option("--format", options->format, "table, csv or json")
                     ->check(CLI::IsMember({"table", "csv", "json"}));
  query
      ->add_flag_callback(
          "--clips",
          [options] {
            options->format = "clips";
          },
          "the clips alone, a line each, as oddroad export takes them")
      ->excludes(format);
  query->callback([options, list, sql, named, &context, &exit_code] {
    const bool asked = !options->dataset.empty() && (sql->count() > 0 || named->count() > 0);
    if (!asked && list->count() == 0) {
      throw CLI::RequiredError("DATASET with SQL or --named, or --list");
    }
    exit_code = query_command(context, *options);
  });
}

}  // namespace oddroad::cli
