// A reporter for node:test: one JSON object a line for each test as it ends. Groups are left out.
export default async function* report(events) {
  for await (const { type, data } of events) {
    const isEnd = type === 'test:pass' || type === 'test:fail';
    if (isEnd && data.details.type !== 'suite') {
      const error = data.details.error;
      yield `${JSON.stringify({
        name: data.name,
        passed: type === 'test:pass' && data.skip === undefined,
        error: String(error?.cause?.stack ?? error?.cause ?? error?.message ?? 'skipped'),
      })}\n`;
    }
  }
}
