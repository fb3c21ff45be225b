// What reaches a store, in which order, and what becomes of its answers; a script answers. With a
// real store: tests/integration/s3_test.sh.
#include <algorithm>

#include "engine/core/sha256.h"
#include "engine/dataset/manifest.h"
#include "engine/farm/bucket_output.h"
#include "tests/unit/farm/plans.h"
#include "tests/unit/s3/scripted_server.h"

namespace oddroad::farm {
namespace {

using s3::answer;
using s3::ScriptedServer;

const std::string kNoKey = answer("404 Not Found", "<Error><Code>NoSuchKey</Code></Error>");
const std::string kFine = answer("200 OK"), kThere = answer("412 Precondition Failed");

std::string list_of(const std::vector<std::string>& keys) {
  std::string xml = "<ListBucketResult>";
  for (const std::string& key : keys) {
    xml += "<Contents><Key>" + key +
           "</Key><LastModified>2026-01-01T00:00:00Z</LastModified><Size>1</Size></Contents>";
  }
  return answer("200 OK", xml + "</ListBucketResult>");
}

class Bucket : public FarmTest {
 protected:
  Bucket() {
    put("clip/a", "A");
    put("clip/front/b", "B");
    manifest_ = manifest_of("A", "B");
    put("clip/manifest.json", manifest_);
  }

  std::string manifest_of(const std::string& a, const std::string& b) const {
    return dataset::encode_manifest(
        {dataset::encode_identity(clip_),
         {{"a", {a.size(), core::sha256_hex(a)}}, {"front/b", {b.size(), core::sha256_hex(b)}}}});
  }
  [[nodiscard]] std::string files_of(const std::string& manifest) const {
    return "p/files/" + name_ + "/" + core::sha256_hex(manifest).substr(0, 16) + "/";
  }
  static BucketOutput bucket(const ScriptedServer& server) {
    return {s3::Client({server.url(), "r", "me", "psst", ""}, "farm", {1, 0}), {"farm", "p/"}};
  }
  // Commits, and keeps the first lines of what the store was asked.
  core::Result<dataset::Commit> commit(const std::vector<std::string>& answers) {
    ScriptedServer server(answers);
    auto committed = bucket(server).commit(folder_ / "clip", clip_);
    for (const std::string& request : server.requests()) {
      asked_.push_back(request.substr(0, request.find(" HTTP")));
      conditional_.push_back(request.find("If-None-Match: *") != std::string::npos);
    }
    return committed;
  }

