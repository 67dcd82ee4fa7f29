# SPDX-License-Identifier: MIT
#
# gradproof_precompile_network(<target>)
#
# Precompiles what nearly every file of the target includes: Eigen, fmt and the network with all activations and losses.
# It saves a third of the build. The gcc and clang presets do without, so that a file that forgets an include is found.

function(gradproof_precompile_network target)
  if(GRADPROOF_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE <Eigen/Core> <fmt/format.h> <gradproof/checks/compiled_network.hpp>)
  endif()
endfunction()
