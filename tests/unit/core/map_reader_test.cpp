#include "engine/core/map_reader.h"

#include <gtest/gtest.h>

namespace oddroad::core {
namespace {

TEST(MapReader, ReadsAndReportsEverythingAtOnce) {
  const YamlNode root =
      *parse_yaml("width: 640\nspeed: 30 m\nmodle: x\nrare: 1\nempty:\nkind: lef\n", "f.yaml");
  Diagnostics found;
  MapReader reader(root, "camera", found);
  EXPECT_EQ(reader.integer("width"), 640);
  EXPECT_EQ(reader.quantity("speed", kSpeed), std::nullopt);
  EXPECT_EQ(reader.text("model"), std::nullopt);
  EXPECT_EQ(reader.required_number("height"), std::nullopt);
  EXPECT_EQ(reader.text("empty"), std::nullopt);
  EXPECT_EQ(reader.word("kind", {"left", "right"}), std::nullopt);
  reader.not_supported({"rare", "absent"});
  reader.finish();
  EXPECT_EQ(to_string(found),
            "f.yaml:2:8: error: expected a speed like '30 km/h', found '30 m'\n"
            "f.yaml:1:1: error: camera: key 'height' is missing\n"
            "f.yaml:5:1: error: key 'empty' has no value\n"
            "f.yaml:6:7: error: kind: 'lef' is none of left, right; did you mean 'left'?\n"
            "f.yaml:4:1: error: camera: 'rare' is not supported yet\n"
            "f.yaml:3:1: error: unknown key 'modle'; did you mean 'model'?");
}

TEST(MapReader, WhatIsNoMapIsOneError) {
  const YamlNode root = *parse_yaml("[1, 2]", "f.yaml");
  Diagnostics found;
  MapReader reader(root, "camera", found);
  EXPECT_EQ(reader.required_text("name"), std::nullopt);
  reader.finish();
  EXPECT_EQ(to_string(found), "f.yaml:1:1: error: camera: expected a map, found a list");
}

}  // namespace
}  // namespace oddroad::core
