package io.github.sgn4j.testkit;

import io.github.sgn4j.nd.OpThreads;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps what a test asks SameDiff itself to a single thread per op: on a busy machine a test of
 * hundreds of tiny networks takes minutes otherwise.
 */
public final class OneThreadPerOp implements BeforeAllCallback, AfterAllCallback {

  private int before;

  @Override
  public void beforeAll(ExtensionContext context) {
    before = OpThreads.single();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    OpThreads.restore(before);
  }
}
