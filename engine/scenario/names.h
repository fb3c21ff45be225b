// What a scenario's expressions may refer to, and where their problems go.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/core/paths.h"
#include "engine/core/quantity.h"
#include "engine/core/result.h"

namespace oddroad::scenario {

// A word ("van.panel") or a number with a dimension.
struct ValueType {
  bool is_word = false;
  core::Dimension dimension;
  bool operator==(const ValueType&) const = default;
};

// "a word", "a speed like '30 km/h'".
std::string describe(const ValueType& type);

struct Drawn {
  ValueType type;
  std::string word;
  double number = 0;  // SI
  bool operator==(const Drawn&) const = default;
};
std::string to_string(const Drawn& drawn);

// Parameters by name, as drawn.
using Draws = std::map<std::string, Drawn>;

struct DeclaredActor {
  std::string name;
  bool many = false;                   // its pieces are name.1, name.2, ...
  std::vector<std::string> does = {};  // the verbs of its `do:`, as written
};

// A table that a distribution reads its numbers from.
struct DataFile {
  core::SourceLocation where;  // of its name in the scenario
  std::string path;            // absolute
  std::string name;            // of its copy in a clip, below inputs/; distinct for distinct files
};

struct Value;

struct Names {
  explicit Names(core::Diagnostics& sink, core::SearchRoots where_to_look = {})
      : diagnostics(sink), roots(std::move(where_to_look)) {}

  core::Diagnostics& diagnostics;
  core::SearchRoots roots;  // of files that values name
  std::map<std::string, ValueType> parameters;
  std::map<std::string, std::shared_ptr<const Value>> values;  // of parameters that are fine
  std::map<std::string, std::shared_ptr<const Value>> values_by_path;  // of all of the file
  // Declared, but their type is not known because they are wrong: nothing more is said of them.
  std::set<std::string> broken_parameters;
  std::set<std::string> declared_parameters;  // all there are in the file
  std::set<std::string> used_parameters;
  std::vector<DeclaredActor> actors;
  std::vector<DataFile> data_files;  // each place once

  // Reports an unknown parameter with a suggestion; marks a known one as used.
  std::optional<ValueType> parameter_type(const std::string& name,
                                          const core::SourceLocation& where);
  // Keeps a table that a value reads.
  void add_data_file(const std::string& path, const core::SourceLocation& where);
  // Reports an actor that is not declared, or that names many.
  bool check_actor(const std::string& name, const core::SourceLocation& where);
  // The place in the list of `actor` of its n-th entry (from 1) of this verb; reports it if there
  // is none. The actor must have passed check_actor.
  std::optional<std::size_t> find_entry(const std::string& actor, const std::string& verb, int n,
                                        const core::SourceLocation& where);
};

}  // namespace oddroad::scenario
