# The rank table. A module may use only modules of a strictly lower rank; a wrong edge stops configuration.
set(ODDROAD_RANKS
  engine/core:0 render/shaders:0
  engine/math:1 engine/s3:1 render/vulkan:1 render/kernels:1
  engine/capture:2 engine/road:2
  engine/asset:3 engine/traffic:3
  engine/world:4
  engine/dataset:5 engine/scenario:5 render/scene:5 sensors/common:5
  engine/stage:6 engine/labels:6 render/raster:6 render/cast:6 render/shade:6 engine/exchange:6 engine/catalogue:6
  engine/sim:7 sensors/camera:7 sensors/lidar:7 sensors/ins:7 sensors/radar:7
  engine/report:8 engine/validate:8 engine/verify:8
  engine/pipeline:9
  engine/explore:10 engine/farm:10
  engine/cli:12)
set(ODDROAD_MODULES "")
foreach(entry IN LISTS ODDROAD_RANKS)
  string(REPLACE ":" ";" pair ${entry})
  list(GET pair 0 path)
  list(GET pair 1 rank)
  get_filename_component(name ${path} NAME)
  set(ODDROAD_RANK_${name} ${rank})
  list(APPEND ODDROAD_MODULES ${path})
endforeach()

# oddroad_module(NAME DEPENDS lower modules... LIBRARIES third-party targets...)
# Every .cpp of the folder belongs to the target oddroad_NAME.
function(oddroad_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  if(sources)
    add_library(oddroad_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(oddroad_${name} PRIVATE ${ARG_LIBRARIES})
    if(name STREQUAL "core")
      target_precompile_headers(oddroad_core PRIVATE ${CMAKE_SOURCE_DIR}/scripts/cmake/pch.h)
    else()
      target_precompile_headers(oddroad_${name} REUSE_FROM oddroad_core)
    endif()
  else()
    add_library(oddroad_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(oddroad_${name} ${scope} oddroad_options)
  foreach(dependency IN LISTS ARG_DEPENDS)
    if(NOT DEFINED ODDROAD_RANK_${dependency}
       OR NOT ODDROAD_RANK_${dependency} LESS ODDROAD_RANK_${name})
      message(FATAL_ERROR "layering: ${name} (rank ${ODDROAD_RANK_${name}}) may not depend on "
                          "${dependency} (rank ${ODDROAD_RANK_${dependency}})")
    endif()
    target_link_libraries(oddroad_${name} ${scope} oddroad_${dependency})
  endforeach()
endfunction()
