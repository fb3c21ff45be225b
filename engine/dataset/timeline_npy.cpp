#include "engine/dataset/timeline_npy.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>

#include "engine/core/check.h"
#include "engine/dataset/npy.h"

namespace oddroad::dataset {
namespace {

constexpr std::array kFields = {"x",  "y",  "z",  "qw",           "qx",       "qy",    "qz",
                                "vx", "vy", "vz", "acceleration", "yaw_rate", "steer", "rolled"};
using Record = std::array<double, kFields.size()>;

Record to_record(const world::ActorState& s) {
  const auto& p = s.T_world_actor.translation;
  const auto& q = s.T_world_actor.rotation;
  const auto& v = s.velocity_mps;
  return {p.x,
          p.y,
          p.z,
          q.w,
          q.x,
          q.y,
          q.z,
          v.x,
          v.y,
          v.z,
          s.acceleration_mps2,
          s.yaw_rate_rps,
          s.steer_rad,
          s.rolled_m};
}

world::ActorState to_state(const Record& r) {
  world::ActorState s;
  s.T_world_actor.translation = {r[0], r[1], r[2]};
  s.T_world_actor.rotation = glm::dquat(r[3], r[4], r[5], r[6]);
  s.velocity_mps = {r[7], r[8], r[9]};
  s.acceleration_mps2 = r[10];
  s.yaw_rate_rps = r[11];
  s.steer_rad = r[12];
  s.rolled_m = r[13];
  return s;
}

std::string header_for(std::size_t actors, std::size_t steps) {
  std::string dictionary = "{'descr': [";
  for (const char* field : kFields) dictionary += std::string("('") + field + "', '<f8'), ";
  dictionary += "], 'fortran_order': False, 'shape': (" + std::to_string(actors) + ", " +
                std::to_string(steps) + "), }";
  return npy_header(dictionary);
}

void append(const Record& record, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(record.data()), sizeof record);
}

Record nobody() {
  Record record;
  record.fill(std::numeric_limits<double>::quiet_NaN());
  return record;
}

// Cuts what lies outside the actor's life.
void trim(world::Actor& actor) {
  const auto missing = [](const world::ActorState& s) {
    return std::isnan(s.T_world_actor.translation.x);
  };
  while (!actor.states.empty() && missing(actor.states.back())) actor.states.pop_back();
  const auto first = std::find_if_not(actor.states.begin(), actor.states.end(), missing);
  actor.first_step = first - actor.states.begin();
  actor.states.erase(actor.states.begin(), first);
}

}  // namespace

std::string encode_timeline(const world::Timeline& timeline) {
  const std::int64_t steps = timeline.actors.empty() ? 0 : timeline.end_ns / world::kStepNs + 1;
  std::string bytes = header_for(timeline.actors.size(), static_cast<std::size_t>(steps));
  for (const auto& actor : timeline.actors) {
    ODDROAD_CHECK(!actor.states.empty());
    ODDROAD_CHECK_OP(actor.first_step, >=, 0);
    ODDROAD_CHECK_OP(actor.end_ns(), <=, timeline.end_ns);
    for (std::int64_t k = 0; k < steps; ++k) {
      const std::int64_t t = k * world::kStepNs;
      const bool lives = t >= actor.begin_ns() && t <= actor.end_ns();
      append(lives ? to_record(actor.state(k)) : nobody(), bytes);
    }
  }
  return bytes;
}

core::Result<world::Timeline> decode_timeline(const std::string& bytes, const std::string& file) {
  // The shape is read; the header made for that shape must then be the header found.
  unsigned long long actors = 0, steps = 0;
  const std::size_t at = bytes.substr(0, 1024).find("'shape': (");
  const bool shaped =
      at != std::string::npos &&
      std::sscanf(bytes.substr(at, 64).c_str(), "'shape': (%12llu, %12llu)", &actors, &steps) == 2;
  // Far above any clip, far below where actors * steps would wrap around.
  const bool sensible = shaped && actors <= 65535 && steps <= 100'000'000;
  const std::string header = sensible ? header_for(actors, steps) : std::string();
  if (!sensible || bytes.compare(0, header.size(), header) != 0) {
    return core::fail_at({file}, "not the timeline array of this dataset format");
  }
  const std::size_t body = bytes.size() - header.size();
  if (body % sizeof(Record) != 0 || body / sizeof(Record) != actors * steps) {
    return core::fail_at({file}, "timeline is truncated or too long");
  }
  world::Timeline timeline;
  timeline.actors.resize(steps == 0 ? 0 : actors);
  const char* in = bytes.data() + header.size();
  for (auto& actor : timeline.actors) {
    actor.states.reserve(steps);
    for (std::size_t k = 0; k < steps; ++k, in += sizeof(Record)) {
      Record record;
      std::memcpy(record.data(), in, sizeof record);
      actor.states.push_back(to_state(record));
    }
    trim(actor);
    if (actor.states.empty()) return core::fail_at({file}, "an actor without any state");
  }
  if (steps > 0) timeline.end_ns = static_cast<std::int64_t>(steps - 1) * world::kStepNs;
  return timeline;
}

}  // namespace oddroad::dataset
