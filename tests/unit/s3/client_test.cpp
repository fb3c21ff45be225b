// What the client sends, how often it asks, and what it makes of answers.
#include "engine/s3/client.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include "engine/core/sha256.h"
#include "tests/unit/s3/scripted_server.h"

namespace oddroad::s3 {
namespace {

constexpr Tries kQuick{3, 0.001};
const std::string kEmptyHash = core::sha256_hex({});

Client client_of(const ScriptedServer& server) {
  return {{server.url(), "eu-north-1", "me", "psst", "token"}, "farm", kQuick};
}

std::string refusal(const std::string& code) {
  return "<Error><Code>" + code + "</Code><Message>so it is</Message></Error>";
}

std::string line_of(const std::string& request, const std::string& name) {
  std::istringstream lines(request);
  for (std::string line; std::getline(lines, line) && line != "\r";) {
    std::string small = line.substr(0, line.find(':'));
    std::transform(small.begin(), small.end(), small.begin(), ::tolower);
    if (small == name) return line.substr(name.size() + 2, line.size() - name.size() - 3);
  }
  return {};
}

std::string hmac(const std::string& key, const std::string& text) {
  unsigned char out[32];
  unsigned size = sizeof out;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), out, &size);
  return {reinterpret_cast<char*>(out), size};
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

// The signature that a store computes for a request ("Create a signed AWS API request", AWS IAM
// User Guide): canonical request, string to sign, key derived from the secret.
std::string signature_of(const std::string& request, const std::string& secret) {
  const std::string authorization = line_of(request, "authorization");
  const std::string names = between(authorization, "SignedHeaders=", ",");
  const std::string scope = between(authorization, "Credential=me/", ",");
  const std::string method = request.substr(0, request.find(' '));
  const std::string target = between(request, " ", " ");
  const auto question = std::min(target.find('?'), target.size());
  std::string canonical = method + "\n" + target.substr(0, question) + "\n" +
                          target.substr(std::min(question + 1, target.size())) + "\n";
  std::istringstream each(names);
  for (std::string name; std::getline(each, name, ';');) {
    canonical += name + ":" + line_of(request, name) + "\n";
  }
  canonical += "\n" + names + "\n" + line_of(request, "x-amz-content-sha256");
  std::string key = "AWS4" + secret, part;
  std::istringstream parts(scope);
  while (std::getline(parts, part, '/')) key = hmac(key, part);
  const std::string signed_text = "AWS4-HMAC-SHA256\n" + line_of(request, "x-amz-date") + "\n" +
                                  scope + "\n" + core::sha256_hex(canonical);
  std::string hex;
  for (const unsigned char byte : hmac(key, signed_text)) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    hex += digits;
  }
  return hex;
}

TEST(Client, SignsAllThatAStoreLooksAt) {
  ScriptedServer server({answer("200 OK"), answer("200 OK", "<ListBucketResult/>")});
  {
    const Client client = client_of(server);
    EXPECT_TRUE(*client.put_new("a b/c+d", "hello"));
    EXPECT_TRUE(client.list("a b/"));
  }
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[0].substr(0, 29), "PUT /farm/a%20b/c%2Bd HTTP/1.");
  EXPECT_EQ(line_of(requests[0], "if-none-match"), "*");
  EXPECT_EQ(line_of(requests[0], "x-amz-content-sha256"), core::sha256_hex("hello"));
  EXPECT_TRUE(requests[0].ends_with("\r\n\r\nhello"));
  EXPECT_EQ(requests[1].substr(0, 42), "GET /farm/?list-type=2&prefix=a%20b%2F HTT");
  EXPECT_EQ(line_of(requests[1], "x-amz-content-sha256"), kEmptyHash);
  for (const std::string& request : requests) {
    const std::string authorization = line_of(request, "authorization");
    for (const char* name :
         {"host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"}) {
      EXPECT_NE(between(authorization, "SignedHeaders=", ",").find(name), std::string::npos);
    }
    EXPECT_NE(authorization.find("/eu-north-1/s3/aws4_request"), std::string::npos);
    EXPECT_EQ(between(authorization + "|", "Signature=", "|"), signature_of(request, "psst"));
    EXPECT_NE(between(authorization + "|", "Signature=", "|"), signature_of(request, "other"));
  }
}

