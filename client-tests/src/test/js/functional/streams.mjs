// Streams in both directions.
import { refused, same } from '../suite/kit.mjs';
import { called, collected, open } from './hub.mjs';

/** So often that a cancellation that overtakes its stream would be seen. */
const ROUNDS = 25;

export const streams = [
  ['streams texts', async (stage) => {
    const connection = await open(stage);
    same(await collected(connection.stream('Stream')), ['a', 'b', 'c']);
  }],

  ['streams nothing', async (stage) => {
    const connection = await open(stage);
    same(await collected(connection.stream('EmptyStream')), []);
  }],

  ['tells why a stream did not begin', async (stage) => {
    const connection = await open(stage);
    await refused(
      collected(connection.stream('StreamThrowException', 'An error occurred.')),
      "An unexpected error occurred invoking 'StreamThrowException' on the server. "
        + 'InvalidOperationException: An error occurred.');
  }],

  ['tells the server of every stream that is cancelled, however early', async (stage) => {
    const connection = await open(stage);
    for (let round = 1; round <= ROUNDS; round++) {
      const told = called(connection, 'StreamCanceled');
      connection.stream('InfiniteStream').subscribe({ next() {}, error() {}, complete() {} }).dispose();
      same(await told, [], 'arguments');
      connection.off('StreamCanceled');
    }
  }],

  ['joins what it is sent', async (stage) => {
    const connection = await open(stage);
    const parts = new stage.signalR.Subject();
    const joined = connection.invoke('StreamingConcat', parts);
    for (const part of ['Hello', ' ', 'world', '!']) {
      parts.next(part);
    }
    parts.complete();
    same(await joined, 'Hello world!');
  }],

  ['fails with what its client failed with', async (stage) => {
    const connection = await open(stage);
    const parts = new stage.signalR.Subject();
    const joined = connection.invoke('StreamingConcat', parts);
    parts.next('Hello');
    parts.error(new Error('Something bad'));
    await refused(
      joined,
      "An unexpected error occurred invoking 'StreamingConcat' on the server. HubException: Something bad");
  }],
];
