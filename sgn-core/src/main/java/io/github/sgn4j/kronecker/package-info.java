/**
 * A preconditioner of a Kronecker product for each parameter, made of random probes of the
 * curvature: matrix products and inverses of what the sides of a parameter's shape share.
 */
package io.github.sgn4j.kronecker;
