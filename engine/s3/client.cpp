#include "engine/s3/client.h"

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <random>
#include <thread>

#include <curl/curl.h>

#include "engine/core/sha256.h"
#include "engine/s3/place.h"

namespace oddroad::s3 {
namespace {

constexpr long kConnectSeconds = 10, kSilentSeconds = 60;

struct Request {
  const char* method = "GET";
  std::string key, query;
  const std::string* body = nullptr;
  std::string sha256;  // of the body
  bool only_if_new = false;
};

struct Answer {
  long status = 0;  // 0: none came
  std::string body;
  std::string trouble;  // why none came
};

bool passes(const Answer& answer) {
  switch (answer.status) {
    case 0:
    case 408:
    case 409:  // another conditional write of this object is under way
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return true;
    default:
      return false;
  }
}

std::string hint_for(const std::string& code, long status) {
  if (code == "NoSuchBucket") return "make the bucket first";
  if (code == "NotImplemented") return "it must know If-None-Match on PUT";
  if (code == "RequestTimeTooSkewed") return "set the clock of this machine";
  if (status == 301 || status == 307 || code == "AuthorizationHeaderMalformed") {
    return "set AWS_REGION to the bucket's region";
  }
  if (status != 401 && status != 403) return {};
  return "look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and at what they "
         "may do";
}

std::size_t take_bytes(char* bytes, std::size_t, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(bytes, count);
  return count;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeList>;

void add(Headers& headers, const std::string& line) {
  headers.reset(curl_slist_append(headers.release(), line.c_str()));
}

// Up to half as long again, or else all who were sent away come back at once.
void pause(double seconds) {
  const double part = static_cast<double>(std::random_device()() % 1000) / 2000;
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds * (0.75 + part)));
}

}  // namespace

struct Client::State {
  Access access;
  std::string bucket;
  Tries tries;
  mutable std::mutex mutex;
  mutable std::vector<CURL*> idle;  // guarded by the mutex; they hold connections open
  mutable std::atomic<bool> reachable = true;

  ~State() {
    for (CURL* handle : idle) curl_easy_cleanup(handle);
  }

  CURL* take() const {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    const std::lock_guard lock(mutex);
    if (ready != CURLE_OK) return nullptr;
    if (idle.empty()) return curl_easy_init();
    CURL* handle = idle.back();
    idle.pop_back();
    return handle;
  }

  void give_back(CURL* handle) const {
    curl_easy_reset(handle);  // keeps its connections
    const std::lock_guard lock(mutex);
    idle.push_back(handle);
  }

  // libcurl 7.88 signs all headers that it is given, takes path and query into the signature as
  // they are, and adds no x-amz-content-sha256 of its own to requests without a body.
  Headers headers(const Request& request) const {
    Headers out;
    add(out, "x-amz-content-sha256: " + request.sha256);
    if (!access.session_token.empty()) add(out, "x-amz-security-token: " + access.session_token);
    if (request.body != nullptr) add(out, "Content-Type: application/octet-stream");
    if (request.only_if_new) add(out, "If-None-Match: *");
    return out;
  }

