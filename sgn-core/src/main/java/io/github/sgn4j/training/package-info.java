/** Training runs: epochs of mini-batches with evaluation, a time limit and listeners. */
package io.github.sgn4j.training;
