/**
 * The command line {@code ./sgn}, with the data sets, models and reports behind it.
 *
 * <p>Arrows point one way: cli &gt; results, data, model.
 */
package io.github.sgn4j.examples;
