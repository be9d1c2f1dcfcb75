/** Checkpoints of training runs as files: versioned, checked, replaced at once. */
package io.github.sgn4j.checkpoint;
