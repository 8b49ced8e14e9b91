package dev.hubwire.functional;

/** What clients send to have it sent back to them. */
public record CustomObject(String name, int value) {}
