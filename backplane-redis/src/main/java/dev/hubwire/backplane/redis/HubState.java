package dev.hubwire.backplane.redis;

/** What the parts of one hub's backplane share. Each is safe for use by any thread. */
record HubState(
    String hubName,
    Channels channels,
    Members members,
    Echoes echoes,
    PendingAcks acks,
    RemoteCalls calls) {}
