#include "engine/dataset/dataset_header.h"

#include "engine/dataset/file_io.h"
#include "engine/dataset/json_types.h"
#include "engine/dataset/staging.h"

namespace oddroad::dataset {
namespace {

// What a reader must know to use the numbers, in the dataset itself.
Json conventions_json() {
  return {
      {"units", "SI, radians; names carry units; stamps are int64 ns from the start of simulation"},
      {"world", "right-handed, x east, y north, z up; local to the clip, p_map = T_map_world * p"},
      {"ego",
       "x forward, y left, z up; origin on the ground below the rear axle at rest, moving "
       "with the sprung body"},
      {"camera", "x right, y down, z forward"},
      {"lidar", "x forward, y left, z up; points raw: each in the LiDAR frame at its own time"},
      {"poses", "T_a_b maps b-coordinates into a; quaternions w, x, y, z"},
      {"pixels",
       "continuous: the first pixel spans 0 to 1, its centre is 0.5; boxes are left, "
       "top, right, bottom with right and bottom exclusive"},
      {"ids", "PNG, 16 bit, 0 = nothing; the same number in pixels, points, boxes and tracks"},
      {"classes", "PNG, 8 bit, ids of the ontology, 0 = nothing (sky)"},
      {"depth", "EXR channel Z, metres along the optical axis; infinity = nothing"},
      {"range", "metres along the ray; time of a point is ns relative to the sweep's stamp"},
      {"stamps", "camera: mid-exposure; LiDAR: middle of the sweep; labels hold at stamp_ns"},
      {"boxes", "centre, (length, width, height), rotation; x of the box points forward"},
      {"motion",
       "poses every 10 ms; between them slerp and lerp to whole milliseconds, between "
       "those the 3x4 matrices are linear"},
      {"instances", "1 to 65535 per clip, 0 = nothing; actors count up, static things down"}};
}

Json ontology_json(const capture::Ontology& ontology) {
  Json classes = Json::array();
  for (const auto& one : ontology.classes) {
    classes.push_back({{"id", one.id.value},
                       {"name", one.name},
                       {"color", {one.color.x, one.color.y, one.color.z}},
                       {"kitti", one.kitti},
                       {"cityscapes", one.cityscapes_id},
                       {"thing", one.thing}});
  }
  return {{"version", ontology.version}, {"classes", classes}};
}

capture::Ontology as_ontology(const Json& json) {
  capture::Ontology ontology;
  ontology.version = as_integer<int>(json.at("version"));
  for (const auto& item : json.at("classes")) {
    capture::OntologyClass one;
    one.id.value = as_integer<std::uint8_t>(item.at("id"));
    one.name = item.at("name").get<std::string>();
    for (int channel = 0; channel < 3; ++channel) {
      one.color[channel] =
          as_integer<std::uint8_t>(item.at("color").at(static_cast<std::size_t>(channel)));
    }
    one.kitti = item.at("kitti").get<std::string>();
    one.cityscapes_id = as_integer<int>(item.at("cityscapes"));
    one.thing = item.at("thing").get<bool>();
    ontology.classes.push_back(std::move(one));
  }
  return ontology;
}

std::filesystem::path header_path(const std::filesystem::path& dataset) {
  return dataset / "dataset.json";
}

// A folder of somebody's photographs must not become a dataset by a slip of the keyboard. Dot files
// are let pass: they are what an interrupted start leaves.
core::Result<void> check_is_free(const std::filesystem::path& dataset) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(dataset, error)) {
    if (entry.path().filename().string().front() == '.') continue;
    return core::fail_at({dataset.string()},
                         "this folder is not a dataset and holds other files, such as '" +
                             entry.path().filename().string() + "'",
                         "name a new or an empty folder");
  }
  if (error) return core::fail_at({dataset.string()}, "cannot list: " + error.message());
  return {};
}

}  // namespace

std::string encode_header(const DatasetHeader& header) {
  return dump_json({{"format", "oddroad"},
                    {"format_version", kFormatVersion},
                    {"software", header.software},
                    {"conventions", conventions_json()},
                    {"ontology", ontology_json(header.ontology)}});
}

namespace {

core::Result<DatasetHeader> decode_header(const std::string& text, const std::string& file) {
  return decode_json<
      DatasetHeader>(text, file, [&](const Json& json) -> core::Result<DatasetHeader> {
    const auto version = as_integer<int>(json.at("format_version"));
    if (json.at("format") != "oddroad" || version != kFormatVersion) {
      return core::fail_at({file}, "dataset format " + json.at("format").dump() + " version " +
                                       std::to_string(version) + "; this software reads version " +
                                       std::to_string(kFormatVersion));
    }
    return DatasetHeader{json.at("software").get<std::string>(), as_ontology(json.at("ontology"))};
  });
}

}  // namespace

core::Result<DatasetHeader> read_dataset_header(const std::filesystem::path& dataset) {
  const std::string file = header_path(dataset).string();
  if (!std::filesystem::exists(file)) {
    return core::fail_at({dataset.string()}, "not a dataset: there is no dataset.json");
  }
  const auto text = read_file(file);
  if (!text) return core::forward_error(text);
  return decode_header(*text, file);
}

core::Result<void> check_header(const std::string& text, const std::string& file,
                                const DatasetHeader& header) {
  const auto found = decode_header(text, file);
  if (!found) return core::forward_error(found);
  if (found->ontology == header.ontology) return {};
  return core::fail_at({file},
                       "this dataset was made with another ontology (version " +
                           std::to_string(found->ontology.version) + ")",
                       "write to a new dataset");
}

core::Result<void> open_for_writing(const std::filesystem::path& dataset,
                                    const DatasetHeader& header) {
  if (auto made = make_folders(dataset); !made) return made;
  auto lock = StagingLock::take(dataset);
  if (!lock) return core::forward_error(lock);
  if (!std::filesystem::exists(header_path(dataset))) {
    if (auto is_free = check_is_free(dataset); !is_free) return is_free;
    if (auto w = write_file_atomic(header_path(dataset), encode_header(header)); !w) return w;
  }
  const auto text = read_file(header_path(dataset));
  if (!text) return core::forward_error(text);
  if (auto fits = check_header(*text, header_path(dataset).string(), header); !fits) return fits;
  return remove_stale_staging(dataset, *lock);
}

}  // namespace oddroad::dataset
