#!/usr/bin/env bash
# Makes the runs of convolutional networks that stand beside the published ones, and the table
# conv-quality.md: Fashion-MNIST with five seeds, CIFAR-10 with two. SGN as published and by default, both
# with ten CG iterations, trains for three epochs; SGD and Adam train for the seconds that the first took
# with the same seed. SGN's runs come first, then the others' of one seed after another, and the table is
# written again after each of them: it can be stopped at any time. Runs that are there already are kept: start it again to go on.
#
#   results/run-conv-quality.sh [RUNS [STUDY...]]
#
# RUNS is the folder of the runs, default runs/conv-quality; STUDY is fashion, cifar10, default both.
# Fashion-MNIST and CIFAR-10 must be in $SGN_DATA or the cache folder, see ./sgn convnet --help.
# The peak of memory of each run is in its results.json: environment.peak_resident_mb.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sgn=$(dirname "$here")/sgn
runs=${1:-$(dirname "$here")/runs/conv-quality}
studies=" ${*:2} "

# run NAME OPTION...: trains into $runs/NAME unless that has been done.
run() {
  local folder=$runs/$1
  shift
  if grep -qsE '"status" : "(done|non_finite)"' "$folder/results.json"; then
    return
  fi
  echo "== $folder"
  local status=0
  "$sgn" convnet "$@" --out "$folder" --force || status=$?
  # 3: training met NaN, which is a result as well.
  if [ "$status" -ne 0 ] && [ "$status" -ne 3 ]; then
    exit "$status"
  fi
  "$sgn" quality-table "$runs" --out "$here/conv-quality.md"
}

# seconds NAME: training time of that run.
seconds() {
  sed -n 's/^ *"tot_time" : \([0-9.eE+-]*\).*/\1/p' "$runs/$1/results.json"
}

wanted() {
  case $studies in
    "  " | *" $1 "*) ;;
    *) return 1 ;;
  esac
}

# sgn_runs STUDY SEED...
sgn_runs() {
  local study=$1 seed
  wanted "$study" || return 0
  for seed in "${@:2}"; do
    run "$study-sgn-$seed" --dataset "$study" --architecture "$study" --batch-size 1000 --solver SGN \
      --preset reference --rho 1e-4 --rho-min 1e-6 --cg-max-iter 10 --cg-min-iter 10 --epochs 3 --seed "$seed"
  done
}

# default_runs STUDY SEED...
default_runs() {
  local study=$1 seed
  wanted "$study" || return 0
  for seed in "${@:2}"; do
    run "$study-default-$seed" --dataset "$study" --architecture "$study" --batch-size 1000 --solver SGN \
      --cg-max-iter 10 --cg-min-iter 10 --epochs 3 --seed "$seed"
  done
}

# other_runs STUDY SEED: Adam at its default and SGD at the published rates.
other_runs() {
  local study=$1 seed=$2 rate limit
  wanted "$study" || return 0
  limit=$(seconds "$study-sgn-$seed")
  local common=(--dataset "$study" --architecture "$study" --batch-size 1000 --max-seconds "$limit" --seed "$seed")
  run "$study-adam-$seed" "${common[@]}" --solver ADAM
  for rate in 0.1 0.01 1 0.001; do
    run "$study-sgd-$rate-$seed" "${common[@]}" --solver SGD --lr "$rate"
  done
}

sgn_runs fashion 1 2 3 4 5
sgn_runs cifar10 1 2
default_runs fashion 1 2 3 4 5
default_runs cifar10 1 2
for seed in 1 2 3 4 5; do
  other_runs fashion "$seed"
  [ "$seed" -gt 2 ] || other_runs cifar10 "$seed"
done

"$sgn" quality-table "$runs" --out "$here/conv-quality.md"
