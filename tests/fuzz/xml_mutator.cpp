// Mutates maps as XML, so that most of what the reader gets is well-formed: values are replaced,
// elements left out, repeated or moved. Every fourth mutation is libFuzzer's own, on bytes.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "engine/core/random.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

using oddroad::core::RandomStream;

constexpr std::array kValues = {
    "nan",  "inf",      "1e300", "-1e300",  "1e12",      "-1e9",         "1e9", "1e6",  "1e5",
    "1e4",  "1000",     "100",   "50",      "10",        "3.5",          "2",   "1",    "0.5",
    "0.1",  "1e-3",     "1e-9",  "0",       "-0",        "-1",           "-2",  "-5",   "-100",
    "",     "none",     "+",     "-",       "true",      "start",        "end", "both", "J",
    "road", "junction", "206",   "1000001", "crosswalk", "bidirectional"};

void gather(const pugi::xml_node& node, std::vector<pugi::xml_node>& out) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    out.push_back(child);
    if (out.size() < 20000) gather(child, out);
  }
}

pugi::xml_node pick(const std::vector<pugi::xml_node>& nodes, RandomStream& random) {
  return nodes[random.below(static_cast<std::uint32_t>(nodes.size()))];
}

void change_value(const pugi::xml_node& node, RandomStream& random) {
  std::vector<pugi::xml_attribute> attributes(node.attributes_begin(), node.attributes_end());
  if (attributes.empty()) return;
  pugi::xml_attribute a = attributes[random.below(static_cast<std::uint32_t>(attributes.size()))];
  if (random.chance(0.1)) {
    pugi::xml_node(node).remove_attribute(a);
  } else if (random.chance(0.5)) {
    a.set_value(kValues[random.below(static_cast<std::uint32_t>(kValues.size()))]);
  } else {
    char number[40];
    std::snprintf(number, sizeof(number), "%.9g",
                  a.as_double() * random.uniform(-3, 3) + random.uniform(-1, 1));
    a.set_value(number);
  }
}

void mutate(pugi::xml_document& document, RandomStream& random) {
  for (std::uint32_t i = 0; i <= random.below(4); ++i) {
    std::vector<pugi::xml_node> nodes;
    gather(document, nodes);
    if (nodes.empty()) return;
    const pugi::xml_node node = pick(nodes, random);
    pugi::xml_node parent = node.parent();
    const double choice = random.uniform();
    if (choice < 0.65) {
      change_value(node, random);
    } else if (choice < 0.8) {
      parent.insert_copy_after(node, node);
    } else if (choice < 0.9) {
      parent.remove_child(node);
    } else {
      // Below another element, where it may or may not belong; never below itself.
      pugi::xml_node to = pick(nodes, random);
      for (pugi::xml_node up = to; up; up = up.parent()) {
        if (up == node) return;
      }
      to.append_copy(node);
    }
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned int seed) {
  RandomStream random(seed, "fuzz");
  pugi::xml_document document;
  if (random.chance(0.25) || !document.load_buffer(data, size)) {
    return LLVMFuzzerMutate(data, size, most);
  }
  mutate(document, random);
  std::ostringstream out;
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration);
  const std::string text = out.str();
  if (text.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, text.data(), text.size());
  return text.size();
}
