package io.github.sgn4j.training.listener;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A Protocol Buffers message, as much of the wire format as TensorBoard's events need. */
final class ProtoMessage {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = (1 << VARINT_BITS) - 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoMessage number(int field, double value) {
    key(field, FIXED_64);
    littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    return this;
  }

  ProtoMessage number(int field, float value) {
    key(field, FIXED_32);
    littleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    return this;
  }

  ProtoMessage number(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  ProtoMessage text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoMessage message(int field, ProtoMessage value) {
    return bytes(field, value.toByteArray());
  }

  boolean isEmpty() {
    return out.size() == 0;
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  private ProtoMessage bytes(int field, byte[] value) {
    key(field, LENGTH_DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  private void key(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~VARINT_MASK) != 0) {
      out.write((int) (rest & VARINT_MASK) | 1 << VARINT_BITS);
      rest >>>= VARINT_BITS;
    }
    out.write((int) rest);
  }

  private void littleEndian(long value, int count) {
    for (int i = 0; i < count; i++) {
      out.write((int) (value >>> (Byte.SIZE * i)));
    }
  }
}
