// Users: there is one, `default`, and it may do everything.
import { latin } from '../../wire/bytes.ts'
import { command, family } from '../command.ts'

export const acl = family('server', [
  command({
    name: 'ACL WHOAMI',
    summary: { en: 'Names the user of this connection.', ko: '이 연결의 사용자 이름을 알려 줍니다.' },
    since: '6.0.0',
    complexity: 'O(1)',
    flags: ['noscript', 'loading', 'stale'],
    args: [],
    run: () => latin('default'),
  }),
])
