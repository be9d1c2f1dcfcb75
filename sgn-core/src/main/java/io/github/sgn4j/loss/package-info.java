/**
 * Losses on the network's output, with closed-form gradient and Hessian with respect to it: what
 * the generalized Gauss-Newton matrix needs beside the Jacobian.
 */
package io.github.sgn4j.loss;
