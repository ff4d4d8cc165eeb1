// The sentences of the script, apart from the others because they come with its pane.
import type { Language } from '../../wire/text.ts'

const en = {
  editor: 'Script',
  editorHint: 'Ctrl+Enter runs the line or the selection, Ctrl+Shift+Enter runs all, Tab leads out.',
  runAll: 'Run all',
  runAllTip: 'Run the whole script (Ctrl+Shift+Enter)',
  runLine: 'Run line',
  runLineTip: 'Run this line, or all that are selected (Ctrl+Enter)',
  client: 'run in',
  clientTip: 'The client that runs lines without A> or B> before them',
  stop: 'Stop',
  loading: 'Opening the editor',
  notLoaded: 'The editor could not be loaded. The plain one does the same work.',
  paneNotLoaded: 'The script could not be loaded. Your text is kept; try again after a reload.',
  reload: 'Reload the page',
  running: (at: number, total: number) => `Command ${at} of ${total}`,
  held: (line: number, client: string) => `Line ${line} waits until client ${client} is free`,
  failed: (line: number) => `Stopped at line ${line}, which failed.`,
  stopped: (line: number) => `Stopped before line ${line}.`,
  ran: (count: number) => (count === 1 ? '1 command ran.' : `${count} commands ran.`),
  waits: (count: number) => (count === 1 ? '1 is waiting.' : `${count} are waiting.`),
  checks: (held: number, of: number) =>
    held === of
      ? of === 1
        ? 'The one expectation holds.'
        : `All ${of} expectations hold.`
      : `${held} of ${of} expectations hold.`,
  noCommand: 'There is no command on this line.',
  noCommands: 'There is no command in this script.',
  goOnWith: (count: number) => (count === 1 ? 'Run the 1 left' : `Run the ${count} left`),
  letGo: 'Leave them out',
  results: 'Results',
  line: (line: number) => `line ${line}`,
  moreLines: (count: number) => (count === 1 ? '+ 1 line' : `+ ${count} lines`),
  holds: 'as expected',
  holdsNot: 'not as expected',
  expected: 'expected',
  free: 'Stop waiting',
  emptyTitle: 'Several commands, kept and run together',
  empty: 'Write one command a line. Behind it, # => says what it should answer, and that is checked.',
  takeExample: 'Take an example',
  example: `# A note begins with #. Run one line, or the whole script.
SET capital:bahamas Nassau
GET capital:bahamas          # => "Nassau"

# What stands behind # => is checked, as redis-cli shows it or with --raw.
SET visits 41
INCR visits                  # => (integer) 42
GET nobody                   # => (nil)
LPUSH visits me              # => (error) WRONGTYPE…

# Several lines of a reply, each on a line of its own
DEL queue
RPUSH queue wash paint dry   # => 3
LRANGE queue 0 -1
# => 1) "wash"
# => 2) "paint"
# => 3) "dry"

# A> and B> say which client runs a line. A waits until B brings something.
A> BLPOP jobs 0
# => 1) "jobs"
# => 2) "sweep"
B> RPUSH jobs sweep          # => 1
`,
}

export type ScriptMessages = typeof en

const ko: ScriptMessages = {
  editor: '스크립트',
  editorHint: 'Ctrl+Enter로 이 줄이나 선택한 줄을, Ctrl+Shift+Enter로 전체를 실행해요. Tab으로 편집기를 나가요.',
  runAll: '전체 실행',
  runAllTip: '스크립트 전체를 실행해요 (Ctrl+Shift+Enter)',
  runLine: '이 줄 실행',
  runLineTip: '이 줄이나 선택한 줄을 실행해요 (Ctrl+Enter)',
  client: '실행할 곳',
  clientTip: '앞에 A>나 B>가 없는 줄을 실행할 클라이언트',
  stop: '멈추기',
  loading: '편집기를 여는 중',
  notLoaded: '편집기를 불러오지 못했어요. 이 단순한 편집기로도 똑같이 할 수 있어요.',
  paneNotLoaded: '스크립트 화면을 불러오지 못했어요. 쓴 글은 그대로 있으니 페이지를 새로 고쳐 보세요.',
  reload: '새로 고침',
  running: (at, total) => `명령 ${total}개 중 ${at}번째`,
  held: (line, client) => `${line}번 줄은 클라이언트 ${client}의 기다림이 끝나야 실행돼요`,
  failed: (line) => `${line}번 줄이 실패해서 멈췄어요.`,
  stopped: (line) => `${line}번 줄 앞에서 멈췄어요.`,
  ran: (count) => `명령 ${count}개를 실행했어요.`,
  waits: (count) => `${count}개는 기다리는 중이에요.`,
  checks: (held, of) =>
    held === of
      ? of === 1
        ? '예상 1개가 맞았어요.'
        : `예상 ${of}개가 모두 맞았어요.`
      : `예상 ${of}개 중 ${held}개가 맞았어요.`,
  noCommand: '이 줄에는 명령이 없어요.',
  noCommands: '스크립트에 명령이 없어요.',
  goOnWith: (count) => `남은 ${count}개 실행`,
  letGo: '나머지는 그만두기',
  results: '결과',
  line: (line) => `${line}번 줄`,
  moreLines: (count) => `외 ${count}줄`,
  holds: '예상대로',
  holdsNot: '예상과 다름',
  expected: '예상한 답',
  free: '그만 기다리기',
  emptyTitle: '여러 명령을 적어 두고 한꺼번에 실행해요',
  empty: '한 줄에 명령 하나씩 적어요. 뒤에 # =>로 예상한 답을 적으면 맞는지 확인해 줘요.',
  takeExample: '예제 가져오기',
  example: `# #으로 시작하는 줄은 메모예요. 한 줄씩 실행해도, 전체를 실행해도 돼요.
SET 수도:바하마 나소
GET 수도:바하마              # => "나소"

# 예상한 답은 # => 뒤에 적어요. redis-cli 화면 그대로 적어도, --raw로 본 대로 적어도 돼요.
SET visits 41
INCR visits                  # => (integer) 42
GET nobody                   # => (nil)
LPUSH visits me              # => (error) WRONGTYPE…

# 답이 여러 줄이면 한 줄씩 적어요.
DEL queue
RPUSH queue 씻기 칠하기 말리기  # => 3
LRANGE queue 0 -1
# => 1) "씻기"
# => 2) "칠하기"
# => 3) "말리기"

# A>와 B>는 그 줄을 실행할 클라이언트예요. A는 B가 무언가를 넣을 때까지 기다려요.
A> BLPOP jobs 0
# => 1) "jobs"
# => 2) "청소"
B> RPUSH jobs 청소           # => 1
`,
}

export const scriptMessages = { en, ko } satisfies Record<Language, ScriptMessages>
