package io.github.sgn4j.examples.data.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, read as it arrives by a thread that does not wait forever: the client's
 * own timeout ends with the headers.
 */
final class TimedBody implements BodySubscriber<TimedBody>, AutoCloseable {

  /** What arrived: bytes, or the end, for a reason if it is a bad one. */
  private record Arrival(List<ByteBuffer> bytes, boolean isEnd, Throwable failure) {}

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Duration stall;
  private Flow.Subscription subscription;
  private boolean closed;

  TimedBody(Duration stall) {
    this.stall = stall;
  }

  @Override
  public CompletionStage<TimedBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    if (closed) {
      given.cancel();
    } else {
      subscription = given;
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    arrivals.add(new Arrival(bytes, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    arrivals.add(new Arrival(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival(List.of(), true, null));
  }

  /**
   * The next bytes; null at the end.
   *
   * @throws TransferException if none arrive in time
   * @throws IOException if the connection breaks
   */
  List<ByteBuffer> next() throws IOException, InterruptedException {
    Arrival next = arrivals.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new TransferException("nothing came for " + stall.toMillis() / 1e3 + " seconds");
    }
    if (next.failure() != null) {
      throw new IOException(next.failure());
    }
    if (next.isEnd()) {
      return null;
    }
    synchronized (this) {
      subscription.request(1);
    }
    return next.bytes();
  }

  /** Gives up what has not arrived. */
  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
