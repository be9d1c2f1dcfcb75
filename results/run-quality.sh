#!/usr/bin/env bash
# Makes the runs that stand beside the published ones, five seeds each, and the table quality.md.
# SGN trains for the published epochs; SGD and Adam train for the seconds that SGN took with the
# same seed. Runs that are there already are kept: start it again after an interruption.
#
#   results/run-quality.sh [RUNS [STUDY...]]
#
# RUNS is the folder of the runs, default runs/quality; STUDY is mnist, boston, sine, default all.
# They take about half an hour on two cores.
# MNIST must be in $SGN_DATA or the cache folder, see ./sgn mlp --help.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sgn=$(dirname "$here")/sgn
runs=${1:-$(dirname "$here")/runs/quality}
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
  "$sgn" mlp "$@" --out "$folder" --force || status=$?
  # 3: training met NaN, which is a result as well.
  if [ "$status" -ne 0 ] && [ "$status" -ne 3 ]; then
    exit "$status"
  fi
}

# seconds NAME: training time of that run.
seconds() {
  sed -n 's/^ *"tot_time" : \([0-9.eE+-]*\).*/\1/p' "$runs/$1/results.json"
}

# study NAME "DATA OPTIONS" "SGN OPTIONS" LEARNING_RATE...
study() {
  local name=$1 data=$2 sgn_options=$3 seed rate limit
  shift 3
  case $studies in
    "  " | *" $name "*) ;;
    *) return ;;
  esac
  for seed in 1 2 3 4 5; do
    # The options hold no spaces of their own: they are to be split.
    # shellcheck disable=SC2086
    run "$name-sgn-$seed" $data --solver SGN $sgn_options --preset reference --rho 1e-4 --rho-min 1e-6 --seed "$seed"
    limit=$(seconds "$name-sgn-$seed")
    for rate in "$@"; do
      # shellcheck disable=SC2086
      run "$name-sgd-$rate-$seed" $data --solver SGD --lr "$rate" --max-seconds "$limit" --seed "$seed"
    done
    # shellcheck disable=SC2086
    run "$name-adam-$seed" $data --solver ADAM --max-seconds "$limit" --seed "$seed"
  done
}

study mnist "--dataset mnist --layers 20,20,20 --batch-size 1000" \
  "--cg-max-iter 3 --cg-min-iter 10 --k-cg 10 --epochs 8" 0.001 0.01 0.1 1 10
study boston "--dataset boston --layers 100,100 --batch-size 101" \
  "--cg-max-iter 10 --epochs 26" 0.001 0.01 0.1 1
study sine "--dataset sine --sine-frequency 10 --layers 20,20,20 --batch-size 1000" \
  "--cg-max-iter 10 --epochs 100" 0.001 0.01 0.1 1

"$sgn" quality-table "$runs" --out "$here/quality.md"
