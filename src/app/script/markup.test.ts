import { expect, test } from 'vitest'
import { isPlain } from './markup.ts'

test.each([
  '',
  '<div style="top:0px;height:19px;" class="view-line"><span><span class="mtk1">SET&nbsp;k&nbsp;&lt;b&gt;</span></span></div>',
  '<span class="mtk4" dir="ltr">&quot;안녕&quot;</span><br>',
])('lets lines through: %s', (html) => expect(isPlain(html)).toBe(true))

test.each([
  '<script>1</script>',
  '<img src="x">',
  '<div onclick="1"></div>',
  '<div class="a" onfocus="1" tabindex="0">',
  '<span style="x" href="javascript:1">',
  '<iframe srcdoc="x"></iframe>',
  '<svg/onload=1>',
  '<div class=a onclick=1>',
  '<div class="a"><b',
  '<span title="a>b"><img></span>',
  '<divx>',
])('holds back %s', (html) => expect(isPlain(html)).toBe(false))
