// Commands that only hold subcommands. Each is told by COMMAND once one of its subcommands is in the catalog.
import type { Group } from './command.ts'

export interface Container {
  readonly name: string
  readonly since: string
  readonly group: Group
  readonly summary: string
}

export const containers: Readonly<Record<string, Omit<Container, 'name'>>> = {
  acl: { since: '6.0.0', group: 'server', summary: 'Users and what each may do.' },
  client: { since: '2.4.0', group: 'connection', summary: 'Looks at connections and changes their state.' },
  cluster: { since: '3.0.0', group: 'cluster', summary: 'Slots and nodes of a cluster.' },
  config: { since: '2.0.0', group: 'server', summary: 'Reads and changes the server’s parameters.' },
  function: { since: '7.0.0', group: 'scripting', summary: 'Libraries of functions that the server keeps.' },
  latency: { since: '2.8.13', group: 'server', summary: 'What was slow, and when.' },
  memory: { since: '4.0.0', group: 'server', summary: 'Where the memory is.' },
  module: { since: '4.0.0', group: 'server', summary: 'Loaded modules.' },
  object: { since: '2.2.3', group: 'generic', summary: 'How a value is kept inside.' },
  pubsub: { since: '2.8.0', group: 'pubsub', summary: 'Who listens to which channel.' },
  script: { since: '2.6.0', group: 'scripting', summary: 'Scripts that the server has cached.' },
  slowlog: { since: '2.2.12', group: 'server', summary: 'The slowest commands of late.' },
  xgroup: { since: '5.0.0', group: 'stream', summary: 'Makes and removes consumer groups.' },
  xinfo: { since: '5.0.0', group: 'stream', summary: 'Tells about a stream, its groups and consumers.' },
}
