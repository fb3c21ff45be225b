// What a drawing of a map shows: it is looked at by people, so here only that everything is in it.
#include "road_fixture.h"

#include "engine/road/tools.h"

namespace oddroad::road {
namespace {

using namespace testing;

TEST(Draw, ShowsObjectsSignalsStructuresAndJunctionLinks) {
  const auto road = [](const std::string& id, const std::string& x, const std::string& link,
                       const std::string& junction, const std::string& more) {
    return "<road id=\"" + id + "\" junction=\"" + junction + "\" length=\"50\"><link>" + link +
           "</link><planView><geometry s=\"0\" x=\"" + x +
           "\" y=\"0\" hdg=\"0\" length=\"50\"><line/></geometry></planView><lanes>" + two_lanes() +
           "</lanes>" + more + "</road>";
  };
  const std::string things =
      "<objects><object id=\"z\" type=\"crosswalk\" s=\"40\" t=\"0\" length=\"4\" width=\"7\"/>"
      "<object id=\"h\" type=\"building\" s=\"20\" t=\"12\" length=\"9\" width=\"8\"/>"
      "<object id=\"g\" type=\"barrier\" subtype=\"guardRail\" s=\"0\" t=\"5\"><repeat s=\"0\" "
      "length=\"50\" distance=\"0\" tStart=\"5\" tEnd=\"5\"/></object>"
      "<tunnel id=\"u\" s=\"5\" length=\"10\"/><bridge id=\"b\" s=\"20\" length=\"10\"/></objects>"
      "<signals><signal id=\"s\" country=\"DE\" type=\"206\" s=\"48\" t=\"-4\" "
      "orientation=\"+\"/></signals>";
  const RoadMap map = parsed(
      "<OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/>" +
      road("in", "0", "<successor elementType=\"junction\" elementId=\"J\"/>", "-1", things) +
      road("c", "50", "<predecessor elementType=\"road\" elementId=\"in\" contactPoint=\"end\"/>",
           "J", "") +
      "<junction id=\"J\"><connection id=\"0\" incomingRoad=\"in\" connectingRoad=\"c\" "
      "contactPoint=\"start\"/></junction></OpenDRIVE>");
  const std::string svg = road_draw_svg(map);
  for (const char* part :
       {"<title>crosswalk z", "<title>building h", "<title>guard rail g", "<title>tunnel u",
        "<title>bridge b", "<title>stop s 206", ">stops there<", ">lane in a junction<",
        ">guard rail<", ">tunnel<", "road in lane -1 driving", "1 lanes)"}) {
    EXPECT_NE(svg.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(svg, road_draw_svg(map));
}

}  // namespace
}  // namespace oddroad::road
