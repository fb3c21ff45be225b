#include "engine/farm/pack.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "engine/core/sha256.h"
#include "engine/dataset/file_io.h"
#include "engine/dataset/manifest.h"
#include "engine/exchange/tar.h"
#include "engine/farm/survey.h"

namespace oddroad::farm {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr std::uint64_t kBlock = 512;

struct Member {
  std::string clip, name;  // below the clip
  std::uint64_t bytes = 0, offset = 0;
  std::string sha256;
  [[nodiscard]] std::string path() const { return clip + "/" + name; }
};

struct Shard {
  std::string name;
  std::vector<Member> members;
  std::uint64_t bytes = 0;  // without the end
  int clips = 0;
};

std::uint64_t in_blocks(std::uint64_t bytes) {
  return (bytes + kBlock - 1) / kBlock * kBlock;
}

core::Result<std::vector<Member>> members_of(const fs::path& out, const std::string& clip) {
  const fs::path folder = out / "clips" / clip;
  const auto manifest = dataset::read_manifest(folder);
  if (!manifest) return core::forward_error(manifest);
  std::vector<Member> members;
  for (const auto& [name, entry] : manifest->files) {
    members.push_back({clip, name, entry.bytes, 0, entry.sha256});
  }
  const auto text = dataset::read_file(folder / "manifest.json");
  if (!text) return core::forward_error(text);
  members.push_back({clip, "manifest.json", text->size(), 0, core::sha256_hex(*text)});
  for (const Member& member : members) {
    if (!exchange::fits_tar(member.path())) {
      return core::fail_at({(folder / member.name).string()}, "too long a name for a tar archive");
    }
  }
  return members;
}

void add(Shard& shard, std::vector<Member> members) {
  for (Member& member : members) {
    member.offset = shard.bytes + kBlock;
    shard.bytes += kBlock + in_blocks(member.bytes);
    shard.members.push_back(std::move(member));
  }
  ++shard.clips;
}

core::Result<std::vector<Shard>> cut_shards(const Plan& plan, const fs::path& out,
                                            std::uint64_t shard_bytes) {
  auto clips = survey(plan, *folder_output(out), SurveyDepth::kSizes);
  if (!clips) return core::forward_error(clips);
  std::sort(clips->begin(), clips->end(), [](const SurveyedClip& a, const SurveyedClip& b) {
    return a.name < b.name;
  });
  std::vector<Shard> shards;
  core::Diagnostics problems;
  for (const SurveyedClip& clip : *clips) {
    if (clip.state == ClipState::kSetAside) continue;
    if (clip.state != ClipState::kDone) {
      problems.error({(out / "clips" / clip.name).string()}, "missing or damaged",
                     "farm finish renders what is missing");
      continue;
    }
    auto members = members_of(out, clip.name);
    if (!members) {
      problems.append(members.error());
      continue;
    }
    if (shards.empty() || shards.back().bytes >= shard_bytes) {
      char name[32];
      std::snprintf(name, sizeof name, "%06zu.tar", shards.size());
      shards.push_back({name, {}, 0, 0});
    }
    add(shards.back(), std::move(*members));
  }
  if (problems.has_errors()) return tl::unexpected(problems);
  return shards;
}

core::Result<void> append(std::FILE* file, const fs::path& path, const std::string& bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size()) return {};
  return core::fail_at({path.string()}, "cannot write");
}

core::Result<void> write_members(std::FILE* file, const fs::path& path, const fs::path& out,
                                 const Shard& shard) {
  core::Result<void> done;
  for (const Member& member : shard.members) {
    const fs::path from = out / "clips" / member.clip / member.name;
    const auto bytes = dataset::read_file(from);
    if (!bytes) return core::forward_error(bytes);
    if (bytes->size() != member.bytes || core::sha256_hex(*bytes) != member.sha256) {
      return core::fail_at({from.string()}, "its content is not what the manifest says");
    }
    done = append(file, path, exchange::tar_header(member.path(), member.bytes));
    if (done) done = append(file, path, *bytes);
    if (done) done = append(file, path, exchange::tar_padding(member.bytes));
    if (!done) return done;
  }
  return append(file, path, exchange::tar_end());
}

core::Result<void> write_shard(const fs::path& folder, const fs::path& out, const Shard& shard) {
  std::string temporary = (folder / ("." + shard.name + ".XXXXXX")).string();
  const int fd = ::mkstemp(temporary.data());
  std::FILE* file = fd < 0 ? nullptr : ::fdopen(fd, "wb");
  if (file == nullptr) return core::fail_at({temporary}, "cannot create");
  auto done = write_members(file, temporary, out, shard);
  if (std::fclose(file) != 0 && done) done = core::fail_at({temporary}, "cannot write");
  if (done) done = dataset::sync_path(temporary);
  std::error_code error;
  if (done) {
    fs::permissions(temporary, fs::perms(0644), error);
    fs::rename(temporary, folder / shard.name, error);
    if (error) done = core::fail_at({(folder / shard.name).string()}, error.message());
  }
  if (!done) fs::remove(temporary, error);
  return done ? dataset::sync_path(folder) : done;
}

std::string index_of(const std::vector<Shard>& shards) {
  std::string out;
  for (const Shard& shard : shards) {
    for (const Member& member : shard.members) {
      const Json line = {{"shard", shard.name},
                         {"file", member.path()},
                         {"offset", member.offset},
                         {"bytes", member.bytes},
                         {"sha256", member.sha256}};
      out += line.dump() + "\n";
    }
  }
  return out;
}

// Notes how shards are cut. Those of another cut, or of other clips, are none of this one's.
core::Result<void> begin_cut(const fs::path& folder, const std::string& index) {
  if (auto made = dataset::make_folders(folder); !made) return made;
  const auto before = dataset::read_file(folder / "cut.jsonl");
  if (before && *before == index) return {};
  std::error_code error;
  fs::remove(folder / "index.jsonl", error);
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".tar") old.push_back(entry.path());
  }
  for (const fs::path& shard : old) fs::remove(shard, error);
  return dataset::write_file_atomic(folder / "cut.jsonl", index);
}

}  // namespace

core::Result<PackSummary> pack(const Plan& plan, const fs::path& out, std::uint64_t shard_bytes,
                               const std::function<bool()>& go_on) {
  const auto shards = cut_shards(plan, out, shard_bytes);
  if (!shards) return core::forward_error(shards);
  const fs::path folder = out / "shards";
  const std::string index = index_of(*shards);
  if (auto begun = begin_cut(folder, index); !begun) return core::forward_error(begun);
  PackSummary summary;
  for (const Shard& shard : *shards) {
    if (!go_on()) return core::fail("interrupted");
    const std::uint64_t bytes = shard.bytes + exchange::tar_end().size();
    std::error_code error;
    if (fs::file_size(folder / shard.name, error) == bytes && !error) {
      ++summary.kept;
    } else if (auto done = write_shard(folder, out, shard); !done) {
      return core::forward_error(done);
    }
    ++summary.shards;
    summary.clips += shard.clips;
    summary.bytes += bytes;
  }
  auto written = dataset::write_file_atomic(folder / "index.jsonl", index);
  if (!written) return core::forward_error(written);
  return summary;
}

}  // namespace oddroad::farm
