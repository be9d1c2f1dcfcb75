package io.github.sgn4j.golden;

/** Replays one trace file and fails with every difference. */
final class GoldenChecker {

  private final GoldenModel.Factory models;

  GoldenChecker(GoldenModel.Factory models) {
    this.models = models;
  }

  /**
   * Checks the file.
   *
   * @throws AssertionError if a number differs
   * @throws TraceFormatException if the file cannot be replayed
   */
  void check(TraceFile file) {
    Trace root = file.root();
    Comparison comparison = new Comparison(root.has("error"));
    try (GoldenModel model = models.create(file)) {
      if (root.has("blocks")) {
        new BlocksCheck(file, model, comparison).run();
      } else if (root.has("optimizer") && root.text("optimizer").equals("SGN")) {
        new SgnCheck(file, model, comparison).run();
      } else if (root.has("optimizer") && root.text("optimizer").equals("SGD")) {
        new SgdCheck(file, model, comparison).run();
      } else {
        throw new TraceFormatException(
            "the file has neither 'blocks' nor an 'optimizer' SGN or SGD");
      }
    } catch (IllegalArgumentException e) {
      throw new TraceFormatException("a value in the file is out of range: " + e.getMessage(), e);
    }
    comparison.finish(file.name());
  }
}
