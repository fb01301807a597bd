/** One message of PostgreSQL's frontend/backend protocol, version 3: its type and all of its bytes. */
export interface WireMessage {
  /** The type byte as a character: 'Q' query, 'S' sync, 'Z' ready for query, … */
  readonly type: string;
  readonly bytes: Buffer;
}

/** Bytes before a message's body: one for the type, four for the length. */
const HEADER_BYTES = 5;

/**
 * Splits a buffer into whole messages; what is left over is the beginning of one that has not arrived yet.
 * Source: PostgreSQL documentation, "Message Formats".
 */
export function splitMessages(buffer: Buffer): { messages: WireMessage[]; rest: Buffer } {
  const messages: WireMessage[] = [];
  let offset = 0;
  while (buffer.length - offset >= HEADER_BYTES) {
    const end = offset + 1 + buffer.readInt32BE(offset + 1);
    if (end > buffer.length) break;
    messages.push({
      type: String.fromCharCode(buffer.readUInt8(offset)),
      bytes: buffer.subarray(offset, end),
    });
    offset = end;
  }
  return { messages, rest: buffer.subarray(offset) };
}

/** The SQL that a Query or Parse message carries; '' for any other message. */
export function sqlOf(message: WireMessage): string {
  if (message.type === 'Q') return stringAt(message.bytes, HEADER_BYTES);
  if (message.type !== 'P') return '';
  const statementNameEnd = message.bytes.indexOf(0, HEADER_BYTES);
  return stringAt(message.bytes, statementNameEnd + 1);
}

/** The channel of a NotificationResponse message. */
export function channelOf(notification: WireMessage): string {
  const processIdBytes = 4;
  return stringAt(notification.bytes, HEADER_BYTES + processIdBytes);
}

/** A message with the given type and body. */
export function message(type: string, body: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(type, 'latin1');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

/** A simple query. */
export function queryMessage(sql: string): Buffer {
  return message('Q', zeroTerminated(sql));
}

/** 'I' outside a transaction, 'T' inside one, 'E' inside one that failed. */
export function readyForQuery(status: 'I' | 'T' | 'E'): Buffer {
  return message('Z', Buffer.from(status, 'latin1'));
}

/** An error as the server sends it; `pg` turns it into a DatabaseError with this `code` (SQLSTATE). */
export function errorResponse(severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, `M${text}`].map(zeroTerminated);
  return message('E', Buffer.concat([...fields, Buffer.alloc(1)]));
}

/** What a server says to a client that it lets in without a password. */
export function welcome(processId: number): Buffer {
  const parameters = [
    ['server_encoding', 'UTF8'],
    ['client_encoding', 'UTF8'],
    ['DateStyle', 'ISO, MDY'],
    ['TimeZone', 'UTC'],
  ];
  const keyData = Buffer.alloc(8);
  keyData.writeInt32BE(processId);
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    ...parameters.map((pair) => message('S', Buffer.concat(pair.map(zeroTerminated)))),
    message('K', keyData),
    readyForQuery('I'),
  ]);
}

function zeroTerminated(text: string): Buffer {
  return Buffer.from(`${text}\0`);
}

function stringAt(bytes: Buffer, start: number): string {
  return bytes.toString('utf8', start, bytes.indexOf(0, start));
}
