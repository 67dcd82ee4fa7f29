// SPDX-License-Identifier: MIT
'use strict';
// What the page to explore is about: the library's cases, and the network of the worked example.
window.gradproofExplored = (() => {
  const {erf, erfc, timesLog} = window.gradproofNumerics;
  const cases = window.gradproofCases(erf, erfc, timesLog);
  return {cases, network: window.gradproofNetwork(cases)};
})();
