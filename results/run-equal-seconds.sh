#!/usr/bin/env bash
# Trains the published tasks with SGN's default and with SGD, SGD with momentum and Adam over a grid
# of learning rates, each for the same seconds, and writes the tables equal-seconds.md after every
# run: it can be stopped at any time. Runs that are there already are kept: start it again to go on.
# A learning rate is chosen at seed 1 by the train loss; if the best is at an end of the grid, the
# grid is extended. Takes about two hours and a half.
#
#   results/run-equal-seconds.sh [RUNS [TASK...]]
#
# RUNS is the folder of the runs, default runs/equal-seconds; TASK is one of those below, default all.
# MNIST, Fashion-MNIST and CIFAR-10 must be in $SGN_DATA or the cache folder, see ./sgn mlp --help.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sgn=$(dirname "$here")/sgn
runs=${1:-$(dirname "$here")/runs/equal-seconds}
wanted=" ${*:2} "
table=${EQUAL_SECONDS_TABLE:-$here/equal-seconds.md}
seeds=${EQUAL_SECONDS_SEEDS:-5}
mkdir -p "$runs"

# options TASK: data, network and seconds.
options() {
  case $1 in
    boston) echo mlp --dataset boston --max-seconds 5 ;;
    sine-10) echo mlp --dataset sine --max-seconds 10 ;;
    sine-100) echo mlp --dataset sine --sine-frequency 100 --max-seconds 10 ;;
    mnist) echo mlp --dataset mnist --max-seconds 20 ;;
    fashion) echo convnet --dataset fashion --max-seconds 45 ;;
    cifar10) echo convnet --dataset cifar10 --max-seconds 300 ;;
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

for task in boston sine-10 sine-100 mnist fashion cifar10; do
  case $wanted in
    "  " | *" $task "*) ;;
    *) continue ;;
  esac
  last=$seeds
  [ "$task" != cifar10 ] || [ "$seeds" -lt 2 ] || last=2
  for seed in $(seq "$last"); do
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
    for seed in $(seq 2 "$last"); do
      first_order "$task" "$method" "$chosen" "$seed"
    done
  done
done
