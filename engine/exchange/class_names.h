// Our classes by the names of another format, after the format's own table and the user's file:
//   # ours: theirs
//   van: Car
//   debris: none        # left out
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/capture/ontology.h"
#include "engine/core/result.h"

namespace oddroad::exchange {

inline constexpr const char* kNoClass = "none";

class ClassNames {
 public:
  ClassNames(const capture::Ontology& ontology,
             const std::function<std::string(const capture::OntologyClass&)>& usual);

  // "none" of classes that are left out or that the ontology does not know.
  [[nodiscard]] const std::string& of(core::ClassId id) const;
  [[nodiscard]] bool keeps(core::ClassId id) const { return of(id) != kNoClass; }

  // Replaces what the file names. `known` empty: any name. Errors: every class of ours that does
  // not exist and every name that is not known, with its place.
  core::Result<void> replace(const std::string& file, const capture::Ontology& ontology,
                             const std::vector<std::string>& known);

 private:
  std::map<core::ClassId, std::string> names_;
};

}  // namespace oddroad::exchange
