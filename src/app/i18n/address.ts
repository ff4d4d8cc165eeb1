// The sentences before a lesson from another site.
import type { Language } from '../../wire/text.ts'
import type { NoText } from '../share/address.ts'

const en = {
  title: 'Load a lesson from another site?',
  from: 'The link that you followed names a lesson at',
  untilThen:
    'Nothing has been asked of that site yet. It will see that somebody fetched the file, as with any page. Nobody here has looked at the lesson.',
  load: 'Load it',
  loading: 'Loading',
  notNow: 'Not now',
  openTitle: 'Open this lesson?',
  holds: (steps: number, minutes: number) => `${steps} ${steps === 1 ? 'step' : 'steps'}, ${minutes} min`,
  asData:
    'It is read as data only: text to show, and commands for the server in this tab. It opens in a session of its own; yours stay as they are.',
  start: 'Begin this lesson',
  cannot: 'This lesson cannot be opened',
  why: {
    'not-https': 'Only an address that begins with https:// is fetched, and the link names or leads to another.',
    'no-address': 'The link names no address that can be read.',
    unreachable:
      'It could not be fetched: there is no connection, the site does not answer, or it does not let other pages read the file (CORS). Whoever made the link can tell.',
    'too-large': 'The file is larger than 256 kB, which is more than a lesson may have.',
    'not-text':
      'What came is no text: a web page, a picture or something else. The link must lead to the Markdown file itself.',
  } satisfies Record<Exclude<NoText['why'], 'status'>, string>,
  status: (status: number) => `The site answered with ${status} and gave no file.`,
  noLesson: (count: number) =>
    count === 1
      ? 'The file is no lesson yet. One thing is to be mended:'
      : `The file is no lesson yet. ${count} things are to be mended:`,
  line: (line: number) => `Line ${line}`,
}

export type AddressMessages = typeof en

const ko: AddressMessages = {
  title: '다른 사이트의 수업을 불러올까요?',
  from: '따라온 링크가 가리키는 수업이 여기에 있어요',
  untilThen:
    '아직 이 사이트에 아무것도 요청하지 않았어요. 불러오면 다른 웹 페이지를 열 때처럼 누군가 파일을 받아 갔다는 것을 그 사이트가 알게 돼요. 저희가 검토한 수업은 아니에요.',
  load: '불러오기',
  loading: '불러오는 중',
  notNow: '나중에',
  openTitle: '이 수업을 열까요?',
  holds: (steps, minutes) => `${steps}단계, ${minutes}분`,
  asData:
    '데이터로만 읽어요. 보여 줄 글과 이 탭의 서버에 보낼 명령뿐이에요. 새 세션에서 열리니 지금까지의 세션은 그대로 남아요.',
  start: '이 수업 시작하기',
  cannot: '이 수업은 열 수 없어요',
  why: {
    'not-https': 'https://로 시작하는 주소만 불러올 수 있는데, 링크가 다른 주소를 가리키거나 다른 주소로 이어져요.',
    'no-address': '링크에 읽을 수 있는 주소가 없어요.',
    unreachable:
      '불러오지 못했어요. 인터넷에 연결되어 있지 않거나, 사이트가 응답하지 않거나, 다른 페이지에서 파일을 읽지 못하게 막아 두었어요(CORS). 링크를 만든 분에게 알려 주세요.',
    'too-large': '파일이 256kB보다 커요. 수업 파일은 그보다 작아야 해요.',
    'not-text': '받은 것이 글이 아니라 웹 페이지나 그림 같은 것이에요. 링크는 마크다운 파일을 바로 가리켜야 해요.',
  },
  status: (status) => `사이트가 ${status}(으)로 답하고 파일을 주지 않았어요.`,
  noLesson: (count) => `아직 수업으로 열 수 없는 파일이에요. 고칠 곳이 ${count}군데 있어요.`,
  line: (line) => `${line}번째 줄`,
}

export const addressMessages = { en, ko } satisfies Record<Language, AddressMessages>
