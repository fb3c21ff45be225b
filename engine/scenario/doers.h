// Who can do which verb: an actor's type says what it is to them.
#pragma once

#include <string>

namespace oddroad::scenario {

enum class Doer { kPerson, kAnimal, kBird, kTwoWheels, kVehicle, kThing };

// Of a catalog type; who pushes something or sits in a wheelchair counts as a person.
Doer doer_of(const std::string& type);

// Empty, or why not: "a vehicle cannot 'run'; vehicles can go, stop, ...".
std::string cannot_do(Doer doer, const std::string& verb);

}  // namespace oddroad::scenario
