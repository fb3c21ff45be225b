// Who asks which store: from the environment, as other S3 clients read it.
#pragma once

#include <functional>
#include <string>

#include "engine/core/result.h"

namespace oddroad::s3 {

struct Access {
  std::string endpoint;  // "https://s3.eu-central-1.amazonaws.com", without a slash at the end
  std::string region;
  std::string key_id, secret;
  std::string session_token;  // of temporary credentials; may be empty
};

// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN; AWS_REGION or AWS_DEFAULT_REGION
// (else us-east-1); AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL (else Amazon's of that region).
// `variable`: std::getenv. Errors: no credentials, an endpoint that is no URL of http or https.
core::Result<Access> access_from(const std::function<const char*(const char*)>& variable);

}  // namespace oddroad::s3
