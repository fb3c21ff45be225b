#include "engine/exchange/foxglove_schemas.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "engine/core/check.h"
#include "engine/exchange/protobuf.h"

namespace oddroad::exchange {
namespace {

// Fields as "name=number:type", a list has a star. Types in capitals are messages of Foxglove's,
// those with a point messages of a package of their own; "enum.X" is the type's own list of numbers
// X.
struct Type {
  const char* name;
  const char* fields;
  const char* enum_name = nullptr;
  const char* enum_values = nullptr;  // 0, 1, ...
};

constexpr Type kTypes[] = {
    {"Timestamp", "seconds=1:int64 nanos=2:int32"},
    {"Duration", "seconds=1:int64 nanos=2:int32"},
    {"Vector2", "x=1:double y=2:double"},
    {"Vector3", "x=1:double y=2:double z=3:double"},
    {"Point2", "x=1:double y=2:double"},
    {"Point3", "x=1:double y=2:double z=3:double"},
    {"Quaternion", "x=1:double y=2:double z=3:double w=4:double"},
    {"Pose", "position=1:Vector3 orientation=2:Quaternion"},
    {"Color", "r=1:double g=2:double b=3:double a=4:double"},
    {"KeyValuePair", "key=1:string value=2:string"},
    {"CompressedImage", "timestamp=1:Timestamp data=2:bytes format=3:string frame_id=4:string"},
    {"CameraCalibration",
     "timestamp=1:Timestamp frame_id=9:string width=2:fixed32 height=3:fixed32 "
     "distortion_model=4:string D=5:double* K=6:double* R=7:double* P=8:double*"},
    {"PackedElementField", "name=1:string offset=2:fixed32 type=3:enum.NumericType", "NumericType",
     "UNKNOWN UINT8 INT8 UINT16 INT16 UINT32 INT32 FLOAT32 FLOAT64"},
    {"PointCloud",
     "timestamp=1:Timestamp frame_id=2:string pose=3:Pose point_stride=4:fixed32 "
     "fields=5:PackedElementField* data=6:bytes"},
    {"FrameTransform",
     "timestamp=1:Timestamp parent_frame_id=2:string child_frame_id=3:string "
     "translation=4:Vector3 rotation=5:Quaternion"},
    {"FrameTransforms", "transforms=1:FrameTransform*"},
    {"ArrowPrimitive",
     "pose=1:Pose shaft_length=2:double shaft_diameter=3:double head_length=4:double "
     "head_diameter=5:double color=6:Color"},
    {"CubePrimitive", "pose=1:Pose size=2:Vector3 color=3:Color"},
    {"SpherePrimitive", "pose=1:Pose size=2:Vector3 color=3:Color"},
    {"CylinderPrimitive",
     "pose=1:Pose size=2:Vector3 bottom_scale=3:double top_scale=4:double color=5:Color"},
    {"LinePrimitive",
     "type=1:enum.Type pose=2:Pose thickness=3:double scale_invariant=4:bool points=5:Point3* "
     "color=6:Color colors=7:Color* indices=8:fixed32*",
     "Type", "LINE_STRIP LINE_LOOP LINE_LIST"},
    {"TriangleListPrimitive",
     "pose=1:Pose points=2:Point3* color=3:Color colors=4:Color* indices=5:fixed32*"},
    {"TextPrimitive",
     "pose=1:Pose billboard=2:bool font_size=3:double scale_invariant=4:bool color=5:Color "
     "text=6:string"},
    {"ModelPrimitive",
     "pose=1:Pose scale=2:Vector3 color=3:Color override_color=4:bool url=5:string "
     "media_type=6:string data=7:bytes"},
    {"SceneEntityDeletion", "timestamp=1:Timestamp type=2:enum.Type id=3:string", "Type",
     "MATCHING_ID ALL"},
    {"SceneEntity",
     "timestamp=1:Timestamp frame_id=2:string id=3:string lifetime=4:Duration frame_locked=5:bool "
     "metadata=6:KeyValuePair* arrows=7:ArrowPrimitive* cubes=8:CubePrimitive* "
     "spheres=9:SpherePrimitive* cylinders=10:CylinderPrimitive* lines=11:LinePrimitive* "
     "triangles=12:TriangleListPrimitive* texts=13:TextPrimitive* models=14:ModelPrimitive*"},
    {"SceneUpdate", "deletions=1:SceneEntityDeletion* entities=2:SceneEntity*"},
    {"CircleAnnotation",
     "timestamp=1:Timestamp position=2:Point2 diameter=3:double thickness=4:double "
     "fill_color=5:Color outline_color=6:Color metadata=7:KeyValuePair*"},
    {"PointsAnnotation",
     "timestamp=1:Timestamp type=2:enum.Type points=3:Point2* outline_color=4:Color "
     "outline_colors=5:Color* fill_color=6:Color thickness=7:double metadata=8:KeyValuePair*",
     "Type", "UNKNOWN POINTS LINE_LOOP LINE_STRIP LINE_LIST"},
    {"TextAnnotation",
     "timestamp=1:Timestamp position=2:Point2 text=3:string font_size=4:double "
     "text_color=5:Color background_color=6:Color metadata=7:KeyValuePair*"},
    {"ImageAnnotations",
     "circles=1:CircleAnnotation* points=2:PointsAnnotation* texts=3:TextAnnotation*"},
    {"Velocity3", "x=1:double y=2:double z=3:double"},
    {"Odometry",
     "timestamp=1:Timestamp frame_id=2:string child_frame_id=3:string pose=4:Pose "
     "linear_velocity=5:Velocity3 angular_velocity=6:Velocity3 pose_covariance=7:double* "
     "velocity_covariance=8:double*"},
    {"LocationFix",
     "latitude=1:double longitude=2:double altitude=3:double position_covariance=4:double* "
     "position_covariance_type=5:enum.PositionCovarianceType timestamp=6:Timestamp "
     "frame_id=7:string color=8:Color metadata=9:KeyValuePair* speed=12:double course=13:double",
     "PositionCovarianceType", "UNKNOWN APPROXIMATED DIAGONAL_KNOWN KNOWN"},
    {"ros.Time", "sec=1:fixed32 nsec=2:fixed32"},
    {"ros.std_msgs.Header", "seq=1:uint32 stamp=2:ros.Time frame_id=3:string"},
    {"ros.geometry_msgs.Vector3", "x=1:double y=2:double z=3:double"},
    {"ros.geometry_msgs.Quaternion", "x=1:double y=2:double z=3:double w=4:double"},
    {"ros.geometry_msgs.Twist",
     "linear=1:ros.geometry_msgs.Vector3 angular=2:ros.geometry_msgs.Vector3"},
    {"ros.geometry_msgs.TwistStamped",
     "header=1:ros.std_msgs.Header twist=2:ros.geometry_msgs.Twist"},
    {"ros.sensor_msgs.Imu",
     "header=1:ros.std_msgs.Header orientation=2:ros.geometry_msgs.Quaternion "
     "orientation_covariance=3:double* angular_velocity=4:ros.geometry_msgs.Vector3 "
     "angular_velocity_covariance=5:double* linear_acceleration=6:ros.geometry_msgs.Vector3 "
     "linear_acceleration_covariance=7:double*"},
    {"ros.sensor_msgs.JointState",
     "header=1:ros.std_msgs.Header name=2:string* position=3:double* velocity=4:double* "
     "effort=5:double*"},
};

struct Field {
  std::string name, type;
  int number = 0;
  bool list = false;
};

std::vector<Field> fields_of(const Type& type) {
  std::vector<Field> out;
  std::istringstream words(type.fields);
  for (std::string word; words >> word;) {
    const auto equals = word.find('='), colon = word.find(':');
    Field field{word.substr(0, equals), word.substr(colon + 1), std::stoi(word.substr(equals + 1)),
                word.back() == '*'};
    if (field.list) field.type.pop_back();
    out.push_back(field);
  }
  return out;
}

const Type* find(const std::string& name) {
  for (const Type& type : kTypes) {
    if (name == type.name) return &type;
  }
  return nullptr;
}

bool is_google(const std::string& name) {
  return name == "Timestamp" || name == "Duration";
}
std::string full_name(const std::string& name) {
  if (is_google(name)) return "google.protobuf." + name;
  return name.find('.') == std::string::npos ? "foxglove." + name : name;
}
std::string package_of(const std::string& name) {
  const std::string full = full_name(name);
  return full.substr(0, full.rfind('.'));
}
std::string own_name(const std::string& name) {
  const std::string full = full_name(name);
  return full.substr(full.rfind('.') + 1);
}
std::string file_of(const std::string& name) {
  if (name == "Timestamp") return "google/protobuf/timestamp.proto";
  if (name == "Duration") return "google/protobuf/duration.proto";
  std::string file = full_name(name);
  std::replace(file.begin(), file.end(), '.', '/');
  return file + ".proto";
}

// Numbers of FieldDescriptorProto.Type in google/protobuf/descriptor.proto.
const std::map<std::string, int>& scalar_types() {
  static const std::map<std::string, int> types = {{"double", 1},  {"int64", 3},  {"int32", 5},
                                                   {"fixed32", 7}, {"bool", 8},   {"string", 9},
                                                   {"bytes", 12},  {"uint32", 13}};
  return types;
}
constexpr int kMessageType = 11, kEnumType = 14;

Protobuf describe(const Field& field, const Type& in) {
  Protobuf out;
  out.text(1, field.name).varint(3, static_cast<std::uint64_t>(field.number));
  out.varint(4, field.list ? 3 : 1);  // LABEL_REPEATED, LABEL_OPTIONAL
  const auto scalar = scalar_types().find(field.type);
  const std::string own = "." + full_name(in.name);
  if (scalar != scalar_types().end()) {
    out.varint(5, static_cast<std::uint64_t>(scalar->second));
  } else if (field.type.rfind("enum.", 0) == 0) {
    out.varint(5, kEnumType).text(6, own + field.type.substr(4));
  } else {
    ODDROAD_CHECK(find(field.type) != nullptr);
    out.varint(5, kMessageType).text(6, "." + full_name(field.type));
  }
  return out;
}

Protobuf describe_enum(const Type& type) {
  Protobuf out;
  out.text(1, type.enum_name);
  std::istringstream words(type.enum_values);
  std::uint64_t number = 0;
  for (std::string word; words >> word; ++number) {
    out.message(2, Protobuf().text(1, word).varint(2, number));
  }
  return out;
}

// Message types that one uses, each once.
std::set<std::string> used_by(const Type& type) {
  std::set<std::string> out;
  for (const Field& field : fields_of(type)) {
    if (find(field.type) != nullptr) out.insert(field.type);
  }
  return out;
}

// FileDescriptorProto
Protobuf describe_file(const Type& type) {
  Protobuf message;
  message.text(1, own_name(type.name));
  for (const Field& field : fields_of(type)) message.message(2, describe(field, type));
  if (type.enum_name != nullptr) message.message(4, describe_enum(type));
  Protobuf file;
  file.text(1, file_of(type.name)).text(2, package_of(type.name));
  for (const std::string& used : used_by(type)) file.text(3, file_of(used));
  file.message(4, message).text(12, "proto3");
  return file;
}

void add_with_used(const std::string& name, std::set<std::string>& done, Protobuf& set) {
  if (!done.insert(name).second) return;
  const Type* type = find(name);
  ODDROAD_CHECK(type != nullptr);
  for (const std::string& used : used_by(*type)) add_with_used(used, done, set);
  set.message(1, describe_file(*type));
}

}  // namespace

std::string schema_name(const std::string& type) {
  return full_name(type);
}

std::string foxglove_schema(const std::string& type) {
  std::set<std::string> done;
  Protobuf set;
  add_with_used(type, done, set);
  return set.take();
}

}  // namespace oddroad::exchange
