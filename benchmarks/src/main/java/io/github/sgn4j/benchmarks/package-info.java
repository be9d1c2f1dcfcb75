/**
 * JMH benchmarks of what training spends its time on, on the networks of the published runs. {@code
 * benchmarks/run.sh} runs them and prints a table.
 */
package io.github.sgn4j.benchmarks;
