/**
 * Training runs: epochs of mini-batches with evaluation, a time limit, listeners, callbacks that
 * take a hand, and checkpoints to go on from.
 */
package io.github.sgn4j.training;
