/** How far to go along a direction. */
package io.github.sgn4j.linesearch;
