#include "engine/verify/json_fields.h"
#include "engine/verify/readers.h"

namespace oddroad::verify {
namespace {

capture::OntologyClass read_class(const Json& json) {
  capture::OntologyClass one;
  one.id = core::ClassId(whole<std::uint8_t>(json.at("id")));
  one.name = text(json.at("name"));
  for (std::size_t c = 0; c < 3; ++c) {
    one.color[static_cast<int>(c)] = whole<std::uint8_t>(json.at("color").at(c));
  }
  one.kitti = text(json.at("kitti"));
  one.cityscapes_id = whole<int>(json.at("cityscapes"));
  one.thing = json.at("thing").get<bool>();
  return one;
}

}  // namespace

core::Result<DatasetRecord> read_dataset(const std::filesystem::path& file) {
  return read_json<DatasetRecord>(file, [](const Json& json) {
    DatasetRecord out;
    out.format = text(json.at("format"));
    out.version = whole<std::int64_t>(json.at("format_version"));
    out.software = text(json.at("software"));
    out.ontology.version = whole<int>(json.at("ontology").at("version"));
    for (const Json& one : json.at("ontology").at("classes")) {
      out.ontology.classes.push_back(read_class(one));
    }
    return out;
  });
}

}  // namespace oddroad::verify
