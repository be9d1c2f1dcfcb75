#!/usr/bin/env bash
# Trains tasks with SGN's default and with SGD, SGD with momentum and Adam over a grid of learning
# rates, each for the same seconds, and writes tables after every run: it can be stopped at any time.
# Runs that are there already are kept: start it again to go on. A learning rate is chosen at seed 1
# by the train loss; if the best is at an end of the grid, the grid is extended.
#
#   results/run-equal-seconds.sh [RUNS [STUDY [TASK...]]]
#
# RUNS is the folder of the runs, default runs/equal-seconds. STUDY is
#   published  the published tasks: equal-seconds.md; two hours and a half; the default
#   held-out   tasks on which nothing was tuned: equal-seconds-held-out.md; an hour
#   ablation   the default with each part left out: ablation.md; half an hour
# TASK is one of a study's tasks below, default all of them.
# MNIST, Fashion-MNIST and CIFAR-10 must be in $SGN_DATA or the cache folder, see ./sgn mlp --help.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sgn=$(dirname "$here")/sgn
runs=${1:-$(dirname "$here")/runs/equal-seconds}
study=${2:-published}
wanted=" ${*:3} "
case $study in
  published) tasks="boston sine-10 sine-100 mnist fashion cifar10" table=$here/equal-seconds.md ;;
  held-out)
    tasks="mnist-64 fashion-relu mnist-lenet5 friedman spirals" table=$here/equal-seconds-held-out.md
    ;;
  ablation) tasks="boston sine-100 mnist fashion" table=$here/ablation.md ;;
  *)
    echo "no study $study: published, held-out or ablation" >&2
    exit 2
    ;;
esac
seeds=${EQUAL_SECONDS_SEEDS:-5}
runs=$runs/$study
mkdir -p "$runs"

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

# options TASK: data, network and seconds.
options() {
  case $1 in
    boston) echo mlp --dataset boston --max-seconds 5 ;;
    sine-10) echo mlp --dataset sine --max-seconds 10 ;;
    sine-100) echo mlp --dataset sine --sine-frequency 100 --max-seconds 10 ;;
    mnist) echo mlp --dataset mnist --max-seconds 20 ;;
    fashion) echo convnet --dataset fashion --max-seconds 45 ;;
    cifar10) echo convnet --dataset cifar10 --max-seconds 300 ;;
    mnist-64) echo mlp --dataset mnist --layers 64 32 --init xavier --max-seconds 20 ;;
    fashion-relu)
      echo mlp --dataset fashion --layers 64 32 --activation relu --init xavier --max-seconds 20
      ;;
    mnist-lenet5) echo convnet --dataset mnist --max-seconds 45 ;;
    friedman) echo mlp --csv "$runs/friedman.csv" --target y --task regression --max-seconds 5 ;;
    spirals) echo mlp --csv "$runs/spirals.csv" --target arm --task classification --max-seconds 5 ;;
  esac
}

# run TASK METHOD RATE SEED OPTION...: trains unless that has been done.
run() {
  local folder=$runs/$1_$2_$3_$4
  if grep -qsE '"status" : "(done|non_finite)"' "$folder/results.json"; then
    return
  fi
  echo "== $folder"
  local status=0
  # shellcheck disable=SC2046
  "$sgn" $(options "$1") --seed "$4" "${@:5}" --out "$folder" --force || status=$?
  # 3: training met NaN, which is a result as well.
  if [ "$status" -ne 0 ] && [ "$status" -ne 3 ]; then
    exit "$status"
  fi
  "$sgn" equal-seconds "$runs" --out "$table" > /dev/null
}

# first_order TASK METHOD RATE SEED
first_order() {
  local solver
  case $2 in
    sgd) solver="--solver SGD" ;;
    momentum) solver="--solver SGD --momentum 0.9" ;;
    adam) solver="--solver ADAM" ;;
  esac
  # shellcheck disable=SC2086
  run "$1" "$2" "$3" "$4" $solver --lr "$3" --averaging 8
}

