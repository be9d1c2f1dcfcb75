/**
 * A differentiated graph as kernels over preallocated buffers: compiled once, bound once per batch
 * shape, run many times without allocating.
 */
package io.github.sgn4j.plan;
