/**
 * Curvature matrices of an objective, known by their products with vectors or by a factor, and
 * estimates of their diagonals.
 */
package io.github.sgn4j.curvature;
