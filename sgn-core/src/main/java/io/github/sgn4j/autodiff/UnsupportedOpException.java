package io.github.sgn4j.autodiff;

/** An op of the model cannot be trained through; the message says which, why and what to do. */
public final class UnsupportedOpException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String opName;

  /** Names the call and says why and what to do. */
  public UnsupportedOpException(OpCall call, String reason) {
    super(
        "op '" + call.opName() + "' that makes " + call.outputs() + " is not supported: " + reason);
    this.opName = call.opName();
  }

  /** The op's name in SameDiff. */
  public String opName() {
    return opName;
  }
}
