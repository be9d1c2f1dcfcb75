#!/usr/bin/env bash
# Runs the JMH benchmarks on every network and prints their medians as a Markdown table.
#
#   benchmarks/run.sh [--net NET,...] [--only REGEX] [--peer COMMAND] [--out DIR] [JMH OPTION...]
#
# --net   networks, separated by commas; default: all that the library can do
# --only  which benchmarks; default: all
# --peer  a command that prints another framework's medians in the same sitting, a line of JSON per
#         network and thread count: {"net": ..., "threads": ..., "product": {"median": MS}, ...} with
#         value, gradient, product, sgn_step_cg10 and sgd_step. Its better thread count is compared.
# --out   where jmh.json, peer.jsonl and table.md go; default benchmarks/target/results
set -euo pipefail

nets=()
only='\.benchmarks\.'
peer=''
out=''
while [ $# -gt 0 ]; do
  case "$1" in
    --net) nets=(-p "net=$2"); shift 2 ;;
    --only) only=$2; shift 2 ;;
    --peer) peer=$2; shift 2 ;;
    --out) out=$(realpath -m "$2"); shift 2 ;;
    --help) sed -n '2,/^set/ { /^#/ s/^# \{0,1\}//p }' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) break ;;
  esac
done

here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
jar=benchmarks/target/benchmarks.jar
out=${out:-$PWD/benchmarks/target/results}
mvn -q -B -DskipTests -pl benchmarks -am package
mkdir -p "$out"

: > "$out/peer.jsonl"
if [ -n "$peer" ]; then
  (cd "$here" && bash -c "$peer") > "$out/peer.jsonl"
fi
java -jar "$jar" "$only" ${nets[@]+"${nets[@]}"} -bm sample -tu ms -rf json -rff "$out/jmh.json" "$@" >&2
java -cp "$jar" io.github.sgn4j.benchmarks.ResultTable "$out/jmh.json" "$out/peer.jsonl" "$out/table.md"
cat "$out/table.md"
