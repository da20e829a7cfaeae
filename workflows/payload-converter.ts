import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';

/** As much as a journal shows of what could not be read. */
const SHOWN_BYTES = 200;

/**
 * Reads payloads as the engine's client writes them. One that cannot be read (a signal typed by hand in another encoding,
 * half a JSON) becomes a value that no schema takes: an error here would fail the workflow task for ever, before any handler
 * of ours could say what is wrong.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload<T>(payload: Payload): T {
    try {
      return defaultPayloadConverter.fromPayload<T>(payload);
    } catch (error) {
      const text = [...(payload.data ?? []).slice(0, SHOWN_BYTES)].map((byte) => String.fromCharCode(byte)).join('');
      return { unreadablePayload: error instanceof Error ? error.message : 'not understood', text } as T;
    }
  },
};
