/** The networks of the published runs, as SameDiff models. */
package io.github.sgn4j.examples.model;
