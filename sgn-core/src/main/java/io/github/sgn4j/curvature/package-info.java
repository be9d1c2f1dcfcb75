/**
 * Curvature matrices of an objective, known by their products with vectors or by a factor, and what
 * can be asked of them: eigenvalues, spectral density, trace, estimates of their diagonals.
 *
 * <p>{@link io.github.sgn4j.curvature.GaussNewton} is the one to train with. The empirical Fisher
 * matrix and the Fisher matrix of drawn targets are given by their factors, C = A^T A: ask an open
 * linearization for {@link io.github.sgn4j.objective.Linearization#empiricalFisherFactor} or {@link
 * io.github.sgn4j.objective.Linearization#sampledFisherFactor} and take a {@link
 * io.github.sgn4j.curvature.FactorCurvature} of it, which is usable while the linearization is open
 * and until it is asked for another factor. All three are positive semidefinite; the {@link
 * io.github.sgn4j.curvature.HessianOperator} is not.
 */
package io.github.sgn4j.curvature;
