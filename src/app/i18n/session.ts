// The sentences of keeping, sharing among tabs and listing sessions: apart from the others because they come later.
import type { Language } from '../../wire/text.ts'
import type { Trouble } from '../../session/protocol.ts'

const en = {
  notSaved: (why: string) => `Not saved: ${why}`,
  why: {
    quota: 'the browser’s storage is full. Delete what you no longer need; it is tried again by itself.',
    connection: 'the browser closed its storage. It is tried again by itself.',
    blocked: 'another tab holds the storage up. Close other tabs of this page.',
    silent: 'the browser’s storage does not answer. It is tried again by itself.',
    private: 'this browser keeps nothing here, perhaps because the window is private.',
    newer: 'a newer version of this page has been used here. Reload the page.',
    taken: 'another tab has this session.',
    damaged: 'what is stored is damaged.',
    unverified: 'what was written could not be read back. It is tried again by itself.',
    engine: 'the engine does not start any more. Reload the page.',
    other: 'the browser refused it. It is tried again by itself.',
  } satisfies Record<Trouble, string>,
  memory: (why: string) => `Not kept after this page closes: ${why}`,
  download: 'Download this session',
  downloadFailed: (reason: string) => `The file could not be made: ${reason}`,
  copyNotice: 'This session is open in another tab. You are working in a copy of it.',
  take: 'Take it over here',
  taken: 'Another tab has taken this session over. What you do here is not kept.',
  keepOwn: 'Keep mine as a session of its own',
  partName: (title: string) => `${title}, from this tab`,
  takeBack: 'Take it back',
  mended: {
    image: 'A stored image of this session was damaged. All was brought back from the log; the damaged copy is kept.',
    log: 'The end of this session’s log was damaged. It is as it was at the last whole image; the damaged copy is kept.',
  },
  older: (time: string) =>
    `The last save of this session was damaged. This is the one of ${time}; the damaged copy is kept.`,
  replayed: (count: number) =>
    `This page is a newer version. ${count === 1 ? 'One command was' : `${count} commands were`} not in the stored image yet and ran again; replies may differ.`,
  missing: 'The session of this tab is not in the browser’s storage any more.',
  restoring: (percent: number) => `Bringing the session back: ${percent} %`,
  restoringSoon: 'Bringing the session back',
  close: 'Close',
  running: (seconds: string) => `running for ${seconds} s`,
  stop: 'Stop',
  duplicate: 'Duplicate',
  copyName: (title: string) => `Copy of ${title}`,
  saveFile: 'Save as a file',
  removed: (title: string) => `Deleted: ${title}`,
  undo: 'Undo',
  emptied: 'No other session is kept here.',
  lastUsed: (time: string) => `last used ${time}`,
  size: { bytes: 'bytes', kB: 'kB', MB: 'MB' },
}

export type SessionMessages = typeof en

const ko: SessionMessages = {
  notSaved: (why) => `저장하지 못했어요: ${why}`,
  why: {
    quota: '브라우저 저장 공간이 가득 찼어요. 필요 없는 것을 지우면 저절로 다시 저장해요.',
    connection: '브라우저가 저장소를 닫았어요. 저절로 다시 시도해요.',
    blocked: '다른 탭이 저장소를 붙잡고 있어요. 이 페이지를 연 다른 탭을 닫아 주세요.',
    silent: '브라우저 저장소가 답하지 않아요. 저절로 다시 시도해요.',
    private: '이 브라우저에는 저장할 수 없어요. 비공개 창이라서 그럴 수 있어요.',
    newer: '이 브라우저에서 더 새로운 버전을 쓴 적이 있어요. 페이지를 새로고침해 주세요.',
    taken: '다른 탭이 이 세션을 가져갔어요.',
    damaged: '저장된 내용이 손상됐어요.',
    unverified: '쓴 내용을 다시 읽을 수 없었어요. 저절로 다시 시도해요.',
    engine: '엔진이 더는 시작되지 않아요. 페이지를 새로고침해 주세요.',
    other: '브라우저가 거절했어요. 저절로 다시 시도해요.',
  },
  memory: (why) => `페이지를 닫으면 사라져요: ${why}`,
  download: '이 세션 내려받기',
  downloadFailed: (reason) => `파일을 만들지 못했어요: ${reason}`,
  copyNotice: '이 세션은 다른 탭에서 열려 있어요. 지금은 그 사본에서 작업하고 있어요.',
  take: '이 탭으로 가져오기',
  taken: '다른 탭이 이 세션을 가져갔어요. 여기서 하는 일은 저장되지 않아요.',
  keepOwn: '여기 내용을 따로 저장하기',
  partName: (title) => `${title} (이 탭)`,
  takeBack: '다시 가져오기',
  mended: {
    image: '저장된 이미지 하나가 손상됐지만 기록으로 모두 되살렸어요. 손상된 사본은 남겨 두었어요.',
    log: '기록의 끝부분이 손상돼서 마지막으로 온전했던 이미지로 열었어요. 손상된 사본은 남겨 두었어요.',
  },
  older: (time) => `마지막 저장이 손상돼서 ${time}에 저장한 것을 열었어요. 손상된 사본은 남겨 두었어요.`,
  replayed: (count) =>
    `페이지가 새 버전으로 바뀌었어요. 이미지에 아직 없던 명령 ${count}개를 다시 실행했고, 답이 다를 수 있어요.`,
  missing: '이 탭에서 쓰던 세션이 브라우저 저장소에 더는 없어요.',
  restoring: (percent) => `세션을 되살리는 중: ${percent}%`,
  restoringSoon: '세션을 되살리는 중',
  close: '닫기',
  running: (seconds) => `${seconds}초째 실행 중`,
  stop: '멈추기',
  duplicate: '복제',
  copyName: (title) => `${title} 사본`,
  saveFile: '파일로 저장',
  removed: (title) => `삭제했어요: ${title}`,
  undo: '되돌리기',
  emptied: '저장된 다른 세션이 없어요.',
  lastUsed: (time) => `${time}에 사용`,
  size: { bytes: '바이트', kB: 'kB', MB: 'MB' },
}

export const sessionMessages = { en, ko } satisfies Record<Language, SessionMessages>
