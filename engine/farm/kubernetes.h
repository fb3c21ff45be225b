// An Indexed Job for Kubernetes (batch/v1, from 1.29), and the container image that it runs.
#pragma once

#include <cstdint>
#include <string>

namespace oddroad::farm {

struct KubernetesOptions {
  std::string name;       // of the job: DNS label
  std::string image;      // with the program in it
  std::string claim;      // PersistentVolumeClaim, ReadWriteMany, that holds plan and dataset
  std::string mount;      // where containers see it
  std::string plan, out;  // below `mount`; `out` may be in a bucket
  std::string secret;     // whose keys become environment variables; empty: none
  std::uint32_t tasks = 0;
  int parallel = 64;
  int cpus = 4;
  std::string memory = "8Gi";
};

// The manifest as YAML. Restarts: 75 (interrupted) and lost machines are not counted, 64, 66 and 69
// (wrong call, wrong plan, unfit machine) fail the index at once, all else is tried three times.
std::string kubernetes_job(const KubernetesOptions& options);

// Two stages, Debian 12 packages only: builds the source tree it is given and installs it.
std::string containerfile();

// "dataset_v2.1" as a DNS label: "dataset-v2-1".
std::string dns_label(const std::string& text);

}  // namespace oddroad::farm
