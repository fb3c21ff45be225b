// Tables of DATASET/index.sqlite.
#pragma once

namespace oddroad::catalogue {

inline constexpr const char* kCatalogueFile = "index.sqlite";
// PRAGMA user_version. A catalogue of another version is made anew.
inline constexpr int kSchemaVersion = 1;

extern const char* const kTables;
// Made behind the rows of a new catalogue, which is quicker than beside them.
extern const char* const kIndexes;
// Rows of one clip, in every table that has some; ?1 is its id.
extern const char* const kTablesOfClips[9];

}  // namespace oddroad::catalogue
