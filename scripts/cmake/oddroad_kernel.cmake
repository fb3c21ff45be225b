# Compute shaders as C++ (render/kernels): translated once, compiled for each instruction set.
find_program(ODDROAD_SPIRV_OPT spirv-opt REQUIRED)
find_program(ODDROAD_SPIRV_DIS spirv-dis REQUIRED)
set(ODDROAD_TRANSLATOR ${CMAKE_SOURCE_DIR}/render/kernels/translate)
file(GLOB ODDROAD_TRANSLATOR_FILES CONFIGURE_DEPENDS ${ODDROAD_TRANSLATOR}/*.py)

set(ODDROAD_ISAS plain)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  list(APPEND ODDROAD_ISAS avx2 avx512)
endif()
set(ODDROAD_ISA_FLAGS_plain "")
set(ODDROAD_ISA_FLAGS_avx2 -mavx2 -mfma)
set(ODDROAD_ISA_FLAGS_avx512 -mavx2 -mfma -mavx512f -mavx512dq -mavx512bw -mavx512vl)

# oddroad_kernels(TARGET GROUP group SPIRV file.spv NAMES name... [CONSTANTS "0=1"...])
# Adds to a target, for each name and instruction set, the symbol oddroad::kernels::<name>_<isa>. The
# k-th name has the k-th specialization constant. The C++ is made by the target kernel_<group>.
function(oddroad_kernels target)
  cmake_parse_arguments(ARG "" "GROUP;SPIRV" "NAMES;CONSTANTS" ${ARGN})
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/kernels)
  file(MAKE_DIRECTORY ${folder})
  set(sources "")
  foreach(name constant IN ZIP_LISTS ARG_NAMES ARG_CONSTANTS)
    set(option "")
    if(constant)
      set(option --constant ${constant})
    endif()
    add_custom_command(OUTPUT ${folder}/${name}.cpp
      COMMAND /usr/bin/python3 -B ${ODDROAD_TRANSLATOR}/translate.py ${ARG_SPIRV} --name ${name}
        --out ${folder}/${name}.cpp ${option}
      DEPENDS ${ARG_SPIRV} ${ODDROAD_TRANSLATOR_FILES}
      COMMENT "C++ of the kernel ${name}" VERBATIM)
    list(APPEND sources ${folder}/${name}.cpp)
  endforeach()
  add_custom_target(kernel_${ARG_GROUP} DEPENDS ${sources})
  foreach(isa IN LISTS ODDROAD_ISAS)
    # A library of its own: what these flags compile must not meet other code (see lanes.h).
    add_library(kernel_${ARG_GROUP}_${isa} OBJECT ${sources})
    add_dependencies(kernel_${ARG_GROUP}_${isa} kernel_${ARG_GROUP})
    target_include_directories(kernel_${ARG_GROUP}_${isa} PRIVATE ${CMAKE_SOURCE_DIR})
    target_compile_definitions(kernel_${ARG_GROUP}_${isa} PRIVATE ODDROAD_KERNEL_ISA=${isa})
    target_compile_options(kernel_${ARG_GROUP}_${isa} PRIVATE -Wall -Wextra -Wno-psabi -ffp-contract=off
      -fno-math-errno -fno-trapping-math -fwrapv -fvisibility=hidden ${ODDROAD_ISA_FLAGS_${isa}})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:kernel_${ARG_GROUP}_${isa}>)
  endforeach()
endfunction()
