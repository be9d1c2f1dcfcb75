/** Curvature matrices of an objective, known by their products with vectors alone. */
package io.github.sgn4j.curvature;
