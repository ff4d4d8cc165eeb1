// MONITOR: a client that sees every command as it runs, one line each.
import { OK, status } from '../../wire/reply.ts'
import { command, family } from '../command.ts'
import { errors } from '../errors.ts'

export const monitor = family('server', [
  command({
    name: 'MONITOR',
    summary: {
      en: 'Shows every command that any client runs, until this one leaves or resets.',
      ko: '이 연결이 끝나거나 RESET할 때까지, 모든 클라이언트가 실행하는 명령을 보여 줍니다.',
    },
    since: '1.0.0',
    complexity: '',
    flags: ['admin', 'noscript', 'loading', 'stale'],
    args: [],
    run({ client, server }) {
      if (server.inExec) throw errors.monitorInMulti()
      if (client.monitoring) {
        // The server does not answer a second one.
        if (client.quiet !== 'off') client.quiet = 'now'
        return status('')
      }
      client.monitoring = true
      server.monitors.add(client)
      server.tell(client)
      return OK
    },
  }),
])
