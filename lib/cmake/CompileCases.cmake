# SPDX-License-Identifier: MIT
#
# The folder is the list: every <slug>.hpp in lib/gradproof/activations and losses is a case, whose type is the PascalCase of
# the slug (leaky_relu -> LeakyRelu).
#
# Headers in lib/gradproof/typed, <slug>_activation.hpp and <slug>_loss.hpp, are compiled with them but stand in no list:
# they are not one case but any that is typed.
#
# gradproof_compile_cases(<target> NUMBERS <type>... [HEADERS <header>...] [KINDS <kind>...] [DEFAULTS] [ALSO <folder>])
#
# Compiles the formulas of every case on the numbers <type>..., which the headers declare, and adds them to <target>: one file
# for each case. In a unity build those that are there when the tree is first configured are joined, since most of what one
# compiles is the same headers; a case that is added later compiles itself and the lists alone. The kinds are activation and
# loss, or layer for the layers of arrays in lib/gradproof/layers. DEFAULTS adds all_activations() and all_losses(), or
# all_layers().
# With ALSO the cases in <folder>/gradproof are compiled alone and stand in the lists with all others, whose tables come from
# the libraries that <target> is linked with.

function(gradproof_slug_to_type slug output)
  string(REPLACE "_" ";" words "${slug}")
  set(type "")
  foreach(word IN LISTS words)
    string(SUBSTRING "${word}" 0 1 head)
    string(SUBSTRING "${word}" 1 -1 tail)
    string(TOUPPER "${head}" head)
    string(APPEND type "${head}${tail}")
  endforeach()
  set(${output} "${type}" PARENT_SCOPE)
endfunction()

function(gradproof_compile_cases target)
  cmake_parse_arguments(PARSE_ARGV 1 of "DEFAULTS" "ALSO" "HEADERS;NUMBERS;KINDS")
  cmake_path(SET lib NORMALIZE "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/..")
  set(made "${CMAKE_CURRENT_BINARY_DIR}/${target}_cases")
  if(NOT of_KINDS)
    set(of_KINDS activation loss)
  endif()
  if("layer" IN_LIST of_KINDS)
    set(any_case "gradproof/any_layer.hpp")
    set(tables_header "gradproof/compile_layers.hpp")
  else()
    set(any_case "gradproof/any_loss.hpp")
    set(tables_header "gradproof/compile_cases.hpp")
  endif()
  set(includes "")
  set(precompiled "<${any_case}>" "<gradproof/pairing.hpp>")
  foreach(header IN LISTS of_HEADERS)
    string(APPEND includes "#include <${header}>\n")
    list(APPEND precompiled "<${header}>")
  endforeach()
  set(sources "")
  set(alone "")
  set(lists "")
  foreach(kind IN LISTS of_KINDS)
    gradproof_slug_to_type("${kind}" Kind)
    set(kinds "${kind}s")
    if(kind STREQUAL "loss")
      set(kinds "losses")
    endif()
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE "${lib}" "${lib}/gradproof/${kinds}/*.hpp")
    if(NOT headers)
      message(FATAL_ERROR "${lib}/gradproof/${kinds} holds no header")
    endif()
    file(GLOB typed CONFIGURE_DEPENDS RELATIVE "${lib}" "${lib}/gradproof/typed/*_${kind}.hpp")
    list(APPEND headers ${typed})
    set(compiled "${headers}")
    if(NOT DEFINED gradproof_first_${kinds})
      set(gradproof_first_${kinds} "${headers}" CACHE INTERNAL "The ${kinds} of the tree as it was first configured")
    endif()
    if(of_ALSO)
      file(GLOB compiled CONFIGURE_DEPENDS RELATIVE "${of_ALSO}" "${of_ALSO}/gradproof/${kinds}/*.hpp")
      list(APPEND headers ${compiled})
    endif()
    list(SORT headers)
    set(declarations "")
    set(entries "")
    set(defaults "")
    foreach(header IN LISTS headers)
      cmake_path(GET header STEM slug)
      gradproof_slug_to_type("${slug}" type)
      set(tables "")
      foreach(number IN LISTS of_NUMBERS)
        string(APPEND tables "template const ${Kind}Table<${number}>* ${kind}_table<${number}, ${type}>();\n")
      endforeach()
      if(of_DEFAULTS AND NOT header IN_LIST typed)
        string(APPEND tables "template Any${Kind} default_${kind}<${type}>();\n")
        string(APPEND defaults "        default_${kind}<${type}>(),\n")
      endif()
      string(APPEND declarations "struct ${type};\n")
      string(APPEND entries "        {case_id<${type}>(), ${kind}_table<S, ${type}>()},\n")
      if(NOT header IN_LIST compiled)
        continue()
      endif()
      file(
        CONFIGURE
        OUTPUT "${made}/${kinds}/${slug}.cpp"
        CONTENT
          "// SPDX-License-Identifier: MIT
// Made from lib/@header@.
#include \"@header@\"

@includes@

#include \"@tables_header@\"

namespace gradproof {

@tables@
}  // namespace gradproof
"
        @ONLY)
      set(source "${made}/${kinds}/${slug}.cpp")
      list(APPEND sources "${source}")
      if(NOT header IN_LIST gradproof_first_${kinds})
        list(APPEND alone "${source}")
      endif()
    endforeach()
    set(instances "")
    foreach(number IN LISTS of_NUMBERS)
      string(APPEND instances "template std::span<const Compiled${Kind}<${number}>> compiled_${kinds}<${number}>();\n")
    endforeach()
    set(all "")
    if(of_DEFAULTS)
      set(all
          "
template <class Case>
Any${Kind} default_${kind}();

const std::vector<Any${Kind}>& all_${kinds}() {
    static const std::vector<Any${Kind}> all{
${defaults}    };
    return all;
}
")
    endif()
    string(
      APPEND
      lists
      "
${declarations}
template <Scalar S>
std::span<const Compiled${Kind}<S>> compiled_${kinds}() {
    static const std::array all{std::to_array<Compiled${Kind}<S>>({
${entries}    })};
    return all;
}
${instances}${all}")
  endforeach()
  file(
    CONFIGURE
    OUTPUT "${made}/${kinds}_list.cpp"
    CONTENT
      "// SPDX-License-Identifier: MIT
// Made from the files in lib/gradproof; add a file there to add a case.
#include <array>
@includes@

#include \"@any_case@\"

namespace gradproof {
@lists@
}  // namespace gradproof
"
    @ONLY)
  list(APPEND sources "${made}/${kinds}_list.cpp")
  list(APPEND alone "${made}/${kinds}_list.cpp")
  set_source_files_properties(${alone} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${sources})
  if(of_ALSO)
    target_include_directories(${target} PRIVATE "${of_ALSO}")
  elseif(NOT "layer" IN_LIST of_KINDS)
    # They all begin with the same headers, which take most of the time that a new case takes.
    target_precompile_headers(${target} PRIVATE ${precompiled})
  endif()
endfunction()
