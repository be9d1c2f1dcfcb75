/**
 * Differentiation of SameDiff graphs, op by op: Jacobian-vector products by tangent rules,
 * vector-Jacobian products by SameDiff's own reverse rules.
 */
package io.github.sgn4j.autodiff;
