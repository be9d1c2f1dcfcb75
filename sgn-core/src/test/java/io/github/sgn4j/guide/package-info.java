/** The code that the guides in {@code docs/} show, compiled and run. */
package io.github.sgn4j.guide;
