// SCAN: the keys of a database a few at a time, each that was there all the while at least once.
import type { Bytes } from '../../wire/bytes.ts'
import type { Reply } from '../../wire/reply.ts'
import { command, family, WRITTEN, type Context, type Written } from '../command.ts'
import { everything, scanCursor, scanOptions, scanReply, type ScanOptions } from './scanning.ts'

export const scan = family('generic', [
  command({
    name: 'SCAN',
    summary: {
      en: 'Walks through the keys a few at a time; begin with cursor 0, go on until it comes back as 0.',
      ko: '키를 조금씩 나누어 훑습니다. 커서 0으로 시작해서 0이 돌아올 때까지 이어 갑니다.',
    },
    since: '2.8.0',
    complexity:
      'O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.',
    flags: ['readonly'],
    args: [scanCursor, scanOptions('keys')],
    tips: ['nondeterministic_output', 'request_policy:special', 'response_policy:special'],
    run: (context, { cursor, options }) => step(context, cursor, options()),
  }),
])

function step({ db, out }: Context, cursor: number, { matches, count, type }: ScanOptions): Reply | Written {
  if (out !== null && matches === everything && type === null) {
    db.tellScan(cursor, count, out)
    return WRITTEN
  }
  const found: Bytes[] = []
  const next = db.scan(cursor, count, matches, type, found)
  return scanReply(next, found)
}
