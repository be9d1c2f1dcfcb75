package io.github.sgn4j.examples.data.download;

/**
 * What a look at a file showed.
 *
 * @param state the verdict
 * @param detail what was wrong, a few words; empty if nothing was
 */
public record FileCheck(State state, String detail) {

  /** How a file stands. */
  public enum State {
    /** Its content is the official one, by its checksum. */
    VERIFIED("verified"),
    /** It is whole, as far as its format tells, but its content is another. */
    OTHER("not the official content"),
    /** It is cut short or otherwise broken. */
    DAMAGED("damaged"),
    /** There is no such file. */
    MISSING("missing");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** In words. */
    public String text() {
      return text;
    }
  }

  /** Nothing to say of it but the state. */
  static FileCheck of(State state) {
    return new FileCheck(state, "");
  }

  static FileCheck damaged(String detail) {
    return new FileCheck(State.DAMAGED, detail);
  }

  static FileCheck other(String detail) {
    return new FileCheck(State.OTHER, detail);
  }

  /** In words. */
  public String text() {
    return detail.isEmpty() ? state.text() : state.text() + ": " + detail;
  }
}
