/** SameDiff models as objectives, and ND4J's arrays and data set iterators as batches. */
package io.github.sgn4j.samediff;
