package dev.hubwire.registry;

import dev.hubwire.protocol.HubMessage;
import dev.hubwire.protocol.HubProtocol;
import dev.hubwire.protocol.SerializationException;
import dev.hubwire.transport.PayloadWriter;
import dev.hubwire.transport.SharedPayload;
import dev.hubwire.transport.buffer.BufferPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message for many, written once in each protocol that receivers speak. Owns one reference of
 * each payload until {@link #release()}.
 */
final class EncodedMessage {
  private final MessageSource source;
  private final List<Encoding> encodings = new ArrayList<>(2);

  private EncodedMessage(MessageSource source) {
    this.source = source;
  }

  /**
   * @throws SerializationException if one protocol cannot write it; nothing stays borrowed then
   */
  static EncodedMessage of(
      MessageSource message, Collection<HubProtocol> protocols, BufferPool pool) {
    EncodedMessage result = new EncodedMessage(message);
    PayloadWriter writer = new PayloadWriter(MessageSource.USUAL_MESSAGE_BYTES);
    try {
      for (HubProtocol protocol : protocols) {
        writer.reset();
        if (message.write(protocol, writer)) {
          result.encodings.add(
              new Encoding(
                  protocol, SharedPayload.pooled(writer, protocol.transferFormat(), pool)));
        }
      }
      return result;
    } catch (RuntimeException | Error e) {
      result.release();
      throw e;
    }
  }

  /** For one receiver, in memory of its own. */
  static SharedPayload single(HubMessage message, HubProtocol protocol) {
    PayloadWriter writer = new PayloadWriter(MessageSource.USUAL_MESSAGE_BYTES);
    protocol.write(message, writer);
    return SharedPayload.of(writer, protocol.transferFormat());
  }

  /**
   * The payload for those who speak a protocol, or null if it was not written in it: no receiver
   * spoke it when the message was sent.
   */
  @Nullable SharedPayload in(HubProtocol protocol) {
    for (int i = 0; i < encodings.size(); i++) {
      Encoding encoding = encodings.get(i);
      if (encoding.protocol.equals(protocol)) {
        return encoding.payload;
      }
    }
    return null;
  }

  /** Whether nobody who speaks this protocol can be given the message, now or later. */
  boolean lacks(HubProtocol protocol) {
    return source.lacks(protocol);
  }

  void release() {
    encodings.forEach(encoding -> encoding.payload.release());
  }

  private record Encoding(HubProtocol protocol, SharedPayload payload) {}
}