  Plan plan_ = make_plan(1);
  dataset::ClipIdentity clip_ = plan_.identity(plan_.clips()[0].clip);
  std::string name_ = plan_.name(plan_.clips()[0].clip);
  std::string manifest_;
  std::vector<std::string> asked_;
  std::vector<bool> conditional_;
};

TEST_F(Bucket, TheManifestComesLastAndOnlyWhereNoneIs) {
  const auto committed = commit({kFine, kFine, kFine});
  ASSERT_TRUE(committed) << core::to_string(committed.error());
  EXPECT_EQ(committed->outcome, dataset::CommitOutcome::kCommitted);
  EXPECT_EQ(committed->hash, core::sha256_hex(manifest_));
  const std::string files = "PUT /farm/" + files_of(manifest_);
  std::sort(asked_.begin(), asked_.begin() + 2);  // these go at once
  EXPECT_EQ(asked_, (std::vector<std::string>{files + "a", files + "front/b",
                                              "PUT /farm/p/clips/" + name_ + "/manifest.json"}));
  EXPECT_EQ(conditional_, (std::vector<bool>{false, false, true}));
}

TEST_F(Bucket, NoManifestWithoutItsFiles) {
  const auto committed = commit({kFine, answer("403 Forbidden")});
  ASSERT_FALSE(committed);
  EXPECT_EQ(asked_.size(), 2u);
}

TEST_F(Bucket, AnEqualClipThatWasFirstIsOurs) {
  const auto committed = commit({kFine, kFine, kThere, answer("200 OK", manifest_)});
  ASSERT_TRUE(committed) << core::to_string(committed.error());
  EXPECT_EQ(committed->outcome, dataset::CommitOutcome::kAlreadyThere);
}

TEST_F(Bucket, AnotherClipThatWasFirstStays) {
  const std::string first = manifest_of("X", "B"), files = files_of(first);
  const std::string get = answer("200 OK", first);
  const auto committed =
      commit({kFine, kFine, kThere, get, get, list_of({files + "a", files + "front/b"}), kFine});
  ASSERT_TRUE(committed) << core::to_string(committed.error());
  EXPECT_EQ(committed->outcome, dataset::CommitOutcome::kQuarantined);
  EXPECT_NE(files, files_of(manifest_));
  const std::string aside =
      "p/quarantine/" + name_ + "." + core::sha256_hex(manifest_).substr(0, 16) + ".json";
  EXPECT_EQ(asked_.back(), "PUT /farm/" + aside);
  EXPECT_EQ(committed->folder.string(), "s3://farm/" + aside);
}

TEST_F(Bucket, ADamagedClipGivesWay) {
  const std::string first = manifest_of("X", "B"), get = answer("200 OK", first);
  const auto committed = commit({kFine, kFine, kThere, get, get, list_of({files_of(first) + "a"}),
                                 get, kFine, answer("204 No Content"), kFine});
  ASSERT_TRUE(committed) << core::to_string(committed.error());
  EXPECT_EQ(committed->outcome, dataset::CommitOutcome::kCommitted);
  EXPECT_EQ(asked_[8], "DELETE /farm/p/clips/" + name_ + "/manifest.json");
  EXPECT_TRUE(conditional_[9]);
}

TEST_F(Bucket, OpensWhatIsNewOrADataset) {
  const dataset::DatasetHeader header{"1.2.3", {}};
  const std::string there = answer("200 OK", dataset::encode_header(header));
  ScriptedServer fresh({kNoKey, list_of({}), kNoKey, kFine, there, kThere});
  const auto opened = bucket(fresh).open(header);
  EXPECT_TRUE(opened) << core::to_string(opened.error());
  ScriptedServer photos({kNoKey, list_of({"p/holiday.jpg"}), kNoKey});
  EXPECT_NE(core::to_string(bucket(photos).open(header).error()).find("p/holiday.jpg"),
            std::string::npos);
  // Another process makes it meanwhile.
  ScriptedServer raced({kNoKey, list_of({"p/attempts/x"}), there, kThere});
  EXPECT_TRUE(bucket(raced).open(header));
  dataset::DatasetHeader other = header;
  other.ontology.version = 2;
  ScriptedServer foreign({there});
  EXPECT_NE(core::to_string(bucket(foreign).open(other).error()).find("another ontology"),
            std::string::npos);
}

TEST_F(Bucket, AStoreThatOverwritesIsRefused) {
  const dataset::DatasetHeader header{"1.2.3", {}};
  ScriptedServer server({answer("200 OK", dataset::encode_header(header)), kFine});
  const auto opened = bucket(server).open(header);
  ASSERT_FALSE(opened);
  EXPECT_NE(core::to_string(opened.error()).find("in spite of If-None-Match"), std::string::npos);
}

TEST_F(Bucket, JournalsKeepWhatTheyHad) {
  ScriptedServer server({answer("200 OK", "one\n"), kFine, kFine});
  {
    BucketOutput output = bucket(server);
    const auto journal = output.journal("attempts/x.jsonl");
    ASSERT_TRUE(journal);
    EXPECT_TRUE((*journal)->append("two\n", true));
    EXPECT_TRUE((*journal)->append("three\n", false));
  }
  const auto requests = server.requests();
  EXPECT_TRUE(requests[1].ends_with("\r\n\r\none\ntwo\n"));
  EXPECT_TRUE(requests[2].ends_with("\r\n\r\none\ntwo\nthree\n"));
}

}  // namespace
}  // namespace oddroad::farm
