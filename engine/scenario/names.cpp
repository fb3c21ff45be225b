#include "engine/scenario/names.h"

#include <algorithm>
#include <filesystem>

#include "engine/core/suggest.h"

namespace oddroad::scenario {

std::string describe(const ValueType& type) {
  return type.is_word ? "a word" : core::describe(type.dimension);
}

std::string to_string(const Drawn& drawn) {
  return drawn.type.is_word ? drawn.word
                            : core::format_quantity(drawn.number, drawn.type.dimension);
}

std::optional<ValueType> Names::parameter_type(const std::string& name,
                                               const core::SourceLocation& where) {
  used_parameters.insert(name);
  const auto found = parameters.find(name);
  if (found != parameters.end()) return found->second;
  if (broken_parameters.count(name) > 0) return std::nullopt;
  std::vector<std::string> known;
  for (const auto& [known_name, type] : parameters) known.push_back(known_name);
  known.insert(known.end(), broken_parameters.begin(), broken_parameters.end());
  const bool below = declared_parameters.count(name) > 0;
  diagnostics.error(
      where, "unknown parameter '$" + name + "'",
      below ? "it stands further down: move it above this one" : core::did_you_mean(name, known));
  return std::nullopt;
}

void Names::add_data_file(const std::string& path, const core::SourceLocation& where) {
  const std::string file = std::filesystem::path(path).filename().string();
  std::string name = "data-files/" + file;
  int others = 1;
  for (const DataFile& known : data_files) {
    if (known.where == where) return;
    if (known.path == path) {
      name = known.name;
      break;
    }
    if (known.name == name) name = "data-files/" + std::to_string(++others) + "-" + file;
  }
  data_files.push_back({where, path, name});
}

bool Names::check_actor(const std::string& name, const core::SourceLocation& where) {
  std::vector<std::string> known;
  for (const DeclaredActor& actor : actors) {
    known.push_back(actor.name);
    if (actor.name == name) {
      if (!actor.many) return true;
      diagnostics.error(where, "'" + name + "' is many", "name one of them: '" + name + ".1'");
      return false;
    }
    const std::size_t length = actor.name.size();
    const bool piece = actor.many && name.size() > length + 1 && name[length] == '.' &&
                       name.compare(0, length, actor.name) == 0;
    if (piece &&
        std::all_of(name.begin() + static_cast<std::ptrdiff_t>(length) + 1, name.end(), [](char c) {
          return c >= '0' && c <= '9';
        })) {
      return true;
    }
  }
  std::string hint = core::did_you_mean(name, known);
  const std::size_t dot = name.find('.');
  const auto is_known = [&](const std::string& one) {
    return std::find(known.begin(), known.end(), one) != known.end();
  };
  if (dot != std::string::npos && is_known(name.substr(0, dot)) && is_known(name.substr(dot + 1))) {
    hint = "did you mean '" + name.substr(0, dot) + "->" + name.substr(dot + 1) + "'?";
  }
  if (hint.empty()) {
    for (const std::string& one : known) hint += (hint.empty() ? "there are " : ", ") + one;
  }
  diagnostics.error(where, "unknown actor '" + name + "'", hint);
  return false;
}

std::optional<std::size_t> Names::find_entry(const std::string& actor, const std::string& verb,
                                             int n, const core::SourceLocation& where) {
  const std::string base = actor.substr(0, actor.find('.'));
  const auto declared = std::find_if(actors.begin(), actors.end(), [&](const DeclaredActor& one) {
    return one.name == base;
  });
  const std::vector<std::string> does =
      declared == actors.end() ? std::vector<std::string>{} : declared->does;
  int seen = 0;
  for (std::size_t i = 0; i < does.size(); ++i) {
    if (does[i] == verb && ++seen == n) return i;
  }
  if (seen > 0) {
    diagnostics.error(where, "'" + actor + "' has 'do: " + verb + "' " +
                                 (seen == 1 ? "once" : std::to_string(seen) + " times") +
                                 ": there is no number " + std::to_string(n));
    return std::nullopt;
  }
  std::string hint = core::did_you_mean(verb, does);
  if (hint.empty()) {
    for (const std::string& one : does) hint += (hint.empty() ? "it has " : ", ") + one;
  }
  diagnostics.error(where, "'" + actor + "' has no '" + verb + "' in its 'do'", hint);
  return std::nullopt;
}

}  // namespace oddroad::scenario
