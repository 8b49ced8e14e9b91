package dev.hubwire.backplane.redis;

import dev.hubwire.backplane.Address;
import dev.hubwire.backplane.EncodedInvocation;

/** One message on its way to one channel. Immutable. */
final class Parcel {
  private final String channel;
  private final byte[] payload;
  private final Address address;
  private final EncodedInvocation message;

  /**
   * @param payload as published; not copied, and changed by nobody
   * @param address whom it means where the channel is listened to
   */
  Parcel(String channel, byte[] payload, Address address, EncodedInvocation message) {
    this.channel = channel;
    this.payload = payload;
    this.address = address;
    this.message = message;
  }

  String channel() {
    return channel;
  }

  byte[] payload() {
    return payload;
  }

  Address address() {
    return address;
  }

  EncodedInvocation message() {
    return message;
  }
}
