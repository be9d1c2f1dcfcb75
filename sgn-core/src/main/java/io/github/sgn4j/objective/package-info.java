/**
 * The seam between optimizers and models: a flat parameter vector, an objective over mini-batches,
 * and its linearization. Nothing in here or above it knows SameDiff.
 */
package io.github.sgn4j.objective;
