/**
 * Low-level access to ND4J arrays on the host: copies between native and heap memory, BLAS on
 * native pointers, and elementwise functions over heap chunks that the JIT compiler vectorises.
 */
package io.github.sgn4j.nd;
