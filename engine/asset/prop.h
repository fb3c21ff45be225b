// Types the catalog knows by a row each: numbers with their ranges, nominal size, generator. Trees,
// houses, street things, debris, animals and heavy vehicles; cars, people and bicycles have
// generators with more to say about a request (vehicle.h, person.h, bicycle.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/asset/catalog.h"
#include "engine/core/random.h"

namespace oddroad::asset {

// A number an author may set. Where it is not set, the generator takes `typical`, or draws from the
// seed where `drawn` is set.
struct NumberRange {
  std::string name;
  double lower = 0;
  double upper = 0;
  double typical = 0;
  bool drawn = false;
};

// The numbers of one request, checked, with defaults filled in.
class PropNumbers {
 public:
  PropNumbers(const std::vector<NumberRange>& ranges, const ModelRequest& request);
  // The value set or its typical value. The name must be in the ranges.
  [[nodiscard]] double get(const std::string& name) const;
  [[nodiscard]] bool is_set(const std::string& name) const { return set_.count(name) > 0; }
  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] const std::string& type() const { return type_; }  // for generators of many types
  [[nodiscard]] core::RandomStream stream(const std::string& path) const { return {seed_, path}; }

 private:
  std::map<std::string, double> values_;
  std::map<std::string, double> set_;
  std::string type_;
  std::uint64_t seed_ = 0;
};

struct PropType {
  std::string name;
  std::vector<NumberRange> numbers;
  ModelSize (*size)(const PropNumbers&);
  Model (*make)(const PropNumbers&);
};

// All such types, sorted by name.
const std::vector<PropType>& prop_types();

// A model of one rigid part at the origin; box and height are filled in.
Model single_part_model(std::string name, std::string class_name, math::TriangleMesh mesh,
                        std::vector<Material> materials);

}  // namespace oddroad::asset
