#include "engine/s3/access.h"

#include <initializer_list>

namespace oddroad::s3 {

core::Result<Access> access_from(const std::function<const char*(const char*)>& variable) {
  const auto first_of = [&](std::initializer_list<const char*> names) -> std::string {
    for (const char* name : names) {
      const char* value = variable(name);
      if (value != nullptr && *value != '\0') return value;
    }
    return {};
  };
  Access access;
  access.key_id = first_of({"AWS_ACCESS_KEY_ID"});
  access.secret = first_of({"AWS_SECRET_ACCESS_KEY"});
  access.session_token = first_of({"AWS_SESSION_TOKEN"});
  access.region = first_of({"AWS_REGION", "AWS_DEFAULT_REGION"});
  access.endpoint = first_of({"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"});
  if (access.key_id.empty() || access.secret.empty()) {
    return core::fail("no credentials for an object store",
                      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }
  if (access.region.empty()) access.region = "us-east-1";
  if (access.endpoint.empty()) access.endpoint = "https://s3." + access.region + ".amazonaws.com";
  while (access.endpoint.ends_with('/')) access.endpoint.pop_back();
  if (!access.endpoint.starts_with("https://") && !access.endpoint.starts_with("http://")) {
    return core::fail("AWS_ENDPOINT_URL is '" + access.endpoint +
                      "', expected http://HOST:PORT or https://HOST");
  }
  return access;
}

}  // namespace oddroad::s3
