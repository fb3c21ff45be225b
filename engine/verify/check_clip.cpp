#include "engine/verify/check_clip.h"

#include <cmath>
#include <filesystem>

#include "engine/capture/tolerances.h"
#include "engine/verify/text.h"
#include "engine/verify/true_boxes.h"

namespace oddroad::verify {
namespace {

class ClipChecker {
 public:
  ClipChecker(const ClipContext& context, Check& check)
      : clip_(context.clip),
        rebuilt_(context.rebuilt),
        ontology_(context.ontology),
        check_(check) {}

  void run() {
    const scenario::Variant& v = rebuilt_.variant;
    same("scenario", clip_.scenario, v.scenario);
    same("content_hash", clip_.content_hash, v.content_hash);
    same("map", clip_.map, std::filesystem::path(v.map_path).filename().string());
    same("rate_hz", clip_.rate_hz, v.record.rate_hz);
    same("site road", clip_.site_road, v.site.road_id);
    same("site s", clip_.site_s_m, v.site.s_m);
    same("site lane", std::to_string(clip_.site_lane), std::to_string(v.site.lane_id));
    same("site length", clip_.site_length_m, v.site.length_m);
    same("end_ns", std::to_string(clip_.end_ns), std::to_string(rebuilt_.timeline.end_ns));
    maps("parameter", clip_.parameters, v.parameters);
    maps("parameter value", clip_.parameter_values, v.parameter_values);
    maps("environment", clip_.environment, environment());
    same("street_lights", clip_.street_lights,
         std::string(world::to_string(rebuilt_.timeline.environment.street_lights)));
    for (int r = 0; r < 3; ++r) {
      same("T_map_world", clip_.T_map_world.translation[r],
           rebuilt_.stage.T_map_world.translation[r]);
      for (int c = 0; c < 3; ++c) same("T_map_world", clip_.T_map_world.linear[c][r], c == r);
    }
    actors();
    statics();
    events();
  }

 private:
  void same(const std::string& what, const std::string& found, const std::string& expected) {
    check_.compare(found == expected ? 0 : 1, 0, [&] {
      return Disagreement{"clip.json", what, found, expected};
    });
  }
  void same(const std::string& what, double found, double expected) {
    const double tolerance = capture::kRebuiltM * std::max(1.0, std::abs(expected));
    check_.compare(std::abs(found - expected), tolerance, [&] {
      return Disagreement{"clip.json", what, to_text(found), to_text(expected)};
    });
  }

  template <typename Value>
  void maps(const std::string& what, const std::map<std::string, Value>& found,
            const std::map<std::string, Value>& expected) {
    same("number of " + what + "s", std::to_string(found.size()), std::to_string(expected.size()));
    for (const auto& [name, value] : expected) {
      const auto it = found.find(name);
      same(what, it == found.end() ? "" : name, name);
      if (it != found.end()) same(what + " " + name, it->second, value);
    }
  }

  [[nodiscard]] std::map<std::string, double> environment() const {
    const world::Environment& e = rebuilt_.timeline.environment;
    return {{"sun_elevation_rad", e.sun_elevation_rad},
            {"sun_azimuth_rad", e.sun_azimuth_rad},
            {"moon_elevation_rad", e.moon_elevation_rad},
            {"moon_azimuth_rad", e.moon_azimuth_rad},
            {"moon_lit", e.moon_lit},
            {"cloud_cover", e.cloud_cover},
            {"turbidity", e.turbidity},
            {"latitude_rad", e.latitude_rad},
            {"longitude_rad", e.longitude_rad},
            {"fog_visibility_m", e.fog_visibility_m},
            {"fog_height_m", e.fog_height_m},
            {"fog_banks", e.fog_banks},
            {"dust_visibility_m", e.dust_visibility_m},
            {"smoke_visibility_m", e.smoke_visibility_m},
            {"smoke_x_m", e.smoke_x_m},
            {"smoke_y_m", e.smoke_y_m},
            {"smoke_z_m", e.smoke_z_m},
            {"smoke_radius_m", e.smoke_radius_m},
            {"wind_x_mps", e.wind_x_mps},
            {"wind_y_mps", e.wind_y_mps},
            {"temperature_c", e.temperature_c},
            {"rain_mm_per_h", e.rain_mm_per_h},
            {"snow_mm_per_h", e.snow_mm_per_h},
            {"wetness", e.wetness},
            {"water_film_mm", e.water_film_mm},
            {"puddles", e.puddles},
            {"snow_cover", e.snow_cover},
            {"snow_depth_m", e.snow_depth_m},
            {"snow_on_road", e.snow_on_road},
            {"friction", e.friction},
            {"sky_seed", double(e.sky_seed)},
            {"start_utc_s", double(e.start_utc_s)}};
  }

  void known_class(const std::string& what, std::uint8_t class_id) {
    same(what + " has a class of the ontology",
         ontology_.find(core::ClassId(class_id)) != nullptr ? "yes" : "no", "yes");
  }

  void actors() {
    const auto& expected = rebuilt_.timeline.actors;
    same("number of actors", std::to_string(clip_.actors.size()), std::to_string(expected.size()));
    for (std::size_t i = 0; i < std::min(expected.size(), clip_.actors.size()); ++i) {
      const ActorRecord& a = clip_.actors[i];
      const world::Actor& b = expected[i];
      const std::string what = "actor " + b.name;
      same(what + " id", std::to_string(a.id), std::to_string(b.id.value));
      same(what + " name", a.name, b.name);
      same(what + " type", a.type, b.type);
      same(what + " class", std::to_string(a.class_id), std::to_string(b.class_id.value));
      same(what + " rides", std::to_string(a.rides), std::to_string(b.rides.value));
      same(what + " is_ego", a.is_ego ? "yes" : "no", i == rebuilt_.timeline.ego ? "yes" : "no");
      const math::Aabb rest = rest_bounds(*b.model);
      same(what + " model_box", glm::length(a.box.lower - rest.lower), 0);
      same(what + " model_box", glm::length(a.box.upper - rest.upper), 0);
      known_class(what, a.class_id);
    }
  }

  void statics() {
    const auto& expected = rebuilt_.stage.things;
    same("number of statics", std::to_string(clip_.statics.size()),
         std::to_string(expected.size()));
    for (std::size_t i = 0; i < std::min(expected.size(), clip_.statics.size()); ++i) {
      const StaticRecord& a = clip_.statics[i];
      const world::StaticThing& b = expected[i];
      same("static " + b.name,
           std::to_string(a.id) + " " + a.name + " " + std::to_string(a.class_id),
           std::to_string(b.id.value) + " " + b.name + " " + std::to_string(b.class_id.value));
      known_class("static " + b.name, a.class_id);
      const capture::OntologyClass* known = ontology_.find(core::ClassId(a.class_id));
      if (known == nullptr || !known->thing) continue;
      same("static " + b.name + ", which is countable, has a box", b.labelled_box ? "yes" : "no",
           "yes");
    }
  }

  void events() {
    std::string found, expected;
    for (const EventRecord& e : clip_.events)
      found += std::to_string(e.stamp_ns) + " " + e.what + "; ";
    for (const auto& e : rebuilt_.timeline.events) {
      expected += std::to_string(e.stamp_ns) + " " + e.what + "; ";
    }
    same("events", found, expected);
  }

  const ClipRecord& clip_;
  const RebuiltClip& rebuilt_;
  const capture::Ontology& ontology_;
  Check& check_;
};

}  // namespace

void check_clip(const ClipContext& context, Report& report) {
  ClipChecker(context, report["clip"]).run();
}

}  // namespace oddroad::verify
