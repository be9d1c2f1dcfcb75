/** Measures of a network's output that are reported, not trained on. */
package io.github.sgn4j.metric;
