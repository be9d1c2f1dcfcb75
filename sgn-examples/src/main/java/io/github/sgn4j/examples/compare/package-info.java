/** Comparisons: a grid of configurations and seeds, its runs in processes of their own, tables. */
package io.github.sgn4j.examples.compare;
