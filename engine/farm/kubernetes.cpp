#include "engine/farm/kubernetes.h"

#include <cctype>

#include <nlohmann/json.hpp>

namespace oddroad::farm {
namespace {

// JSON is YAML; its strings are quoted as YAML wants them.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump();
}

}  // namespace

std::string dns_label(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (std::isalnum(u) != 0) {
      out += static_cast<char>(std::tolower(u));
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  out = out.substr(0, 40);
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "oddroad" : out;
}

std::string kubernetes_job(const KubernetesOptions& o) {
  const std::string cpus = quoted(std::to_string(o.cpus));
  const std::string command = "[oddroad, farm, work, " + quoted(o.plan) + ", \"-o\", " +
                              quoted(o.out) + ", --scratch, /scratch, --ok-if-set-aside]";
  return "apiVersion: batch/v1\n"
         "kind: Job\n"
         "metadata:\n"
         "  name: " +
         quoted(o.name) +
         "\n"
         "  labels: {app: oddroad}\n"
         "spec:\n"
         "  completionMode: Indexed  # JOB_COMPLETION_INDEX is the number of the task\n"
         "  completions: " +
         std::to_string(o.tasks) +
         "\n"
         "  parallelism: " +
         std::to_string(o.parallel) +
         "\n"
         "  backoffLimitPerIndex: 3\n"
         "  maxFailedIndexes: " +
         std::to_string(o.tasks) +
         "\n"
         "  podReplacementPolicy: Failed\n"
         "  podFailurePolicy:\n"
         "    rules:\n"
         "      - action: Ignore  # eviction, a lost node\n"
         "        onPodConditions: [{type: DisruptionTarget, status: \"True\"}]\n"
         "      - action: Ignore  # interrupted: run again\n"
         "        onExitCodes: {containerName: render, operator: In, values: [75]}\n"
         "      - action: FailIndex  # wrong call, wrong plan, a machine that cannot do it\n"
         "        onExitCodes: {containerName: render, operator: In, values: [64, 66, 69]}\n"
         "  ttlSecondsAfterFinished: 86400\n"
         "  template:\n"
         "    metadata:\n"
         "      labels: {app: oddroad}\n"
         "    spec:\n"
         "      restartPolicy: Never\n"
         "      terminationGracePeriodSeconds: 120\n"
         "      containers:\n"
         "        - name: render\n"
         "          image: " +
         quoted(o.image) +
         "\n"
         "          command: " +
         command + "\n" +
         (o.secret.empty()
              ? std::string()
              : "          envFrom:\n            - secretRef: {name: " + quoted(o.secret) + "}\n") +
         "          resources:\n"
         "            requests: {cpu: " +
         cpus + ", memory: " + quoted(o.memory) +
         "}\n"
         "            limits: {cpu: " +
         cpus + ", memory: " + quoted(o.memory) +
         "}\n"
         "          volumeMounts:\n"
         "            - {name: data, mountPath: " +
         quoted(o.mount) +
         "}\n"
         "            - {name: scratch, mountPath: /scratch}\n"
         "      volumes:\n"
         "        - name: data\n"
         "          persistentVolumeClaim: {claimName: " +
         quoted(o.claim) +
         "}\n"
         "        - name: scratch\n"
         "          emptyDir: {}\n";
}

std::string containerfile() {
  return "# podman build -f Containerfile -t oddroad SOURCE_TREE\n"
         "FROM docker.io/library/debian:12 AS build\n"
         "COPY . /src\n"
         "WORKDIR /src\n"
         "RUN scripts/install_packages.sh \\\n"
         "    && scripts/build.sh release oddroad \\\n"
         "    && cmake --install build/release --prefix /opt/oddroad\n"
         "\n"
         "FROM docker.io/library/debian:12\n"
         "RUN apt-get update \\\n"
         "    && apt-get install -y --no-install-recommends libvulkan1 mesa-vulkan-drivers \\\n"
         "       libembree3-3 libassimp5 libyaml-cpp0.7 libopenexr-3-1-30 libimath-3-1-29 \\\n"
         "       libpugixml1v5 libtbb12 libspng0 libjpeg62-turbo libssl3 libcurl4 \\\n"
         "       ca-certificates libmeshoptimizer2d libsqlite3-0 libsimdjson14 libdeflate0 \\\n"
         "    && rm -rf /var/lib/apt/lists/*\n"
         "COPY --from=build /opt/oddroad /opt/oddroad\n"
         "ENV PATH=/opt/oddroad/bin:$PATH\n"
         "USER 1000:1000\n"
         "ENTRYPOINT [\"oddroad\"]\n";
}

}  // namespace oddroad::farm
