// The sentences of the palette, apart from the others because they come with it.
import type { Language } from '../../wire/text.ts'

const en = {
  hint: 'Commands, keys, lessons, actions',
  commands: 'Commands',
  actions: 'Actions',
  show: 'show its value',
  type: 'go to its prompt',
  none: 'Nothing by that name',
  count: (count: number) => `${count} found`,
  shareTold: 'link, file, Markdown, script',
  costsShow: 'Show what commands cost',
  costsHide: 'Do not show what commands cost',
  costsTold: 'O() with its numbers, elements touched, time',
}

const ko: typeof en = {
  hint: '명령, 키, 수업, 동작',
  commands: '명령',
  actions: '동작',
  show: '값 보기',
  type: '프롬프트로 가기',
  none: '그런 이름은 없어요',
  count: (count) => `${count.toLocaleString('ko')}개 찾음`,
  shareTold: '링크, 파일, Markdown, 스크립트',
  costsShow: '명령의 비용 보이기',
  costsHide: '명령의 비용 숨기기',
  costsTold: 'O()와 그 숫자, 다룬 원소, 걸린 시간',
}

export const paletteMessages = { en, ko } satisfies Record<Language, typeof en>
