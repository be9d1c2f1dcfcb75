#!/usr/bin/env bash
# Makes what stands in the folders of results/ with ./sgn compare and ./sgn report, and nothing else. It
# can be ended at any time and goes on where it was: start it again.
#
#   results/run.sh [RUNS [NAME...]]
#
# RUNS is the folder of the runs, default runs/results. NAME is a preset of ./sgn compare or a file of
# results/grids without its ending; default all presets, then the grids: the presets take three hours,
# the grids two. $SEEDS overrides their seeds.
# MNIST, Fashion-MNIST and CIFAR-10 must be there, see ./sgn datasets.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sgn=$(dirname "$here")/sgn
runs=${1:-$(dirname "$here")/runs/results}
shift || true
if [ $# -eq 0 ]; then
  set -- boston sine-10 sine-100 mnist fashion cifar10
  for grid in "$here"/grids/*.yaml; do
    set -- "$@" "$(basename "$grid" .yaml)"
  done
fi
[ -s "$here/grids/friedman.csv" ] || "$here/make-tables.sh"

for name in "$@"; do
  if [ -f "$here/grids/$name.yaml" ]; then
    what=(--grid "$here/grids/$name.yaml")
  else
    what=(--preset "$name")
  fi
  echo "== $name"
  "$sgn" compare "${what[@]}" ${SEEDS:+--seeds "$SEEDS"} --out "$runs/$name"
  "$sgn" report "$runs/$name"
  # What people read, and what a machine would compare with; the runs themselves are in an archive.
  rm -rf "${here:?}/$name"
  mkdir "$here/$name"
  cp "$runs/$name"/{compare.json,summary.json,summary.md,report.md} "$here/$name"
  mkdir "$here/$name/figures"
  # As text: a fifth of the pictures' size.
  cp "$runs/$name"/figures/*.svg "$here/$name/figures"
  sed -i 's/^\(!\[.*\](figures\/.*\)\.png)$/\1.svg)/' "$here/$name/report.md"
done
