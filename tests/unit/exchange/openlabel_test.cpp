// Files read as OpenLABEL's document describes them. The truth is the sample's own world; what
// checks it is shown to notice the mistakes that others made.
#include <cstdlib>
#include <fstream>
#include <functional>

#include <nlohmann/json.hpp>

#include "engine/dataset/png.h"
#include "engine/exchange/openlabel_clip.h"
#include "tests/unit/exchange/exported.h"

namespace oddroad::exchange {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

math::Pose pose_of(const Json& transform) {
  const auto q = transform.at("quaternion").get<std::vector<double>>();
  const auto t = transform.at("translation").get<std::vector<double>>();
  return {glm::dquat(q[3], q[0], q[1], q[2]), {t[0], t[1], t[2]}};
}

bool near(const math::Pose& a, const math::Pose& b) {
  return glm::length(a.translation - b.translation) < 1e-4 &&
         std::abs(glm::dot(a.rotation, b.rotation)) > 1 - 1e-9;
}

// val of the element with this name; empty: none.
Json value_of(const Json& elements, const std::string& name) {
  for (const Json& one : elements) {
    if (one.at("name") == name) return one.at("val");
  }
  return nullptr;
}

struct Rectangle {
  double left, top, right, bottom;
};
Rectangle corners(const Json& bbox) {
  const auto v = bbox.get<std::vector<double>>();
  return {v[0] - v[2] / 2, v[1] - v[3] / 2, v[0] + v[2] / 2, v[1] + v[3] / 2};
}

// The file and where its uris lead.
struct Document {
  Json root;
  fs::path dataset;
  [[nodiscard]] const Json& get(const char* key) const { return root.at("openlabel").at(key); }
};

Document exported(const test::Exported& e) {
  Document out{{}, e.set};
  for (const auto& [name, bytes] : test::tree_bytes(e.out)) {
    if (name == "LOST.md") continue;
    EXPECT_EQ(name.rfind("train/child-behind-van/000003-", 0), 0u) << name;
    EXPECT_TRUE(out.root.is_null());
    out.root = Json::parse(bytes);
  }
  return out;
}

// What is wrong with cuboids: against the world of the sample at the frame's time.
void check_boxes(const Document& d, std::vector<std::string>& wrong) {
  const auto things = test::sample_things();
  for (const auto& [number, frame] : d.get("frames").items()) {
    const double t_s = 1e-9 * frame.at("frame_properties").at("timestamp").get<double>();
    const auto& moved =
        frame.at("frame_properties").at("transforms").at("vehicle-iso8855_to_world");
    const math::Pose T_world_ego = pose_of(moved.at("transform_src_to_dst"));
    if (!near(T_world_ego, test::thing_at(things[0], t_s))) wrong.push_back("ego of " + number);
    for (const auto& thing : things) {
      if (thing.id == 1) continue;
      const std::string key = std::to_string(thing.id);
      const Json& objects = frame.at("objects");
      const Json val = objects.contains(key)
                           ? value_of(objects.at(key).at("object_data").at("cuboid"), "box")
                           : Json(nullptr);
      if (val.is_null()) {
        wrong.push_back("no box of " + key);
        continue;
      }
      const auto v = val.get<std::vector<double>>();
      const math::Pose pose{glm::dquat(v[6], v[3], v[4], v[5]), {v[0], v[1], v[2]}};
      const auto truth = test::box_at(thing, t_s);
      if (!near(T_world_ego * pose, truth.pose)) wrong.push_back("pose of " + key);
      if (glm::length(math::Vec3d(v[7], v[8], v[9]) - truth.size_m) > 1e-4) {
        wrong.push_back("size of " + key);
      }
    }
  }
}

// 2-D boxes hold exactly the pixels of their object in the file that the frame names, and corners
// of cuboids, projected with the file's own calibration, lie in the amodal ones.
void check_images(const Document& d, std::vector<std::string>& wrong) {
  for (const auto& [number, frame] : d.get("frames").items()) {
    const auto& properties = frame.at("frame_properties");
    for (const std::string camera : {"cam_left", "cam_right"}) {
      const auto lens =
          d.get("streams").at(camera).at("stream_properties").at("intrinsics_pinhole");
      const auto P = lens.at("camera_matrix").get<std::vector<double>>();
      const auto& cs = d.get("coordinate_systems").at(camera);
      if (P.size() != 12 || cs.at("parent") != "vehicle-iso8855") {
        wrong.push_back("calibration of " + camera);
        continue;
      }
      const math::Pose T_camera_ego = pose_of(cs.at("pose_wrt_parent")).inverse();
      const std::string uri = properties.at("streams").at(camera).at("stream_properties").at("ids");
      const auto ids = *dataset::decode_png16(*dataset::read_file(d.dataset / uri), uri);
      for (const auto& [key, object] : frame.at("objects").items()) {
        const Json& data = object.at("object_data");
        if (!data.contains("bbox")) continue;
        const Json visible = value_of(data.at("bbox"), camera + ".visible");
        if (visible.is_null()) continue;
        capture::Box2 mask;
        for (int y = 0; y < ids.height_px; ++y) {
          for (int x = 0; x < ids.width_px; ++x) {
            if (std::to_string(ids.at(x, y)) == key) test::grow(mask, x, y, x + 1, y + 1);
          }
        }
        const Rectangle r = corners(visible);
        if (r.left + 0.5 != mask.left || r.top + 0.5 != mask.top || r.right + 0.5 != mask.right ||
            r.bottom + 0.5 != mask.bottom) {
          wrong.push_back("outline of " + key + " in " + camera);
        }
        const auto v = value_of(data.at("cuboid"), "box").get<std::vector<double>>();
        const math::OrientedBox box{{glm::dquat(v[6], v[3], v[4], v[5]), {v[0], v[1], v[2]}},
                                    {v[7], v[8], v[9]}};
        capture::Box2 hull;
        for (const auto& corner : box.corners()) {
          const math::Vec3d p = T_camera_ego * corner;
          const double u = P[0] * p.x / p.z + P[2], w = P[5] * p.y / p.z + P[6];
          test::grow(hull, u, w, u + 1e-9, w + 1e-9);
        }
        const Rectangle a = corners(value_of(data.at("bbox"), camera + ".amodal"));
        const Rectangle clipped{std::max(hull.left, -0.5), std::max(hull.top, -0.5),
                                std::min(hull.right, lens.at("width_px").get<double>() - 0.5),
                                std::min(hull.bottom, lens.at("height_px").get<double>() - 0.5)};
        // Amodal boxes of the sample are those of the corners.
        if (std::abs(a.left - clipped.left) + std::abs(a.right - clipped.right) +
                std::abs(a.top - clipped.top) + std::abs(a.bottom - clipped.bottom) >
            1e-6) {
          wrong.push_back("amodal box of " + key + " in " + camera);
        }
      }
    }
  }
}

std::vector<int> frames_of(const Json& intervals) {
  std::vector<int> out;
  for (const Json& one : intervals) {
    for (int k = one.at("frame_start"); k <= one.at("frame_end").get<int>(); ++k) out.push_back(k);
  }
  return out;
}

// Nothing dangles, and what is said of a whole clip is what its frames hold. The schema sees none
// of this.
void check_references(const Document& d, std::vector<std::string>& wrong) {
  std::map<std::string, std::vector<int>> in;                         // frames by object
  std::map<std::string, std::map<std::string, std::vector<int>>> at;  // and by name of its data
  const Json& systems = d.get("coordinate_systems");
  const auto need_system = [&](const Json& name) {
    if (!systems.contains(name.get<std::string>())) wrong.push_back("no system " + name.dump());
  };
  for (const auto& [name, one] : systems.items()) {
    if (one.at("parent") != "") need_system(one.at("parent"));
  }
  const int n = static_cast<int>(d.get("frames").size());
  for (int k = 0; k < n; ++k) {
    const Json& frame = d.get("frames").at(std::to_string(k));
    for (const auto& [name, one] : frame.at("frame_properties").at("transforms").items()) {
      need_system(one.at("src"));
      need_system(one.at("dst"));
    }
    for (const auto& [name, one] : frame.at("frame_properties").at("streams").items()) {
      if (!d.get("streams").contains(name)) wrong.push_back("no stream " + name);
      if (!fs::exists(d.dataset / one.at("uri").get<std::string>())) wrong.push_back("no file");
    }
    for (const auto& [key, object] : frame.at("objects").items()) {
      in[key].push_back(k);
      for (const auto& [type, elements] : object.at("object_data").items()) {
        for (const Json& one : elements) {
          at[key][one.at("name").get<std::string>() + ":" + type].push_back(k);
          if (one.contains("coordinate_system")) need_system(one.at("coordinate_system"));
        }
      }
    }
  }
  if (in.size() != d.get("objects").size()) wrong.push_back("objects without frames");
  for (const auto& [key, object] : d.get("objects").items()) {
    if (frames_of(object.at("frame_intervals")) != in[key]) wrong.push_back("frames of " + key);
    std::map<std::string, std::vector<int>> pointers;
    for (const auto& [name, one] : object.at("object_data_pointers").items()) {
      pointers[name + ":" + one.at("type").get<std::string>()] =
          frames_of(one.at("frame_intervals"));
    }
    if (pointers != at[key]) wrong.push_back("pointers of " + key);
  }
  for (const auto& [key, relation] : d.get("relations").items()) {
    for (const char* side : {"rdf_subjects", "rdf_objects"}) {
      for (const Json& agent : relation.at(side)) {
        const std::string list = agent.at("type").get<std::string>() + "s";
        if (!d.get(list.c_str()).contains(agent.at("uid").get<std::string>())) {
          wrong.push_back("relation " + key);
        }
      }
    }
  }
}

std::vector<std::string> what_is_wrong(const Document& d) {
  std::vector<std::string> wrong;
  check_boxes(d, wrong);
  check_images(d, wrong);
  check_references(d, wrong);
  return wrong;
}

TEST(Openlabel, BoxesIdsAndCalibrationAreThoseOfTheWorld) {
  const test::Exported e(test::format_named("openlabel"), {{{"train", 1}}}, 3);
  const Document d = exported(e);
  EXPECT_EQ(what_is_wrong(d), std::vector<std::string>{});
  EXPECT_EQ(d.get("frames").size(), 3u);
  EXPECT_EQ(d.get("objects").size(), 4u);
  EXPECT_EQ(d.get("objects").at("3").at("type"), "pedestrian");
  EXPECT_EQ(e.summary.counts.at("boxes"), 12);
}

// Of formats.md's pitfalls: centres, order of quaternions, what the schema lets pass.
TEST(Openlabel, MistakesThatOthersMadeAreNoticed) {
  const test::Exported e(test::format_named("openlabel"), {{{"train", 1}}}, 2);
  const Document good = exported(e);
  const auto each = [](Json& root, const char* type,
                       const std::function<void(Json & val)>& change) {
    for (auto& frame : root.at("openlabel").at("frames")) {
      for (auto& object : frame.at("objects")) {
        auto& data = object.at("object_data");
        if (!data.contains(type)) continue;
        for (auto& one : data.at(type)) change(one.at("val"));
      }
    }
  };
  const std::map<std::string, std::function<void(Json&)>> mistakes = {
      {"corner of bbox",
       [&](Json& root) {
         each(root, "bbox", [](Json& v) {
           v[0] = v[0].get<double>() - v[2].get<double>() / 2;
           v[1] = v[1].get<double>() - v[3].get<double>() / 2;
         });
       }},
      {"pixels from their corners",
       [&](Json& root) {
         each(root, "bbox", [](Json& v) {
           v[0] = v[0].get<double>() + 0.5;
         });
       }},
      {"w first",
       [&](Json& root) {
         each(root, "cuboid", [](Json& v) {
           v = {v[0], v[1], v[2], v[6], v[3], v[4], v[5], v[7], v[8], v[9]};
         });
       }},
      {"width first",
       [&](Json& root) {
         each(root, "cuboid", [](Json& v) {
           std::swap(v[7], v[8]);
         });
       }},
      {"bottom instead of centre",
       [&](Json& root) {
         each(root, "cuboid", [](Json& v) {
           v[2] = v[2].get<double>() - v[9].get<double>() / 2;
         });
       }},
      {"3 x 3 camera matrix",
       [](Json& root) {
         root["openlabel"]["streams"]["cam_left"]["stream_properties"]["intrinsics_pinhole"]
             ["camera_matrix"] = {200, 0, 159.5, 0, 200, 54.5, 0, 0, 1};
       }},
      {"principal point from the corner",
       [](Json& root) {
         root["openlabel"]["streams"]["cam_left"]["stream_properties"]["intrinsics_pinhole"]
             ["camera_matrix"][2] = 160;
       }},
      {"mounting the wrong way round",
       [](Json& root) {
         auto& pose = root["openlabel"]["coordinate_systems"]["cam_right"]["pose_wrt_parent"];
         const math::Pose inverse = pose_of(pose).inverse();
         const auto& q = inverse.rotation;
         const auto& t = inverse.translation;
         pose = {{"quaternion", {q.x, q.y, q.z, q.w}}, {"translation", {t.x, t.y, t.z}}};
       }},
      {"an object's key",
       [](Json& root) {
         auto& objects = root["openlabel"]["frames"]["1"]["objects"];
         objects["9"] = objects["3"];
         objects.erase("3");
       }},
      {"a pointer", [](Json& root) {
         root["openlabel"]["objects"]["3"]["object_data_pointers"]["box"]["frame_intervals"][0]
             ["frame_end"] = 0;
       }}};
  for (const auto& [name, plant] : mistakes) {
    Document bad = good;
    plant(bad.root);
    EXPECT_NE(what_is_wrong(bad), std::vector<std::string>{}) << name;
  }
}

TEST(Openlabel, SensorsAreTakenAtTheirOwnInstant) {
  const test::Exported e(test::format_named("openlabel"));
  const Document d = exported(e);
  const Json& properties = d.get("frames").at("1").at("frame_properties");
  EXPECT_EQ(properties.at("timestamp"), 300'000'000);
  const Json& sync = properties.at("streams").at("lidar").at("stream_properties").at("sync");
  EXPECT_EQ(sync, (Json{{"frame_stream", 1}, {"timestamp", 280'000'000}}));
  const auto T =
      pose_of(properties.at("transforms").at("lidar_to_world").at("transform_src_to_dst"));
  EXPECT_TRUE(
      near(T, test::thing_at(test::sample_things()[0], 0.28) * test::sample_lidar().T_ego_lidar));
}

TEST(Openlabel, FactsEventsAndWeatherAreTold) {
  const test::Exported e(test::format_named("openlabel"), {{{"train", 1}}}, 4);
  const Document d = exported(e);
  const Json& events = d.get("events");
  EXPECT_EQ(events.at("0").at("name"), "child.run started");
  // At 500 ms; frames at 200 to 500 ms.
  EXPECT_EQ(events.at("0").at("frame_intervals"), (Json{{{"frame_start", 3}, {"frame_end", 3}}}));
  EXPECT_EQ(events.at("1").at("type"), "collision");
  EXPECT_FALSE(events.at("1").contains("frame_intervals")) << "after the last frame";
  EXPECT_EQ(value_of(events.at("1").at("event_data").at("vec"), "objects"), (Json{1, 2}));
  EXPECT_EQ(value_of(events.at("2").at("event_data").at("num"), "gap_m"), 0.5);
  const Json& contexts = d.get("contexts");
  EXPECT_EQ(value_of(contexts.at("0").at("context_data").at("num"), "friction"), 0.85);
  EXPECT_EQ(value_of(contexts.at("2").at("context_data").at("text"), "ego_speed"), "36 km/h");
  bool rides = false;
  for (const Json& one : d.get("relations")) {
    rides = rides || (one.at("type") == "rides" && one.at("rdf_subjects")[0].at("uid") == "5" &&
                      one.at("rdf_objects")[0].at("uid") == "4");
  }
  EXPECT_TRUE(rides);
}

TEST(Openlabel, LightsAreContextsAndWhoNeverMetTheEgoHasNoEvent) {
  const double never = std::numeric_limits<double>::infinity();
  dataset::ClipInfo info;
  info.end_ns = 900;
  info.facts.encounters = {{core::InstanceId(7), never, -1, never, -1, never},
                           {core::InstanceId(8), 2, 100, 1.5, 200, never}};
  info.signals = {{"17",
                   {{0, world::SignalState::kRed},
                    {150, world::SignalState::kRedYellow},
                    {200, world::SignalState::kGreen}}}};
  const std::vector<Tick> frames = {{0, 100}, {1, 200}, {2, 300}};
  const auto events = openlabel::events(info, frames);
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events.dump().find("null"), std::string::npos);
  EXPECT_EQ(events.at("0").at("type"), "least_gap");
  EXPECT_EQ(events.at("1").at("type"), "least_time_to_collision");
  EXPECT_EQ(frames_of(events.at("1").at("frame_intervals")), std::vector<int>{1});
  const auto contexts = openlabel::contexts(info, frames);
  ASSERT_EQ(contexts.size(), 5u) << "yellow was on between two frames";
  EXPECT_EQ(contexts.at("3").at("type"), "traffic_light.red");
  EXPECT_EQ(frames_of(contexts.at("3").at("frame_intervals")), std::vector<int>{0});
  EXPECT_EQ(contexts.at("4").at("name"), "signal 17");
  EXPECT_EQ(contexts.at("4").at("type"), "traffic_light.green");
  EXPECT_EQ(frames_of(contexts.at("4").at("frame_intervals")), (std::vector<int>{1, 2}));
}

