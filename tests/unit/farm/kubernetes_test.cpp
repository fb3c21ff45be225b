// The manifest field by field, against the fields and types of the Kubernetes API reference
// (batch/v1 Job, core/v1 PodTemplateSpec), and the rules that go with them there.
#include "engine/farm/kubernetes.h"

#include <functional>
#include <map>
#include <set>
#include <sstream>

#include <yaml-cpp/yaml.h>

#include "tests/unit/farm/plans.h"

namespace oddroad::farm {
namespace {

// What a field may hold: "string", "integer", "strings", "integers", "labels", or the name of an
// object in the table; "[]" behind it: a list of those.
const std::map<std::string, std::map<std::string, std::string>> kObjects = {
    {"Job",
     {{"apiVersion", "string"}, {"kind", "string"}, {"metadata", "Meta"}, {"spec", "JobSpec"}}},
    {"Meta", {{"name", "string"}, {"labels", "labels"}}},
    {"JobSpec",
     {{"completionMode", "string"},
      {"completions", "integer"},
      {"parallelism", "integer"},
      {"backoffLimitPerIndex", "integer"},
      {"maxFailedIndexes", "integer"},
      {"podReplacementPolicy", "string"},
      {"podFailurePolicy", "FailurePolicy"},
      {"ttlSecondsAfterFinished", "integer"},
      {"template", "PodTemplate"}}},
    {"FailurePolicy", {{"rules", "Rule[]"}}},
    {"Rule", {{"action", "string"}, {"onPodConditions", "Condition[]"}, {"onExitCodes", "Codes"}}},
    {"Condition", {{"type", "string"}, {"status", "string"}}},
    {"Codes", {{"containerName", "string"}, {"operator", "string"}, {"values", "integers"}}},
    {"PodTemplate", {{"metadata", "Meta"}, {"spec", "PodSpec"}}},
    {"PodSpec",
     {{"restartPolicy", "string"},
      {"terminationGracePeriodSeconds", "integer"},
      {"containers", "Container[]"},
      {"volumes", "Volume[]"}}},
    {"Container",
     {{"name", "string"},
      {"image", "string"},
      {"command", "strings"},
      {"envFrom", "EnvFrom[]"},
      {"resources", "Resources"},
      {"volumeMounts", "Mount[]"}}},
    {"EnvFrom", {{"secretRef", "Reference"}}},
    {"Reference", {{"name", "string"}}},
    {"Resources", {{"requests", "labels"}, {"limits", "labels"}}},
    {"Mount", {{"name", "string"}, {"mountPath", "string"}}},
    {"Volume", {{"name", "string"}, {"persistentVolumeClaim", "Claim"}, {"emptyDir", "Empty"}}},
    {"Claim", {{"claimName", "string"}}},
    {"Empty", {}}};

// Kubernetes takes a plain `75` or `true` for a number or a truth value and refuses it for a
// string.
bool is_plain_integer(const YAML::Node& node) {
  if (!node.IsScalar() || node.Tag() == "!") return false;  // "!": quoted
  const std::string text = node.Scalar();
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

void check(const YAML::Node& node, const std::string& type, const std::string& where) {
  const auto each = [&](const std::function<void(const YAML::Node&)>& one) {
    ASSERT_TRUE(node.IsSequence()) << where;
    ASSERT_GT(node.size(), 0u) << where;
    for (const auto& item : node) one(item);
  };
  if (type == "string") {
    EXPECT_TRUE(node.IsScalar() && !is_plain_integer(node) && !node.Scalar().empty()) << where;
  } else if (type == "integer") {
    EXPECT_TRUE(is_plain_integer(node)) << where;
  } else if (type == "strings") {
    each([&](const YAML::Node& item) {
      check(item, "string", where);
    });
  } else if (type == "integers") {
    each([&](const YAML::Node& item) {
      check(item, "integer", where);
    });
  } else if (type == "labels") {
    ASSERT_TRUE(node.IsMap()) << where;
    for (const auto& entry : node) check(entry.second, "string", where);
  } else if (type.ends_with("[]")) {
    each([&](const YAML::Node& item) {
      check(item, type.substr(0, type.size() - 2), where + "[]");
    });
  } else {
    ASSERT_TRUE(node.IsMap()) << where;
    const auto& fields = kObjects.at(type);
    for (const auto& entry : node) {
      const std::string name = entry.first.Scalar();
      ASSERT_TRUE(fields.contains(name)) << where << "." << name << " is no field of " << type;
      check(entry.second, fields.at(name), where + "." + name);
    }
  }
}

YAML::Node manifest(const std::string& secret = {}) {
  KubernetesOptions options;
  options.name = dns_label("oddroad-0123456789");
  options.image = "registry.example/oddroad:1";
  options.claim = "data";
  options.mount = "/data";
  options.plan = "/data/my: plan.jsonl";
  options.out = "/data/75";
  options.tasks = 960;
  options.secret = secret;
  return YAML::Load(kubernetes_job(options));
}

TEST(Kubernetes, EveryFieldIsKnownAndOfItsType) {
  check(manifest(), "Job", "job");
  check(manifest("75"), "Job", "job");
}

TEST(Kubernetes, CredentialsComeFromASecret) {
  const auto container = [](const YAML::Node& job) {
    return job["spec"]["template"]["spec"]["containers"][0];
  };
  EXPECT_FALSE(container(manifest())["envFrom"]);
  EXPECT_EQ(container(manifest("s3-keys"))["envFrom"][0]["secretRef"]["name"].Scalar(), "s3-keys");
}

TEST(Kubernetes, TheRulesOfIndexedJobsHold) {
  const YAML::Node job = manifest(), spec = job["spec"], pod = spec["template"]["spec"];
  EXPECT_EQ(job["apiVersion"].Scalar(), "batch/v1");
  EXPECT_EQ(job["kind"].Scalar(), "Job");
  EXPECT_EQ(spec["completionMode"].Scalar(), "Indexed");
  EXPECT_EQ(spec["completions"].as<int>(), 960);
  EXPECT_LE(spec["maxFailedIndexes"].as<int>(), 960);
  // podFailurePolicy and backoffLimitPerIndex both need this one.
  EXPECT_EQ(pod["restartPolicy"].Scalar(), "Never");
  for (const auto& rule : spec["podFailurePolicy"]["rules"]) {
    EXPECT_NE(rule["onPodConditions"].IsDefined(), rule["onExitCodes"].IsDefined());
    if (!rule["onExitCodes"].IsDefined()) continue;
    EXPECT_EQ(rule["onExitCodes"]["containerName"].Scalar(), pod["containers"][0]["name"].Scalar());
    // 0 is refused; 65 never comes out (--ok-if-set-aside).
    for (const auto& code : rule["onExitCodes"]["values"]) EXPECT_GT(code.as<int>(), 65 - 2);
  }
  std::map<std::string, bool> volumes;
  for (const auto& volume : pod["volumes"]) volumes[volume["name"].Scalar()] = true;
  for (const auto& mount : pod["containers"][0]["volumeMounts"]) {
    EXPECT_TRUE(volumes[mount["name"].Scalar()]);
  }
}

TEST(Kubernetes, NamesAreDnsLabels) {
  EXPECT_EQ(dns_label("Data_set v2.1"), "data-set-v2-1");
  EXPECT_EQ(dns_label("--"), "oddroad");
  EXPECT_LE(dns_label(std::string(300, 'x')).size(), 63u);
}

TEST(Kubernetes, TheImageComesFromDebianPackages) {
  std::istringstream lines(containerfile());
  std::map<std::string, int> instructions;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#' || line[0] == ' ') continue;
    const std::string name = line.substr(0, line.find(' '));
    ++instructions[name];
    const bool from = name == "FROM";
    EXPECT_TRUE(!from || line.find("debian:12") != std::string::npos) << line;
    for (const char* fetch : {"curl", "wget", "pip", "npm", "ADD http"}) {
      EXPECT_EQ(line.find(fetch), std::string::npos) << line;
    }
  }
  for (const auto& [name, count] : instructions) {
    static const std::set<std::string> known = {"FROM", "RUN",        "COPY", "WORKDIR",
                                                "ENV",  "ENTRYPOINT", "USER"};
    EXPECT_TRUE(known.contains(name)) << name;
  }
  EXPECT_EQ(instructions["FROM"], 2);
}

}  // namespace
}  // namespace oddroad::farm
