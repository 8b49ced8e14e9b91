package dev.hubwire.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hubwire.protocol.text.JsonScanner;
import dev.hubwire.protocol.text.JsonText;
import dev.hubwire.transport.PayloadWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.Version;
import tools.jackson.core.base.GeneratorBase;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JacksonFeatureSet;
import tools.jackson.core.util.SimpleStreamWriteContext;
import tools.jackson.databind.cfg.PackageVersion;

/**
 * Lets Jackson write one value straight into a message, with the reference server's escapes and
 * numbers. Used by one thread.
 */
final class PayloadGenerator extends GeneratorBase {
  /** As deep as a value may be that the reference server reads; it also ends a cycle. */
  private static final StreamWriteConstraints CONSTRAINTS =
      StreamWriteConstraints.builder().maxNestingDepth(JsonScanner.MAX_DEPTH).build();

  /** Only asked for its constraints, so that all generators can share it. */
  private static final IOContext SHARED =
      new IOContext(
          StreamReadConstraints.defaults(),
          CONSTRAINTS,
          ErrorReportConfiguration.defaults(),
          new BufferRecycler(),
          ContentReference.unknown(),
          false,
          JsonEncoding.UTF8);

  private final PayloadWriter target;
  private SimpleStreamWriteContext context = SimpleStreamWriteContext.createRootContext(null);

  /** Whether a value follows another in the same container. */
  private boolean needsComma;

  PayloadGenerator(ObjectWriteContext writeContext, PayloadWriter target) {
    super(
        writeContext,
        SHARED,
        writeContext.getStreamWriteFeatures(StreamWriteFeature.collectDefaults()));
    this.target = target;
  }

  @Override
  protected void _verifyValueWrite(String what) {
    if (!context.writeValue()) {
      _reportError("Cannot " + what + ", expecting a property name");
    }
    separate();
    needsComma = true;
  }

  private void separate() {
    if (needsComma) {
      target.write(',');
    }
  }

  @Override
  public JsonGenerator writeStartArray() {
    return writeStartArray(null);
  }

  @Override
  public JsonGenerator writeStartArray(@Nullable Object forValue) {
    _verifyValueWrite("start an array");
    return open('[', context.createChildArrayContext(forValue));
  }

  @Override
  public JsonGenerator writeStartObject() {
    return writeStartObject(null);
  }

  @Override
  public JsonGenerator writeStartObject(@Nullable Object forValue) {
    _verifyValueWrite("start an object");
    return open('{', context.createChildObjectContext(forValue));
  }

  private JsonGenerator open(char bracket, SimpleStreamWriteContext inner) {
    CONSTRAINTS.validateNestingDepth(inner.getNestingDepth());
    context = inner;
    needsComma = false;
    target.write(bracket);
    return this;
  }

  @Override
  public JsonGenerator writeEndArray() {
    return close(']', context.inArray());
  }

  @Override
  public JsonGenerator writeEndObject() {
    return close('}', context.inObject());
  }

  private JsonGenerator close(char bracket, boolean matches) {
    if (!matches) {
      _reportError("Cannot write '" + bracket + "', current context is " + context.typeDesc());
    }
    context = context.clearAndGetParent();
    needsComma = true;
    target.write(bracket);
    return this;
  }

  @Override
  public JsonGenerator writeName(String name) {
    if (!context.writeName(name)) {
      _reportError("Cannot write a property name, expecting a value");
    }
    separate();
    needsComma = false;
    JsonText.writeString(name, target);
    target.write(':');
    return this;
  }

  @Override
  public JsonGenerator writePropertyId(long id) {
    return writeName(Long.toString(id));
  }

  @Override
  public JsonGenerator writeString(@Nullable String text) {
    if (text == null) {
      return writeNull();
    }
    _verifyValueWrite(WRITE_STRING);
    JsonText.writeString(text, target);
    return this;
  }

  @Override
  public JsonGenerator writeString(char[] buffer, int offset, int length) {
    return writeString(new String(buffer, offset, length));
  }

  @Override
  public JsonGenerator writeUTF8String(byte[] buffer, int offset, int length) {
    return writeString(new String(buffer, offset, length, UTF_8));
  }

  @Override
  public JsonGenerator writeRawUTF8String(byte[] buffer, int offset, int length) {
    _verifyValueWrite(WRITE_STRING);
    target.write('"');
    target.write(buffer, offset, length);
    target.write('"');
    return this;
  }

  @Override
  public JsonGenerator writeRaw(String text) {
    target.write(text.getBytes(UTF_8));
    return this;
  }

  @Override
  public JsonGenerator writeRaw(String text, int offset, int length) {
    return writeRaw(text.substring(offset, offset + length));
  }

  @Override
  public JsonGenerator writeRaw(char[] buffer, int offset, int length) {
    return writeRaw(new String(buffer, offset, length));
  }

  @Override
  public JsonGenerator writeRaw(char c) {
    return writeRaw(String.valueOf(c));
  }

  @Override
  public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
    return writeAscii(variant.encode(Arrays.copyOfRange(data, offset, offset + length), true));
  }

  @Override
  public JsonGenerator writeNumber(short value) {
    return writeNumber((long) value);
  }

  @Override
  public JsonGenerator writeNumber(int value) {
    return writeNumber((long) value);
  }

  @Override
  public JsonGenerator writeNumber(long value) {
    _verifyValueWrite(WRITE_NUMBER);
    JsonText.writeLong(value, target);
    return this;
  }

  @Override
  public JsonGenerator writeNumber(double value) {
    _verifyValueWrite(WRITE_NUMBER);
    JsonText.writeDouble(value, target);
    return this;
  }

  @Override
  public JsonGenerator writeNumber(float value) {
    _verifyValueWrite(WRITE_NUMBER);
    JsonText.writeFloat(value, target);
    return this;
  }

  @Override
  public JsonGenerator writeNumber(@Nullable BigInteger value) {
    return value == null ? writeNull() : writeAscii(value.toString());
  }

  @Override
  public JsonGenerator writeNumber(@Nullable BigDecimal value) {
    return value == null ? writeNull() : writeAscii(_asString(value));
  }

  @Override
  public JsonGenerator writeNumber(String digits) {
    return writeAscii(digits);
  }

  @Override
  public JsonGenerator writeBoolean(boolean value) {
    return writeAscii(value ? "true" : "false");
  }

  @Override
  public JsonGenerator writeNull() {
    return writeAscii("null");
  }

  /** Writes a value that needs no escapes. */
  private JsonGenerator writeAscii(String text) {
    _verifyValueWrite("write a value");
    JsonText.writeAscii(text, target);
    return this;
  }

  @Override
  public TokenStreamContext streamWriteContext() {
    return context;
  }

  @Override
  public Object currentValue() {
    return context.currentValue();
  }

  @Override
  public void assignCurrentValue(Object value) {
    context.assignCurrentValue(value);
  }

  @Override
  public Object streamWriteOutputTarget() {
    return target;
  }

  @Override
  public int streamWriteOutputBuffered() {
    return 0;
  }

  @Override
  public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
    return DEFAULT_TEXTUAL_WRITE_CAPABILITIES;
  }

  @Override
  public Version version() {
    return PackageVersion.VERSION;
  }

  /** Nothing waits to be written. */
  @Override
  public void flush() {}

  /** The message goes on after the value. */
  @Override
  public void close() {}

  @Override
  protected void _closeInput() {}

  @Override
  protected void _releaseBuffers() {}
}