TEST(Openlabel, ThresholdsAndClassesAct) {
  ExportOptions options{{{"train", 1}}};
  options.thresholds.min_visibility = 0.9;  // the bicycle is behind its rider
  const test::Exported seen(test::format_named("openlabel"), options);
  EXPECT_LT(exported(seen).get("objects").size(), 4u);
  options.thresholds = {0, 1'000'000};
  const test::Exported hit(test::format_named("openlabel"), options);
  EXPECT_EQ(exported(hit).get("objects").size(), 0u);
  const test::TemporaryFolder folder;
  options.thresholds = {};
  options.classes = folder.path() / "map.yaml";
  std::ofstream(options.classes) << "car: Vehicle\nbicycle: none\n";
  const test::Exported named(test::format_named("openlabel"), options);
  const Document d = exported(named);
  EXPECT_EQ(d.get("objects").at("2").at("type"), "Vehicle");
  EXPECT_FALSE(d.get("objects").contains("4"));
  EXPECT_EQ(d.get("ontologies").at("0").at("boundary_list").front(), "unknown");
}

bool passes_schema(const Document& d, const fs::path& schema, const fs::path& file) {
  std::ofstream(file) << d.root.dump();
  const std::string command = "/usr/bin/python3 -W ignore -m jsonschema -i '" + file.string() +
                              "' '" + schema.string() + "' > '" + file.string() + ".log' 2>&1";
  return std::system(command.c_str()) == 0;
}

TEST(Openlabel, TheSchemaTakesTheFile) {
  const fs::path schema = ODDROAD_SHARED_DIR "/data/openlabel/openlabel_json_schema-v1.0.0.json";
  if (!fs::exists(schema)) GTEST_SKIP() << schema << " is not there";
  if (std::system("/usr/bin/python3 -c 'import jsonschema' 2> /dev/null") != 0) {
    GTEST_SKIP() << "python3-jsonschema is not installed";
  }
  const test::Exported e(test::format_named("openlabel"), {{{"train", 1}}}, 2);
  Document d = exported(e);
  const fs::path file = e.folder.path() / "document.json";
  EXPECT_TRUE(passes_schema(d, schema, file)) << *dataset::read_file(file.string() + ".log");
  d.root["openlabel"]["objects"]["car_7"] = d.get("objects").at("2");
  EXPECT_FALSE(passes_schema(d, schema, file));
}

}  // namespace
}  // namespace oddroad::exchange
