// Objects of one bucket, over HTTP by libcurl, which signs (AWS Signature Version 4). Addresses are
// of the path style, ENDPOINT/BUCKET/KEY. Each request carries the SHA-256 of its body, so that a
// store refuses what became other bytes on its way. What a store that is busy, or a connection that
// breaks, did not do is asked again, with growing pauses; so any request may reach the store twice.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/s3/access.h"
#include "engine/s3/answers.h"

namespace oddroad::s3 {

struct Tries {
  int count = 7;
  double first_pause_s = 0.25;  // doubled from one to the next: 16 s in all
};

// May be used from several threads at once. Errors name the object, what the store said and what to
// look at; reachable() tells those that pass from those that do not.
class Client {
 public:
  Client(Access access, std::string bucket, Tries tries = {});
  ~Client();
  Client(Client&&) noexcept;

  // Objects whose keys begin with `prefix`, in order of keys. `limit`: no more than so many are
  // wanted (1000 at most then); 0: all, page by page.
  [[nodiscard]] core::Result<std::vector<Object>> list(const std::string& prefix,
                                                       int limit = 0) const;
  // Nothing: there is no such object.
  [[nodiscard]] core::Result<std::optional<std::string>> get(const std::string& key) const;
  // Creates or replaces, whole or not at all. Up to 5 GiB. `sha256`: of the bytes, in hex.
  core::Result<void> put(const std::string& key, const std::string& bytes,
                         const std::string& sha256) const;
  core::Result<void> put(const std::string& key, const std::string& bytes) const;
  // The same, where there is no such object (If-None-Match: *). False: there is one, which can be
  // our own where the answer to a first try was lost.
  core::Result<bool> put_new(const std::string& key, const std::string& bytes) const;
  // It may be gone already.
  core::Result<void> remove(const std::string& key) const;

  // False after an error that passes by itself: no connection, or a store that is too busy.
  [[nodiscard]] bool reachable() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oddroad::s3
