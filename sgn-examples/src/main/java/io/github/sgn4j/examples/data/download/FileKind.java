package io.github.sgn4j.examples.data.download;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a file of the catalogue is, which decides what its content is. */
public enum FileKind {
  /** An IDX file, plain or gzip; its content is what is left when it has been decompressed. */
  @JsonProperty("idx")
  IDX,
  /** A gzip archive; its content is its bytes. */
  @JsonProperty("archive")
  ARCHIVE,
  /** CIFAR-10's records of one class and 3072 pixels. */
  @JsonProperty("records")
  RECORDS
}
