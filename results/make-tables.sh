#!/usr/bin/env bash
# Makes the two tables of results/grids, friedman.csv and spirals.csv, beside their grid files.
#
#   results/make-tables.sh [FOLDER]
#
# FOLDER is where they go, default results/grids.
set -euo pipefail

folder=${1:-$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)/grids}

# Two tables from a generator of one's own (x <- 16807 x mod 2^31 - 1), the same on every machine:
# Friedman's first function (1991, "Multivariate adaptive regression splines") of 10 inputs with
# noise, and three spirals in the plane.
friedman() {
  awk 'function u() { s = (16807 * s) % 2147483647; return s / 2147483647 }
    function n(  i, t) { t = -6; for (i = 0; i < 12; i++) t += u(); return t }
    BEGIN {
      s = 1; pi = atan2(0, -1); print "x1,x2,x3,x4,x5,x6,x7,x8,x9,x10,y"
      for (k = 0; k < 5000; k++) {
        line = ""; for (i = 1; i <= 10; i++) { x[i] = u(); line = line sprintf("%.6f,", x[i]) }
        y = 10 * sin(pi * x[1] * x[2]) + 20 * (x[3] - 0.5) ^ 2 + 10 * x[4] + 5 * x[5] + n()
        printf "%s%.6f\n", line, y
      }
    }'
}
spirals() {
  awk 'function u() { s = (16807 * s) % 2147483647; return s / 2147483647 }
    BEGIN {
      s = 2; pi = atan2(0, -1); print "x,y,arm"
      for (k = 0; k < 3000; k++) {
        arm = k % 3; r = 0.1 + 0.9 * u(); a = 6 * r + 2 * pi * arm / 3 + 0.3 * (u() - 0.5)
        printf "%.6f,%.6f,%s\n", r * cos(a), r * sin(a), substr("abc", arm + 1, 1)
      }
    }'
}

friedman > "$folder/friedman.csv"
spirals > "$folder/spirals.csv"
