// Puts the rows of clips into the tables. Internal to this module.
#pragma once

#include "engine/catalogue/clip_rows.h"
#include "engine/catalogue/database.h"

namespace oddroad::catalogue {

class ClipInserter {
 public:
  static core::Result<ClipInserter> create(Database& database);
  core::Result<void> insert(const ClipRows& rows);

 private:
  ClipInserter(Database& database, std::vector<Statement> statements);
  core::Result<void> insert_clip(const ClipRows& rows);
  core::Result<void> insert_facts(const ClipRows& rows, std::int64_t clip);
  core::Result<void> insert_frame(const FrameRow& frame, const std::string& name,
                                  std::int64_t clip);

  Database& database_;
  std::vector<Statement> statements_;  // by the table's place in the list of clip_inserter.cpp
};

}  // namespace oddroad::catalogue
