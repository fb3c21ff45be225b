// Text for SVG, XML and HTML.
#pragma once

#include <string>

namespace oddroad::core {

// With &, <, > and " as entities: safe between tags and in quoted attributes.
std::string markup_escaped(const std::string& text);

}  // namespace oddroad::core
