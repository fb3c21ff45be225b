#include <array>

#include "engine/road/signal_kind.h"
#include "engine/road/words.h"

namespace oddroad::road {

std::string country_code(std::string_view country) {
  struct Country {
    std::string_view code;
    std::string_view names;  // between spaces
  };
  static constexpr std::array kCountries = {
      Country{"OpenDRIVE", " OPENDRIVE "},
      Country{"DE", " DE D DEU GER GERMANY DEUTSCHLAND "},
      Country{"US", " US USA UNITEDSTATES UNITEDSTATESOFAMERICA "},
      Country{"SE", " SE SWE SWEDEN SVERIGE "},
      Country{"GB", " GB UK GBR ENG ENGLAND UNITEDKINGDOM GREATBRITAIN "},
      Country{"AT", " AT AUT AUSTRIA OESTERREICH "},
      Country{"CH", " CH CHE SWITZERLAND "},
      Country{"FR", " FR FRA FRANCE "},
      Country{"IT", " IT ITA ITALY "},
      Country{"ES", " ES ESP SPAIN "},
      Country{"NL", " NL NLD NETHERLANDS "},
      Country{"BE", " BE BEL BELGIUM "},
      Country{"PL", " PL POL POLAND "},
      Country{"CN", " CN CHN CHINA "},
      Country{"JP", " JP JPN JAPAN "},
      Country{"KR", " KR KOR KOREA SOUTHKOREA "},
      Country{"AR", " AR ARG ARGENTINA "},
      Country{"BR", " BR BRA BRAZIL "},
      Country{"CA", " CA CAN CANADA "},
      Country{"AU", " AU AUS AUSTRALIA "},
      Country{"IN", " IN IND INDIA "},
  };
  std::string name = capitals(country);
  for (const Country& known : kCountries) {
    if (!name.empty() && known.names.find(" " + name + " ") != std::string_view::npos) {
      return std::string(known.code);
    }
  }
  return name;
}

}  // namespace oddroad::road