TEST(Client, ListsGoOnFromPageToPage) {
  const auto page = [](const std::string& key, const std::string& next) {
    return answer("200 OK", "<ListBucketResult><Contents><Key>" + key +
                                "</Key><LastModified>2026-01-01T00:00:00Z</LastModified>"
                                "<Size>1</Size></Contents><IsTruncated>" +
                                (next.empty() ? "false" : "true") + "</IsTruncated>" +
                                "<NextContinuationToken>" + next +
                                "</NextContinuationToken></ListBucketResult>");
  };
  ScriptedServer server({page("a", "x/+="), page("b", "y"), page("c", ""), page("a", "z")});
  const auto all = client_of(server).list("");
  ASSERT_TRUE(all) << core::to_string(all.error());
  ASSERT_EQ(all->size(), 3u);
  EXPECT_EQ((*all)[2].key, "c");
  EXPECT_EQ(client_of(server).list("", 1)->size(), 1u);
  const auto requests = server.requests();
  EXPECT_EQ(between(requests[1], "?", " "), "continuation-token=x%2F%2B%3D&list-type=2");
  EXPECT_EQ(between(requests[3], "?", " "), "list-type=2&max-keys=1");
}

TEST(Client, AsksAgainWhatPasses) {
  ScriptedServer server({answer("503 Slow Down"), "", answer("200 OK", "it"),
                         answer("409 Conflict"), answer("200 OK"), answer("500 Oh"),
                         answer("412 There")});
  const Client client = client_of(server);
  EXPECT_EQ(**client.get("a"), "it");
  EXPECT_TRUE(*client.put_new("b", "1"));
  EXPECT_FALSE(*client.put_new("b", "2"));
  EXPECT_TRUE(client.reachable());
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 7u);
  EXPECT_TRUE(requests[4].ends_with("\r\n\r\n1"));
}

TEST(Client, GivesUpInTheEnd) {
  ScriptedServer busy({answer("503 Slow Down"), answer("503 Slow Down"),
                       answer("503 Slow Down", refusal("SlowDown"))});
  const Client client = client_of(busy);
  const auto got = client.get("a");
  ASSERT_FALSE(got);
  EXPECT_NE(core::to_string(got.error()).find("SlowDown: so it is"), std::string::npos);
  EXPECT_FALSE(client.reachable());

  std::string gone;
  { gone = ScriptedServer({}).url(); }
  const Client nowhere({gone, "r", "me", "psst", ""}, "farm", kQuick);
  const auto put = nowhere.put("a", "b");
  ASSERT_FALSE(put);
  EXPECT_NE(core::to_string(put.error()).find("cannot reach " + gone), std::string::npos);
  EXPECT_FALSE(nowhere.reachable());
}

TEST(Client, RefusalsAreNotAskedAgainAndSayWhatToDo) {
  const std::pair<std::string, std::string> cases[] = {
      {answer("404 Not Found", refusal("NoSuchBucket")), "make the bucket first"},
      {answer("403 Forbidden", refusal("AccessDenied")), "AWS_SECRET_ACCESS_KEY"},
      {answer("301 Moved", refusal("PermanentRedirect")), "AWS_REGION"},
      {answer("400 Bad Request", "<html>"), "HTTP status 400"},
      {answer("501 No", refusal("NotImplemented")), "If-None-Match"}};
  for (const auto& [said, told] : cases) {
    ScriptedServer server({said});
    const Client client = client_of(server);
    const auto put = client.put_new("a", "b");
    ASSERT_FALSE(put);
    EXPECT_NE(core::to_string(put.error()).find(told), std::string::npos)
        << core::to_string(put.error());
    EXPECT_NE(core::to_string(put.error()).find("s3://farm/a"), std::string::npos);
    EXPECT_TRUE(client.reachable());
    EXPECT_EQ(server.requests().size(), 1u);
  }
}

TEST(Client, LargeObjectsArriveWhole) {
  std::string bytes(3'000'000, '\0');
  for (std::size_t k = 0; k < bytes.size(); ++k) bytes[k] = static_cast<char>(k * k >> 8);
  ScriptedServer server({answer("503 Slow Down"), answer("200 OK"), answer("200 OK", bytes)});
  {
    const Client client = client_of(server);
    EXPECT_TRUE(client.put("a", bytes));
    EXPECT_EQ(**client.get("a"), bytes);
  }
  EXPECT_TRUE(server.requests()[1].ends_with("\r\n\r\n" + bytes));
}

TEST(Client, NothingIsNoError) {
  ScriptedServer server({answer("404 Not Found", refusal("NoSuchKey")),
                         answer("404 Not Found", refusal("NoSuchBucket")),
                         answer("204 No Content")});
  const Client client = client_of(server);
  EXPECT_FALSE(client.get("a")->has_value());
  EXPECT_FALSE(client.get("a"));
  EXPECT_TRUE(client.remove("a"));
}

}  // namespace
}  // namespace oddroad::s3
