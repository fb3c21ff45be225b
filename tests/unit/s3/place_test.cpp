// Addresses and credentials as people give them.
#include "engine/s3/place.h"

#include <map>

#include <gtest/gtest.h>

#include "engine/s3/access.h"

namespace oddroad::s3 {
namespace {

TEST(Place, BucketAndPrefix) {
  EXPECT_EQ(*parse_url("s3://farm"), (Place{"farm", ""}));
  EXPECT_EQ(*parse_url("s3://farm/"), (Place{"farm", ""}));
  EXPECT_EQ(*parse_url("s3://my-farm.1/a/b c//"), (Place{"my-farm.1", "a/b c/"}));
  EXPECT_EQ(to_string(*parse_url("s3://farm/a/b/")), "s3://farm/a/b");
  EXPECT_EQ(to_string(*parse_url("s3://farm")), "s3://farm");
  EXPECT_TRUE(is_url("s3://"));
  EXPECT_FALSE(is_url("s3:/farm"));
  EXPECT_FALSE(is_url("dataset"));
}

TEST(Place, WhatIsNone) {
  for (const char* text : {"s3://", "s3:///a", "s3://F", "s3://Farm/a", "s3://-farm", "s3://a_b/c",
                           "s3://farm/a//b", "s3://farm/../b", "s3://farm/./b", "farm/a"}) {
    const auto place = parse_url(text);
    ASSERT_FALSE(place) << text;
    EXPECT_NE(core::to_string(place.error()).find("s3://BUCKET/PREFIX"), std::string::npos) << text;
  }
}

TEST(Place, EscapesLikeTheSpecification) {
  EXPECT_EQ(escaped("aZ09-._~", false), "aZ09-._~");
  EXPECT_EQ(escaped("a/b c+\xc3\xa4=", true), "a/b%20c%2B%C3%A4%3D");
  EXPECT_EQ(escaped("a/b", false), "a%2Fb");
}

core::Result<Access> access_in(const std::map<std::string, std::string>& environment) {
  return access_from([&](const char* name) {
    const auto it = environment.find(name);
    return it == environment.end() ? nullptr : it->second.c_str();
  });
}

TEST(Access, FromTheEnvironment) {
  std::map<std::string, std::string> environment = {{"AWS_ACCESS_KEY_ID", "me"},
                                                    {"AWS_SECRET_ACCESS_KEY", "psst"}};
  EXPECT_EQ(access_in(environment)->endpoint, "https://s3.us-east-1.amazonaws.com");
  environment["AWS_DEFAULT_REGION"] = "eu-north-1";
  environment["AWS_REGION"] = "";
  EXPECT_EQ(access_in(environment)->endpoint, "https://s3.eu-north-1.amazonaws.com");
  environment["AWS_ENDPOINT_URL"] = "http://localhost:9000/";
  EXPECT_EQ(access_in(environment)->endpoint, "http://localhost:9000");
  environment["AWS_ENDPOINT_URL_S3"] = "http://[::1]:9001";
  EXPECT_EQ(access_in(environment)->endpoint, "http://[::1]:9001");
  EXPECT_EQ(access_in(environment)->region, "eu-north-1");
  environment["AWS_ENDPOINT_URL_S3"] = "localhost:9000";
  EXPECT_NE(core::to_string(access_in(environment).error()).find("localhost:9000"),
            std::string::npos);
  environment["AWS_SECRET_ACCESS_KEY"] = "";
  EXPECT_NE(core::to_string(access_in(environment).error()).find("AWS_SECRET_ACCESS_KEY"),
            std::string::npos);
}

}  // namespace
}  // namespace oddroad::s3
