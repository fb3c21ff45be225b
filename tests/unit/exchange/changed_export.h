// A changed clip in a format, and what lies in it.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/unit/exchange/changed_clip.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::test {

struct ChangedExport {
  TemporaryFolder folder;
  std::filesystem::path out = folder.path() / "out";
  exchange::ExportSummary summary;

  ChangedExport(const std::string& format, const ClipChanges& changes, int ticks = 2) {
    write_changed_clip(folder.path() / "set", changes, ticks);
    const auto done = exchange::export_dataset(folder.path() / "set", format_named(format), out,
                                               {{{"train", 1}}});
    EXPECT_TRUE(done) << core::to_string(done.error().why);
    if (done) summary = *done;
  }
  [[nodiscard]] nlohmann::json json(const std::string& name) const {
    return nlohmann::json::parse(*dataset::read_file(out / name));
  }
  // The table's only row for which `key` is `value`.
  [[nodiscard]] nlohmann::json row(const std::string& table, const std::string& key,
                                   const nlohmann::json& value) const {
    for (const nlohmann::json& one : json("v1.0-oddroad/" + table + ".json")) {
      if (one.at(key) == value) return one;
    }
    ADD_FAILURE() << table << " has no " << key << " " << value;
    return {};
  }
};

}  // namespace oddroad::test
