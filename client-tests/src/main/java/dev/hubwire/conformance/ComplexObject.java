package dev.hubwire.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value with a bit of everything, itself included. */
public record ComplexObject(
    @Nullable String name,
    int value,
    @Nullable List<String> tags,
    @Nullable ComplexObject nested) {}
