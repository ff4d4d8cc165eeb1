// The sentences of a frame in another page, and of the dialog that makes one: apart from the others, as they come with
// them.
import type { Language } from '../../wire/text.ts'
import type { Mode } from '../../embed/protocol.ts'

const en = {
  frame: (title: string) => `Rediscover: ${title}`,
  open: 'Open in Rediscover',
  openTip: 'Takes your work along, by a link',
  tooLarge: 'Your work is too large for a link: it opens without it.',
  copyThis: 'This page lets no frame open a window. Copy the link:',
  goals: (done: number, of: number) => `${done} of ${of} done`,
  next: 'Next step',
  complete: 'Lesson done',
  anew: 'Begin this step again',
  noLesson: (id: string) => `There is no lesson “${id}”. Here is an empty server instead.`,
  // the dialog
  embed: 'Embed in a page',
  embedTip: 'A snippet for a course page or a blog',
  about: 'Paste this into the page. Readers need no account, and what they do stays in their browser.',
  what: 'What it holds',
  noneOf: 'An empty server',
  mode: 'What it shows',
  modes: {
    full: 'Lesson, console and keys',
    lesson: 'Lesson and console',
    console: 'Console',
    'console+keys': 'Console and keys',
  } satisfies Record<Mode, string>,
  language: 'Language',
  languageOfReader: 'The reader’s own',
  theme: 'Theme',
  themes: { auto: 'The reader’s own', light: 'Light', dark: 'Dark' },
  height: 'Height in pixels',
  fits: 'Fits itself',
  kind: 'Snippet',
  kinds: { element: 'With our script', frame: 'Frame alone' },
  kindTold: {
    element: 'Loads when the reader comes near, fits its height, and the page can talk to it.',
    frame: 'For pages that allow no scripts: a learning platform, a blog.',
  },
  localOnly: 'This address is of this computer alone. Put the site on a host first.',
  copy: 'Copy the snippet',
  preview: 'Preview',
  close: 'Close',
}

export type EmbedMessages = typeof en

const ko: EmbedMessages = {
  frame: (title) => `Rediscover: ${title}`,
  open: 'Rediscover에서 열기',
  openTip: '지금까지 한 일을 링크에 담아 가져가요',
  tooLarge: '지금까지 한 일이 링크에 담기에는 너무 커서, 빼고 열어요.',
  copyThis: '이 페이지에서는 새 창을 열 수 없어요. 링크를 복사하세요.',
  goals: (done, of) => `${of}개 중 ${done}개 완료`,
  next: '다음 단계',
  complete: '수업 완료',
  anew: '이 단계 다시 하기',
  noLesson: (id) => `“${id}” 수업이 없어서 빈 서버를 열었어요.`,
  embed: '페이지에 넣기',
  embedTip: '강의 페이지나 블로그에 붙일 코드',
  about: '이 코드를 페이지에 붙여 넣으세요. 읽는 사람은 계정이 필요 없고, 한 일은 그 사람의 브라우저에만 남아요.',
  what: '담을 내용',
  noneOf: '빈 서버',
  mode: '보여 줄 것',
  modes: {
    full: '수업, 콘솔, 키',
    lesson: '수업과 콘솔',
    console: '콘솔',
    'console+keys': '콘솔과 키',
  },
  language: '언어',
  languageOfReader: '읽는 사람에 맞춤',
  theme: '테마',
  themes: { auto: '읽는 사람에 맞춤', light: '밝게', dark: '어둡게' },
  height: '높이(픽셀)',
  fits: '내용에 맞춤',
  kind: '코드',
  kinds: { element: '스크립트 사용', frame: '프레임만' },
  kindTold: {
    element: '가까이 스크롤하면 불러오고, 높이를 스스로 맞추고, 페이지와 메시지를 주고받을 수 있어요.',
    frame: '스크립트를 쓸 수 없는 학습 플랫폼이나 블로그에 알맞아요.',
  },
  localOnly: '이 주소는 이 컴퓨터에서만 열려요. 먼저 사이트를 웹에 올리세요.',
  copy: '코드 복사',
  preview: '미리 보기',
  close: '닫기',
}

export const embedMessages = { en, ko } satisfies Record<Language, EmbedMessages>