  Answer send_once(const Request& request) const {
    CURL* handle = take();
    if (handle == nullptr) return {0, {}, "libcurl does not start"};
    Answer answer;
    std::array<char, CURL_ERROR_SIZE> trouble{};
    const Headers lines = headers(request);
    std::string url = access.endpoint + "/" + bucket + "/" + escaped(request.key, true);
    if (!request.query.empty()) url += "?" + request.query;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method);
    if (request.body != nullptr) {
      curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body->data());
      curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.body->size()));
    }
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines.get());
    curl_easy_setopt(handle, CURLOPT_AWS_SIGV4, ("aws:amz:" + access.region + ":s3").c_str());
    curl_easy_setopt(handle, CURLOPT_USERNAME, access.key_id.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, access.secret.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, kSilentSeconds);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, trouble.data());
    const CURLcode done = curl_easy_perform(handle);
    if (done == CURLE_OK) {
      curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer.status);
    } else {
      answer.trouble = trouble[0] != '\0' ? trouble.data() : curl_easy_strerror(done);
    }
    give_back(handle);
    return answer;
  }

  Answer send(const Request& request) const {
    Answer answer = send_once(request);
    double seconds = tries.first_pause_s;
    for (int k = 1; k < tries.count && passes(answer); ++k, seconds *= 2) {
      pause(seconds);
      answer = send_once(request);
    }
    reachable = !passes(answer);
    return answer;
  }

  tl::unexpected<core::Diagnostics> refused(const Request& request, const Answer& answer) const {
    const core::SourceLocation where{to_string(Place{bucket, {}}) + "/" + request.key};
    if (answer.status == 0) {
      return core::fail_at(where, "cannot reach " + access.endpoint + ": " + answer.trouble);
    }
    const Refusal refusal = parse_refusal(answer.body);
    std::string said =
        refusal.code.empty() ? "HTTP status " + std::to_string(answer.status) : refusal.code;
    if (!refusal.message.empty()) said += ": " + refusal.message;
    return core::fail_at(where, "the store at " + access.endpoint + " refused: " + said,
                         hint_for(refusal.code, answer.status));
  }
};

Client::Client(Access access, std::string bucket, Tries tries)
    : state_(new State{std::move(access), std::move(bucket), tries, {}, {}, {}}) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;

bool Client::reachable() const {
  return state_->reachable;
}

core::Result<std::vector<Object>> Client::list(const std::string& prefix, int limit) const {
  std::vector<Object> objects;
  std::string token;
  do {
    // In the order of names, as they are signed.
    Request request{"GET", {}, {}, nullptr, core::sha256_hex({}), false};
    if (!token.empty()) request.query = "continuation-token=" + escaped(token, false) + "&";
    request.query += "list-type=2";
    if (limit > 0) request.query += "&max-keys=" + std::to_string(limit);
    if (!prefix.empty()) request.query += "&prefix=" + escaped(prefix, false);
    const Answer answer = state_->send(request);
    if (answer.status != 200) return state_->refused(request, answer);
    auto page = parse_page(answer.body);
    if (!page) {
      return core::fail_at({to_string(Place{state_->bucket, prefix + "/"})},
                           core::to_string(page.error()));
    }
    objects.insert(objects.end(), page->objects.begin(), page->objects.end());
    token = limit > 0 ? std::string() : page->next;
  } while (!token.empty());
  return objects;
}

core::Result<std::optional<std::string>> Client::get(const std::string& key) const {
  const Request request{"GET", key, {}, nullptr, core::sha256_hex({}), false};
  Answer answer = state_->send(request);
  if (answer.status == 200) return std::move(answer.body);
  if (answer.status == 404 && parse_refusal(answer.body).code == "NoSuchKey") return std::nullopt;
  return state_->refused(request, answer);
}

core::Result<void> Client::put(const std::string& key, const std::string& bytes,
                               const std::string& sha256) const {
  const Request request{"PUT", key, {}, &bytes, sha256, false};
  const Answer answer = state_->send(request);
  if (answer.status == 200) return {};
  return state_->refused(request, answer);
}

core::Result<void> Client::put(const std::string& key, const std::string& bytes) const {
  return put(key, bytes, core::sha256_hex(bytes));
}

core::Result<bool> Client::put_new(const std::string& key, const std::string& bytes) const {
  const Request request{"PUT", key, {}, &bytes, core::sha256_hex(bytes), true};
  const Answer answer = state_->send(request);
  if (answer.status == 200) return true;
  if (answer.status == 412) return false;
  return state_->refused(request, answer);
}

core::Result<void> Client::remove(const std::string& key) const {
  const Request request{"DELETE", key, {}, nullptr, core::sha256_hex({}), false};
  const Answer answer = state_->send(request);
  if (answer.status == 204 || answer.status == 200 || answer.status == 404) return {};
  return state_->refused(request, answer);
}

}  // namespace oddroad::s3
