/** Second-order training for SameDiff: stochastic generalized Gauss-Newton and its parts. */
package io.github.sgn4j;