# All rates there are, in order; grid NAME TASK gives those to start with.
ladder=(0.0001 0.0003 0.001 0.003 0.01 0.03 0.1 0.3 1 3 10 30)
grid() {
  case $1-$2 in
    sgd-cifar10) echo 0.03 0.1 0.3 ;;
    momentum-cifar10) echo 0.003 0.01 0.03 ;;
    adam-cifar10) echo 0.0003 0.001 0.003 ;;
    sgd-*) echo 0.03 0.1 0.3 1 3 ;;
    momentum-*) echo 0.003 0.01 0.03 0.1 0.3 ;;
    adam-*) echo 0.001 0.003 0.01 0.03 0.1 ;;
  esac
}

best() {
  "$sgn" equal-seconds "$runs" --best "$1" "$2"
}

# neighbours RATE: the ones below and above.
neighbours() {
  local i
  for i in "${!ladder[@]}"; do
    if [ "${ladder[$i]}" = "$1" ]; then
      [ "$i" -eq 0 ] || echo "${ladder[$((i - 1))]}"
      echo "${ladder[$((i + 1))]:-}"
    fi
  done
}

# ablation TASK SEED: the default with each part left out or replaced.
ablation() {
  run "$1" sgn-default - "$2" --solver SGN
  # Boston's batches have 101 samples, all of which give the curvature, and a tenth is 10.
  [ "$1" = boston ] || run "$1" sgn-all-samples - "$2" --solver SGN --curvature-samples 0
  run "$1" sgn-plain-damping - "$2" --solver SGN --rho 1e-3
  run "$1" sgn-cold-start - "$2" --solver SGN --warm-start 0
  run "$1" sgn-no-preconditioner - "$2" --solver SGN --precond none
  [ "$1" = boston ] || run "$1" sgn-10-iterations - "$2" --solver SGN --cg-max-iter 10
  run "$1" sgn-no-averaging - "$2" --solver SGN --averaging 0
  # Regressions have no decay.
  case $1 in
    mnist | fashion) run "$1" sgn-no-decay - "$2" --solver SGN --decay-from 1 ;;
  esac
  run "$1" sgn-no-line-search - "$2" --solver SGN --no-ls
  run "$1" sgn-no-rejection - "$2" --solver SGN --no-reject
  run "$1" sgn-reference - "$2" --solver SGN --preset reference --rho 1e-4 --averaging 8
}

# compare TASK SEEDS
compare() {
  local task=$1 seed method rate chosen
  for seed in $(seq "$2"); do
    run "$task" sgn-default - "$seed" --solver SGN
  done
  for method in sgd momentum adam; do
    for rate in $(grid "$method" "$task"); do
      first_order "$task" "$method" "$rate" 1
    done
    # Until the best rate has been tried between its neighbours.
    chosen=
    while [ "$chosen" != "$(best "$task" "$method")" ]; do
      chosen=$(best "$task" "$method")
      for rate in $(neighbours "$chosen"); do
        first_order "$task" "$method" "$rate" 1
      done
    done
    # Nothing to repeat where every rate diverged.
    [ -n "$chosen" ] || continue
    for seed in $(seq 2 "$2"); do
      first_order "$task" "$method" "$chosen" "$seed"
    done
  done
}

friedman > "$runs/friedman.csv"
spirals > "$runs/spirals.csv"
for task in $tasks; do
  case $wanted in
    "  " | *" $task "*) ;;
    *) continue ;;
  esac
  if [ "$study" = ablation ]; then
    for seed in $(seq $((seeds < 2 ? seeds : 2))); do
      ablation "$task" "$seed"
    done
  elif [ "$task" = cifar10 ]; then
    compare "$task" $((seeds < 2 ? seeds : 2))
  else
    compare "$task" "$seeds"
  fi
done
